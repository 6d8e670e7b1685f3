"""Sticks in tests: a sealed batch written, and the receipts that lie there, by the road the program takes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.sync.carriers.stick import StickFolder, batch_name
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.sync.sealing import SealedBatch


def write_batch(folder: Path, sealed: SealedBatch) -> Path:
    """Write a batch and return its path."""
    StickFolder(folder).put_batch(sealed.data)
    return folder / batch_name(sealed.sha512)


def read_receipts(folder: Path) -> tuple[bytes, ...]:
    """Return all receipts on a stick, whichever batches they are for."""
    names = set()
    for path in folder.glob("outreach-receipt-*.or1"):
        with suppress(KnownError):
            names.add(read_receipt_header(path.read_bytes()).sha512)
    return tuple(data for name in sorted(names) for data in StickFolder(folder).fetch_receipts(name))
