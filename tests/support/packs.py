"""A repository of content packs for tests: three fictional custodians, a desk, and a road that lets tests forge."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from tuf.api.metadata import Metadata, Snapshot, Targets, Timestamp

from outreach_app.errors import KnownError
from outreach_app.sync.errors import NotTheMailboxError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.packs.client import Published, refresh
from outreach_app.sync.packs.errors import PackUntrustedError
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import (
    Signatory,
    add_signatures,
    make_root,
    make_snapshot,
    make_targets,
    make_timestamp,
)
from outreach_app.sync.packs.trust_file import make_trust_file
from outreach_app.sync.packs.trusted_files import CONTENT, KEYS, TIMESTAMP, TRUST, TrustedFiles
from outreach_app.wire.centre_keys import CentreKeysBody
from outreach_app.wire.strict import write_json
from tests.support.sync_people import CENTRE, Centre

PUBLISHED_AT = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
FIRST_CONTENT = b"fictional content"


@dataclass(frozen=True)
class Publisher:
    """A custodian as far as publishing goes."""

    custodian: str
    key: PublishingKey = field(default_factory=PublishingKey.generate)

    @property
    def signatory(self) -> Signatory:
        return Signatory(self.custodian, self.key.public)


ANNA, BO, CARLA = PUBLISHERS = tuple(Publisher(name * 16) for name in ("a1", "b2", "c3"))
DORTE, EMIL, FRIDA = SUCCESSORS = tuple(Publisher(name * 16) for name in ("d4", "e5", "f6"))
DESK_KEY = PublishingKey.generate()
OTHER_DESK_KEY = PublishingKey.generate()


def centre_keys(centre: Centre = CENTRE, **changes: Any) -> CentreKeysBody:
    """Return the keys of a centre as ``keys.json`` holds them."""
    values: dict[str, Any] = {
        "number": 1,
        "issued_at": write_instant(PUBLISHED_AT),
        "sealing_key": centre.sealing_key.public.to_text(),
        "sealing_key_id": centre.sealing_key.key_id,
        "mailbox_key": centre.mailbox.public.to_text(),
        "desk_key": centre.desk.public.to_text(),
    }
    return CentreKeysBody(**(values | changes))


@dataclass
class PackRepository:
    """What a centre has published. ``files`` is what the road gives; change it to forge, or call the methods.

    Numbers grow with each call; the signing keys can be chosen each time.
    """

    centre: Centre = CENTRE
    now: datetime = PUBLISHED_AT
    content: bytes | None = FIRST_CONTENT
    keys: CentreKeysBody | bytes | None = None
    custodians: tuple[Publisher, ...] = PUBLISHERS
    desk: PublishingKey = DESK_KEY
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    roots: int = 0
    number: int = 0
    snapshots: int = 0
    timestamps: int = 0

    def __post_init__(self) -> None:
        self.rotate(self.custodians)
        self.files[TRUST] = make_trust_file(
            self.files["1.root.json"], issued_at=self.now, centre_root=self.centre.root
        )
        self.publish(self.content)

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        """Give a file as a mailbox does; far too long ones break off."""
        self.asked.append(name)
        data = self.files.get(name)
        if data is not None and len(data) > limit:
            raise NotTheMailboxError
        return data

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Take a file as a mailbox does."""
        self.files[name] = data

    def trust(self) -> TrustedFiles:
        """Return what a laptop trusts that has just taken ``trust.json``."""
        return TrustedFiles(self.files["1.root.json"])

    def rotate(
        self,
        custodians: tuple[Publisher, ...],
        *,
        desk: PublishingKey | None = None,
        signed_by: Sequence[Publisher] | None = None,
    ) -> None:
        """Make the next root; signed by all the old and the new custodians unless said otherwise."""
        signers = (*self.custodians, *custodians) if signed_by is None else tuple(signed_by)
        self.custodians, self.desk, self.roots = custodians, desk or self.desk, self.roots + 1
        unique = {one.custodian: one.key for one in signers}.values()
        self.files[f"{self.roots}.root.json"] = make_root(
            [one.signatory for one in custodians], self.desk.public, version=self.roots, now=self.now, signed_by=unique
        )

    def publish(
        self,
        content: bytes | None = None,
        keys: CentreKeysBody | bytes | None = None,
        *,
        signed_by: Sequence[Publisher] | None = None,
        number: int | None = None,
    ) -> None:
        """Publish content and keys (the ones before unless given), signed by the first two custodians."""
        self.number = self.number + 1 if number is None else number
        self.content = self.content if content is None else content
        self.keys = keys or self.keys or centre_keys(self.centre)
        files = {KEYS: self.keys if isinstance(self.keys, bytes) else write_json(self.keys)}
        if self.content is not None:
            files[CONTENT] = self.content
        for name, data in files.items():
            self.files[f"{hashlib.sha256(data).hexdigest()}.{name}"] = data
        targets = make_targets(files, version=self.number, now=self.now)
        self.put_targets(add_signatures(targets, [one.key for one in signed_by or self.custodians[:2]]))

    def put_targets(self, targets: bytes) -> None:
        """Publish this list of files, however it was made, with a snapshot and a timestamp that name it."""
        version = Metadata[Targets].from_bytes(targets).signed.version
        self.files[f"{version}.targets.json"] = targets
        self.snapshots += 1
        self.put_snapshot(make_snapshot(targets, version=self.snapshots, signed_by=[self.desk]))

    def put_snapshot(self, snapshot: bytes) -> None:
        """Publish this snapshot with a timestamp that names it."""
        version = Metadata[Snapshot].from_bytes(snapshot).signed.version
        self.files[f"{version}.snapshot.json"] = snapshot
        self.stamp(snapshot)

    def stamp(self, snapshot: bytes | None = None) -> None:
        """Sign a new timestamp, over the newest snapshot unless another is given."""
        self.timestamps += 1
        self.files[TIMESTAMP] = make_timestamp(
            snapshot or self.files[f"{self.snapshots}.snapshot.json"],
            version=self.timestamps, now=self.now, signed_by=[self.desk],
        )  # fmt: skip

    def timestamp(self) -> Timestamp:
        """Return the published timestamp, for looking into it."""
        return Metadata[Timestamp].from_bytes(self.files[TIMESTAMP]).signed


def take(repository: PackRepository, trusted: TrustedFiles | None = None, **changes: Any) -> Published:
    """Take what is published as a laptop that trusts the first root, unless more is said."""
    return refresh(repository, trusted or repository.trust(), **({"now": repository.now} | changes))


def refused(
    repository: PackRepository, trusted: TrustedFiles | None = None, error: type[KnownError] = PackUntrustedError
) -> str:
    """See that nothing is taken, and return which file was at fault."""
    with pytest.raises(error) as caught:
        take(repository, trusted)
    return str(caught.value.values.get("file", ""))
