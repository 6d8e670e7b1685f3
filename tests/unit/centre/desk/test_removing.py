"""What leaves the register: of whom, how far, and for good."""

from __future__ import annotations

from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.notices import list_withdrawals
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.batch_records import (
    ErasureRecord,
    MergeRecord,
    RecordVersion,
    SplitRecord,
    WithdrawalRecord,
)
from tests.support.desk import WORKER, Sender, answer_to, coded, enrol, note, record_id, referral, sender
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

ANNA, MARIA, MADE = record_id(71), record_id(72), record_id(73)


def erasure(number: int, contact: str, *records: int) -> ErasureRecord:
    named = [record_id(record) for record in records]
    return ErasureRecord(id=record_id(number), version=1, worker=WORKER, contact=contact, records=named)


def split(number: int, contact: str, made: str, record: int, version: int) -> SplitRecord:
    moved = [RecordVersion(id=record_id(record), version=version)]
    return SplitRecord(id=record_id(number), version=1, worker=WORKER, contact=contact, made=made, through=moved)


def withdrawal(number: int, contact: str, recipient: str, *floors: tuple[int, int]) -> WithdrawalRecord:
    lowered = [RecordVersion(id=record_id(record), version=version) for record, version in floors]
    return WithdrawalRecord(
        id=record_id(number), version=1, worker=WORKER, contact=contact, recipient=recipient, floors=lowered
    )


def held(desk: Desk) -> set[tuple[str, int]]:
    return set(desk.vault.connection.execute("SELECT id, version FROM records"))


def test_an_erasure_reaches_nobody_through_a_merge_whose_undoing_may_be_on_its_way(desk: Desk, laptop: Sender) -> None:
    merged = MergeRecord(id=record_id(50), version=1, worker=WORKER, contact=ANNA, into=MARIA)
    take_in(desk, laptop.seal(note(1, contact=ANNA), note(2, contact=MARIA), merged).data)
    take_in(desk, laptop.seal(erasure(51, MARIA)).data)
    assert held(desk) == {(record_id(1), 1)}
    take_in(desk, laptop.seal(erasure(52, ANNA)).data)
    assert held(desk) == set()


def test_a_record_goes_whole_with_whom_its_last_version_is_about(desk: Desk, laptop: Sender) -> None:
    """The older version was sent as another's: it must not come up as hers again."""
    take_in(desk, laptop.seal(note(1, contact=ANNA), note(2, contact=ANNA)).data)
    take_in(desk, laptop.seal(note(1, version=2, contact=MARIA)).data)
    take_in(desk, laptop.seal(erasure(50, MARIA)).data)
    assert held(desk) == {(record_id(2), 1)}


def test_of_a_record_that_is_somebody_elses_by_now_only_what_was_sent_as_hers_goes(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(referral(1, contact=ANNA), note(2, contact=ANNA)).data)
    take_in(desk, laptop.seal(split(50, ANNA, MADE, 2, 1), note(1, version=2, contact=MARIA)).data)
    take_in(desk, laptop.seal(erasure(51, ANNA)).data)
    assert held(desk) == {(record_id(1), 2)}
    take_in(desk, laptop.seal(note(2, version=2, contact=MADE)).data)
    assert held(desk) == {(record_id(1), 2), (record_id(2), 2)}


def test_what_was_split_off_goes_with_whom_it_is_about_and_is_not_taken_late(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA), note(2, contact=ANNA)).data)
    take_in(desk, laptop.seal(split(50, ANNA, MADE, 1, 1)).data)
    take_in(desk, laptop.seal(split(51, ANNA, MADE, 3, 1)).data)
    take_in(desk, laptop.seal(erasure(52, MADE)).data)
    assert held(desk) == {(record_id(2), 1)}
    late = laptop.seal(note(1, contact=ANNA), note(3, contact=ANNA), note(3, version=2, contact=MARIA))
    take_in(desk, late.data)
    assert [row.reason for row in answer_to(desk, late).quarantined] == [ReasonCode.GONE_BEFORE] * 2
    assert held(desk) == {(record_id(2), 1), (record_id(3), 2)}


def test_a_consent_taken_back_leaves_only_what_was_lowered(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(referral(1, contact=ANNA, recipient="police"), note(2, contact=ANNA)).data)
    asked = laptop.seal(coded(1, version=2, contact=ANNA), withdrawal(50, ANNA, "police", (1, 2)))
    take_in(desk, asked.data)
    assert held(desk) == {(record_id(1), 2), (record_id(2), 1)}
    assert count(desk).totals.encounters == 2
    assert (record_id(50), 1) in {(row.id, row.version) for row in answer_to(desk, asked).covered}
    late = laptop.seal(referral(1, contact=ANNA, recipient="police"))
    take_in(desk, late.data)
    assert answer_to(desk, late).quarantined[0].reason is ReasonCode.GONE_BEFORE
    (row,) = list_withdrawals(desk)
    assert (row.device, row.contact, row.recipient) == (LAPTOP.device, ANNA, "police")
    assert (row.records, row.removed) == ((record_id(1),), 1)
    entries = desk.vault.connection.execute("SELECT action, subject, detail FROM audit").fetchall()
    assert ("changed", record_id(50), "withdrawal:removed:1") in entries


def test_nobody_takes_back_what_another_laptop_sent(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    take_in(desk, sender(desk, OTHER_LAPTOP).seal(referral(1, contact=ANNA)).data)
    take_in(desk, laptop.seal(referral(2, contact=MARIA)).data)
    asked = laptop.seal(withdrawal(50, MARIA, "cmm", (1, 2), (2, 2)), withdrawal(51, ANNA, "cmm", (2, 2)))
    take_in(desk, asked.data)
    assert [row.reason for row in answer_to(desk, asked).quarantined] == [ReasonCode.UNKNOWN_REFERENCE] * 2
    assert held(desk) == {(record_id(1), 1), (record_id(2), 1)}
    assert list_withdrawals(desk) == ()
