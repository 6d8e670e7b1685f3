"""The road by hand: a folder on a stick. Written, flushed, renamed, read back; only then is anything said to be there.

Only files with a name of the fixed pattern are looked at; links, folders and devices are passed over; a size is checked
before reading. A file's name comes from the hash of its content, so a damaged one is known as damaged.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.sync.batch_format import BATCH_LIMIT, BatchHeader, read_header
from outreach_app.sync.errors import (
    NotInMailboxError,
    StickFullError,
    StickReadBackError,
    StickUnusableError,
)
from outreach_app.sync.letters import LETTER_LIMIT, read_letter_header
from outreach_app.sync.receipts import RECEIPT_LIMIT, read_receipt_header
from outreach_app.sync.sealing import SealedBatch
from outreach_app.wire.mailbox_config import BatchListing

_BATCH_NAME = re.compile(r"outreach-batch-([0-9a-f]{32})\.ob1\Z")
_RECEIPT_NAME = re.compile(r"outreach-receipt-([0-9a-f]{32})-(stored|ingested|rejected|reseal)\.or1\Z")
_LETTER_NAME = re.compile(r"outreach-letter-([0-9a-f]{32})-(gap|figures)\.ol1\Z")
_PACK_NAME = re.compile(r"[0-9a-z][0-9a-z._-]{0,190}\Z")
PACKS_FOLDER = "outreach-packs"
_FILES_LIMIT = 10_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class StickFolder:
    """A folder as a road, for the laptop and for the desk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put_batch(self, data: bytes) -> None:
        """Write a sealed batch; a stick gives no receipt."""
        _write(self._folder, _batch_name(hashlib.sha512(data).hexdigest()), data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return the receipts that lie here for one batch, unverified."""
        return tuple(data for data in read_receipts(self._folder) if read_receipt_header(data).sha512 == sha512)

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        """Return the batches here above the running number ``after``; see ``list_batches``."""
        return list_batches(self._folder)[after:]

    def get_batch(self, sha512: str) -> bytes:
        """Return the batch of this name; NotInMailboxError if it is not here or damaged."""
        data = _read(self._folder, _batch_name(sha512), BATCH_LIMIT)
        if data is None or hashlib.sha512(data).hexdigest() != sha512:
            raise NotInMailboxError
        return data

    def put_receipt(self, receipt: bytes) -> None:
        """Write a receipt for the laptop."""
        write_receipt(self._folder, receipt)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the letters that lie here for one device, unverified."""
        found = (_read(self._folder, name, LETTER_LIMIT) for name in _names(self._folder, _LETTER_NAME))
        return tuple(data for data in found if data is not None and _is_letter_to(device, data))

    def put_letter(self, letter: bytes) -> None:
        """Write a letter in place of an earlier one of its kind."""
        header = read_letter_header(letter)
        _write(self._folder, f"outreach-letter-{header.device}-{header.kind}.ol1", letter)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Return a file of the published packs that lies here."""
        return _read(self._folder / PACKS_FOLDER, name, limit) if _PACK_NAME.match(name) else None

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Write one file of the content packs."""
        folder = self._folder / PACKS_FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise StickUnusableError(folder=self._folder.name, reason=_short(error)) from error
        _write(folder, name, data)


def write_batch(folder: Path, sealed: SealedBatch) -> Path:
    """Write a batch and return its path; what is returned was read back and compared.

    Raises:
        StickFullError, StickUnusableError, StickReadBackError: nothing half-written is left.
    """
    return _write(folder, _batch_name(sealed.sha512), sealed.data)


def write_receipt(folder: Path, receipt: bytes) -> Path:
    """Write a receipt and return its path; errors as for ``write_batch``."""
    header = read_receipt_header(receipt)
    return _write(folder, f"outreach-receipt-{header.sha512[:32]}-{header.kind}.or1", receipt)


def read_receipts(folder: Path) -> tuple[bytes, ...]:
    """Return every file here that looks like a receipt and sits under its right name, unverified."""
    found = []
    for name in _names(folder, _RECEIPT_NAME):
        data = _read(folder, name, RECEIPT_LIMIT)
        with suppress(KnownError):  # a damaged receipt must not hide the others; it can be fetched again
            if data is not None and _receipt_fits(name, data):
                found.append(data)
    return tuple(found)


def list_batches(folder: Path) -> tuple[BatchListing, ...]:
    """Return the whole batches here in the order of device, epoch and number; damaged ones are left out."""
    whole: list[tuple[BatchHeader, str, int]] = []
    for name in _names(folder, _BATCH_NAME):
        found = _batch_of(folder, name)
        if found is not None:
            whole.append(found)
    whole.sort(key=lambda one: (one[0].device, one[0].epoch, one[0].seq, one[1]))
    return tuple(
        BatchListing(number=number, sha512=name, device=header.device, epoch=header.epoch, seq=header.seq, size=size)
        for number, (header, name, size) in enumerate(whole, start=1)
    )


def damaged_files(folder: Path) -> tuple[str, ...]:
    """Return the names of batches here that cannot be used, so that somebody can be told."""
    return tuple(name for name in _names(folder, _BATCH_NAME) if _batch_of(folder, name) is None)


def _batch_name(sha512: str) -> str:
    return f"outreach-batch-{sha512[:32]}.ob1"


def _batch_of(folder: Path, name: str) -> tuple[BatchHeader, str, int] | None:
    data = _read(folder, name, BATCH_LIMIT)
    if data is None:
        return None
    sha512 = hashlib.sha512(data).hexdigest()
    if _batch_name(sha512) != name:
        return None
    try:
        return read_header(data), sha512, len(data)
    except KnownError:
        return None


def _receipt_fits(name: str, data: bytes) -> bool:
    header = read_receipt_header(data)
    match = _RECEIPT_NAME.match(name)
    return match is not None and match.groups() == (header.sha512[:32], header.kind)


def _is_letter_to(device: str, data: bytes) -> bool:
    try:
        return read_letter_header(data).device == device
    except KnownError:  # a damaged letter must not hide the others; it comes again
        return False


def _names(folder: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise StickUnusableError(folder=folder.name, reason=_short(error)) from error
    matching = [name for name in names if pattern.match(name)]
    if len(matching) > _FILES_LIMIT:
        raise StickUnusableError(folder=folder.name, reason="too many files")
    yield from matching


def _read(folder: Path, name: str, limit: int) -> bytes | None:
    """Return the content of a plain file, or None if it is none, is too large, or cannot be read."""
    try:
        descriptor = os.open(folder / name, _READ)
    except OSError:
        return None
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode) or state.st_size > limit:
            return None
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return data if len(data) <= limit else None


def _write(folder: Path, name: str, data: bytes) -> Path:
    """Write ``data`` under ``name``: all of it or nothing."""
    if _read(folder, name, len(data)) == data:
        return folder / name
    part = folder / f".outreach-{secrets.token_hex(8)}.part"
    try:
        _write_flushed(part, data)
        part.replace(folder / name)
        _flush_folder(folder)
    except OSError as error:
        if error.errno in _FULL:
            raise StickFullError from error
        raise StickUnusableError(folder=folder.name, reason=_short(error)) from error
    finally:
        with suppress(OSError):  # gone already when it was renamed, or together with the stick
            part.unlink(missing_ok=True)
    if _read(folder, name, len(data)) != data:
        with suppress(OSError):
            (folder / name).unlink()
        raise StickReadBackError
    return folder / name


def _write_flushed(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _CREATE, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):  # so that reading back asks the stick, not the memory
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be flushed there; the rename is written through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _short(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "unknown")
