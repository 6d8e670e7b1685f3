"""Whole content packs for tests: every shipped file under the name it has in a pack, changed as told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from outreach_app.content import shipped_place
from outreach_app.leaflets.languages import LANGUAGES
from outreach_app.paths import shipped_folder
from outreach_app.sync.packs.archive import write_archive
from outreach_app.sync.packs.client import Published, TrustedFiles
from outreach_app.wire.content import ALLOWED_NAME, make_manifest
from outreach_app.wire.strict import write_json
from tests.support.packs import PUBLISHED_AT, PackRepository, centre_keys

DIRECTORY = "directory/directory.json"
COMMON = "leaflets/common.json"
STATES = "leaflets/states.json"
THAI = "locales/th/leaflets.po"
NEW_NUMBER = "+45 11 22 33 44"
GOOD_UNTIL = datetime(2026, 4, 1, tzinfo=UTC)


@cache
def whole_files() -> Mapping[str, bytes]:
    """Return everything a pack may hold, as shipped."""
    resources = shipped_folder("resources")
    names = (file.relative_to(resources).as_posix() for file in sorted(resources.rglob("*.json")))
    catalogues = (f"locales/{code}/leaflets.po" for code in LANGUAGES if code != "en")
    return {
        name: shipped_place(name).read_bytes()
        for name in (*names, *catalogues)
        if ALLOWED_NAME.fullmatch(name) and shipped_place(name).is_file()
    }


def edited(name: str, change: Callable[[Any], object]) -> bytes:
    """Return a shipped JSON file after ``change`` worked on it."""
    value = json.loads(whole_files()[name])
    change(value)
    return json.dumps(value, ensure_ascii=False).encode()


def other_number(number: str = NEW_NUMBER) -> bytes:
    """Return the directory with another number of the help line."""
    return edited(DIRECTORY, lambda rows: rows["entries"][0].update(number=number))


def pack_of(
    files: Mapping[str, bytes], number: int = 1, *, returns_to: int | None = None, published_at: datetime = PUBLISHED_AT
) -> bytes:
    """Return the archive of these files."""
    return write_archive(make_manifest(number, published_at, files, returns_to=returns_to), files)


def small_pack(number: int = 1, **changes: Any) -> bytes:
    """Return a pack of the directory alone, with a number of the help line that tells packs apart."""
    return pack_of({DIRECTORY: other_number(f"+45 11 22 33 {number:02d}")}, number, **changes)


def policy_file(**named: Any) -> bytes:
    """Return a ``policy.json``."""
    return write_json({"format": "outreach-policy/1", **named})


@cache
def _trusted() -> TrustedFiles:
    """Return what a laptop trusts that has just taken ``trust.json``; signing a whole repository for it takes long."""
    return PackRepository().trust()


def published(content: bytes | None, number: int = 1, **changes: Any) -> Published:
    """Return a publication as the client hands it over, without its signatures."""
    keys = changes.pop("keys", None) or centre_keys(number=number)
    values: dict[str, Any] = {
        "trusted": _trusted(),
        "number": number,
        "keys": keys,
        "keys_bytes": write_json(keys),
        "content": content,
        "content_sha256": "" if content is None else hashlib.sha256(content).hexdigest(),
        "expires_at": GOOD_UNTIL,
        "timestamp_at": PUBLISHED_AT,
    }
    return Published(**(values | changes))
