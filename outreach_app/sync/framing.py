"""How bytes are put side by side, padded, and written as text: one way for every format here."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable

_LENGTH = struct.Struct(">Q")


def frame(parts: Iterable[bytes]) -> bytes:
    """Return the parts one after the other, each behind its length (8 bytes, big endian)."""
    return b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def take_frames(untrusted: bytes, limits: tuple[int, ...]) -> tuple[bytes, ...] | None:
    """Return exactly ``len(limits)`` parts, or None when lengths lie, pass a limit, or bytes are left over.

    Args:
        untrusted: bytes from outside.
        limits: the most bytes each part may have, in order.
    """
    parts = []
    place = 0
    for limit in limits:
        if len(untrusted) < place + _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(untrusted, place)
        place += _LENGTH.size
        if length > limit or length > len(untrusted) - place:
            return None
        parts.append(untrusted[place : place + length])
        place += length
    return tuple(parts) if place == len(untrusted) else None


def padme(length: int) -> int:
    """Return the padded length (at most 12 % more), so that a size says little about what is inside.

    The Padmé rule: the lower bits of a length are rounded up, more of them the larger it is.
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def write_base64(data: bytes) -> str:
    """Return the standard base64 text of ``data``, with padding."""
    return base64.b64encode(data).decode()


def read_base64(untrusted: str) -> bytes | None:
    """Return the bytes, or None unless ``untrusted`` is their one and only spelling."""
    try:
        data = base64.b64decode(untrusted.encode("ascii"), validate=True)
    except ValueError:  # binascii.Error and UnicodeEncodeError are ValueErrors
        return None
    return data if write_base64(data) == untrusted else None
