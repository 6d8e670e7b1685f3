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

T = TypeVar("T")


class Ask(Protocol):
    """Runs a step on the vault's thread."""

    def __call__(self, step: Callable[[Sending], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class SendingResult:
    """What one run did; ``refused`` are sequence numbers the centre did not take."""

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
    waiting = ask(lambda sending: sending.waiting())
    sent = receipts = 0
    unsent = [file for file in waiting if file.data is not None and not file.stored]
    for place, file in enumerate(unsent):
        report(Progress("sending", place, len(unsent)))
        check_cancel(cancel)
        receipts += _hand_over(ask, carrier, road, file)
        sent += 1
    if unsent:
        report(Progress("sending", sent, len(unsent)))
    fetched, refused = fetch_receipts(ask, carrier, report=report, cancel=cancel)
    return SendingResult(len(sealed), sent, receipts + fetched, refused)


def fetch_receipts(
    ask: Ask, carrier: Carrier, *, report: Report = silent, cancel: Event | None = None
) -> tuple[int, tuple[int, ...]]:
    """Fetch receipts for every batch without a last word; return how many came and which numbers were refused."""
    waiting = ask(lambda sending: sending.waiting())
    count = 0
    refused: list[int] = []
    for place, file in enumerate(waiting):
        report(Progress("receiving", place, len(waiting)))
        check_cancel(cancel)
        for untrusted in carrier.fetch_receipts(file.sha512):
            taken = ask(partial(_take, sha512=file.sha512, untrusted=untrusted))
            count += taken.is_new
            if taken.is_new and taken.receipt.kind in {"rejected", "reseal"}:
                refused.append(file.seq)
    if waiting:
        report(Progress("receiving", len(waiting), len(waiting)))
    return count, tuple(refused)


def _hand_over(ask: Ask, carrier: Carrier, road: str, file: SealedFile) -> int:
    if file.data is None:
        return 0
    untrusted = carrier.put_batch(file.data)
    ask(lambda sending: sending.mark_sent(file.sha512, road))
    if untrusted is None:
        return 0
    return int(ask(partial(_take, sha512=file.sha512, untrusted=untrusted)).is_new)


def _take(sending: Sending, *, sha512: str, untrusted: bytes) -> TakenReceipt:
    return sending.take_receipt(sha512, untrusted)
