"""Batches go in exactly once, in order, whatever arrives however often; what is wrong is put aside and named."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.ingestion import Outcome, settle_waiting, take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.receipt_log import find_first_wrong_entry, find_head
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.batch_records import SCHEMA, write_record
from tests.support.desk import (
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
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP


def test_ingests_once_and_says_what_is_covered(desk: Desk, laptop: Sender) -> None:
    batch = laptop.seal(coded(1), note(2), referral(3), tally(4))
    (taken,) = take_in(desk, batch.data)
    assert (taken.outcome, taken.new_records, taken.quarantined) == (Outcome.INGESTED, 4, 0)
    receipt = answer_to(desk, batch)
    assert receipt.kind == "ingested"
    assert [(one.id, one.version, one.completeness) for one in receipt.covered] == [
        (record_id(1), 1, "coded"), (record_id(2), 1, "full"), (record_id(3), 1, "full"), (record_id(4), 1, "coded"),
    ]
    assert (receipt.counts.records, receipt.counts.ingested, receipt.counts.known) == (4, 4, 0)
    assert (receipt.log_size, receipt.log_root) == (1, find_head(desk.vault.connection).root)


def test_the_same_batch_twice_gives_the_same_bytes_and_doubles_nothing(desk: Desk, laptop: Sender) -> None:
    batch = laptop.seal(coded(1), tally(2))
    take_in(desk, batch.data)
    first = find_receipt(desk.vault.connection, batch.sha512)
    before = count(desk)
    (again,) = take_in(desk, batch.data)
    assert again.outcome is Outcome.REPEATED
    assert find_receipt(desk.vault.connection, batch.sha512) == first
    assert count(desk) == before
    assert (rows_of(desk, "records"), rows_of(desk, "receipts"), rows_of(desk, "receipt_log")) == (2, 1, 1)


def test_a_record_sent_again_in_a_later_batch_is_known_and_covered(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1)).data)
    batch = laptop.seal(note(1), note(2), note(2))
    (taken,) = take_in(desk, batch.data)
    assert taken.new_records == 1
    receipt = answer_to(desk, batch)
    assert (receipt.counts.records, receipt.counts.ingested, receipt.counts.known) == (3, 1, 2)
    assert {one.id for one in receipt.covered} == {record_id(1), record_id(2)}
    assert count(desk).totals.encounters == 2


def test_later_batches_wait_for_the_missing_one_and_the_gap_is_named(desk: Desk, laptop: Sender) -> None:
    first, second, third, fourth = (laptop.seal(coded(number)) for number in range(1, 5))
    (taken,) = take_in(desk, first.data)
    assert taken.outcome is Outcome.INGESTED
    assert take_in(desk, fourth.data)[0].outcome is Outcome.WAITING
    assert take_in(desk, fourth.data)[0].outcome is Outcome.WAITING
    assert take_in(desk, third.data)[0].outcome is Outcome.WAITING
    assert find_receipt(desk.vault.connection, fourth.sha512) is None
    (gap,) = list_gaps(desk)
    assert (gap.device, gap.label, gap.epoch, gap.first_missing, gap.last_missing, gap.waiting) == (
        LAPTOP.device, "Laptop 3", 1, 2, 2, 2,
    )
    assert count(desk).totals.encounters == 1
    taken_now = take_in(desk, second.data)
    assert [(one.seq, one.outcome) for one in taken_now] == [(n, Outcome.INGESTED) for n in (2, 3, 4)]
    assert list_gaps(desk) == ()
    assert count(desk).totals.encounters == 4
    assert rows_of(desk, "batches WHERE sealed IS NOT NULL") == 0


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_any_order_with_repeats_ends_the_same(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    epoch = desk.vault.connection.execute("SELECT coalesce(max(epoch), 0) + 1 FROM batches").fetchone()[0]
    laptop = Sender(LAPTOP, desk.keys.current_sealing_key, epoch=epoch)
    batches = [laptop.seal(coded(epoch * 100 + number)) for number in range(5)]
    arriving = batches + chance.choices(batches, k=4)
    chance.shuffle(arriving)
    before = rows_of(desk, "records")
    for batch in arriving:
        take_in(desk, batch.data)
    assert rows_of(desk, "records") == before + 5
    assert [answer_to(desk, batch).kind for batch in batches] == ["ingested"] * 5
    assert list_gaps(desk) == ()


def test_one_poison_record_in_five_hundred_is_put_aside_alone(desk: Desk, laptop: Sender) -> None:
    records: list = [coded(number) for number in range(1, 501)]
    records[249] = write_record(coded(250)).replace(b'"kind":"coded"', b'"kind":"coded","name":"Anna Eksempel"')
    batch = laptop.seal(*records)
    (taken,) = take_in(desk, batch.data)
    assert (taken.new_records, taken.quarantined) == (499, 1)
    receipt = answer_to(desk, batch)
    (bad,) = receipt.quarantined
    assert (bad.line, bad.id, bad.reason) == (250, record_id(250), ReasonCode.WRONG_SHAPE)
    assert record_id(250) not in {one.id for one in receipt.covered}
    assert count(desk).totals.encounters == 499
    assert desk.vault.connection.execute("SELECT line, record_id, reason FROM quarantine").fetchall() == [
        (250, record_id(250), int(ReasonCode.WRONG_SHAPE))
    ]


def test_lines_of_every_bad_kind_are_named_by_line_and_reason(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    batch = laptop.seal(
        b"not json", b'{"id":7}', b"[1]", b'{"id":"zz"}', coded(1, setting="bar"), coded(2), coded(2, setting="bar"),
    )
    take_in(desk, batch.data)
    found = [(bad.line, bad.id, bad.reason) for bad in answer_to(desk, batch).quarantined]
    assert found == [
        (1, None, ReasonCode.NOT_JSON),
        (2, None, ReasonCode.WRONG_SHAPE),
        (3, None, ReasonCode.WRONG_SHAPE),
        (4, None, ReasonCode.WRONG_SHAPE),
        (5, record_id(1), ReasonCode.SAME_VERSION_OTHER_CONTENT),
        (7, record_id(2), ReasonCode.SAME_VERSION_OTHER_CONTENT),
    ]
    assert count(desk).totals.encounters == 2


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.lists(st.binary(min_size=1, max_size=60).filter(lambda line: b"\n" not in line), max_size=8))
def test_no_line_whatever_stops_a_batch(desk: Desk, junk: list[bytes]) -> None:
    epoch = desk.vault.connection.execute("SELECT coalesce(max(epoch), 0) + 1 FROM batches").fetchone()[0]
    batch = Sender(LAPTOP, desk.keys.current_sealing_key, epoch=epoch).seal(*junk, coded(epoch))
    (taken,) = take_in(desk, batch.data)
    assert (taken.outcome, taken.new_records, taken.quarantined) == (Outcome.INGESTED, 1, len(junk))


def test_a_record_has_one_home(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(coded(1)).data)
    foreign = sender(desk, OTHER_LAPTOP).seal(coded(1, version=2, setting="bar"), coded(2))
    (taken,) = take_in(desk, foreign.data)
    assert (taken.new_records, taken.quarantined) == (1, 1)
    assert {(row.setting, row.encounters) for row in count(desk).rows} == {("street", 2)}


def test_records_of_a_newer_program_wait_for_a_newer_desk(desk: Desk, laptop: Sender) -> None:
    newer = laptop.seal(coded(1), schema=SCHEMA + 1)
    (taken,) = take_in(desk, newer.data)
    assert (taken.outcome, taken.reason) == (Outcome.WAITING, ReasonCode.UNKNOWN_SCHEMA)
    assert (settle_waiting(desk), list_gaps(desk)) == ((), ())
    desk.vault.connection.execute("UPDATE batches SET schema = ?", (SCHEMA,))
    assert [one.outcome for one in settle_waiting(desk)] == [Outcome.INGESTED]


def test_a_new_epoch_begins_again_at_one(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    restored = Sender(LAPTOP, desk.keys.current_sealing_key, epoch=2)
    assert take_in(desk, restored.seal(coded(1), coded(2)).data)[0].new_records == 1
    assert take_in(desk, laptop.seal(coded(3)).data)[0].outcome is Outcome.INGESTED


def test_every_receipt_stands_in_the_log_and_a_changed_entry_is_found(desk: Desk, laptop: Sender) -> None:
    for number in range(1, 5):
        take_in(desk, laptop.seal(coded(number)).data)
    connection = desk.vault.connection
    assert (find_head(connection).size, find_first_wrong_entry(connection)) == (4, None)
    with desk.vault.transaction():
        connection.execute("UPDATE receipt_log SET entry = X'7b7d' WHERE size = 3")
    assert find_first_wrong_entry(connection) == 3
