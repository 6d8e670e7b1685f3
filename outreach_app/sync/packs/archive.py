"""The zip archive of a content pack, written the same each time and read without ever being unpacked to a disk.

Of the zip format only what the writer makes is read: entries one after the other from the first byte to the last,
stored or deflated, plain names of the manifest, each once and nothing beside them. No two programs can read two things
in it.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NoReturn

from outreach_app.errors import BugError, KnownError
from outreach_app.sync.packs.errors import PackArchiveError
from outreach_app.wire.content import (
    FILE_LIMIT,
    MANIFEST,
    MANIFEST_LIMIT,
    MOST_FILES,
    PLAIN_LIMIT,
    Manifest,
    read_manifest,
    write_manifest,
)

PACKED_LIMIT = 24 << 20
MOST_RATIO = 200
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_STORED, _DEFLATED = 0, 8
_VERSION = 20  # the first with deflate
_FIXED_DATE: Final = (0, 0x21)  # 1 January 1980: the same files give the same bytes
_LOCAL_FIELDS = struct.Struct("<4s5H3L2H")
_CENTRAL_FIELDS = struct.Struct("<4s6H3L5H2L")
_END_FIELDS = struct.Struct("<4s4H2LH")
_KIND_OF_FILE, _PLAIN_FILE, _FOLDER_BIT = 0o170000, 0o100000, 0x10


@dataclass(frozen=True)
class Archive:
    """A pack taken apart: every file is the one its manifest names, of that size and hash."""

    manifest: Manifest
    files: Mapping[str, bytes]


class _Entry(NamedTuple):
    """What the local header and the central directory both say of a file."""

    version: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    plain: int
    name_length: int
    extra_length: int


def write_archive(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """Return the pack of these files; the same manifest and files give the same bytes.

    Raises:
        PackArchiveError: beyond a limit of the format. BugError: the files are not those of the manifest.
    """
    _check_files(manifest, files)
    ordered = [(MANIFEST, write_manifest(manifest)), *((entry.name, files[entry.name]) for entry in manifest.files)]
    body, directory = bytearray(), bytearray()
    for name, data in ordered:
        entry, packed = _packed(name, data)
        directory += _CENTRAL_FIELDS.pack(_CENTRAL, _VERSION, *entry, 0, 0, 0, 0, len(body)) + name.encode()
        body += _LOCAL_FIELDS.pack(_LOCAL, *entry) + name.encode() + packed
    end = _END_FIELDS.pack(_END, 0, 0, len(ordered), len(ordered), len(directory), len(body), 0)
    made = bytes(body + directory + end)
    read_archive(made)  # what could not be read again is never written
    return made


def read_archive(untrusted: bytes) -> Archive:
    """Return what is in a pack; nothing is written anywhere.

    Raises:
        PackArchiveError: anything that the writer would not have made, or beyond a limit.
    """
    if len(untrusted) > PACKED_LIMIT:
        _refuse("too large")
    files = dict(_read_files(untrusted))
    try:
        manifest = read_manifest(files.pop(MANIFEST, b""))
    except KnownError as error:
        raise PackArchiveError(reason=f"{MANIFEST}: {error.values.get('field')}") from error
    if list(files) != [entry.name for entry in manifest.files]:
        _refuse("not the files of its list")
    for entry in manifest.files:
        data = files[entry.name]
        if len(data) != entry.size or hashlib.sha512(data).hexdigest() != entry.sha512:
            _refuse(f"{entry.name}: not the file of its list")
    return Archive(manifest, MappingProxyType(files))


def _check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    listed = {entry.name: entry.sha512 for entry in manifest.files}
    if listed != {name: hashlib.sha512(data).hexdigest() for name, data in files.items()}:
        raise BugError("the files of a pack are not those of its manifest")


def _packed(name: str, data: bytes) -> tuple[_Entry, bytes]:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = squeezer.compress(data) + squeezer.flush()
    fits = len(deflated) < len(data) <= MOST_RATIO * len(deflated)
    method, packed = (_DEFLATED, deflated) if fits else (_STORED, data)
    crc = zlib.crc32(data)
    return _Entry(_VERSION, 0, method, *_FIXED_DATE, crc, len(packed), len(data), len(name.encode()), 0), packed


def _read_files(untrusted: bytes) -> list[tuple[str, bytes]]:
    """Walk the archive from its first byte to its last; every byte belongs to exactly one thing."""
    count, directory = _read_end(untrusted)
    found: list[tuple[str, bytes]] = []
    place, at, room = 0, directory, PLAIN_LIMIT + MANIFEST_LIMIT
    for _ in range(count):
        entry, name, offset, after = _read_central(untrusted, at)
        if offset != place or any(name == other for other, _data in found):
            _refuse("entries that overlap, leave a gap or come twice")
        room -= entry.plain
        if room < 0:
            _refuse("too large when unpacked")
        data, place = _read_local(untrusted, place, entry, name)
        found.append((name, data))
        at = after
    if place != directory or at != len(untrusted) - _END_FIELDS.size:
        _refuse("bytes that belong to no file")
    return found


def _read_end(untrusted: bytes) -> tuple[int, int]:
    """Return how many entries there are and where their directory begins."""
    start = len(untrusted) - _END_FIELDS.size
    if start < 0:
        _refuse("cut short")
    mark, disk, first_disk, here, count, size, offset, comment = _END_FIELDS.unpack_from(untrusted, start)
    if mark != _END or comment or disk or first_disk or here != count:
        _refuse("not an archive of ours")
    if not 1 <= count <= MOST_FILES:
        _refuse("too many files")
    if offset + size != start:
        _refuse("bytes that belong to no file")
    return count, offset


def _read_central(untrusted: bytes, at: int) -> tuple[_Entry, str, int, int]:
    """Return the entry, its name, where its file begins, and where the next entry does."""
    fields = _unpack(_CENTRAL_FIELDS, untrusted, at)
    entry, (comment, disk, _internal, attributes, offset) = _Entry(*fields[2:12]), fields[12:]
    if fields[0] != _CENTRAL or comment or disk:
        _refuse("not an archive of ours")
    if (attributes >> 16) & _KIND_OF_FILE not in {0, _PLAIN_FILE} or attributes & _FOLDER_BIT:
        _refuse("a link or a folder")
    _check_entry(entry)
    after = at + _CENTRAL_FIELDS.size + entry.name_length
    return entry, _name(untrusted[at + _CENTRAL_FIELDS.size : after]), offset, after


def _check_entry(entry: _Entry) -> None:
    """Refuse flags (encryption, sizes told later, other names), other methods, what expands beyond every measure."""
    if entry.flags or entry.extra_length or entry.version > _VERSION or entry.method not in {_STORED, _DEFLATED}:
        _refuse("packed in a way we do not use")
    if entry.plain > FILE_LIMIT or entry.plain > MOST_RATIO * max(entry.packed, 1):
        _refuse("too large when unpacked")
    if entry.method == _STORED and entry.packed != entry.plain:
        _refuse("packed in a way we do not use")


def _name(untrusted: bytes) -> str:
    """Return a name; which names there may be is the manifest's to say, whose own are plain letters."""
    return untrusted.decode("ascii", errors="replace")


def _read_local(untrusted: bytes, at: int, entry: _Entry, name: str) -> tuple[bytes, int]:
    """Return the bytes of the file at ``at``, and where the next one begins."""
    fields = _unpack(_LOCAL_FIELDS, untrusted, at)
    begin = at + _LOCAL_FIELDS.size + entry.name_length
    same_name = _name(untrusted[begin - entry.name_length : begin]) == name
    if fields[0] != _LOCAL or _Entry(*fields[1:]) != entry or not same_name:
        _refuse("two descriptions of one file")
    packed = untrusted[begin : begin + entry.packed]
    data = packed if entry.method == _STORED else _inflated(packed, entry.plain)
    if len(packed) != entry.packed or len(data) != entry.plain or zlib.crc32(data) != entry.crc:
        _refuse("damaged")
    return data, begin + entry.packed


def _inflated(packed: bytes, size: int) -> bytes:
    """Return the plain bytes, never more than one beyond what was announced."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        _refuse("damaged")
    if not inflater.eof or inflater.unused_data:
        _refuse("damaged")
    return data


def _unpack(fields: struct.Struct, untrusted: bytes, at: int) -> tuple[Any, ...]:
    if at + fields.size > len(untrusted):
        _refuse("cut short")
    return fields.unpack_from(untrusted, at)


def _refuse(reason: str) -> NoReturn:
    raise PackArchiveError(reason=reason)
