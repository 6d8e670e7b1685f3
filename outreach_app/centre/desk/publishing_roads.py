"""Hand what is published to a mailbox or a stick, in an order in which no laptop ever finds half of it.

Files that nothing names yet go first, the timestamp that names the newest of them then, a new root last: what old and
new custodians signed together is whole under either. Repeating it, or stopping anywhere, does no harm. A register that
was put back from a backup hands out nothing where something newer lies: laptops that have it would be told otherwise.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from typing import Protocol

from outreach_app import logs
from outreach_app.centre.desk import publishing_rows as rows
from outreach_app.centre.desk.errors import CustodiansBehindError, DeskError, NumberTakenError, RegisterBehindError
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import refresh_timestamp
from outreach_app.centre.desk.publishing_trust import files_of
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.errors import MailboxRefusedError, SyncError
from outreach_app.sync.packs.standing import has_newer_root, standing
from outreach_app.sync.packs.trusted_files import TIMESTAMP, TRUST

_log = logging.getLogger(__name__)

FILE_EXISTS = "file_exists"  # one of the mailbox's codes, see docs/formats-packs.md


class PackRoad(PackSource, Protocol):
    """A road that takes files of content packs and gives them back."""

    def put_pack_file(self, name: str, data: bytes) -> None:
        """Publish one file. Safe to repeat."""
        ...


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file as laptops look for it."""

    name: str
    data: bytes = field(repr=False)


def files_to_publish(desk: Desk) -> tuple[PackFile, ...]:
    """Return everything a laptop may ask for, in the order in which a road is given it; none before anything is."""
    with desk.vault.read() as connection:
        row, stamp, roots = rows.newest(connection), rows.stamp(connection), rows.roots(connection)
        if row is None or row.snapshot is None or stamp is None:
            return ()
        listed = files_of(connection, row)
        version = rows.snapshot_version(connection, row.number)
    trust = roots[0].trust or b""
    return (
        *(PackFile(f"{hashlib.sha256(data).hexdigest()}.{name}", data) for name, data in listed.items()),
        PackFile(f"{row.number}.targets.json", row.targets),
        PackFile(f"{version}.snapshot.json", row.snapshot),
        PackFile(TIMESTAMP, stamp.document),
        *(PackFile(f"{root.version}.root.json", root.document) for root in roots),
        PackFile(TRUST, trust),
    )


def hand_out(desk: Desk, road: PackRoad, *, mailbox: str = "") -> int:
    """Give a road what it does not have yet and return how many files that were.

    Args:
        desk: open.
        road: a mailbox or a stick.
        mailbox: the name by which the register remembers what this mailbox was given; a stick is given everything.

    Raises:
        RegisterBehindError, CustodiansBehindError: something newer lies there. NumberTakenError: another publication of
            this number does. SyncError: the road is at fault.
    """
    files = files_to_publish(desk)
    stays = _newer_timestamp(desk, road) if files else ""
    with desk.vault.read() as connection:
        there, row = rows.delivered(connection, mailbox) if mailbox else {}, rows.newest(connection)
    given = 0
    for file in files:
        sha256 = hashlib.sha256(file.data).hexdigest()
        if there.get(file.name) == sha256 or file.name == stays:
            continue
        _put(road, file, 0 if row is None else row.number)
        given += 1
        if mailbox:
            with desk.vault.transaction() as connection:
                rows.note_delivery(connection, mailbox, file.name, sha256)
    return given


def give_packs(desk: Desk, road: PackRoad, *, mailbox: str = "") -> KnownError | None:
    """At each ``ingest``: say anew that what is published is the newest, and give the road what it does not have.

    Never stops what comes with it: returns what was wrong, if anything, to be said beside the rest.
    """
    try:
        refresh_timestamp(desk)
        hand_out(desk, road, mailbox=mailbox)
    except (SyncError, DeskError) as error:
        logs.event(_log, "packs_not_given", logging.WARNING)
        return error
    return None


def forget_given(desk: Desk, mailbox: str) -> None:
    """Give a mailbox everything again the next time, also what it had already."""
    with desk.vault.transaction() as connection:
        rows.forget_deliveries(connection, mailbox)


def _newer_timestamp(desk: Desk, road: PackRoad) -> str:
    """Return the name of the timestamp where a newer one over the same lists lies there, "" otherwise.

    Raises:
        RegisterBehindError, CustodiansBehindError: newer lists or a newer root lie there.
    """
    with desk.vault.read() as connection:
        row, stamp, roots = rows.newest(connection), rows.stamp(connection), rows.roots(connection)
        version = 0 if row is None else rows.snapshot_version(connection, row.number)
    if has_newer_root(road, roots[-1].document):
        raise CustodiansBehindError
    lying = standing(road, [root.document for root in roots])
    if lying is None or row is None or stamp is None:
        return ""
    if lying.snapshot > version:
        raise RegisterBehindError(number=max(lying.number, row.number))
    return TIMESTAMP if lying.snapshot == version and lying.timestamp > stamp.version else ""


def _put(road: PackRoad, file: PackFile, number: int) -> None:
    try:
        road.put_pack_file(file.name, file.data)
    except MailboxRefusedError as error:
        if error.values.get("code") != FILE_EXISTS:
            raise
        raise NumberTakenError(number=number) from error
