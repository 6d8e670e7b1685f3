"""Erasing, blanking and giving numbers up: done once, for the laptop that asked, confirmed, and never taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.ingestion import Outcome, take_in
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.sync.receipts import ReasonCode
from outreach_app.sync.sealing import SealedBatch
from outreach_app.wire.batch_records import BlankingRecord, ErasureRecord, VoidRecord
from tests.support.clock import FakeClock
from tests.support.desk import (
    PASSPHRASE,
    WORKER,
    Sender,
    answer_to,
    coded,
    enrol,
    note,
    record_id,
    referral,
    rows_of,
    sender,
    tally,
)
from tests.support.sync_people import OTHER_LAPTOP

ANNA = record_id(77)


def erasure(number: int, contact: str = ANNA, *records: str) -> ErasureRecord:
    return ErasureRecord(id=record_id(number), version=1, worker=WORKER, contact=contact, records=list(records))


def blanking(number: int, record: int, floor: int) -> BlankingRecord:
    return BlankingRecord(id=record_id(number), version=1, worker=WORKER, record=record_id(record), floor=floor)


def void(number: int, batch: SealedBatch) -> VoidRecord:
    head = batch.header
    return VoidRecord(
        id=record_id(number), version=1, worker=WORKER, epoch=head.epoch, seq=head.seq, sha512=batch.sha512
    )


def bodies(desk: Desk) -> bytes:
    return b"".join(row[0] for row in desk.vault.connection.execute("SELECT body FROM record_bodies"))


def test_an_erased_contact_leaves_with_every_version_and_every_leaflet(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA), referral(2, contact=ANNA), coded(3)).data)
    take_in(desk, laptop.seal(note(1, version=2, contact=ANNA), tally(9)).data)
    asked = laptop.seal(erasure(50, ANNA, record_id(1), record_id(2)))
    take_in(desk, asked.data)
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts, totals.leaflets, totals.tallies) == (1, 1, 1, 12)
    assert b"Anna" not in bodies(desk)
    assert rows_of(desk, "record_leaflets") == 1
    entries = desk.vault.connection.execute("SELECT action, subject, detail FROM audit").fetchall()
    assert ("erased", record_id(50), "removed:3") in entries
    receipt = answer_to(desk, asked)
    assert [(row.id, row.completeness) for row in receipt.covered] == [(record_id(50), "coded")]
    assert b"Anna" not in receipt.log_root.encode()


def test_what_was_erased_is_never_taken_again_and_is_not_called_held(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA)).data)
    take_in(desk, laptop.seal(erasure(50, ANNA, record_id(1))).data)
    again = laptop.seal(note(1, version=3, contact=record_id(8)), note(4, contact=ANNA), coded(5))
    take_in(desk, again.data)
    receipt = answer_to(desk, again)
    assert [(row.id, row.reason) for row in receipt.quarantined] == [
        (record_id(1), ReasonCode.GONE_BEFORE), (record_id(4), ReasonCode.GONE_BEFORE),
    ]
    assert [row.id for row in receipt.covered] == [record_id(5)]
    assert count(desk).totals.encounters == 1


def test_an_erasure_reaches_only_what_its_own_laptop_sent(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    other = sender(desk, OTHER_LAPTOP)
    take_in(desk, other.seal(note(1, contact=ANNA)).data)
    take_in(desk, laptop.seal(erasure(50, ANNA, record_id(1))).data)
    assert count(desk).totals.encounters == 1
    take_in(desk, other.seal(note(2, contact=ANNA)).data)
    assert count(desk).totals.encounters == 2


def test_the_same_erasure_twice_is_known_and_changes_nothing(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA)).data)
    take_in(desk, laptop.seal(erasure(50)).data)
    again = laptop.seal(erasure(50))
    take_in(desk, again.data)
    assert answer_to(desk, again).counts.known == 1
    other = laptop.seal(erasure(50, record_id(3)))
    take_in(desk, other.data)
    assert answer_to(desk, other).quarantined[0].reason is ReasonCode.SAME_VERSION_OTHER_CONTENT
    assert rows_of(desk, "notices") == 1


def test_an_id_is_either_a_record_or_a_notice_of_one_laptop(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(erasure(50), note(1)).data)
    theirs = sender(desk, OTHER_LAPTOP)
    foreign = theirs.seal(erasure(50), erasure(1))
    taken = take_in(desk, foreign.data)
    assert taken[0].quarantined == 2
    assert rows_of(desk, "notices") == 1


@pytest.mark.parametrize("together", [True, False])
def test_blanked_words_leave_every_earlier_version(desk: Desk, laptop: Sender, *, together: bool) -> None:
    take_in(desk, laptop.seal(note(1, note="She is Kirsebær.")).data)
    take_in(desk, laptop.seal(note(1, version=2, note="She is Kirsebær, really.")).data)
    new, asked = note(1, version=3, note="She is ▮▮▮."), blanking(60, 1, 3)
    batches = [laptop.seal(new, asked)] if together else [laptop.seal(new), laptop.seal(asked)]
    for batch in batches:
        take_in(desk, batch.data)
    assert "Kirsebær".encode() not in bodies(desk)
    assert "▮▮▮".encode() in bodies(desk)
    assert count(desk).totals.encounters == 1
    assert answer_to(desk, batches[-1]).counts.quarantined == 0


def test_an_old_version_that_comes_after_the_blanking_is_not_taken(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, version=3, note="▮▮▮"), blanking(60, 1, 3), blanking(61, 1, 2)).data)
    late = laptop.seal(note(1, version=2, note="Kirsebær"))
    take_in(desk, late.data)
    assert answer_to(desk, late).quarantined[0].reason is ReasonCode.GONE_BEFORE
    take_in(desk, laptop.seal(note(1, version=4)).data)
    assert rows_of(desk, "records") == 2


def test_no_table_of_the_register_holds_what_left(desk: Desk, laptop: Sender) -> None:
    marker = "Zitronenfalter"
    take_in(desk, laptop.seal(*(note(n, contact=ANNA, note=f"{marker} {n} " * 40) for n in range(1, 30))).data)
    take_in(desk, laptop.seal(erasure(50)).data)
    pages = every_cell(desk)
    assert marker.encode() not in pages
    assert record_id(50).encode() in pages


def every_cell(desk: Desk) -> bytes:
    connection = desk.vault.connection
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    cells: list[Any] = [cell for name in names for row in connection.execute(f'SELECT * FROM "{name}"') for cell in row]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)


def test_a_number_given_up_blocks_nothing_and_its_records_come_again(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    lost = laptop.seal(note(2, note="erased words"), coded(3))
    between = laptop.seal(coded(4))
    after = laptop.seal(coded(3), void(70, lost))
    assert take_in(desk, between.data)[0].outcome is Outcome.WAITING
    taken = take_in(desk, after.data)
    assert [(one.seq, one.outcome) for one in taken] == [(4, Outcome.WAITING), (3, Outcome.INGESTED), (4, Outcome.INGESTED)]
    assert count(desk).totals.encounters == 3


def test_a_number_given_up_that_arrives_after_all_is_not_opened(desk: Desk, laptop: Sender) -> None:
    lost = laptop.seal(note(2, note="erased words"))
    take_in(desk, laptop.seal(coded(3), void(70, lost)).data)
    (taken,) = take_in(desk, lost.data)
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.GIVEN_UP)
    receipt = answer_to(desk, lost)
    assert (receipt.kind, receipt.reason, receipt.covered) == ("rejected", ReasonCode.GIVEN_UP, ())
    assert take_in(desk, lost.data)[0].outcome is Outcome.REPEATED
    assert b"erased words" not in bodies(desk)


def test_a_batch_that_waits_is_let_go_when_its_number_is_given_up(desk: Desk, laptop: Sender) -> None:
    first = laptop.seal(coded(1))
    lost = laptop.seal(note(2, note="erased words"))
    take_in(desk, lost.data)
    take_in(desk, laptop.seal(coded(3), void(70, lost)).data)
    assert desk.vault.connection.execute("SELECT count(*) FROM batches WHERE sealed IS NOT NULL").fetchone()[0] == 1
    taken = take_in(desk, first.data)
    assert [(one.seq, one.outcome) for one in taken] == [(1, Outcome.INGESTED), (3, Outcome.INGESTED)]
    assert b"erased words" not in bodies(desk)


def test_a_number_that_was_taken_in_stays_and_another_batch_of_its_number_is_no_excuse(desk: Desk, laptop: Sender) -> None:
    kept = laptop.seal(coded(1))
    take_in(desk, kept.data)
    take_in(desk, laptop.seal(coded(1), void(70, kept)).data)
    assert count(desk).totals.encounters == 1
    assert answer_to(desk, kept).kind == "ingested"


@pytest.mark.parametrize("arrived", ["waits", "taken in", "not yet"])
def test_nobody_gives_up_a_batch_of_another_laptop_by_its_name(desk: Desk, laptop: Sender, arrived: str) -> None:
    enrol(desk, OTHER_LAPTOP)
    theirs = sender(desk, OTHER_LAPTOP)
    first, second, third = (theirs.seal(coded(number)) for number in (11, 12, 13))
    for batch in {"waits": [second], "taken in": [first, second], "not yet": []}[arrived]:
        take_in(desk, batch.data)
    named = VoidRecord(id=record_id(70), version=1, worker=WORKER, epoch=1, seq=99, sha512=second.sha512)
    take_in(desk, laptop.seal(coded(1), named).data)
    for batch in (first, second, third):
        take_in(desk, batch.data)
    assert count(desk).totals.encounters == 4
    states = desk.vault.connection.execute("SELECT seq, state FROM batches WHERE device = ? ORDER BY seq", (OTHER_LAPTOP.device,))
    assert states.fetchall() == [(1, "ingested"), (2, "ingested"), (3, "ingested")]


def test_a_batch_that_was_taken_in_is_not_given_up_under_another_number(desk: Desk, laptop: Sender) -> None:
    kept = laptop.seal(coded(1))
    take_in(desk, kept.data)
    named = VoidRecord(id=record_id(70), version=1, worker=WORKER, epoch=1, seq=99, sha512=kept.sha512)
    take_in(desk, laptop.seal(coded(2), named).data)
    take_in(desk, laptop.seal(coded(3)).data)
    assert desk.vault.connection.execute("SELECT seq, state FROM batches ORDER BY seq").fetchall() == [
        (1, "ingested"), (2, "ingested"), (3, "ingested"),
    ]  # fmt: skip


def test_a_new_life_may_give_up_a_number_of_the_one_before(desk: Desk, laptop: Sender) -> None:
    lost = laptop.seal(coded(1))
    waits = laptop.seal(coded(2))
    take_in(desk, waits.data)
    reborn = sender(desk, laptop.laptop)
    reborn.epoch = 2
    taken = take_in(desk, reborn.seal(coded(1), void(70, lost)).data)
    assert [(one.epoch, one.seq, one.outcome) for one in taken] == [(2, 1, Outcome.INGESTED), (1, 2, Outcome.INGESTED)]


def test_notices_survive_closing_the_desk(desk: Desk, laptop: Sender, centre: Path) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA), erasure(50)).data)
    desk.close()
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as again:
        assert count(again).totals.encounters == 0
        take_in(again, laptop.seal(note(1, contact=ANNA)).data)
        assert count(again).totals.encounters == 0
