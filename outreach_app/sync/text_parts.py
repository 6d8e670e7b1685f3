"""A document as numbered lines of capital letters and digits, for QR codes, for typing, or for reading out.

``OR1/<document>/<number>/<of>/<content>/<check>``: the content is base32 of the compressed document, cut in pieces; the
document's name and each line's check are the beginnings of hashes, so that a misread or foreign line is noticed. All
signs are in QR's alphanumeric set, which any scanner reads.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable

from outreach_app.errors import BugError
from outreach_app.sync.errors import TextPartDamagedError, TextPartsMissingError, TextPartsMixedError

MARK = "OR1"
CONTENT_CHARACTERS = 800  # with the rest a QR code of version 19 at level M: large enough modules on any screen
DOCUMENT_LIMIT = 64 << 10
MOST_PARTS = 99
_NAME_CHARACTERS = 8
_CHECK_CHARACTERS = 6
_LONGEST_LINE = 2000
_PART = re.compile(
    rf"{MARK}/([A-Z2-7]{{{_NAME_CHARACTERS}}})/(\d{{1,2}})/(\d{{1,2}})/([A-Z2-7]+)/([A-Z2-7]{{{_CHECK_CHARACTERS}}})"
)
_SHOWN = re.compile(rf"{MARK}/[^/]{{0,20}}/(\d{{1,2}})/")


def split(document: bytes) -> tuple[str, ...]:
    """Return the document as lines, each at most 832 characters; BugError above 64 KiB or 99 lines."""
    text = base64.b32encode(zlib.compress(document, 9)).decode().rstrip("=")
    pieces = [text[place : place + CONTENT_CHARACTERS] for place in range(0, len(text), CONTENT_CHARACTERS)]
    if len(document) > DOCUMENT_LIMIT or len(pieces) > MOST_PARTS:
        raise BugError("the document is too large for text parts")
    name = _name(document)
    return tuple(_line(name, number, len(pieces), piece) for number, piece in enumerate(pieces, start=1))


def join(untrusted: Iterable[str]) -> bytes:
    """Return the document; order, repetitions, spaces and small letters do not matter.

    Raises:
        TextPartDamagedError: a line was misread.
        TextPartsMixedError: lines of several documents, or of none.
        TextPartsMissingError: names the numbers that are missing.
    """
    read = {_read(line) for line in untrusted if line.strip()}
    documents = {(name, total) for name, total, _number, _content in read}
    contents = {number: content for _name, _total, number, content in read}
    if len(documents) != 1 or len(contents) != len(read):
        raise TextPartsMixedError
    ((name, total),) = documents
    missing = [number for number in range(1, total + 1) if number not in contents]
    if missing:
        raise TextPartsMissingError(numbers=", ".join(map(str, missing)))
    document = _decompress("".join(contents[number] for number in range(1, total + 1)))
    if document is None or _name(document) != name:
        raise TextPartsMixedError
    return document


def read_document(untrusted: bytes) -> bytes:
    """Return the document of a file that holds it as it is, or as text parts; errors as ``join``."""
    if untrusted.lstrip()[: len(MARK)].upper() != MARK.encode():
        return untrusted
    return join(untrusted.decode("ascii", "replace").splitlines())


def _line(name: str, number: int, total: int, content: str) -> str:
    return f"{MARK}/{name}/{number}/{total}/{content}/{_check(name, number, total, content)}"


def _read(untrusted: str) -> tuple[str, int, int, str]:
    """Return name, total, number and content of one line."""
    line = "".join(untrusted[:_LONGEST_LINE].split()).upper()
    found = _PART.fullmatch(line)
    if found is None:
        shown = _SHOWN.match(line)
        if shown is None:
            raise TextPartsMixedError
        raise TextPartDamagedError(number=int(shown.group(1)))
    name, number, total, content, check = found[1], int(found[2]), int(found[3]), found[4], found[5]
    if check != _check(name, number, total, content) or not 1 <= number <= total:
        raise TextPartDamagedError(number=number)
    return name, total, number, content


def _decompress(text: str) -> bytes | None:
    try:
        packed = base64.b32decode(text + "=" * (-len(text) % 8))
        unpacking = zlib.decompressobj()
        document = unpacking.decompress(packed, DOCUMENT_LIMIT)
    except (ValueError, zlib.error):  # binascii.Error is a ValueError
        return None
    return document if unpacking.eof and not unpacking.unused_data else None


def _name(document: bytes) -> str:
    return _letters(document, _NAME_CHARACTERS)


def _check(name: str, number: int, total: int, content: str) -> str:
    return _letters(f"{name}/{number}/{total}/{content}".encode(), _CHECK_CHARACTERS)


def _letters(data: bytes, length: int) -> str:
    return base64.b32encode(hashlib.sha256(data).digest()).decode()[:length]
