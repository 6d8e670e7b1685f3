"""Letters of the desk: written when there is something new to say, under growing numbers, the same bytes until then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach_app.centre.desk import letters as desk_letters
from outreach_app.centre.desk.collecting import collect_from_mailbox, collect_from_stick
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.letters import letters_to, write_letters
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.letters import open_letter
from outreach_app.vault import audit
from outreach_app.wire.letters import Letter
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, coded, enrol, rows_of, sender, tally
from tests.support.sticks import write_batch
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP, Laptop
from tests.unit.centre.desk.test_collecting import MemoryMailbox


def read(desk: Desk, laptop: Laptop = LAPTOP) -> dict[str, Letter]:
    """Open the letters to a laptop as it would itself."""
    opened = [
        open_letter(data, laptop.receiving, desk.keys.receipt.public, name=laptop.device)
        for data in letters_to(desk.vault.connection, laptop.device)
    ]
    return {letter.kind: letter for letter in opened}


def missing(letter: Letter) -> list[tuple[int, int, int, int]]:
    return [(gap.epoch, gap.first_missing, gap.last_missing, gap.waiting) for gap in letter.gaps]


def test_what_is_missing_is_written_and_taken_back_when_it_came(desk: Desk, laptop: Sender, clock: FakeClock) -> None:
    batches = [laptop.seal(coded(number)) for number in range(1, 8)]
    assert write_letters(desk) == 0
    for batch in (batches[1], batches[4], batches[6]):
        take_in(desk, batch.data)
    assert write_letters(desk) == 1
    told = read(desk)["gap"]
    assert missing(told) == [(1, 1, 1, 3), (1, 3, 4, 2), (1, 6, 6, 1)]
    same = letters_to(desk.vault.connection, LAPTOP.device)
    clock.advance(86_400)
    assert (write_letters(desk), letters_to(desk.vault.connection, LAPTOP.device)) == (0, same)
    take_in(desk, batches[0].data)
    assert write_letters(desk) == 2
    second = read(desk)["gap"]
    assert (missing(second), second.number > told.number) == ([(1, 3, 4, 2), (1, 6, 6, 1)], True)
    for batch in batches:
        take_in(desk, batch.data)
    write_letters(desk)
    last = read(desk)["gap"]
    assert (last.gaps, last.number > second.number, rows_of(desk, "letters")) == ((), True, 2)


def test_a_team_reads_its_own_figures_only_as_the_centre_counts_them(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    other = sender(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(coded(1), coded(2, setting="bar"), tally(3)).data)
    take_in(desk, other.seal(coded(11), coded(12)).data)
    assert write_letters(desk) == 2
    mine, theirs = read(desk)["figures"], read(desk, OTHER_LAPTOP)["figures"]
    assert [(row.month, row.setting, row.encounters, row.contacts, row.uses, row.tallies) for row in mine.rows] == [
        ("2026-03", "bar", 1, 1, 0, 0), ("2026-03", "meeting_place", 0, 0, 12, 12), ("2026-03", "street", 1, 1, 0, 0),
    ]
    assert [(row.setting, row.encounters) for row in theirs.rows] == [("street", 2)]
    counted = count(desk)
    assert (mine.rule, mine.as_of) == (counted.rule_version, counted.as_of)
    assert sum(row.encounters for row in (*mine.rows, *theirs.rows)) == counted.totals.encounters


def test_figures_are_written_anew_with_what_was_ingested_and_not_otherwise(
    desk: Desk, laptop: Sender, clock: FakeClock
) -> None:
    enrol(desk, OTHER_LAPTOP)
    first = laptop.seal(coded(1))
    take_in(desk, first.data)
    assert write_letters(desk) == 1
    take_in(desk, first.data)
    clock.advance(86_400)
    assert write_letters(desk) == 0
    take_in(desk, laptop.seal(coded(1)).data)
    assert write_letters(desk) == 1, "the day of counting is another"
    take_in(desk, laptop.seal(coded(1)).data)
    assert write_letters(desk) == 0, "the same day and the same figures"


def test_a_new_rule_of_counting_writes_to_everybody(
    desk: Desk, laptop: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    write_letters(desk)
    monkeypatch.setattr(desk_letters, "RULE_VERSION", "counting-of-tomorrow")
    assert write_letters(desk) == 1
    assert read(desk)["figures"].rule == "counting-of-tomorrow"
    assert write_letters(desk) == 0


def test_a_month_no_letter_can_name_stays_away(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1), tally(2, shift_date="1899-12-31")).data)
    write_letters(desk)
    assert [row.month for row in read(desk)["figures"].rows] == ["2026-03"]


def test_a_revoked_laptop_is_asked_for_nothing_and_told_nothing(desk: Desk, laptop: Sender) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, first.data)
    revoke_device(desk, LAPTOP.device)
    take_in(desk, second.data)
    assert (write_letters(desk), rows_of(desk, "letters")) == (0, 0)


def test_letters_go_back_by_the_road_their_laptop_used(desk: Desk, laptop: Sender, tmp_path: Path) -> None:
    enrol(desk, OTHER_LAPTOP)
    mailbox, stick = MemoryMailbox(), StickFolder(tmp_path)
    mailbox.put(laptop.seal(coded(1)))
    write_batch(tmp_path, sender(desk, OTHER_LAPTOP).seal(coded(2)))
    collected = collect_from_mailbox(desk, mailbox, name="m")
    assert (collected.letters, set(mailbox.letters)) == (1, {(LAPTOP.device, "figures")})
    assert collect_from_stick(desk, stick).letters == 1
    assert stick.fetch_letters(OTHER_LAPTOP.device) == letters_to(desk.vault.connection, OTHER_LAPTOP.device)
    assert stick.fetch_letters(LAPTOP.device) == ()
    assert collect_from_mailbox(desk, mailbox, name="m").letters == 0
    before = dict(mailbox.letters)
    mailbox.letters.clear()
    assert collect_from_mailbox(desk, mailbox, name="m", from_start=True).letters == 1
    assert mailbox.letters == before


def test_a_laptop_whose_batches_were_only_turned_away_still_gets_its_letter(desk: Desk, laptop: Sender) -> None:
    mailbox, copy = MemoryMailbox(), sender(desk, LAPTOP)
    take_in(desk, laptop.seal(coded(1)).data)
    mailbox.put(copy.seal(coded(2)))
    assert collect_from_mailbox(desk, mailbox, name="m").letters == 1


def test_a_mailbox_that_takes_no_letters_still_gets_every_receipt(desk: Desk, laptop: Sender) -> None:
    mailbox = MemoryMailbox()
    mailbox.refuses_letters = True
    mailbox.put(laptop.seal(coded(1)))
    collected = collect_from_mailbox(desk, mailbox, name="m")
    assert (collected.receipts, len(mailbox.receipts), mailbox.letters) == (1, 1, {})
    mailbox.refuses_letters = False
    assert collect_from_mailbox(desk, mailbox, name="m").letters == 1


def test_a_desk_put_back_from_a_backup_uses_no_number_again(centre: Path, tmp_path: Path, clock: FakeClock) -> None:
    kept = shutil.copytree(centre, tmp_path / "kept")
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        laptop = sender(desk, LAPTOP)
        first = laptop.seal(coded(1))
        take_in(desk, first.data)
        write_letters(desk)
        before = read(desk)["figures"].number
    clock.advance(60)
    with open_desk(kept, PASSPHRASE, clock=clock) as desk:
        take_in(desk, first.data)
        write_letters(desk)
        assert read(desk)["figures"].number > before


def test_killed_before_letters_were_written_the_next_round_writes_them(centre: Path, clock: FakeClock) -> None:
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        take_in(desk, sender(desk, LAPTOP).seal(coded(1)).data)
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        assert (write_letters(desk), rows_of(desk, "letters")) == (1, 1)
        (entry,) = (one for one in audit.list_entries(desk.vault) if one.action == "letter")
        assert (entry.subject, entry.detail.partition(":")[0]) == (LAPTOP.device, "figures")
