"""What every road can do, seen from the laptop and from the desk."""

from __future__ import annotations

from typing import Protocol

from outreach_app.wire.mailbox_config import BatchListing


class Carrier(Protocol):
    """The laptop's side. Repeating any call is harmless."""

    def put_batch(self, data: bytes) -> bytes | None:
        """Hand over a sealed batch; return the mailbox's ``stored`` receipt, or None where the road gives none."""
        ...

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return all receipts for the batch of this name (128 hex digits), still sealed and unverified."""
        ...


class DeskCarrier(Protocol):
    """The desk's side. Repeating any call is harmless."""

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        """Return batches numbered above ``after``, lowest first; an empty answer means there are no more."""
        ...

    def get_batch(self, sha512: str) -> bytes:
        """Return the bytes of a batch; their hash was compared, nothing else was checked."""
        ...

    def put_receipt(self, receipt: bytes) -> None:
        """Hand over a receipt for the laptop."""
        ...
