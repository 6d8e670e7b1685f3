"""The receipts this laptop keeps, opened again for whoever wants to see what the mailbox and the desk signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach_app.records import batches, kept_receipts
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import instant
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.keys_in_force import open_receipt
from outreach_app.services.parts import Parts
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import BatchName, Receipt

VERIFIED_BEFORE = 0  # it was believed when it came, by the keys of its time: no batch is too late for them


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """``number`` is the receipt's place in its issuer's log; 0: it says none, or it cannot be read any more.

    ``counted`` and ``put_aside`` are records of an ``ingested`` receipt; ``reason`` is of a refusal (0: none).
    """

    kind: str
    issued_at: datetime
    number: int = 0
    counted: int = 0
    put_aside: int = 0
    reason: int = 0


class ReceiptBook:
    """The verb of looking at receipts."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def list_receipts(self, sha512: str) -> tuple[KeptReceipt, ...]:
        """Return the receipts of a batch, oldest first.

        Raises:
            NotFoundError: no such batch.
        """
        enrolled = self._enrolling.enrolled()
        with self._parts.vault.read() as db:
            row, kept = batches.find_batch(db, sha512), kept_receipts.list_sealed(db, sha512)
        if row is None:
            raise NotFoundError
        name = BatchName(enrolled.device, row.epoch, row.seq, row.sha512)
        found = []
        for kind, issued_at, sealed in kept:
            try:
                receipt = open_receipt(sealed, enrolled.receiving, enrolled.keys, batch=name, place=VERIFIED_BEFORE)
            except ReceiptUnreadableError:
                found.append(KeptReceipt(kind, instant(issued_at)))
            else:
                found.append(_kept(receipt))
        return tuple(found)


def _kept(receipt: Receipt) -> KeptReceipt:
    return KeptReceipt(
        receipt.kind, instant(receipt.issued_at), receipt.log_size, len(receipt.covered), len(receipt.quarantined),
        int(receipt.reason),
    )  # fmt: skip
