"""Which publication lies on a road, as far as keys in the desk's register vouch for it.

A desk that was put back from a backup asks this before it hands anything out: it must not call an older
list the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.packs.repository import signers_of
from outreach_app.sync.packs.trust_rules import THRESHOLD
from outreach_app.sync.packs.trusted_files import ROOT_LIMIT, SNAPSHOT_LIMIT, TIMESTAMP, TIMESTAMP_LIMIT


@dataclass(frozen=True, slots=True)
class Standing:
    """Versions of the signed lists that lie there; ``number`` of the publication, 0 where its snapshot is not there."""

    timestamp: int
    snapshot: int
    number: int


def standing(source: PackSource, roots: Sequence[bytes]) -> Standing | None:
    """Return what lies there, None where nothing does that a desk named in ``roots`` signed.

    Raises:
        SyncError: the road is at fault.
    """
    stamped = _signed(source.fetch_pack_file(TIMESTAMP, TIMESTAMP_LIMIT), Timestamp.type, roots)
    if stamped is None:
        return None
    version = stamped.snapshot_meta.version
    snapshot = _signed(source.fetch_pack_file(f"{version}.snapshot.json", SNAPSHOT_LIMIT), Snapshot.type, roots)
    number = 0 if snapshot is None else snapshot.meta[f"{Targets.type}.json"].version
    return Standing(stamped.version, version, number)


def has_newer_root(source: PackSource, root: bytes) -> bool:
    """Return whether a root lies there that custodians of ``root`` made its successor.

    Raises:
        SyncError: the road is at fault.
    """
    version = Metadata[Root].from_bytes(root).signed.version
    untrusted = source.fetch_pack_file(f"{version + 1}.root.json", ROOT_LIMIT)
    try:
        return untrusted is not None and len(signers_of(untrusted, root, Root.type)) >= THRESHOLD
    except (RepositoryError, ValueError):
        return False


def _signed(untrusted: bytes | None, role: str, roots: Sequence[bytes]) -> Any:
    """Return a list that the desk of one of these roots signed, None for anything else."""
    if untrusted is None:
        return None
    try:
        found = Metadata[Any].from_bytes(untrusted).signed
        vouched = any(signers_of(untrusted, root, role) for root in roots)
    except (RepositoryError, ValueError):
        return None
    return found if vouched and found.type == role else None
