"""Which program read a pack, and what it found: a newer program, or other shipped content, reads it again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import msgspec

from outreach_app import __version__, typed_json
from outreach_app.errors import KnownError
from outreach_app.services.errors import PackFileWrongError, PackOlderError
from outreach_app.sync.packs.errors import PackArchiveError
from outreach_app.sync.packs.sources import shipped_files

_KINDS: dict[str, type[KnownError]] = {
    kind.__name__: kind for kind in (PackArchiveError, PackFileWrongError, PackOlderError)
}


@lru_cache(maxsize=1)
def reader() -> str:
    """Return 64 hex digits that are others with another version of the program or other shipped content."""
    digest = hashlib.sha256(__version__.encode())
    for name, data in shipped_files().items():
        digest.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def problem_with(data: bytes) -> KnownError | None:
    """Return what keeps a pack from being used, None where it makes whole sheets."""
    from outreach_app.services.pack_checks import check_pack  # noqa: PLC0415 - after a change of the program only

    try:
        check_pack(data)
    except KnownError as error:
        return error
    return None


def write_problem(problem: KnownError | None) -> str:
    """Return what is wrong as a row keeps it."""
    if problem is None:
        return ""
    return msgspec.json.encode({"kind": type(problem).__name__, "values": dict(problem.values)}).decode()


def read_problem(kept: str) -> KnownError | None:
    """Return what a row kept."""
    if not kept:
        return None
    told = typed_json.decode(kept, dict[str, Any])
    return _KINDS[told["kind"]](**told["values"])
