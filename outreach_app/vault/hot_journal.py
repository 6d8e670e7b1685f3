"""Checks the journal that a crash inside a commit leaves, before the database library plays it back.

The library stops without a word at the first record whose checksum is wrong, and takes a header it cannot read for the
end: one flipped bit would leave half a change looking like a whole one. Here the header and every record must be right.
What a flipped bit hits between the sampled bytes is seen later by the authentication of the page itself.

A journal whose header was not completed is emptied. The library would leave it and write the next one over it; the rest
of the old one behind the new one's end could then not be told from damage, should the power fail once more.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

from outreach_app.vault.errors import VaultDamagedError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import JOURNAL, PAGE_BYTES

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = struct.Struct(">8sIIIII")  # magic, records, nonce, pages before the change, sector, page size
_RECORD_BYTES = 4 + PAGE_BYTES + 4  # page number, page, checksum
_NOT_COMPLETED = bytes(12)  # magic and count are filled in only after the records are durable
_SAMPLED_EVERY = 200
_SECTORS = frozenset(1 << power for power in range(5, 17))


def check_journal(folder: Path, pages: int) -> None:
    """Refuse a journal that would not be played back completely, empty one that would not be played back at all.

    Args:
        folder: of the vault.
        pages: how many pages the database had after the last commit.

    Raises:
        VaultDamagedError: it is damaged; nothing was played back.
        DiskFaultError, FolderNotWritableError: nothing was changed.
    """
    file = folder / JOURNAL
    with mapped_files(folder):
        if not file.exists() or not file.stat().st_size:
            return
        with file.open("r+b") as stream:
            header = stream.read(_HEADER.size)
            if len(header) < _HEADER.size or header.startswith(_NOT_COMPLETED):
                _empty(stream)  # the commit had not begun to touch the database
                return
            fine = _is_whole(stream, header, file.stat().st_size, pages)
    if not fine:
        raise VaultDamagedError(part=JOURNAL)


def _empty(stream: BinaryIO) -> None:
    stream.truncate(0)
    os.fsync(stream.fileno())


def _is_whole(stream: BinaryIO, header: bytes, size: int, pages: int) -> bool:
    magic, records, nonce, before, sector, page_size = _HEADER.unpack(header)
    if (magic, before, page_size) != (_MAGIC, pages, PAGE_BYTES) or sector not in _SECTORS:
        return False
    if size != sector + records * _RECORD_BYTES:
        return False
    stream.seek(sector)
    numbers = [_page_number(stream.read(_RECORD_BYTES), nonce) for _ in range(records)]
    return len(set(numbers)) == records and all(1 <= number <= pages for number in numbers)


def _page_number(record: bytes, nonce: int) -> int:
    """Return the number of the page a record holds, 0 when its checksum is wrong."""
    page = record[4:-4]
    sampled = sum(page[place] for place in range(PAGE_BYTES - _SAMPLED_EVERY, 0, -_SAMPLED_EVERY))
    fine = (nonce + sampled) & 0xFFFFFFFF == int.from_bytes(record[-4:], "big")
    return int.from_bytes(record[:4], "big") if fine else 0
