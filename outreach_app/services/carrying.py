"""Carrying for others: a laptop with a network hands over what lies sealed on a stick, and brings back what came.

Needs no vault and no key: the batches are sealed and signed by the laptops that made them, and what comes back is
sealed to those laptops. Whoever carries can neither read nor alter anything; doing it twice is harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event

from outreach_app.errors import KnownError
from outreach_app.services.carrying_packs import carry_packs
from outreach_app.services.progress import Halt, Progress, Report, silent, trying_aloud
from outreach_app.sync.carriers.carrier import Carrier
from outreach_app.sync.carriers.patience import HEALED_BY_TIME, ONCE, Patience, PatientCarrier
from outreach_app.sync.carriers.stick import BatchOnStick, StickFolder, batch_name
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
from outreach_app.sync.letters import read_letter_header
from outreach_app.sync.receipts import read_receipt_header

_OF_ONE_BATCH = (
    MailboxRefusedError, MailboxFaultError, UploadsWaitingError, DeviceNotAcceptedError, DeviceConflictError,
    BatchTooLargeError, BatchUnreadableError, NotInMailboxError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A batch the mailbox did not take: its file on the stick, and why (the mailbox's code)."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried; everything else on the stick stays as it is.

    ``batches`` whole ones lay there, ``handed_over`` of them were new to the mailbox; ``receipts``, ``letters`` and
    ``pack_files`` are new on the stick; ``packs_problem`` is what kept the packs away, if anything did.
    """

    batches: int
    handed_over: int
    receipts: int
    letters: int
    pack_files: int
    not_taken: tuple[NotTaken, ...] = ()
    packs_problem: KnownError | None = None


def carry(
    stick: StickFolder,
    mailbox: Carrier,
    *,
    report: Report = silent,
    cancel: Event | None = None,
    pause: Event | None = None,
    patience: Patience = ONCE,
) -> Carried:
    """Hand over every batch on a stick that the mailbox does not have, and write back receipts, letters and packs.

    Arguments are those of ``seal_and_send``. Nothing on the stick is removed.

    Raises:
        StickFullError, StickProtectedError: nothing can be written back; every batch was handed over all the same.
        KnownError: what stopped the run; what was carried before it stays carried.
    """
    halt = Halt(cancel, pause)
    run = _Run(stick, PatientCarrier(mailbox, trying_aloud(halt, report, patience)), report, halt)
    run.carry_batches()
    if run.unwritable is not None:
        raise run.unwritable
    run.bring_letters()
    run.bring_packs()
    return Carried(
        run.batches, run.handed_over, run.receipts, run.letters, run.pack_files, tuple(run.not_taken), run.packs_problem
    )


@dataclass
class _Run:
    stick: StickFolder
    mailbox: PatientCarrier
    report: Report
    halt: Halt
    batches: int = 0
    handed_over: int = 0
    receipts: int = 0
    letters: int = 0
    pack_files: int = 0
    not_taken: list[NotTaken] = field(default_factory=list)
    packs_problem: KnownError | None = None
    unwritable: KnownError | None = None
    _devices: set[str] = field(default_factory=set)

    def carry_batches(self) -> None:
        total = self.stick.count_batches()
        for place, batch in enumerate(self.stick.batches()):
            self.report(Progress("carrying", place, total))
            self.halt.check()
            self.batches += 1
            self._devices.add(batch.header.device)
            try:
                self._carry(batch, partial(self._part, place, total))
            except (StickFullError, StickProtectedError) as error:
                self.unwritable = error
            except _OF_ONE_BATCH as error:
                code = str(error.values.get("code", type(error).__name__))
                self.not_taken.append(NotTaken(batch_name(batch.sha512), code))
        self.report(Progress("carrying", total, total))

    def bring_letters(self) -> None:
        for device in sorted(self._devices):
            self.halt.check()
            there = set(self.stick.fetch_letters(device))
            for letter in self.mailbox.fetch_letters(device):
                with suppress(LetterUnreadableError):  # it comes again
                    if read_letter_header(letter).device == device:
                        self.stick.put_letter(letter)
            self.letters += len(set(self.stick.fetch_letters(device)) - there)

    def bring_packs(self) -> None:
        try:
            self.pack_files = carry_packs(self.mailbox, self.stick, self.halt.check)
        except HEALED_BY_TIME:
            raise
        except KnownError as error:
            self.packs_problem = error

    def _carry(self, batch: BatchOnStick, between: Callable[[int, int], None]) -> None:
        try:
            found = self.mailbox.fetch_receipts(batch.sha512)
        except NotInMailboxError:
            receipt = self.mailbox.put_batch(batch.data, between)
            self.handed_over += 1
            found = () if receipt is None else (receipt,)
        there = self.stick.fetch_receipts(batch.sha512)
        for receipt in found:
            if receipt not in there and _is_for(batch.sha512, receipt):
                self.stick.put_receipt(receipt)
                self.receipts += 1

    def _part(self, place: int, batches: int, done: int, total: int) -> None:
        self.report(Progress("carrying", place, batches, done, total))
        self.halt.check()


def _is_for(sha512: str, untrusted: bytes) -> bool:
    try:
        return read_receipt_header(untrusted).sha512 == sha512
    except ReceiptUnreadableError:
        return False
