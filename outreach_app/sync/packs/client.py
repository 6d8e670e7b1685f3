"""Take what the custodians published, from any road, through TUF's workflow: in memory, all of it or nothing.

python-tuf's set of trusted lists does the checking and takes the time as an argument; its ``Updater`` would write files
and ask the computer's own clock. Nothing here writes: the caller keeps what is returned, in one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import TargetFile
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet

from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.instants import read_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys
from outreach_app.sync.packs.errors import (
    PackTooLargeError,
    PackUntrustedError,
    TrustOtherCustodiansError,
    TrustWordsDifferError,
)
from outreach_app.sync.packs.trust_file import TRUST_LIMIT, TrustFile, read_trust_file
from outreach_app.sync.packs.trust_rules import ISSUED_AT, custodians_of
from outreach_app.sync.packs.trusted_files import (
    CONTENT,
    CONTENT_LIMIT,
    KEYS,
    SNAPSHOT_LIMIT,
    TARGETS_LIMIT,
    TIMESTAMP,
    TIMESTAMP_LIMIT,
    TRUST,
    Published,
    TrustedFiles,
)
from outreach_app.sync.packs.workflow import Lists, fetch, start, take
from outreach_app.sync.sealing import key_id
from outreach_app.wire.centre_keys import CENTRE_KEYS_LIMIT, CentreKeysBody, read_centre_keys

__all__ = ["Published", "TrustedFiles", "first_trust", "refresh", "take_trust", "verify_kept"]

_NEVER = datetime.min.replace(tzinfo=UTC)  # a time at which nothing has expired
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_LIMITS = {KEYS: CENTRE_KEYS_LIMIT, CONTENT: CONTENT_LIMIT}


def first_trust(
    source: PackSource, centre_root: PublicSigningKeys, custodians: Collection[str] = ()
) -> TrustedFiles | None:
    """Return the custodians' root that lies there, vouched for by the centre's root key; None where there is none.

    Only for a laptop that trusts no custodians yet: a later root must be signed by the custodians before.

    Args:
        source: a mailbox or a stick.
        centre_root: known from enrolment.
        custodians: the ids of the recovery keys of those this laptop knows already; the root must name the same. Empty
            where the centre had named nobody.

    Raises:
        TrustOtherCentreError, TrustOtherCustodiansError, PackUntrustedError, PackTooLargeError, errors of the road.
    """
    untrusted = source.fetch_pack_file(TRUST, TRUST_LIMIT)
    return None if untrusted is None else _trust(read_trust_file(untrusted, centre_root), custodians)


def take_trust(
    untrusted: bytes, centre_root: PublicSigningKeys, *, words: str, words_of: Callable[[bytes], str]
) -> TrustedFiles:
    """Return the custodians' root of a file taken by hand, after the six words heard by phone fit.

    Args:
        untrusted: the content of ``trust.json``.
        centre_root: known from enrolment.
        words: as heard.
        words_of: turns a fingerprint into six words.

    Raises:
        TrustOtherCentreError, PackUntrustedError: not usable. TrustWordsDifferError: other words.
    """
    file = read_trust_file(untrusted, centre_root)
    if words.split() != words_of(file.fingerprint()).split():
        raise TrustWordsDifferError
    return _trust(file)


def refresh(
    source: PackSource, trusted: TrustedFiles, *, now: datetime, known_sha256: str = "", refused_sha256: str = ""
) -> Published:
    """Return what is published there now, after every check of TUF's client workflow.

    Args:
        source: a mailbox or a stick.
        trusted: what this laptop trusts; stays as it is when anything is wrong.
        now: from ``trusted_now``; aware.
        known_sha256: of the content this laptop has; it is not fetched again.
        refused_sha256: of content this laptop read before and cannot use; it is not fetched again.

    Raises:
        PackError: expired, not signed by the custodians, incomplete, too large, none there; nothing was taken.
        SyncError: the road itself is at fault.
    """
    lists = Lists(source, trusted, now)
    kept = TrustedFiles(lists.root(), lists.timestamp(), lists.snapshot(), lists.targets())
    keys_bytes = _fetch_target(source, lists.found, KEYS)
    content_sha256 = _sha256_of(lists.found, CONTENT)
    content = None
    if content_sha256 not in {"", known_sha256, refused_sha256}:
        content = _fetch_target(source, lists.found, CONTENT)
    return _published(lists.found, kept, keys_bytes, content)


def verify_kept(trusted: TrustedFiles, keys: bytes, content: bytes | None) -> Published:
    """Return a kept copy after checking that it is whole and signed; without any road, and whatever its age.

    Raises:
        PackUntrustedError: something was changed.
    """
    found = start(trusted.root, _NEVER)
    take(found.update_timestamp, trusted.timestamp, TIMESTAMP, TIMESTAMP_LIMIT)
    take(found.update_snapshot, trusted.snapshot, "snapshot.json", SNAPSHOT_LIMIT)
    take(found.update_targets, trusted.targets, "targets.json", TARGETS_LIMIT)
    for name, data in ((KEYS, keys), (CONTENT, content)):
        if data is not None:
            _check_target(found.targets.targets.get(name), name, data)
    return _published(found, trusted, keys, content)


def _trust(file: TrustFile, custodians: Collection[str] = ()) -> TrustedFiles:
    found = start(file.root, _NEVER)
    if custodians and custodians_of(found.root) != frozenset(custodians):
        raise TrustOtherCustodiansError
    return TrustedFiles(file.root)


def _sha256_of(found: TrustedMetadataSet, name: str) -> str:
    """Return the SHA-256 (64 hex digits) of a file that the custodians listed; empty when they listed none."""
    target = found.targets.targets.get(name)
    sha256 = "" if target is None else target.hashes.get("sha256", "")
    if target is not None and not _SHA256.match(sha256):
        raise PackUntrustedError(file=name)
    return sha256


def _fetch_target(source: PackSource, found: TrustedMetadataSet, name: str) -> bytes:
    target, sha256 = found.targets.targets.get(name), _sha256_of(found, name)
    if target is None:
        raise PackUntrustedError(file=name)
    if target.length > _LIMITS[name]:
        raise PackTooLargeError(file=name)
    data = fetch(source, f"{sha256}.{name}", target.length)
    _check_target(target, name, data)
    return data


def _check_target(target: TargetFile | None, name: str, data: bytes) -> None:
    if target is None:
        raise PackUntrustedError(file=name)
    try:
        target.verify_length_and_hashes(data)
    except RepositoryError as error:
        raise PackUntrustedError(file=name) from error


def _published(found: TrustedMetadataSet, kept: TrustedFiles, keys: bytes, content: bytes | None) -> Published:
    issued_at = read_instant(str(found.timestamp.unrecognized_fields.get(ISSUED_AT)))
    if issued_at is None:
        raise PackUntrustedError(file=TIMESTAMP)
    return Published(
        trusted=kept,
        number=found.targets.version,
        keys=_read_keys(keys),
        keys_bytes=keys,
        content=content,
        content_sha256=_sha256_of(found, CONTENT),
        expires_at=min(signed.expires for signed in (found.root, found.timestamp, found.snapshot, found.targets)),
        timestamp_at=issued_at,
    )


def _read_keys(untrusted: bytes) -> CentreKeysBody:
    """Return the keys after trying each of them: two custodians signed the file, yet a laptop must be able to seal."""
    try:
        body = read_centre_keys(untrusted)
        sealing = PublicReceivingKey.from_text(body.sealing_key)
        PublicSigningKeys.from_text(body.mailbox_key)
        PublicSigningKeys.from_text(body.desk_key)
    except KnownError as error:
        raise PackUntrustedError(file=KEYS) from error
    if key_id(sealing) != body.sealing_key_id:
        raise PackUntrustedError(file=KEYS)
    return body
