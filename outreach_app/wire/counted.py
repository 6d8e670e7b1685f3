"""One print job as it lies in ``counter.inbox``: counted while the vault was locked, taken in at the next unlocking."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

MOST_COPIES = 10_000
_ID = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class CountedPrint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A random id, so that it counts once however often it is read; what was printed, and when (ISO, UTC)."""

    id: str
    sheet: str
    language: str
    format: str
    copies: int
    printed_at: datetime


def write_counted(counted: CountedPrint) -> bytes:
    """Return the record's text."""
    return msgspec.json.encode(counted)


def read_counted(untrusted: bytes) -> CountedPrint | None:
    """Return the record, None when it is none of ours: anyone who has the public key can seal something."""
    try:
        counted = read_json(untrusted, CountedPrint, what="The print count", limit=512)
    except UntrustedDataError:
        return None
    codes = (counted.sheet, counted.language, counted.format)
    fits = _ID.fullmatch(counted.id) and all(_CODE.fullmatch(code) for code in codes)
    timed = counted.printed_at.tzinfo is not None
    return counted if fits and timed and 1 <= counted.copies <= MOST_COPIES else None
