"""What every road can do, seen from the laptop and from the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from outreach_app.wire.mailbox_config import BatchListing

Between = Callable[[int, int], None]  # called with bytes handed over and bytes in all; may wait, and may raise to stop


def going_on(_done: int, _total: int) -> None:
    """Stop nowhere between two parts of a batch."""


class PackSource(Protocol):
    """Where files of content packs come from; what they are worth is for signatures to say."""

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Return a file of the published packs, None where there is none; NotTheMailboxError beyond ``limit`` bytes."""
        ...


class Carrier(PackSource, Protocol):
    """The laptop's side. Repeating any call is harmless."""

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes | None:
        """Hand over a sealed batch; return the mailbox's ``stored`` receipt, or None where the road gives none.

        ``between`` is called before each part where the road takes a batch in parts.
        """
        ...

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return all receipts for the batch of this name (128 hex digits), still sealed and unverified."""
        ...

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the newest letter of each kind to this device, still sealed and unverified."""
        ...


class DeskCarrier(PackSource, Protocol):
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

    def put_letter(self, letter: bytes) -> None:
        """Hand over a letter for the laptop; an older one than lies there is passed over."""
        ...

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Publish one file of the content packs."""
        ...
