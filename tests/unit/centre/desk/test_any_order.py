"""However often and in whatever order batches of two laptops come, by whatever road: the register and the answers are the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.collecting import collect_from_mailbox, collect_from_stick, list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import Outcome, take_in
from outreach_app.centre.desk.letters import letters_to, write_letters
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.receipts_given import verify_given
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.sealing import CentreSealingKey, SealedBatch
from outreach_app.wire.batch_records import BlankingRecord, ErasureRecord, VoidRecord
from tests.support.desk import WORKER, Sender, coded, enrol, note, opened, record_id, rows_of, tally
from tests.support.sticks import write_batch
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP, Laptop
from tests.unit.centre.desk.test_collecting import MemoryMailbox
from tests.unit.centre.desk.test_quarantine import poisoned

STRANGER = CentreSealingKey(ReceivingKeys.generate().public)


@dataclass
class Story:
    """What one laptop sealed, in its order, and which ids it used."""

    laptop: Laptop
    batches: list[SealedBatch]


def story_of(desk: Desk, laptop: Laptop, epoch: int, base: int) -> Story:
    """Seal eight batches with everything in them: versions, a poison record, an erasure, a blanking, voids, a lost key."""
    sealer = Sender(laptop, desk.keys.current_sealing_key, epoch=epoch)
    erasure = ErasureRecord(
        id=record_id(base + 50), version=1, worker=WORKER, contact=coded(base + 1).contact, records=[record_id(base + 1)]
    )
    blanking = BlankingRecord(id=record_id(base + 51), version=1, worker=WORKER, record=record_id(base + 2), floor=2)
    batches = [
        sealer.seal(coded(base + 1), note(base + 2), tally(base + 3)),
        sealer.seal(poisoned(base + 4), coded(base + 5)),
        sealer.seal(coded(base + 6), centre_key=STRANGER),
        sealer.seal(erasure, note(base + 2, version=2), blanking, coded(base + 6)),
        sealer.seal(coded(base + 7)),
    ]
    given_up = VoidRecord(
        id=record_id(base + 52), version=1, worker=WORKER, epoch=epoch, seq=5, sha512=batches[4].sha512
    )
    batches += [
        sealer.seal(given_up, coded(base + 7)), sealer.seal(coded(base + 4, version=2)),
        sealer.seal(coded(base + 5), coded(base + 5, version=2, setting="bar")),
    ]  # fmt: skip
    del batches[4]  # its laptop gave it up; it is on no road
    return Story(laptop, batches)


def answers(desk: Desk, story: Story) -> list[tuple[Any, ...]]:
    """Return what each receipt says, without when it was made and where in the log it stands."""
    found = []
    for batch in story.batches:
        document = find_receipt(desk.vault.connection, batch.sha512)
        assert document is not None
        receipt = opened(desk.keys.receipt.public, story.laptop, batch, document)
        found.append((receipt.kind, receipt.reason, receipt.counts, receipt.covered, receipt.quarantined))
    return found


def register(desk: Desk, bases: Iterable[int]) -> list[tuple[Any, ...]]:
    """Return every record of these ids with all that is counted of it, ids made comparable."""
    rows = []
    for base in bases:
        low, high = record_id(base), record_id(base + 99)
        for row in desk.vault.connection.execute(
            "SELECT id, version, kind, line, setting, contact, count FROM records WHERE id BETWEEN ? AND ?"
            " ORDER BY id, version", (low, high),
        ):  # fmt: skip
            contact = None if row[5] is None else int(row[5], 16) - base
            rows.append((int(row[0], 16) - base, *row[1:5], contact, row[6]))
    return rows


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), repeats=st.integers(0, 12))
def test_any_order_of_two_laptops_with_repeats_ends_the_same(desk: Desk, seed: int, repeats: int) -> None:
    if not rows_of(desk, f"devices WHERE id = '{OTHER_LAPTOP.device}'"):
        enrol(desk, OTHER_LAPTOP)
    epoch = desk.vault.connection.execute("SELECT coalesce(max(epoch), 0) + 1 FROM batches").fetchone()[0]
    base = epoch * 10_000
    in_order = [story_of(desk, LAPTOP, epoch, base), story_of(desk, OTHER_LAPTOP, epoch, base + 1_000)]
    shuffled = [story_of(desk, LAPTOP, epoch + 1, base + 2_000), story_of(desk, OTHER_LAPTOP, epoch + 1, base + 3_000)]
    for story in in_order:
        for batch in story.batches:
            take_in(desk, batch.data)
    chance = random.Random(seed)
    arriving = [batch for story in shuffled for batch in story.batches]
    arriving += chance.choices(arriving, k=repeats)
    chance.shuffle(arriving)
    for batch in arriving:
        take_in(desk, batch.data)
    assert register(desk, (base + 2_000, base + 3_000)) == register(desk, (base, base + 1_000))
    for first, second in zip(in_order, shuffled, strict=True):
        told = [[(kind, reason, counts, len(covered), [(bad.line, bad.reason) for bad in put_aside])
                 for kind, reason, counts, covered, put_aside in answers(desk, story)] for story in (first, second)]  # fmt: skip
        assert told[0] == told[1]
    assert list_gaps(desk) == ()
    assert verify_given(desk).is_whole


@pytest.mark.parametrize("seed", range(3))
def test_every_replay_gives_the_same_bytes_and_changes_nothing(desk: Desk, tmp_path: Path, seed: int) -> None:
    enrol(desk, OTHER_LAPTOP)
    stories = [story_of(desk, LAPTOP, 1, 10_000), story_of(desk, OTHER_LAPTOP, 1, 20_000)]
    batches = [batch for story in stories for batch in story.batches]
    for batch in batches:
        take_in(desk, batch.data)
    write_letters(desk)
    before = snapshot(desk, batches)
    chance = random.Random(seed)
    mailbox = MemoryMailbox()
    for _round in range(3):
        chance.shuffle(batches)
        for batch in batches:
            assert take_in(desk, batch.data)[0].outcome is Outcome.REPEATED
        mailbox.put(*chance.choices(batches, k=9))
        collect_from_mailbox(desk, mailbox, name="m")
        write_batch(tmp_path, chance.choice(batches))
        collect_from_stick(desk, StickFolder(tmp_path))
    assert snapshot(desk, batches) == before


def snapshot(desk: Desk, batches: list[SealedBatch]) -> tuple[Any, ...]:
    counted = [rows_of(desk, name) for name in ("records", "notices", "quarantine", "receipts", "receipt_log", "letters")]
    handed = {batch.sha512: find_receipt(desk.vault.connection, batch.sha512) for batch in batches}
    letters = [letters_to(desk.vault.connection, device.device) for device in (LAPTOP, OTHER_LAPTOP)]
    return count(desk), counted, handed, letters


def test_nothing_of_a_revoked_laptop_is_taken_on_any_road(desk: Desk, laptop: Sender, tmp_path: Path) -> None:
    first, second, third, fourth = (laptop.seal(coded(number)) for number in range(1, 5))
    take_in(desk, first.data)
    take_in(desk, third.data)
    revoke_device(desk, LAPTOP.device)
    mailbox = MemoryMailbox()
    mailbox.put(second)
    write_batch(tmp_path, fourth)
    by_mailbox = collect_from_mailbox(desk, mailbox, name="m")
    by_stick = collect_from_stick(desk, StickFolder(tmp_path))
    assert [one.outcome for one in (*by_mailbox.taken, *by_stick.taken)] == [Outcome.REJECTED] * 3
    assert (count(desk).totals.encounters, rows_of(desk, "letters")) == (1, 0)
    assert take_in(desk, third.data)[0].outcome is Outcome.REPEATED
    assert take_in(desk, first.data)[0].outcome is Outcome.REPEATED
    assert count(desk).totals.encounters == 1
