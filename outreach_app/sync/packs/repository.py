"""Build and sign the four lists of a publication as TUF writes them. No keys are kept here, and no files.

How long each list is good: a root five years and a list of files one year, for people must come together to sign them
again; a snapshot as long as the list it names; a timestamp 45 days, for the desk signs a new one at each ``ingest``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tuf.api.metadata import Metadata, MetaFile, Role, Root, Snapshot, TargetFile, Targets, Timestamp

from outreach_app.errors import BugError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.packs.publishing_keys import PublicPublishingKey, PublishingKey
from outreach_app.sync.packs.trust_rules import ISSUED_AT, OWNER, THRESHOLD, fault_in

ROOT_GOOD = timedelta(days=5 * 365)
TARGETS_GOOD = timedelta(days=365)
TIMESTAMP_GOOD = timedelta(days=45)


@dataclass(frozen=True)
class Signatory:
    """A custodian as a root names one: the id of the recovery key, and the key that signs."""

    custodian: str
    key: PublicPublishingKey


def make_root(
    custodians: Sequence[Signatory],
    desk: PublicPublishingKey,
    *,
    version: int,
    now: datetime,
    signed_by: Iterable[PublishingKey],
) -> bytes:
    """Return a signed root that names three custodians and the desk; BugError for a root no laptop would take."""
    root = Root(version=version, expires=_until(now, ROOT_GOOD), consistent_snapshot=True)
    root.roles = {
        role: Role([signatory.key.keyid for signatory in custodians], THRESHOLD) for role in (Root.type, Targets.type)
    } | {role: Role([desk.keyid], 1) for role in (Snapshot.type, Timestamp.type)}
    named = [signatory.key.for_tuf(signatory.custodian) for signatory in custodians]
    root.keys = {key.keyid: key for key in [*named, desk.for_tuf()]}
    if fault := fault_in(root):
        raise BugError(f"no laptop would take this root: {fault}")
    return _signed(Metadata(root), signed_by)


def make_targets(files: Mapping[str, bytes], *, version: int, now: datetime) -> bytes:
    """Return the list of files, as yet unsigned."""
    targets = Targets(version=version, expires=_until(now, TARGETS_GOOD))
    targets.targets = {name: TargetFile.from_data(name, data, ["sha256"]) for name, data in sorted(files.items())}
    return Metadata(targets).to_bytes()


def make_snapshot(targets: bytes, *, version: int, signed_by: Iterable[PublishingKey]) -> bytes:
    """Return the snapshot that names exactly this list of files, good as long as it."""
    listed = Metadata[Targets].from_bytes(targets).signed
    snapshot = Snapshot(version=version, expires=listed.expires)
    snapshot.meta = {"targets.json": _meta(targets, listed.version)}
    return _signed(Metadata(snapshot), signed_by)


def make_timestamp(snapshot: bytes, *, version: int, now: datetime, signed_by: Iterable[PublishingKey]) -> bytes:
    """Return the timestamp that says: this snapshot is the newest."""
    meta = _meta(snapshot, Metadata[Snapshot].from_bytes(snapshot).signed.version)
    timestamp = Timestamp(version=version, expires=_until(now, TIMESTAMP_GOOD), snapshot_meta=meta)
    timestamp.unrecognized_fields[ISSUED_AT] = write_instant(now)
    return _signed(Metadata(timestamp), signed_by)


def add_signatures(document: bytes, signed_by: Iterable[PublishingKey]) -> bytes:
    """Return the list with more signatures; the ones before stay."""
    return _signed(Metadata[Any].from_bytes(document), signed_by)


def signers_of(document: bytes, root: bytes, role: str = Targets.type) -> tuple[str, ...]:
    """Return the ids of the keys whose signatures under a list hold, of those that the root lets sign this role."""
    lists, names = Metadata[Any].from_bytes(document), Metadata[Root].from_bytes(root).signed
    held = names.get_verification_result(role, lists.signed_bytes, lists.signatures).signed
    return tuple(sorted(held))


def signatories_of(root: bytes) -> tuple[tuple[str, str], ...]:
    """Return for each custodian in a root, in its order: the id of the recovery key, the id of the key that signs."""
    names = Metadata[Root].from_bytes(root).signed
    keyids = names.roles[Targets.type].keyids
    return tuple((str(names.keys[keyid].unrecognized_fields.get(OWNER, "")), keyid) for keyid in keyids)


def good_until(document: bytes) -> datetime:
    """Return when a list expires."""
    expires: datetime = Metadata[Any].from_bytes(document).signed.expires
    return expires


def _signed(document: Metadata[Any], signed_by: Iterable[PublishingKey]) -> bytes:
    for key in signed_by:
        document.sign(key.signer(), append=True)
    return document.to_bytes()


def _until(now: datetime, good: timedelta) -> datetime:
    return now.astimezone(UTC) + good


def _meta(document: bytes, version: int) -> MetaFile:
    return MetaFile(version, len(document), {"sha256": hashlib.sha256(document).hexdigest()})
