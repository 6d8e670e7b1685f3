"""What a content pack lists of itself (``manifest.json``), which files it may hold, and what policy the centre sets.

A name that is not on the list is refused: no code, no fonts, no pictures travel in a pack.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, NoReturn, get_args

import msgspec

from outreach_app.domain.indicator import Profile
from outreach_app.domain.keeping import FEWEST_DAYS, MOST_DAYS
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.signed import Hash, Instant, Number
from outreach_app.wire.strict import read_json, write_json

MANIFEST = "manifest.json"
POLICY = "policy.json"
FILE_LIMIT = 8 << 20
PLAIN_LIMIT = 64 << 20
MOST_FILES = 500
"""Files of a pack, the manifest among them."""
MANIFEST_LIMIT = 256 << 10
_PROFILES = "|".join(get_args(Profile))
ALLOWED_NAME = re.compile(
    r"locales/[a-z]{2,3}(?:-[A-Z][A-Za-z]{1,3})?/leaflets\.po"
    r"|leaflets/(?:topics|common|groups|states|fact_years|lint)\.json"
    r"|leaflets/topics/[a-z][a-z_]{0,39}\.json"
    rf"|indicators/(?:{_PROFILES}|danish_additions|traits)\.json"
    r"|pathways/(?:numbers|statements)\.json"
    r"|directory/directory\.json"
    r"|policy\.json"
)
Days = Annotated[int, msgspec.Meta(ge=FEWEST_DAYS, le=MOST_DAYS)]
Kind = Literal["write_nothing", "coded", "follow_up", "referral", "contact"]


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of a pack: its name, the SHA-512 of its bytes, how many there are."""

    name: Annotated[str, msgspec.Meta(max_length=80)]
    sha512: Hash
    size: Annotated[int, msgspec.Meta(ge=0, le=FILE_LIMIT)]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a pack says of itself. ``number`` grows with each pack.

    ``returns_to`` names the earlier number whose texts this pack brings back, if it does.
    """

    format: Literal["outreach-content/1"] = "outreach-content/1"
    number: Number
    published_at: Instant
    returns_to: Number | None
    files: Annotated[tuple[FileEntry, ...], msgspec.Meta(min_length=1, max_length=MOST_FILES - 1)]


class PolicyFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file ``policy.json``: what it names is set on every laptop, what it leaves out is the laptop's own to set."""

    format: Literal["outreach-policy/1"]
    review_before_sending: bool | msgspec.UnsetType = msgspec.UNSET
    shed_after_days: Days | msgspec.UnsetType = msgspec.UNSET
    expire_after_days: dict[Kind, Days] | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True)
class CheckedPack:
    """A pack of which every file was read by its own reader; ``policy`` is what it sets, by name."""

    manifest: Manifest
    files: Mapping[str, bytes]
    policy: Mapping[str, Any]


def make_manifest(
    number: int, published_at: datetime, files: Mapping[str, bytes], *, returns_to: int | None = None
) -> Manifest:
    """Return the manifest of these files, in the order of their names.

    Raises:
        UntrustedDataError: a name that is not allowed, too much, or a ``returns_to`` that is not earlier.
    """
    entries = tuple(
        FileEntry(name=name, sha512=hashlib.sha512(data).hexdigest(), size=len(data))
        for name, data in sorted(files.items())
    )
    published = published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest = Manifest(number=number, published_at=published, returns_to=returns_to, files=entries)
    return read_manifest(write_manifest(manifest))


def write_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as canonical JSON."""
    return write_json(manifest)


def read_manifest(untrusted: bytes) -> Manifest:
    """Return the manifest written in ``untrusted``.

    Raises:
        DataTooLargeError, UntrustedDataError: a wrong shape, a name twice or not allowed, too much in all.
    """
    manifest = read_json(untrusted, Manifest, what=_("The content pack"), limit=MANIFEST_LIMIT)
    seen: set[str] = set()
    for place, entry in enumerate(manifest.files):
        where = f"$.files[{place}].name"
        if entry.name in seen:
            _refuse(where, "given twice")
        if not ALLOWED_NAME.fullmatch(entry.name):
            _refuse(where, "not a file that a pack may hold")
        seen.add(entry.name)
    if sum(entry.size for entry in manifest.files) > PLAIN_LIMIT:
        _refuse("$.files", "too large in all")
    if manifest.returns_to is not None and manifest.returns_to >= manifest.number:
        _refuse("$.returns_to", "not an earlier number")
    try:
        datetime.fromisoformat(manifest.published_at)
    except ValueError:
        _refuse("$.published_at", "not an instant")
    return manifest


def read_policy(untrusted: bytes) -> Mapping[str, Any]:
    """Return what the centre sets, by the names of the vault's policy; what is left out is not in it.

    Raises:
        DataTooLargeError, UntrustedDataError: a wrong shape, or days out of bounds.
    """
    fields = read_json(untrusted, PolicyFields, what=_("The centre's policy"))
    named = {name: getattr(fields, name) for name in PolicyFields.__struct_fields__ if name != "format"}
    return {name: value for name, value in named.items() if value is not msgspec.UNSET}


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The content pack"), field=field, reason=reason)
