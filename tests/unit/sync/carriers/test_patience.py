"""Trying again: what time heals, later each time and with the same bytes; what it does not, never."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from outreach_app.errors import CancelledError, KnownError
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.carriers.patience import FOR_EVER, LONGEST_WAIT, ONCE, Patience, PatientCarrier, TryingAgain
from outreach_app.sync.errors import (
    CertificateWrongError,
    DeviceConflictError,
    DeviceNotAcceptedError,
    LineCutError,
    MailboxBusyError,
    MailboxFaultError,
    MailboxRefusedError,
    MailboxSilentError,
    NoNetworkError,
    NotTheMailboxError,
    StickFullError,
)
from tests.support.clock import FakeClock


class Trial:
    """A step that fails as told, and a clock that each wait moves."""

    def __init__(self, patience: Patience, *errors: KnownError, draw: float = 1.0) -> None:
        self.clock = FakeClock()
        self.waits: list[float] = []
        self.errors: Iterator[KnownError] = iter(errors)
        self.tries = 0
        self.again = TryingAgain(patience, self.wait, clock=self.clock, draw=lambda: draw)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.advance(seconds)

    def step(self) -> str:
        self.tries += 1
        for error in self.errors:
            raise error
        return "done"

    def run(self) -> str:
        return self.again.run(self.step)


HEALED = [NoNetworkError(), MailboxSilentError(), MailboxBusyError(code="busy"), LineCutError()]


@pytest.mark.parametrize("error", HEALED)
def test_what_time_heals_is_tried_again(error: KnownError) -> None:
    trial = Trial(FOR_EVER, error, error, error)
    assert trial.run() == "done"
    assert trial.waits == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    "error",
    [
        DeviceConflictError(), DeviceNotAcceptedError(code="revoked_device"), CertificateWrongError(), NotTheMailboxError(),
        MailboxRefusedError(code="too_large"), StickFullError(), CancelledError(),
    ],
)  # fmt: skip
def test_what_time_does_not_heal_ends_it_at_once(error: KnownError) -> None:
    trial = Trial(FOR_EVER, error)
    with pytest.raises(type(error)):
        trial.run()
    assert (trial.tries, trial.waits) == (1, [])


def test_waits_grow_to_a_limit_and_are_drawn_between_nothing_and_it() -> None:
    trial = Trial(FOR_EVER, *HEALED * 10)
    trial.run()
    assert trial.waits[-1] == LONGEST_WAIT == max(trial.waits)
    early = Trial(FOR_EVER, *HEALED * 10, draw=0.0)
    early.run()
    assert set(early.waits) == {0.0}


def test_a_mailbox_that_says_when_is_left_alone_so_long() -> None:
    trial = Trial(FOR_EVER, MailboxBusyError(code="too_many_requests", retry_after=7.0), draw=0.5)
    trial.run()
    assert trial.waits == [7.25]


def test_patience_has_an_end() -> None:
    trial = Trial(Patience(10), *HEALED * 10)
    with pytest.raises(KnownError):
        trial.run()
    assert sum(trial.waits) == 10
    assert trial.waits == [0.5, 1.0, 2.0, 4.0, 2.5]
    with pytest.raises(KnownError):
        trial.run()
    assert sum(trial.waits) == 10, "the next step is tried once"


def test_a_fault_of_the_mailbox_is_tried_five_times() -> None:
    fault = MailboxFaultError(code="fault")
    trial = Trial(FOR_EVER, *[fault] * 4, LineCutError(), *[fault] * 4)
    assert trial.run() == "done"
    trial.errors = iter([fault] * 6)
    with pytest.raises(MailboxFaultError):
        trial.run()
    assert trial.tries == 10 + 5


def test_somebody_without_patience_tries_once() -> None:
    trial = Trial(ONCE, NoNetworkError())
    with pytest.raises(NoNetworkError):
        trial.run()
    assert (trial.tries, trial.waits) == (1, [])


def test_what_gets_through_gives_new_patience() -> None:
    trial = Trial(Patience(3), *HEALED[:2])
    trial.run()
    trial.clock.advance(100)
    trial.again.got_through()
    trial.errors = iter(HEALED[:2])
    assert trial.run() == "done"
    assert trial.waits == [0.5, 1.0, 0.5, 1.0]


class CutAfterEachPart:
    """A road where one part of four gets through at a time."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.furthest = 0

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes | None:
        self.seen.append(data)
        for done in range(self.furthest, 4):
            between(done, 4)
            if done > self.furthest:
                self.furthest = done
                raise LineCutError
        return b"receipt"

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        return (sha512.encode(),)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        return (device.encode(),)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        return name.encode()[:limit]


def test_each_part_that_gets_through_gives_new_patience_and_the_bytes_stay_the_same() -> None:
    trial = Trial(Patience(0.6))
    road, seen = CutAfterEachPart(), list[int]()
    assert PatientCarrier(road, trial.again).put_batch(b"batch", lambda done, _total: seen.append(done)) == b"receipt"
    assert road.seen == [b"batch"] * 4
    assert seen == [0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (lambda road: road.fetch_receipts("a"), (b"a",)),
        (lambda road: road.fetch_letters("b"), (b"b",)),
        (lambda road: road.fetch_pack_file("name", 2), b"na"),
    ],
)
def test_every_question_is_handed_on(call: Callable[[PatientCarrier], object], answer: object) -> None:
    assert call(PatientCarrier(CutAfterEachPart(), Trial(ONCE).again)) == answer
