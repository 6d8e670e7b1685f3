"""Batches that cannot go in: forks, other keys, strangers, revoked laptops. Told so where possible, and blocking nothing."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha512

from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import Outcome, settle_waiting, take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.batch_format import join_batch, signed_bytes, split_batch
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.receipts import ReasonCode
from outreach_app.sync.sealing import _CONTEXT, CentreSealingKey, SealedBatch
from tests.support.desk import (
    Sender,
    answer_to,
    coded,
    rows_of,
    sender,
)
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP


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
    taken = take_in(desk, waiting[0].data)
    assert [(one.outcome, one.reason) for one in taken] == [(Outcome.REJECTED, ReasonCode.DEVICE_REVOKED)] * 2
    assert {answer_to(desk, batch).reason for batch in waiting} == {ReasonCode.DEVICE_REVOKED}
    assert settle_waiting(desk) == ()
    assert count(desk).totals.encounters == 0


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


def test_a_broken_batch_that_must_wait_is_rejected_when_its_turn_comes(desk: Desk, laptop: Sender) -> None:
    first = laptop.seal(coded(1))
    copy = sender(desk, LAPTOP)
    copy.seal(coded(9))
    spliced = _resign(laptop.seal(coded(2)), copy.seal(coded(3)))
    assert take_in(desk, spliced.data)[0].outcome is Outcome.WAITING
    taken = take_in(desk, first.data)
    assert [(one.outcome, one.reason) for one in taken] == [
        (Outcome.INGESTED, ReasonCode.NONE), (Outcome.REJECTED, ReasonCode.BATCH_DAMAGED),
    ]
    assert list_gaps(desk) == ()


def _resign(header_of: SealedBatch, content_of: SealedBatch, *, sealed_key_too: bool = False) -> SealedBatch:
    """Return a batch with one batch's header and another's content, honestly signed by its laptop."""
    parts, other = split_batch(header_of.data), split_batch(content_of.data)
    key = other.sealed_key if sealed_key_too else parts.sealed_key
    signed = signed_bytes(parts.header_bytes, key, other.ciphertext)
    data = join_batch(parts.header_bytes, key, LAPTOP.signing.sign(signed, _CONTEXT), other.ciphertext)
    return replace(header_of, data=data, sha512=sha512(data).hexdigest())
