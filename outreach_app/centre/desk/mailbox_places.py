"""How far the list of each mailbox was read, and which of its batches it could not give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach_app.centre.desk.opening import Desk
from outreach_app.vault.connection import Connection
from outreach_app.wire.mailbox_config import BatchListing


@dataclass(frozen=True, slots=True)
class Place:
    """The last batch read from a mailbox: its running number there, and its name (empty where it was not kept).

    ``answered``: its answer was handed over there.
    """

    after: int = 0
    sha512: str = ""
    answered: bool = False

    def is_on(self, listed: tuple[BatchListing, ...]) -> bool:
        """Tell whether the list read from the number before this one begins with this batch, and knows its answer."""
        if not self.sha512:
            return True
        if not listed or (listed[0].number, listed[0].sha512) != (self.after, self.sha512):
            return False
        return listed[0].answered is not False or not self.answered


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A batch that a mailbox lists and cannot give; device and numbers are what it lists."""

    sha512: str
    device: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch that a mailbox lists, and whether it could give it whole."""

    batch: BatchListing
    readable: bool


def find_place(desk: Desk, name: str) -> Place:
    """Return how far a mailbox's list was read."""
    with desk.vault.read() as connection:
        row = connection.execute(
            "SELECT p.after, p.sha512, d.delivered_at FROM source_positions AS p"
            " LEFT JOIN deliveries AS d ON d.source = p.source AND d.batch = p.sha512 WHERE p.source = ?",
            (name,),
        ).fetchone()
    return Place(int(row[0]), row[1] or "", row[2] is not None) if row else Place()


def keep_seen(desk: Desk, name: str, seen: Sequence[Seen]) -> None:
    """Remember in one step what was read in the order of the list, so that the next round goes on behind it.

    A mailbox waits for the answer to each, also to one it cannot give: that may be known, or come by another road. What
    was not readable is tried again in each round.
    """
    with desk.vault.transaction() as connection:
        for one in seen:
            keep_waiting_for_answer(connection, name, one.batch.sha512)
            if not one.readable:
                _keep_unreadable(connection, name, one.batch)
        _keep_place(connection, name, seen[-1].batch)


def list_unreadable(desk: Desk, name: str) -> tuple[Unreadable, ...]:
    """Return what this mailbox could not give, without what came by another road since."""
    with desk.vault.read() as connection:
        if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM unreadable)").fetchone()[0]:
            return ()
    with desk.vault.transaction() as connection:
        connection.execute(
            "DELETE FROM unreadable WHERE batch IN (SELECT batch FROM receipts)"
            " OR batch IN (SELECT sha512 FROM batches WHERE state = 'waiting')"
        )
        return tuple(_unreadable(connection, name))


def keep_healed(desk: Desk, name: str, sha512: str) -> None:
    """Remember that a batch could be read after all."""
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM unreadable WHERE source = ? AND batch = ?", (name, sha512))
        keep_waiting_for_answer(connection, name, sha512)  # a register from before did not keep it for these


def forget(desk: Desk, name: str) -> None:
    """Read a mailbox's whole list again, and give it every letter again: it was put back and has lost them."""
    with desk.vault.transaction() as connection:
        for table in ("source_positions", "unreadable", "letter_deliveries"):
            connection.execute(f"DELETE FROM {table} WHERE source = ?", (name,))


def keep_waiting_for_answer(connection: Connection, name: str, sha512: str) -> None:
    """Keep that a mailbox waits for the answer to a batch, also where it was given one before."""
    connection.execute(
        "INSERT INTO deliveries (source, batch) VALUES (?, ?)"
        " ON CONFLICT (source, batch) DO UPDATE SET delivered_at = NULL",
        (name, sha512),
    )


def _keep_unreadable(connection: Connection, name: str, batch: BatchListing) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO unreadable (source, batch, device, epoch, seq) VALUES (?, ?, ?, ?, ?)",
        (name, batch.sha512, batch.device, batch.epoch, batch.seq),
    )


def _keep_place(connection: Connection, name: str, batch: BatchListing) -> None:
    connection.execute(
        "INSERT INTO source_positions (source, after, sha512) VALUES (?, ?, ?)"
        " ON CONFLICT (source) DO UPDATE SET after = excluded.after, sha512 = excluded.sha512",
        (name, batch.number, batch.sha512),
    )


def _unreadable(connection: Connection, name: str) -> Iterator[Unreadable]:
    rows = connection.execute(
        "SELECT batch, device, epoch, seq FROM unreadable WHERE source = ? ORDER BY device, epoch, seq, batch", (name,)
    )
    for row in rows:
        yield Unreadable(*row)
