"""What was put aside is listed line by line, with what became of it; what cannot be of one laptop stands in one list."""

from __future__ import annotations

from outreach_app.centre.desk.conflicts import list_conflicts
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.quarantine import list_put_aside
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.batch_records import ErasureRecord, write_record
from tests.support.clock import FakeClock
from tests.support.desk import WORKER, Sender, coded, record_id, sender, standing
from tests.support.sync_people import LAPTOP


def poisoned(number: int) -> bytes:
    return write_record(coded(number)).replace(b'"kind":"coded"', b'"kind":"coded","name":"Anna Eksempel"')


def test_each_line_is_told_until_a_later_version_or_an_erasure_settles_it(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(poisoned(1), coded(2), poisoned(3), b"not json").data)
    listed = list_put_aside(desk)
    assert [(one.line, one.record_id, one.reason, one.settled) for one in listed] == [
        (1, record_id(1), ReasonCode.WRONG_SHAPE, ""),
        (3, record_id(3), ReasonCode.WRONG_SHAPE, ""),
        (4, None, ReasonCode.NOT_JSON, ""),
    ]
    assert {(one.device, one.label, one.epoch, one.seq, one.since) for one in listed} == {
        (LAPTOP.device, "Laptop 3", 1, 1, FakeClock().now().isoformat())
    }
    erasure = ErasureRecord(id=record_id(9), version=1, worker=WORKER, contact=coded(3).contact, records=[record_id(3)])
    take_in(desk, laptop.seal(coded(1, version=2), erasure).data)
    assert [one.settled for one in list_put_aside(desk)] == ["taken_in", "erased", ""]


def test_a_version_that_came_before_settles_nothing(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    take_in(desk, laptop.seal(coded(1, setting="bar")).data)
    (one,) = list_put_aside(desk)
    assert (one.reason, one.settled) == (ReasonCode.SAME_VERSION_OTHER_CONTENT, "")


def test_conflicts_of_every_kind_stand_in_one_list(desk: Desk, laptop: Sender) -> None:
    assert list_conflicts(desk) == ()
    copy = sender(desk, LAPTOP)
    take_in(desk, laptop.seal(coded(1), standing(90, 10)).data)
    take_in(desk, copy.seal(coded(2)).data)
    take_in(desk, copy.seal(coded(3)).data)
    take_in(desk, laptop.seal(coded(4), standing(91, 9)).data)
    found = list_conflicts(desk)
    assert {(one.seq, one.reason, one.alarm) for one in found} == {
        (1, ReasonCode.NUMBER_TAKEN, ""), (2, ReasonCode.CHAIN_BROKEN, ""), (2, 0, "step_not_grown"),
        (2, 0, "audit_shorter"),
    }
    assert all(one.needs_a_call and one.words for one in found)
    revoke_device(desk, LAPTOP.device)
    take_in(desk, laptop.seal(coded(5)).data)
    after = list_conflicts(desk)
    assert len(after) == 5
    assert not any(one.needs_a_call for one in after)
