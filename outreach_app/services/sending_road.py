"""Handing batches over and fetching receipts by one road, vault steps and road steps taking turns.

``ask`` runs one step on the vault's thread and returns its result, so that a lock never waits for a network and the
network never holds the vault. Everything may be repeated: the same bytes, the same receipts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Protocol, TypeVar

from outreach_app.services.progress import Progress, Report, check_cancel, silent
from outreach_app.services.sending import SealedFile, Sending, TakenReceipt
from outreach_app.sync.carriers.carrier import Carrier
from outreach_app.sync.errors import NotInMailboxError, ReceiptUnreadableError

T = TypeVar("T")


class Ask(Protocol):
    """Runs a step on the vault's thread."""

    def __call__(self, step: Callable[[Sending], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class SendingResult:
    """What one run did; ``receipts`` counts those not seen before, ``refused`` are numbers the centre did not take."""

    sealed: int
    sent: int
    receipts: int
    refused: tuple[int, ...]


def seal_and_send(
    ask: Ask, carrier: Carrier, road: str, *, report: Report = silent, cancel: Event | None = None
) -> SendingResult:
    """Seal what waits, hand over every batch that is not stored yet, and fetch what receipts there are.

    Raises:
        KnownError: what stopped the run; batches handed over before it stay handed over.
    """
    sealed = ask(lambda sending: sending.seal(report, cancel))
    unsent = [file for file in ask(lambda sending: sending.waiting()) if file.data is not None]
    receipts = 0
    for place, file in enumerate(unsent):
        report(Progress("sending", place, len(unsent)))
        check_cancel(cancel)
        receipts += _hand_over(ask, carrier, road, file)
    if unsent:
        report(Progress("sending", len(unsent), len(unsent)))
    fetched, refused = fetch_receipts(ask, carrier, report=report, cancel=cancel)
    return SendingResult(len(sealed), len(unsent), receipts + fetched, refused)


def fetch_receipts(
    ask: Ask, carrier: Carrier, *, report: Report = silent, cancel: Event | None = None
) -> tuple[int, tuple[int, ...]]:
    """Fetch receipts for every batch without a last word; return how many new ones came, and the refused numbers.

    Raises:
        ReceiptUnreadableError: one of them cannot be used; the others were taken first.
        KnownError: what stopped the run; receipts taken before it stay taken.
    """
    waiting = ask(lambda sending: sending.waiting())
    came = _Came()
    for place, file in enumerate(waiting):
        report(Progress("receiving", place, len(waiting)))
        check_cancel(cancel)
        for untrusted in _receipts_on(carrier, file.sha512):
            came.take(ask, file, untrusted)
    if waiting:
        report(Progress("receiving", len(waiting), len(waiting)))
    if came.unreadable is not None:
        raise came.unreadable
    return came.new, tuple(came.refused)


class _Came:
    """Receipts of one run: one that cannot be read must not keep the others away."""

    def __init__(self) -> None:
        self.new = 0
        self.refused: list[int] = []
        self.unreadable: ReceiptUnreadableError | None = None

    def take(self, ask: Ask, file: SealedFile, untrusted: bytes) -> None:
        try:
            taken = ask(partial(_take, sha512=file.sha512, untrusted=untrusted))
        except ReceiptUnreadableError as error:
            self.unreadable = self.unreadable or error
            return
        self.new += taken.is_new
        if taken.is_new and taken.receipt.kind in {"rejected", "reseal"}:
            self.refused.append(file.seq)


def _receipts_on(carrier: Carrier, sha512: str) -> tuple[bytes, ...]:
    try:
        return carrier.fetch_receipts(sha512)
    except NotInMailboxError:  # it went, or will go, by another road
        return ()


def _hand_over(ask: Ask, carrier: Carrier, road: str, file: SealedFile) -> int:
    untrusted = carrier.put_batch(file.data or b"")
    ask(lambda sending: sending.mark_sent(file.sha512, road))
    if untrusted is None:
        return 0
    return int(ask(partial(_take, sha512=file.sha512, untrusted=untrusted)).is_new)


def _take(sending: Sending, *, sha512: str, untrusted: bytes) -> TakenReceipt:
    return sending.take_receipt(sha512, untrusted)
