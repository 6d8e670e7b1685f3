"""A run of sending: it waits, goes on, tries again, passes over what is bad for itself, and says how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from threading import Event

import pytest

from outreach_app.errors import CancelledError, KnownError
from outreach_app.services.progress import Halt, Progress, trying_aloud
from outreach_app.services.sending_road import SendingResult
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.carriers.patience import FOR_EVER, Patience
from outreach_app.sync.errors import (
    CertificateWrongError,
    DeviceConflictError,
    LineCutError,
    MailboxFaultError,
    MailboxRefusedError,
    NoNetworkError,
    ReceiptUnreadableError,
    UploadsWaitingError,
)
from tests.support.centre_box import CentreBox
from tests.support.sending import fetch, send
from tests.support.sessions import Laptop


class RoadThat:
    """A road in front of a box that does something before each batch."""

    def __init__(self, box: CentreBox, before: Callable[[int], None]) -> None:
        self._box = box
        self._before = before
        self.seen: list[bytes] = []

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes | None:
        self.seen.append(data)
        between(0, len(data))
        self._before(len(self.seen))
        return self._box.put_batch(data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        return self._box.fetch_receipts(sha512)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        return self._box.fetch_letters(device)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        return self._box.fetch_pack_file(name, limit)


def failing(*errors: KnownError | None) -> Callable[[int], None]:
    """Fail at the first, second, ... batch handed over."""

    def before(number: int) -> None:
        error = errors[number - 1] if number <= len(errors) else None
        if error is not None:
            raise error

    return before


def sealed(laptop: Laptop, batches: int) -> None:
    for number in range(batches):
        laptop.finish(str(number))
        laptop.session.sending.seal()


def states(laptop: Laptop) -> list[str]:
    return [row.state for row in reversed(laptop.session.sending.list_batches())]


def test_a_cut_line_is_tried_again_with_the_same_bytes(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    road = RoadThat(box, failing(LineCutError(), NoNetworkError()))
    assert send(laptop.session, road, patience=FOR_EVER) == SendingResult(0, 1, 1, (), stored=1)  # type: ignore[arg-type]  # a road is a road
    assert len(road.seen) == 3
    assert len(set(road.seen)) == 1
    assert len(box.batches) == 1


def test_a_run_says_that_it_waits(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    seen = list[Progress]()
    send(laptop.session, RoadThat(box, failing(LineCutError())), report=seen.append, patience=FOR_EVER)  # type: ignore[arg-type]  # a road is a road
    assert [each for each in seen if each.phase == "again"] == [Progress("again", 0, 0)]


def test_without_patience_the_first_cut_ends_the_run(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    road = RoadThat(box, failing(LineCutError()))
    with pytest.raises(LineCutError):
        send(laptop.session, road)  # type: ignore[arg-type]  # a road is a road
    assert states(laptop) == ["sealed"]


@pytest.mark.parametrize(
    "error",
    [
        MailboxRefusedError(code="too_large"), MailboxRefusedError(code="wrong_hash"), UploadsWaitingError(),
        MailboxFaultError(code="fault"),
    ],
)  # fmt: skip
def test_a_batch_refused_for_itself_keeps_no_other_away(laptop: Laptop, box: CentreBox, error: KnownError) -> None:
    sealed(laptop, 3)
    result = send(laptop.session, RoadThat(box, failing(None, error)))  # type: ignore[arg-type]  # a road is a road
    assert states(laptop) == ["stored", "sealed", "stored"]
    assert (result.sent, result.stored, result.problem) == (2, 2, error)
    assert send(laptop.session, box).sent == 1
    assert states(laptop) == ["stored"] * 3


@pytest.mark.parametrize("error", [DeviceConflictError(), CertificateWrongError()])
def test_after_what_concerns_the_laptop_or_the_line_nothing_is_handed_over(
    laptop: Laptop, box: CentreBox, error: KnownError
) -> None:
    sealed(laptop, 3)
    road = RoadThat(box, failing(None, error))
    with pytest.raises(type(error)):
        send(laptop.session, road, patience=FOR_EVER)  # type: ignore[arg-type]  # a road is a road
    assert len(road.seen) == 2
    assert states(laptop) == ["stored", "sealed", "sealed"]


def test_a_batch_given_up_meanwhile_does_not_leave(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 2)

    def forget(number: int) -> None:
        with laptop.vault.transaction() as db:
            db.execute("UPDATE batches SET data = NULL WHERE seq = 2")

    assert send(laptop.session, RoadThat(box, forget)).sent == 1  # type: ignore[arg-type]  # a road is a road
    assert len(box.batches) == 1


def test_a_receipt_nobody_can_read_is_told_beside(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    send(laptop.session, box)
    box.ingest()
    name = next(iter(box.batches))
    box.receipts[name][1] = box.receipts[name][1][:-1]
    result = send(laptop.session, box)
    assert isinstance(result.problem, ReceiptUnreadableError)
    assert states(laptop) == ["stored"]


def test_a_large_batch_says_how_many_bytes_are_there(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    seen = list[Progress]()
    send(laptop.session, RoadThat(box, failing()), report=seen.append)  # type: ignore[arg-type]  # a road is a road
    (part,) = (each for each in seen if each.bytes_total)
    (data,) = box.batches.values()
    assert part == Progress("sending", 0, 1, 0, len(data))


def test_a_paused_run_waits_and_goes_on(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 3)
    pause, waited = Event(), list[int]()

    def wait(number: int) -> None:
        if number == 2:
            pause.set()
            threading.Timer(0.3, lambda: (waited.append(len(box.batches)), pause.clear())).start()

    began = time.monotonic()
    result = send(laptop.session, RoadThat(box, wait), pause=pause)  # type: ignore[arg-type]  # a road is a road
    assert time.monotonic() - began >= 0.3
    assert waited == [2], "the one on its way arrived, the next waited"
    assert (result.sent, states(laptop)) == (3, ["stored"] * 3)


def test_a_paused_run_can_be_stopped(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 2)
    pause, cancel = Event(), Event()
    pause.set()
    threading.Timer(0.15, cancel.set).start()
    with pytest.raises(CancelledError):
        send(laptop.session, box, pause=pause, cancel=cancel)
    assert box.batches == {}
    assert laptop.session.sending.last_contacts()["network"].stopped_by == "CancelledError"


def test_stopping_does_not_wait_for_the_next_try(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)
    cancel = Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    road = RoadThat(box, failing(*[NoNetworkError()] * 1000))
    with pytest.raises(CancelledError):
        send(laptop.session, road, cancel=cancel, patience=Patience(60))  # type: ignore[arg-type]  # a road is a road
    assert time.monotonic() - began < 10


def test_the_last_contact_by_each_road_is_kept(laptop: Laptop, box: CentreBox) -> None:
    assert laptop.session.sending.last_contacts() == {}
    first = laptop.clock.now()
    send(laptop.session, box)
    laptop.clock.advance(60)
    laptop.finish("one")
    with pytest.raises(NoNetworkError):
        send(laptop.session, RoadThat(box, failing(NoNetworkError())))  # type: ignore[arg-type]  # a road is a road
    contacts = laptop.session.sending.last_contacts()
    assert list(contacts) == ["network"]
    network = contacts["network"]
    assert (network.tried_at, network.done_at, network.stopped_by) == (laptop.clock.now(), first, "NoNetworkError")
    laptop.clock.advance(60)
    send(laptop.session, box)
    box.gives_stored = False
    send(laptop.session, box, "stick")
    contacts = laptop.session.sending.last_contacts()
    assert [(road, each.done_at, each.stopped_by) for road, each in contacts.items()] == [
        ("network", laptop.clock.now(), ""), ("stick", laptop.clock.now(), ""),
    ]  # fmt: skip


def test_a_vault_that_closed_meanwhile_keeps_the_reason_to_itself(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 1)

    def lock(_number: int) -> None:
        laptop.session.close()

    with pytest.raises(KnownError):
        send(laptop.session, RoadThat(box, lock))  # type: ignore[arg-type]  # a road is a road


def test_fetching_alone_says_what_came(laptop: Laptop, box: CentreBox) -> None:
    sealed(laptop, 2)
    send(laptop.session, box)
    box.refuse(next(iter(box.batches)))
    assert fetch(laptop.session, box) == (1, (1,))


def test_waiting_lasts_as_long_as_asked() -> None:
    began = time.monotonic()
    Halt().wait(0.25)
    assert 0.25 <= time.monotonic() - began < 5
    Halt().wait(0.0)


def test_a_pause_that_ends_ends_the_wait_and_uses_no_patience() -> None:
    pause, told = threading.Event(), list[Progress]()
    again = trying_aloud(Halt(pause=pause), told.append, Patience(0.3))
    errors = iter((NoNetworkError(), NoNetworkError()))
    resume = threading.Timer(0.45, pause.clear)

    def step() -> str:
        for error in errors:
            raise error
        return "through"

    pause.set()
    resume.start()
    assert again.run(step) == "through", "what was paused for longer than patience lasts is tried again"
    resume.join()
    assert told == [Progress("again", 0, 0)] * 2


def test_a_wait_ends_when_the_worker_resumes() -> None:
    pause = threading.Event()
    resume = threading.Timer(0.1, pause.clear)
    pause.set()
    resume.start()
    began = time.monotonic()
    Halt(pause=pause).wait(60)
    assert time.monotonic() - began < 5
    resume.join()
