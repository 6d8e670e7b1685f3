"""Copies the newest content packs from a mailbox onto a stick, without judging them: that is for the laptop they reach.

The file that says which is the newest goes last, so that what it names lies there already. A stick whose packs are as
new, or newer, keeps them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.packs.errors import PackIncompleteError, PackUntrustedError
from outreach_app.sync.packs.trusted_files import (
    CONTENT,
    CONTENT_LIMIT,
    KEYS,
    ROOT_LIMIT,
    SNAPSHOT_LIMIT,
    TARGETS_LIMIT,
    TIMESTAMP,
    TIMESTAMP_LIMIT,
    TRUST,
)
from outreach_app.wire.strict import read_json

MOST_ROOTS = 64
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class PackStick(PackSource, Protocol):
    """Where packs are copied to."""

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Write one file."""
        ...


def carry_packs(source: PackSource, stick: PackStick, check: Callable[[], object]) -> int:
    """Copy what a laptop needs to take the newest packs from ``stick``; return how many files were new there.

    ``check`` is called between files and may raise to stop.

    Raises:
        PackIncompleteError, PackUntrustedError: the packs at the source do not hang together; errors of both roads.
    """
    timestamp = source.fetch_pack_file(TIMESTAMP, TIMESTAMP_LIMIT)
    if timestamp is None:
        return 0
    copying = _Copying(source, stick, check)
    copying.roots()
    if _version(timestamp, TIMESTAMP) > _version_or_none(stick.fetch_pack_file(TIMESTAMP, TIMESTAMP_LIMIT)):
        copying.lists_and_files(timestamp)
        copying.write(TIMESTAMP, timestamp)
    return copying.written


@dataclass
class _Copying:
    source: PackSource
    stick: PackStick
    check: Callable[[], object]
    written: int = 0

    def roots(self) -> None:
        """Copy the founding document and every root after it."""
        for name in (TRUST, *(f"{number}.root.json" for number in range(1, MOST_ROOTS + 1))):
            self.check()
            data = self.source.fetch_pack_file(name, ROOT_LIMIT)
            if data is not None:
                self.write(name, data)
            elif name != TRUST:
                return

    def lists_and_files(self, timestamp: bytes) -> None:
        """Copy what a timestamp names: the list of lists, the list of files, and the files."""
        name = f"{_listed_version(timestamp, TIMESTAMP, 'snapshot.json')}.snapshot.json"
        snapshot = self._take(name, SNAPSHOT_LIMIT)
        name = f"{_listed_version(snapshot, name, 'targets.json')}.targets.json"
        targets = self._take(name, TARGETS_LIMIT)
        for file, sha256 in _files(targets, name):
            data = self.stick.fetch_pack_file(file, CONTENT_LIMIT)
            if data is None or hashlib.sha256(data).hexdigest() != sha256:
                self._take(file, CONTENT_LIMIT, sha256)

    def write(self, name: str, data: bytes) -> None:
        """Write a file that is not there in the same words."""
        if self.stick.fetch_pack_file(name, CONTENT_LIMIT) != data:
            self.stick.put_pack_file(name, data)
            self.written += 1

    def _take(self, name: str, limit: int, sha256: str = "") -> bytes:
        self.check()
        data = self.source.fetch_pack_file(name, limit)
        if data is None:
            raise PackIncompleteError(file=name)
        if sha256 and hashlib.sha256(data).hexdigest() != sha256:
            raise PackUntrustedError(file=name)
        self.write(name, data)
        return data


def _signed(untrusted: bytes, name: str) -> dict[str, Any]:
    try:
        signed: object = read_json(untrusted, dict[str, Any], what=name, limit=TARGETS_LIMIT).get("signed")
    except KnownError as error:
        raise PackUntrustedError(file=name) from error
    if not isinstance(signed, dict):
        raise PackUntrustedError(file=name)
    return signed


def _number(untrusted: object, name: str) -> int:
    if not isinstance(untrusted, int) or not 0 < untrusted < 1 << 53:
        raise PackUntrustedError(file=name)
    return untrusted


def _version(untrusted: bytes, name: str) -> int:
    return _number(_signed(untrusted, name).get("version"), name)


def _version_or_none(untrusted: bytes | None) -> int:
    """Return the number of the timestamp on the stick, 0 when there is none or it is damaged."""
    try:
        return 0 if untrusted is None else _version(untrusted, TIMESTAMP)
    except PackUntrustedError:
        return 0


def _listed_version(untrusted: bytes, name: str, listed: str) -> int:
    try:
        return _number(_signed(untrusted, name)["meta"][listed]["version"], name)
    except (KeyError, TypeError) as error:
        raise PackUntrustedError(file=name) from error


def _files(untrusted: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Give the name on the road and the SHA-256 of each file that a list of files names; only ours count."""
    try:
        listed = _signed(untrusted, name)["targets"]
        found = [(file, listed[file]["hashes"]["sha256"]) for file in (KEYS, CONTENT) if file in listed]
    except (KeyError, TypeError) as error:
        raise PackUntrustedError(file=name) from error
    for file, sha256 in found:
        if not isinstance(sha256, str) or not _SHA256.match(sha256):
            raise PackUntrustedError(file=name)
        yield f"{sha256}.{file}", sha256
