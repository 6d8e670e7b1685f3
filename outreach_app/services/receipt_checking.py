"""Whether this laptop's receipts fit together: each says how long its issuer's log was, and logs only grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from outreach_app.records import batches, kept_receipts
from outreach_app.services.enrolling import Enrolled, Enrolling
from outreach_app.services.parts import Parts
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, open_receipt_of

Issuer = Literal["mailbox", "desk"]


@dataclass(frozen=True, slots=True)
class ReceiptFault:
    """What does not fit about the receipt of a batch.

    ``unreadable``: damaged, or signed by nobody this laptop knows. ``forked``: another receipt stands at the same place
    of the log. ``backwards``: it is older than one that stands before it; a log, or a clock, was put back.
    """

    kind: Literal["unreadable", "forked", "backwards"]
    issuer: Issuer
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class ReceiptsChecked:
    """How many receipts were compared, and what does not fit; nothing when all is well."""

    receipts: int
    faults: tuple[ReceiptFault, ...]


class ReceiptChecking:
    """The verb of comparing receipts."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def check(self) -> ReceiptsChecked:
        """Open every receipt again and compare the logs they speak of, issuer by issuer.

        Raises:
            NotEnrolledError: there can be none yet.
        """
        enrolled = self._enrolling.enrolled()
        with self._parts.vault.read() as db:
            kept = [
                (BatchName(enrolled.device, row.epoch, row.seq, row.sha512), kind, sealed)
                for row in batches.list_batches(db, limit=-1)
                for kind, _issued_at, sealed in kept_receipts.list_sealed(db, row.sha512)
            ]
        logs: dict[bytes, list[Receipt]] = {}
        faults: list[ReceiptFault] = []
        for name, kind, sealed in kept:
            opened = _open(enrolled, name, sealed)
            if opened is None:
                faults.append(ReceiptFault("unreadable", _issuer(kind), name.epoch, name.seq))
            else:
                logs.setdefault(opened[0], []).append(opened[1])
        faults += [fault for log in logs.values() for fault in _compare(log)]
        return ReceiptsChecked(len(kept), tuple(faults))


def _open(enrolled: Enrolled, name: BatchName, sealed: bytes) -> tuple[bytes, Receipt] | None:
    """Return a receipt with the fingerprint of who signed it: of the keys in force, or of earlier ones."""
    in_force = ReceiptIssuers(enrolled.keys.mailbox, enrolled.keys.desk)
    for issuers in (in_force, *(earlier.issuers for earlier in enrolled.keys.earlier)):
        try:
            receipt = open_receipt_of(sealed, enrolled.receiving, issuers, batch=name)
        except ReceiptUnreadableError:
            continue
        return issuers.of(receipt.kind).fingerprint(), receipt
    return None


def _compare(log: Sequence[Receipt]) -> Iterator[ReceiptFault]:
    """Walk the receipts of one issuer in the order of its log; those that name no place say nothing."""
    placed = sorted((receipt for receipt in log if receipt.log_size), key=_place)
    for before, after in pairwise(placed):
        issuer = _issuer(after.kind)
        if before.log_size == after.log_size:
            yield ReceiptFault("forked", issuer, after.epoch, after.seq)
        elif after.issued_at < before.issued_at:
            yield ReceiptFault("backwards", issuer, after.epoch, after.seq)


def _place(receipt: Receipt) -> tuple[int, str, int, int]:
    return receipt.log_size, receipt.issued_at, receipt.epoch, receipt.seq


def _issuer(kind: str) -> Issuer:
    return "mailbox" if kind == "stored" else "desk"
