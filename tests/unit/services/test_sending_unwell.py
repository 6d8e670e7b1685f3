"""A mailbox that lost what it had stored, and a centre that takes nothing any more: nothing is lost, nothing piles up."""

from __future__ import annotations

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.errors import KnownError
from outreach_app.services.errors import NothingTakenAnyMoreError
from outreach_app.services.sending_road import SendingResult
from outreach_app.sync.errors import (
    BatchTooLargeError,
    DeviceConflictError,
    DeviceNotAcceptedError,
    StickFullError,
    StickProtectedError,
)
from outreach_app.wire.batch_records import VoidRecord
from outreach_app.wire.receipts import ReasonCode
from tests.support.casework import person
from tests.support.centre_box import CentreBox
from tests.support.sending import box_name, fetch, send
from tests.support.sessions import Laptop
from tests.unit.services.test_sending_runs import RoadThat, failing


def states(laptop: Laptop) -> list[str]:
    return [row.state for row in reversed(laptop.session.sending.list_batches())]


def test_what_a_mailbox_stored_and_lost_is_handed_over_again(laptop: Laptop, box: CentreBox) -> None:
    for name in ("one", "two"):
        laptop.finish(name)
        assert send(laptop.session, box).stored == 1
    put_back = box.fresh()
    first, *_lost = box.batches
    put_back.batches[first] = box.batches[first]
    assert send(laptop.session, put_back) == SendingResult(0, 1, 0, ())
    assert put_back.batches == box.batches
    assert states(laptop) == ["stored", "stored"]
    put_back.calls.clear()
    assert send(laptop.session, put_back).sent == 0
    assert put_back.calls == ["fetch", "fetch"]
    put_back.ingest()
    send(laptop.session, put_back)
    assert states(laptop) == ["ingested", "ingested"]


def test_what_a_mailbox_lost_and_is_not_here_any_more_is_given_up_and_its_notes_go_again(
    laptop: Laptop, box: CentreBox
) -> None:
    hers = laptop.finish("hers", consent=ConsentLevel.FOLLOW_UP, contact_id=person(laptop).id)
    other = laptop.finish("other")
    send(laptop.session, box)
    (lost,) = laptop.session.sending.list_batches()
    laptop.session.erasing.blank(hers, "hers", "asked")  # the sealed bytes go; the mailbox has them
    emptied = box.fresh()
    send(laptop.session, emptied)
    assert states(laptop) == ["voided", "stored"]
    send(laptop.session, emptied)
    assert [record.version for record in emptied.records() if record.id == other] == [1]
    (told,) = (record for record in emptied.records() if isinstance(record, VoidRecord))
    assert (told.seq, told.sha512) == (lost.seq, lost.sha512)
    send(laptop.session, emptied)
    assert laptop.session.sending.outbox().total == 0, "told once"


def test_a_batch_answered_meanwhile_is_not_given_up(laptop: Laptop, box: CentreBox) -> None:
    hers = laptop.finish("hers", consent=ConsentLevel.FOLLOW_UP, contact_id=person(laptop).id)
    send(laptop.session, box)
    laptop.session.erasing.blank(hers, "hers", "asked")
    box.ingest()
    fetch(laptop.session, box)
    assert not laptop.session.sending.give_up_lost(laptop.session.sending.list_batches()[0].sha512).sending
    assert states(laptop) == ["ingested"]


@pytest.mark.parametrize("error", [
    DeviceNotAcceptedError(code="revoked_device"), DeviceConflictError(), StickFullError(),
    StickProtectedError(folder="stick"),
])  # fmt: skip
def test_a_laptop_that_may_hand_nothing_over_still_hears_what_was_answered(
    laptop: Laptop, box: CentreBox, error: KnownError
) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    box.ingest()
    for name in ("two", "three"):
        laptop.finish(name)
        laptop.session.sending.seal()
    road = RoadThat(box, failing(error))
    with pytest.raises(type(error)):
        send(laptop.session, road)  # type: ignore[arg-type]  # a road is a road
    assert states(laptop) == ["ingested", "sealed", "sealed"]
    assert len(road.seen) == 1
    assert laptop.session.sending.last_contacts()["network"].stopped_by == type(error).__name__


def test_a_laptop_refused_for_what_a_mailbox_lost_still_hears_of_the_rest(laptop: Laptop, box: CentreBox) -> None:
    for name in ("one", "two", "three"):
        laptop.finish(name)
        send(laptop.session, box)
    box.ingest()
    for lost in list(box.batches)[:2]:
        del box.batches[lost]
    road = RoadThat(box, failing(*2 * [DeviceNotAcceptedError(code="revoked_device")]))
    with pytest.raises(DeviceNotAcceptedError):
        send(laptop.session, road)  # type: ignore[arg-type]  # a road is a road
    assert states(laptop) == ["stored", "stored", "ingested"]
    assert len(road.seen) == 1


def test_a_stick_that_lacks_a_stored_batch_says_nothing(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    stick = box.fresh()
    assert send(laptop.session, stick, "stick").sent == 0
    assert fetch(laptop.session, stick) == (0, ())
    assert (stick.batches, states(laptop)) == ({}, ["stored"])


def test_what_has_its_last_word_is_not_handed_over_again(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    box.ingest()
    send(laptop.session, box)
    emptied = box.fresh()
    assert send(laptop.session, emptied).sent == 0
    assert emptied.batches == {}


def test_a_lost_batch_that_is_refused_now_keeps_the_next_from_nothing(laptop: Laptop, box: CentreBox) -> None:
    for name in ("one", "two"):
        laptop.finish(name)
        send(laptop.session, box)
    emptied = box.fresh()
    road = RoadThat(emptied, failing(BatchTooLargeError(part="batch", limit=1)))
    result = send(laptop.session, road)  # type: ignore[arg-type]  # a road is a road
    assert isinstance(result.problem, BatchTooLargeError)
    assert (result.sent, len(emptied.batches)) == (1, 1)


def test_after_the_centre_ended_its_trust_nothing_more_is_sealed(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    box.receipts[box_name(laptop)].append(
        box.receipt(box_name(laptop), "rejected", reason=ReasonCode.DEVICE_REVOKED)
    )
    assert send(laptop.session, box).refused == (1,)
    for _run in range(2):
        result = send(laptop.session, box)
        assert isinstance(result.problem, NothingTakenAnyMoreError)
        assert result.sealed == 0
    assert states(laptop) == ["rejected"]
    assert laptop.session.sending.outbox().total == 1
    with pytest.raises(NothingTakenAnyMoreError, match="takes nothing from this laptop any more"):
        laptop.session.sending.seal()


def test_where_nothing_waits_there_is_nothing_to_tell(laptop: Laptop, box: CentreBox) -> None:
    with laptop.vault.transaction() as db:
        db.execute(
            "INSERT INTO policy (name, value) VALUES ('revoked_device', ?)", (f'"{laptop.session.sending.device()}"',)
        )
    assert send(laptop.session, box).problem is None
