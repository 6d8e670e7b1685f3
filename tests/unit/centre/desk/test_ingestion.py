"""Batches go in exactly once, in order, whatever arrives however often; what is wrong is put aside and named."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import Outcome, settle_waiting, take_in
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.desk.receipt_log import find_first_wrong_entry, find_head
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.receipts import ReasonCode, Receipt
from outreach_app.sync.sealing import CentreSealingKey, SealedBatch
from outreach_app.wire.batch_records import SCHEMA, write_record
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, coded, enrol, note, opened, record_id, referral, sender, tally
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP


def answer_to(desk: Desk, batch: SealedBatch) -> Receipt:
    document = find_receipt(desk.vault.connection, batch.sha512)
    assert document is not None
    return opened(desk.keys.receipt.public, LAPTOP, batch, document)


def rows_of(desk: Desk, table: str) -> int:
    return int(desk.vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


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


def test_a_second_batch_under_a_taken_number_is_rejected_and_the_first_stays(desk: Desk, laptop: Sender) -> None:
    first = laptop.seal(coded(1))
    fork = sender(desk, LAPTOP).seal(coded(2))
    after = laptop.seal(coded(3))
    take_in(desk, first.data)
    (taken,) = take_in(desk, fork.data)
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.NUMBER_TAKEN)
    receipt = answer_to(desk, fork)
    assert (receipt.kind, receipt.reason, receipt.covered) == ("rejected", ReasonCode.NUMBER_TAKEN, ())
    assert answer_to(desk, first).kind == "ingested"
    assert take_in(desk, fork.data)[0].outcome is Outcome.REPEATED
    assert take_in(desk, after.data)[0].outcome is Outcome.INGESTED
    assert count(desk).totals.encounters == 2


def test_a_batch_that_follows_a_fork_is_rejected_and_the_number_stays_free(desk: Desk, laptop: Sender) -> None:
    copy = sender(desk, LAPTOP)
    take_in(desk, laptop.seal(coded(1)).data)
    copy.seal(coded(2))
    forked = copy.seal(coded(3))
    (taken,) = take_in(desk, forked.data)
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.CHAIN_BROKEN)
    assert take_in(desk, laptop.seal(coded(4)).data)[0].outcome is Outcome.INGESTED


def test_a_fork_that_waited_frees_its_number_when_its_turn_comes(desk: Desk, laptop: Sender) -> None:
    copy = sender(desk, LAPTOP)
    copy.seal(coded(9))
    forked = copy.seal(coded(2))
    assert take_in(desk, forked.data)[0].outcome is Outcome.WAITING
    taken = take_in(desk, laptop.seal(coded(1)).data)
    assert [(one.outcome, one.reason) for one in taken] == [
        (Outcome.INGESTED, ReasonCode.NONE), (Outcome.REJECTED, ReasonCode.CHAIN_BROKEN),
    ]
    assert take_in(desk, laptop.seal(coded(2)).data)[0].outcome is Outcome.INGESTED
    assert count(desk).totals.encounters == 2


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


def test_a_batch_for_another_centre_asks_to_seal_again_and_blocks_nothing(desk: Desk, laptop: Sender) -> None:
    stranger = CentreSealingKey(ReceivingKeys.generate().public)
    wrong = laptop.seal(coded(1), centre_key=stranger)
    right = laptop.seal(coded(1))
    assert take_in(desk, right.data)[0].outcome is Outcome.WAITING
    taken = take_in(desk, wrong.data)
    assert [(one.seq, one.outcome) for one in taken] == [(1, Outcome.RESEAL), (2, Outcome.INGESTED)]
    receipt = answer_to(desk, wrong)
    assert (receipt.kind, receipt.reason) == ("reseal", ReasonCode.KEY_RETIRED)
    assert count(desk).totals.encounters == 1


def test_a_number_voided_ahead_of_its_turn_is_stepped_over(desk: Desk, laptop: Sender) -> None:
    first = laptop.seal(coded(1))
    wrong = laptop.seal(coded(2), centre_key=CentreSealingKey(ReceivingKeys.generate().public))
    third = laptop.seal(coded(2))
    assert [take_in(desk, batch.data)[0].outcome for batch in (third, wrong, first)] == [
        Outcome.WAITING, Outcome.RESEAL, Outcome.INGESTED,
    ]
    assert (count(desk).totals.encounters, list_gaps(desk)) == (2, ())


def test_a_flipped_byte_an_unknown_laptop_and_rubbish_leave_no_trace(desk: Desk, laptop: Sender) -> None:
    batch = laptop.seal(coded(1))
    flipped = bytearray(batch.data)
    flipped[-1] ^= 1
    unknown = sender(desk, OTHER_LAPTOP).seal(coded(2))
    impostor = sender(desk, OTHER_LAPTOP).seal(coded(3), device=LAPTOP.device)
    outcomes = [take_in(desk, data)[0] for data in (bytes(flipped), unknown.data, impostor.data, b"", b"rubbish" * 99)]
    assert {one.outcome for one in outcomes} == {Outcome.REFUSED}
    assert [one.reason for one in outcomes] == [
        ReasonCode.SIGNATURE_WRONG, ReasonCode.SIGNATURE_WRONG, ReasonCode.SIGNATURE_WRONG, ReasonCode.BATCH_DAMAGED,
        ReasonCode.BATCH_DAMAGED,
    ]
    assert [rows_of(desk, table) for table in ("batches", "turned_away", "receipts", "records")] == [0, 0, 0, 0]
    assert take_in(desk, batch.data)[0].outcome is Outcome.INGESTED


def test_a_revoked_laptop_is_told_so_and_nothing_of_it_goes_in(desk: Desk, laptop: Sender) -> None:
    waiting = [laptop.seal(coded(1)), laptop.seal(coded(2))]
    take_in(desk, waiting[1].data)
    revoke_device(desk, LAPTOP.device)
    (taken,) = take_in(desk, waiting[0].data)
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.DEVICE_REVOKED)
    assert answer_to(desk, waiting[0]).reason is ReasonCode.DEVICE_REVOKED
    assert settle_waiting(desk) == ()
    assert count(desk).totals.encounters == 0


def test_records_of_a_newer_program_wait_for_a_newer_desk(desk: Desk, laptop: Sender) -> None:
    newer = laptop.seal(coded(1), schema=SCHEMA + 1)
    (taken,) = take_in(desk, newer.data)
    assert (taken.outcome, taken.reason) == (Outcome.WAITING, ReasonCode.UNKNOWN_SCHEMA)
    assert (settle_waiting(desk), list_gaps(desk)) == ((), ())
    desk.vault.connection.execute("UPDATE batches SET schema = ?", (SCHEMA,))
    assert [one.outcome for one in settle_waiting(desk)] == [Outcome.INGESTED]


def test_a_signed_batch_whose_content_is_broken_is_rejected_and_blocks_nothing(desk: Desk, laptop: Sender) -> None:
    broken = laptop.seal(coded(1))
    other = sender(desk, LAPTOP).seal(coded(1))
    spliced = _resign(broken, other)
    after = laptop.seal(coded(2), prev_hash=spliced.sha512)
    taken = take_in(desk, spliced.data)[0]
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.BATCH_DAMAGED)
    assert take_in(desk, after.data)[0].outcome is Outcome.INGESTED


def test_a_signed_batch_with_a_foreign_content_key_is_asked_for_again(desk: Desk, laptop: Sender) -> None:
    foreign = sender(desk, LAPTOP).seal(coded(1), centre_key=CentreSealingKey(ReceivingKeys.generate().public))
    spliced = _resign(laptop.seal(coded(1)), foreign, sealed_key_too=True)
    (taken,) = take_in(desk, spliced.data)
    assert (taken.outcome, taken.reason) == (Outcome.RESEAL, ReasonCode.KEY_RETIRED)


def test_a_key_retired_while_a_batch_waits_asks_to_seal_again(centre: Path, clock: FakeClock) -> None:
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        laptop = sender(desk, LAPTOP)
        first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
        take_in(desk, second.data)
        with desk.vault.transaction() as connection:
            connection.execute("UPDATE centre_keys SET retired_at = '2026-03-01' WHERE purpose = 'sealing'")
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        taken = take_in(desk, first.data)
        assert [one.outcome for one in taken] == [Outcome.RESEAL, Outcome.RESEAL]
        assert count(desk).totals.encounters == 0


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


def _resign(header_of: SealedBatch, content_of: SealedBatch, *, sealed_key_too: bool = False) -> SealedBatch:
    """Return a batch with one batch's header and another's content, honestly signed by its laptop."""
    from dataclasses import replace
    from hashlib import sha512

    from outreach_app.sync.batch_format import join_batch, signed_bytes, split_batch
    from outreach_app.sync.sealing import _CONTEXT

    parts, other = split_batch(header_of.data), split_batch(content_of.data)
    key = other.sealed_key if sealed_key_too else parts.sealed_key
    signed = signed_bytes(parts.header_bytes, key, other.ciphertext)
    data = join_batch(parts.header_bytes, key, LAPTOP.signing.sign(signed, _CONTEXT), other.ciphertext)
    return replace(header_of, data=data, sha512=sha512(data).hexdigest())
