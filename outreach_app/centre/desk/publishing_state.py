"""What is published, what is prepared and who signed it, as people look at it before they sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from outreach_app.centre.desk import publishing_rows as rows
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_trust import newest_root
from outreach_app.sync.packs.archive import read_archive
from outreach_app.sync.packs.repository import good_until, signatories_of, signers_of
from outreach_app.sync.packs.trust_rules import THRESHOLD
from outreach_app.vault.connection import Connection
from outreach_app.wire.centre_keys import CentreKeysBody, read_centre_keys

Change = Literal["new", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the content pack that is not as it was published last."""

    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class Draft:
    """What is prepared, compared with what is published.

    ``content_number`` is that of the content pack, None without one; ``returns_to`` the content number it brings back.
    ``new_sealing_key`` is the id of a sealing key that laptops do not know yet, or empty; ``revoked`` are laptops not
    told of as revoked before. ``other_keys``: a key of the mailbox or the desk, or the mailbox's address, changes.
    ``signed_by`` are places of custodians, 1 to 3.
    """

    number: int
    prepared_at: datetime
    content_number: int | None
    returns_to: int | None
    files: tuple[FileChange, ...]
    new_sealing_key: str
    revoked: tuple[str, ...]
    other_keys: bool
    good_until: datetime
    signed_by: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether two custodians have signed, so that it can be published."""
        return len(self.signed_by) >= THRESHOLD


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published once; fields as in ``Draft``. ``sealing_key`` is the id of the one laptops were told of."""

    number: int
    published_at: datetime
    content_number: int | None
    returns_to: int | None
    sealing_key: str
    good_until: datetime
    signed_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Publishing:
    """How publishing stands. ``root`` is the number of the custodians' root, 0 while nobody can publish.

    ``root_until``: by then custodians must have been replaced once more (``centre custodians init --replace``).

    ``history`` begins with what is published now. ``fresh_until``: laptops call what is published out of date after
    that, unless the desk says anew that it is the newest.
    """

    root: int
    root_until: datetime | None
    draft: Draft | None
    history: tuple[Publication, ...]
    fresh_until: datetime | None


def show(desk: Desk) -> Publishing:
    """Return how publishing stands."""
    root = newest_root(desk)
    with desk.vault.read() as connection:
        draft, stamp = rows.open_one(connection), rows.stamp(connection)
        history = tuple(describe_publication(connection, row) for row in rows.published(connection))
    return Publishing(
        root=0 if root is None else root.version,
        root_until=None if root is None else good_until(root.document),
        draft=None if draft is None else describe_draft(desk, draft),
        history=history,
        fresh_until=None if stamp is None else good_until(stamp.document),
    )


def describe_draft(desk: Desk, row: rows.Row) -> Draft:
    """Return what is prepared, compared with what is published now."""
    with desk.vault.read() as connection:
        current, root = rows.newest(connection), rows.find_root(connection, row.root)
        keys = read_centre_keys(rows.read_file(connection, row.keys))
        known = None if current is None else read_centre_keys(rows.read_file(connection, current.keys))
        changes = _compare(_content(connection, current), _content(connection, row))
    return Draft(
        number=row.number,
        prepared_at=row.prepared_at,
        content_number=row.content_number,
        returns_to=row.returns_to,
        files=changes,
        new_sealing_key="" if known and known.sealing_key_id == keys.sealing_key_id else keys.sealing_key_id,
        revoked=tuple(sorted(set(keys.revoked) - set(known.revoked if known else ()))),
        other_keys=known is not None and _others(known) != _others(keys),
        good_until=good_until(row.targets),
        signed_by=_signed_by(row, root),
    )


def describe_publication(connection: Connection, row: rows.Row) -> Publication:
    """Return what people are told of a publication."""
    return Publication(
        number=row.number,
        published_at=row.published_at or row.prepared_at,
        content_number=row.content_number,
        returns_to=row.returns_to,
        sealing_key=read_centre_keys(rows.read_file(connection, row.keys)).sealing_key_id,
        good_until=good_until(row.targets),
        signed_by=_signed_by(row, rows.find_root(connection, row.root)),
    )


def _signed_by(row: rows.Row, root: rows.Root) -> tuple[int, ...]:
    held = signers_of(row.targets, root.document)
    return tuple(
        place for place, (_, keyid) in enumerate(signatories_of(root.document), start=1) if keyid in held
    )


def _content(connection: Connection, row: rows.Row | None) -> Mapping[str, bytes]:
    return {} if row is None or row.content is None else read_archive(rows.read_file(connection, row.content)).files


def _compare(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[FileChange, ...]:
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return tuple(FileChange(name, _change(name in before, name in after)) for name in names)


def _change(was: bool, is_there: bool) -> Change:
    if was and is_there:
        return "changed"
    return "removed" if was else "new"


def _others(keys: CentreKeysBody) -> tuple[str, str, str | None]:
    return keys.mailbox_key, keys.desk_key, keys.mailbox_url
