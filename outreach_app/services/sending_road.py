"""Handing batches over and fetching receipts by one road, vault steps and road steps taking turns.

``ask`` runs one step on the vault's thread and returns its result, so that a lock never waits for a network and the
network never holds the vault. Everything may be repeated: the same bytes, the same receipts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Event
from typing import Protocol, TypeVar

from outreach_app.domain.changes import Changes
from outreach_app.errors import KnownError
from outreach_app.records.batches import BatchRow
from outreach_app.services.errors import NothingTakenAnyMoreError, SealingKeyRetiredError
from outreach_app.services.packs import Packs
from outreach_app.services.packs_road import PacksFetched, fetch_packs
from outreach_app.services.progress import Halt, Progress, Report, silent, trying_aloud
from outreach_app.services.sending import Sending
from outreach_app.sync.carriers.carrier import Carrier, PackSource
from outreach_app.sync.carriers.patience import ONCE, Patience, PatientCarrier
from outreach_app.sync.errors import (
    BatchTooLargeError,
    BatchUnreadableError,
    DeviceConflictError,
    DeviceNotAcceptedError,
    LetterUnreadableError,
    MailboxFaultError,
    MailboxRefusedError,
    NotInMailboxError,
    ReceiptUnreadableError,
    StickFullError,
    StickProtectedError,
    UploadsWaitingError,
)

T = TypeVar("T")
NETWORK = "network"
PACKS_SECONDS = 10.0  # a long wait for packs would keep notes back
_OF_ONE_BATCH = (
    MailboxRefusedError, MailboxFaultError, UploadsWaitingError, NotInMailboxError, BatchTooLargeError,
    BatchUnreadableError,
)  # fmt: skip
_NOTHING_MORE_TAKEN = (DeviceNotAcceptedError, DeviceConflictError, StickFullError, StickProtectedError)


class Ask(Protocol):
    """Runs a step on the vault's thread."""

    def __call__(self, step: Callable[[Sending], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class SendingResult:
    """What one run did.

    ``sent`` batches were handed over now, ``stored`` of them with the mailbox's receipt; ``receipts`` counts those not
    seen before, ``refused`` are numbers the centre did not take. ``packs``: what the centre published was taken;
    ``packs_problem`` is why it was not, if anything. ``letters`` are newer than those here. ``problem`` is what else
    went wrong beside the rest.
    """

    sealed: int
    sent: int
    receipts: int
    refused: tuple[int, ...]
    stored: int = 0
    packs: bool = False
    packs_problem: KnownError | None = None
    letters: int = 0
    problem: KnownError | None = None


def seal_and_send(
    ask: Ask,
    carrier: Carrier,
    road: str,
    *,
    report: Report = silent,
    cancel: Event | None = None,
    pause: Event | None = None,
    patience: Patience = ONCE,
) -> SendingResult:
    """Take what the centre published, seal what waits, hand over what is not stored yet, fetch receipts and letters.

    Args:
        ask: runs a step on the vault's thread.
        carrier: the road; ``road`` is its name, ``network`` or ``stick``.
        report: hears how far the run is.
        cancel: set to end the run between two steps.
        pause: while set, the run waits between two steps, and between two parts of a batch.
        patience: how long to go on trying what time may heal.

    Raises:
        KnownError: what stopped the run; batches handed over before it stay handed over.
    """
    halt = Halt(cancel, pause)
    run = _Run(ask, PatientCarrier(carrier, trying_aloud(halt, report, patience)), road, report, halt)
    began = ask(lambda sending: sending.now())
    try:
        run.fetch_packs(PatientCarrier(carrier, trying_aloud(halt, report, patience.at_most(PACKS_SECONDS))))
        run.seal(cancel)
        run.hand_over_all()
        run.fetch_receipts()
        run.fetch_letters()
        run.tell_refusal()
    except KnownError as error:
        with suppress(KnownError):  # a vault that was locked meanwhile keeps nothing
            ask(partial(_keep_run, road=road, began=began, stopped_by=type(error).__name__))
        raise
    ask(partial(_keep_run, road=road, began=began))
    return run.result()


def fetch_receipts(
    ask: Ask, carrier: Carrier, *, report: Report = silent, cancel: Event | None = None
) -> tuple[int, tuple[int, ...]]:
    """Fetch receipts for every batch without a last word; return how many new ones came, and the refused numbers.

    Raises:
        ReceiptUnreadableError: one of them cannot be used; the others were taken first.
        KnownError: what stopped the run; receipts taken before it stay taken.
    """
    run = _Run(ask, carrier, "", report, Halt(cancel))
    run.fetch_receipts()
    if run.problem is not None:
        raise run.problem
    return run.receipts, tuple(run.refused)


@dataclass
class _Run:
    """One run: what is bad for itself must not keep the rest away, so it is told at the end."""

    ask: Ask
    carrier: Carrier
    road: str
    report: Report
    halt: Halt
    sealed: int = 0
    sent: int = 0
    stored: int = 0
    receipts: int = 0
    refused: list[int] = field(default_factory=list)
    packs: PacksFetched | None = None
    letters: int = 0
    problem: KnownError | None = None
    refusal: KnownError | None = None  # the road takes nothing more of this laptop, which still listens

    def result(self) -> SendingResult:
        packs = self.packs
        return SendingResult(
            self.sealed, self.sent, self.receipts, tuple(self.refused), self.stored,
            packs is not None and packs.installed, None if packs is None else packs.problem, self.letters, self.problem,
        )  # fmt: skip

    def fetch_packs(self, source: PackSource) -> None:
        """First of all, for a new key to seal for may come; whatever is wrong with packs, notes are sent."""

        def ask(step: Callable[[Packs], T]) -> T:
            return self.ask(lambda sending: step(sending.packs))

        self.halt.check()
        self.packs = fetch_packs(ask, source, self.report)

    def seal(self, cancel: Event | None) -> None:
        self.halt.check()
        try:
            self.sealed = len(self.ask(lambda sending: sending.seal(self.report, cancel)))
        except (SealingKeyRetiredError, NothingTakenAnyMoreError) as error:  # what is sealed goes, receipts come
            self.problem = self.problem or error

    def fetch_letters(self) -> None:
        self.halt.check()
        self.report(Progress("letters", 0, 1))
        for untrusted in self.carrier.fetch_letters(self.ask(lambda sending: sending.device())):
            try:
                self.letters += self.ask(partial(_take_letter, untrusted=untrusted)) != Changes()
            except LetterUnreadableError as error:
                self.problem = self.problem or error
        self.report(Progress("letters", 1, 1))

    def tell_refusal(self) -> None:
        """Raise why the road takes nothing more, if so, now that all was heard that lay there."""
        if self.refusal is not None:
            raise self.refusal

    def hand_over_all(self) -> None:
        unsent = self.ask(lambda sending: sending.to_hand_over())
        for place, row in enumerate(unsent):
            self.report(Progress("sending", place, len(unsent)))
            self.halt.check()
            try:
                self._hand_over(row, partial(self._part, place, len(unsent)))
            except _OF_ONE_BATCH as error:
                self.problem = self.problem or error
            except _NOTHING_MORE_TAKEN as error:
                self.refusal = error
                return
        if unsent:
            self.report(Progress("sending", len(unsent), len(unsent)))

    def fetch_receipts(self) -> None:
        waiting = self.ask(lambda sending: sending.unconfirmed())
        for place, row in enumerate(waiting):
            self.report(Progress("receiving", place, len(waiting)))
            self.halt.check()
            try:
                untrusted_receipts = self.carrier.fetch_receipts(row.sha512)
            except NotInMailboxError:
                self._hand_over_again(row, partial(self._part, place, len(waiting)))
                continue
            for untrusted in untrusted_receipts:
                self._take(row, untrusted)
        if waiting:
            self.report(Progress("receiving", len(waiting), len(waiting)))

    def _part(self, place: int, batches: int, done: int, total: int) -> None:
        self.report(Progress("sending", place, batches, done, total))
        self.halt.check()

    def _hand_over(self, row: BatchRow, between: Callable[[int, int], None]) -> None:
        data = self.ask(lambda sending: sending.sealed_bytes(row.sha512))
        if data is None:  # something in it is to be forgotten; the rest of it must not wait for ever
            self.ask(lambda sending: sending.give_up_lost(row.sha512))
            return
        untrusted = self.carrier.put_batch(data, between)
        self.sent += 1
        if untrusted is None:
            self.ask(lambda sending: sending.mark_sent(row.sha512, self.road))
        else:
            self._take(row, untrusted, handed_over_by=self.road)

    def _take(self, row: BatchRow, untrusted: bytes, handed_over_by: str = "") -> None:
        try:
            taken = self.ask(lambda sending: sending.take_receipt(row.sha512, untrusted, handed_over_by))
        except ReceiptUnreadableError as error:
            self.problem = self.problem or error
            return
        self.receipts += taken.is_new
        self.stored += taken.is_new and taken.receipt.kind == "stored"
        if taken.is_new and taken.receipt.kind in {"rejected", "reseal"}:
            self.refused.append(row.seq)

    def _hand_over_again(self, row: BatchRow, between: Callable[[int, int], None]) -> None:
        """A mailbox said that it had stored this and does not have it: it was put back from a backup.

        A stick that lacks a batch says nothing, and what no mailbox stored went, or will go, by another road.
        """
        if self.road != NETWORK or row.stored_at is None or self.refusal is not None:
            return
        try:
            self._hand_over(row, between)
        except _OF_ONE_BATCH as error:
            self.problem = self.problem or error
        except _NOTHING_MORE_TAKEN as error:
            self.refusal = error


def _take_letter(sending: Sending, *, untrusted: bytes) -> Changes:
    return sending.take_letter(untrusted)


def _keep_run(sending: Sending, *, road: str, began: datetime, stopped_by: str = "") -> Changes:
    return sending.keep_run(road, began, stopped_by)
