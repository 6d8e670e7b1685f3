"""The road by hand: a folder on a stick. Written, flushed, renamed, read back; only then is anything said to be there.

Only files with a name of the fixed pattern are looked at; links, folders and devices are passed over. A file's name
comes from the hash of its content, so a damaged one is known as damaged. Names count in any case: some systems turn
them into capitals on the way. Several laptops may share a stick: nothing that is whole is ever removed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from outreach_app.clock import Clock, SystemClock
from outreach_app.errors import KnownError
from outreach_app.sync.batch_format import BATCH_LIMIT, BatchHeader, read_header
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.carriers.stick_files import (
    drop_half_written,
    is_folder,
    make_folder,
    names_like,
    read_plain,
    write_whole,
)
from outreach_app.sync.errors import NotInMailboxError
from outreach_app.sync.letters import LETTER_LIMIT, read_letter_header
from outreach_app.sync.receipts import RECEIPT_LIMIT, read_receipt_header
from outreach_app.wire.letters import LETTER_KINDS
from outreach_app.wire.mailbox_config import BatchListing

RECEIPT_KINDS = ("stored", "ingested", "rejected", "reseal")
_BATCH_NAME = re.compile(r"outreach-batch-([0-9a-f]{32})\.ob1\Z", re.IGNORECASE)
_BACK_NAME = re.compile(r"outreach-(receipt|letter)-[0-9a-f]{32}-[a-z]{1,12}\.o[rl]1\Z", re.IGNORECASE)
_PACK_NAME = re.compile(r"[0-9a-z][0-9a-z._-]{0,190}\Z")
PACKS_FOLDER = "outreach-packs"


@dataclass(frozen=True)
class BatchOnStick:
    """A whole batch that lies on a stick; only its name and header were read, nothing was verified."""

    sha512: str
    header: BatchHeader
    data: bytes


class StickFolder:
    """A folder as a road, for the laptop and for the desk."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()

    def put_batch(self, data: bytes, _between: Between = going_on) -> None:
        """Write a sealed batch; a stick gives no receipt."""
        self._write(batch_name(hashlib.sha512(data).hexdigest()), data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return the receipts that lie here for one batch, unverified."""
        found = (self._receipt(sha512, kind) for kind in RECEIPT_KINDS)
        return tuple(data for data in found if data is not None)

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        """Return the batches here above the running number ``after``; see ``list_batches``."""
        return list_batches(self._folder)[after:]

    def get_batch(self, sha512: str) -> bytes:
        """Return the batch of this name; NotInMailboxError if it is not here or damaged."""
        data = self._read(batch_name(sha512), BATCH_LIMIT)
        if data is None or hashlib.sha512(data).hexdigest() != sha512:
            raise NotInMailboxError
        return data

    def put_receipt(self, receipt: bytes) -> None:
        """Write a receipt for the laptop."""
        self._write(_receipt_name(receipt), receipt)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the letters that lie here for one device, unverified."""
        found = (self._letter(device, kind) for kind in LETTER_KINDS)
        return tuple(data for data in found if data is not None)

    def put_letter(self, letter: bytes) -> None:
        """Write a letter in place of an earlier one of its kind; an older one is passed over."""
        header = read_letter_header(letter)
        there = self._letter(header.device, header.kind)
        if there is None or read_letter_header(there).number < header.number:
            self._write(_letter_name(header.device, header.kind), letter)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Return a file of the published packs that lies here."""
        folder = self._folder / PACKS_FOLDER
        return read_plain(folder / name, limit) if _PACK_NAME.match(name) and is_folder(folder) else None

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Write one file of the content packs."""
        write_whole(make_folder(self._folder, PACKS_FOLDER), name, data)

    def batches(self) -> Iterator[BatchOnStick]:
        """Give each whole batch here, one after the other, in the order of their names."""
        for name in names_like(self._folder, _BATCH_NAME):
            found = _batch_of(self._folder, name)
            if found is not None:
                yield found

    def count_batches(self) -> int:
        """Return how many files here are named as batches are."""
        return len(names_like(self._folder, _BATCH_NAME))

    def _receipt(self, sha512: str, kind: str) -> bytes | None:
        name = f"outreach-receipt-{sha512[:32]}-{kind}.or1"
        data = self._read(name, RECEIPT_LIMIT)
        with suppress(KnownError):  # a damaged receipt must not hide the others; it can be fetched again
            if data is not None and _receipt_fits(name, data) and read_receipt_header(data).sha512 == sha512:
                return data
        return None

    def _letter(self, device: str, kind: str) -> bytes | None:
        data = self._read(_letter_name(device, kind), LETTER_LIMIT)
        with suppress(KnownError):  # a damaged letter must not hide the others; it comes again
            if data is not None:
                header = read_letter_header(data)
                return data if (header.device, header.kind) == (device, kind) else None
        return None

    def _read(self, name: str, limit: int) -> bytes | None:
        data = read_plain(self._folder / name, limit)
        if data is None and name in self._in_capitals:
            return read_plain(self._folder / self._in_capitals[name], limit)
        return data

    def _write(self, name: str, data: bytes) -> None:
        self._tidied  # noqa: B018 - once before the first file is written
        write_whole(self._folder, name, data)

    @cached_property
    def _in_capitals(self) -> dict[str, str]:
        """Our names that are written otherwise here, as a system made them that knows only capitals."""
        names = [*names_like(self._folder, _BATCH_NAME), *names_like(self._folder, _BACK_NAME)]
        return {name.lower(): name for name in names if name != name.lower()}

    @cached_property
    def _tidied(self) -> bool:
        drop_half_written(self._folder, self._clock.now().timestamp())
        return True


def list_batches(folder: Path) -> tuple[BatchListing, ...]:
    """Return the whole batches here in the order of device, epoch and number; damaged ones are left out."""
    whole = {found.sha512: (found.header, len(found.data)) for found in StickFolder(folder).batches()}
    ordered = sorted(whole.items(), key=lambda one: (one[1][0].device, one[1][0].epoch, one[1][0].seq, one[0]))
    return tuple(
        BatchListing(number=number, sha512=name, device=header.device, epoch=header.epoch, seq=header.seq, size=size)
        for number, (name, (header, size)) in enumerate(ordered, start=1)
    )


def damaged_files(folder: Path) -> tuple[str, ...]:
    """Return the names of batches here that cannot be used, so that somebody can be told."""
    return tuple(name for name in names_like(folder, _BATCH_NAME) if _batch_of(folder, name) is None)


def batch_name(sha512: str) -> str:
    """Return the name of a batch's file."""
    return f"outreach-batch-{sha512[:32]}.ob1"


def _receipt_name(receipt: bytes) -> str:
    header = read_receipt_header(receipt)
    return f"outreach-receipt-{header.sha512[:32]}-{header.kind}.or1"


def _letter_name(device: str, kind: str) -> str:
    return f"outreach-letter-{device}-{kind}.ol1"


def _batch_of(folder: Path, name: str) -> BatchOnStick | None:
    data = read_plain(folder / name, BATCH_LIMIT)
    if data is None:
        return None
    sha512 = hashlib.sha512(data).hexdigest()
    if batch_name(sha512) != name.lower():
        return None
    try:
        return BatchOnStick(sha512, read_header(data), data)
    except KnownError:
        return None


def _receipt_fits(name: str, data: bytes) -> bool:
    return _receipt_name(data) == name.lower()
