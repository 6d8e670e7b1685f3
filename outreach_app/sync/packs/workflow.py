"""The walk through the four signed lists in TUF's order: root, timestamp, snapshot, list of files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from tuf.api.exceptions import EqualVersionNumberError, ExpiredMetadataError, RepositoryError
from tuf.api.metadata import Metadata, Signed
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType

from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.packs.errors import (
    PackExpiredError,
    PackIncompleteError,
    PackMissingError,
    PackTooLargeError,
    PackUntrustedError,
)
from outreach_app.sync.packs.trust_rules import fault_in
from outreach_app.sync.packs.trusted_files import (
    ROOT_LIMIT,
    SNAPSHOT_LIMIT,
    TARGETS_LIMIT,
    TIMESTAMP,
    TIMESTAMP_LIMIT,
    TrustedFiles,
)
from outreach_app.wire.strict import read_json

MOST_ROTATIONS = 64


class Lists:
    """One walk; each method returns the bytes to keep from now on. To be called in the order of the methods."""

    def __init__(self, source: PackSource, trusted: TrustedFiles, now: datetime) -> None:
        self._source = source
        self._trusted = trusted
        self._now = now
        self.found = start(trusted.root, now)

    def root(self) -> bytes:
        """Follow the chain of roots to its end."""
        newest = self._trusted.root
        for _ in range(MOST_ROTATIONS):
            name = f"{self.found.root.version + 1}.root.json"
            data = self._source.fetch_pack_file(name, ROOT_LIMIT)
            if data is None:
                break
            newest = take(self.found.update_root, data, name, ROOT_LIMIT)
            _check_root(self.found, name)
        self._still_good(self.found.root)
        return newest

    def timestamp(self) -> bytes:
        """Take the newer of the kept and the published timestamp; an older one than was seen is refused."""
        kept = self._trusted.timestamp
        with suppress(RepositoryError):  # signed by a key of the past, or expired: still guards against going back
            self.found.update_timestamp(kept)
        data = self._source.fetch_pack_file(TIMESTAMP, TIMESTAMP_LIMIT)
        if data is None:
            raise PackMissingError
        try:
            kept = take(self.found.update_timestamp, data, TIMESTAMP, TIMESTAMP_LIMIT)
        except EqualVersionNumberError:
            self._still_good(self.found.timestamp)
        return kept

    def snapshot(self) -> bytes:
        """Take the snapshot that the timestamp names."""
        with suppress(RepositoryError):  # an older one still guards against going back
            self.found.update_snapshot(self._trusted.snapshot, trusted=True)
            return self._trusted.snapshot
        name = f"{self.found.timestamp.snapshot_meta.version}.snapshot.json"
        data = fetch(self._source, name, SNAPSHOT_LIMIT)
        return take(self.found.update_snapshot, data, name, SNAPSHOT_LIMIT)

    def targets(self) -> bytes:
        """Take the list of files that the snapshot names: the one two custodians signed."""
        with suppress(RepositoryError):  # an older list, or one signed by custodians of the past
            self.found.update_targets(self._trusted.targets)
            return self._trusted.targets
        meta = self.found.snapshot.meta.get("targets.json")
        if meta is None:
            raise PackUntrustedError(file="snapshot.json")
        name = f"{meta.version}.targets.json"
        data = fetch(self._source, name, TARGETS_LIMIT)
        return take(self.found.update_targets, data, name, TARGETS_LIMIT)

    def _still_good(self, signed: Signed) -> None:
        if signed.is_expired(self._now):
            raise _expired(signed)


def start(root: bytes, now: datetime) -> TrustedMetadataSet:
    """Return the set of lists that begins with a root this laptop trusts; PackUntrustedError when it is damaged."""
    data = strict(root, "root.json", ROOT_LIMIT)
    try:
        found = TrustedMetadataSet(data, EnvelopeType.METADATA)
    except RepositoryError as error:
        raise PackUntrustedError(file="root.json") from error
    found.reference_time = now
    _check_root(found, "root.json")
    return found


def take(update: Callable[[bytes], object], untrusted: bytes, name: str, limit: int) -> bytes:
    """Hand a list to python-tuf and return its bytes; what that raises becomes a sentence about the file ``name``.

    Raises:
        PackTooLargeError, PackUntrustedError, PackExpiredError. EqualVersionNumberError: for the timestamp alone.
    """
    data = strict(untrusted, name, limit)
    try:
        update(data)
    except EqualVersionNumberError:
        raise
    except ExpiredMetadataError as error:  # told last of all: signature, hash and number fit
        raise _expired(Metadata.from_bytes(data).signed) from error
    except RepositoryError as error:
        raise PackUntrustedError(file=name) from error
    return data


def fetch(source: PackSource, name: str, limit: int) -> bytes:
    """Return a file that must be there; PackIncompleteError when it is not."""
    data = source.fetch_pack_file(name, limit)
    if data is None:
        raise PackIncompleteError(file=name)
    if len(data) > limit:
        raise PackTooLargeError(file=name)
    return data


def strict(untrusted: bytes, name: str, limit: int) -> bytes:
    """Return the bytes after the strict reader passed them: python-tuf's own takes a key given twice."""
    if len(untrusted) > limit:
        raise PackTooLargeError(file=name)
    try:
        read_json(untrusted, dict, what=name, limit=limit)
    except KnownError as error:
        raise PackUntrustedError(file=name) from error
    return untrusted


def _check_root(found: TrustedMetadataSet, name: str) -> None:
    if fault_in(found.root):
        raise PackUntrustedError(file=name)


def _expired(signed: Signed) -> PackExpiredError:
    return PackExpiredError(day=signed.expires.date().isoformat())
