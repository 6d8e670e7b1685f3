"""Batches as rows of the register: which number of which laptop waits, is ingested or void, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.sync.batch_format import FIRST_PREV_HASH, BatchHeader
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import SCHEMA
from outreach_app.wire.receipts import ReasonCode

WAITING = "waiting"
INGESTED = "ingested"
REJECTED = "rejected"
RESEAL = "reseal"

_COLUMNS = "sha512, device, epoch, seq, state, reason"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One number of a laptop and what became of it."""

    sha512: str
    device: str
    epoch: int
    seq: int
    state: str
    reason: int


@dataclass(frozen=True, slots=True)
class ReadyBatch:
    """A batch that waited and whose turn has come, sealed as it arrived."""

    device: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a laptop that have not arrived while later ones wait: what a gap letter asks for.

    ``first_missing`` to ``last_missing`` are missing, ``waiting`` batches behind them have arrived and cannot go in.
    """

    device: str
    label: str
    epoch: int
    first_missing: int
    last_missing: int
    waiting: int


def find_batch(connection: Connection, sha512: str) -> BatchRow | None:
    """Return the batch of this name."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM batches WHERE sha512 = ?", (sha512,)).fetchone()
    return BatchRow(*row) if row else None


def find_number(connection: Connection, device: str, epoch: int, seq: int) -> BatchRow | None:
    """Return the batch that took this number."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM batches WHERE device = ? AND epoch = ? AND seq = ?", (device, epoch, seq)
    ).fetchone()
    return BatchRow(*row) if row else None


def next_seq(connection: Connection, device: str, epoch: int) -> int:
    """Return the number that comes next in this epoch, from 1."""
    row = connection.execute(
        "SELECT next_seq FROM positions WHERE device = ? AND epoch = ?", (device, epoch)
    ).fetchone()
    return int(row[0]) if row else 1


def readable(header: BatchHeader) -> bool:
    """Tell whether this version of the desk knows the records' schema; a newer one waits for a newer desk."""
    return header.schema <= SCHEMA


def fits_chain(connection: Connection, header: BatchHeader, sha512: str) -> bool:
    """Tell whether the batch names the one before it rightly; the caller knows that all before it are settled.

    One that comes after nobody waited for it must also be the one that the batch behind it names.
    """
    if not _fits_behind(connection, header, sha512):
        return False
    if header.seq == 1:
        return header.prev_hash == FIRST_PREV_HASH
    before = find_number(connection, header.device, header.epoch, header.seq - 1)
    if before is None:  # stepped over, so nobody here knows its name
        return True
    return before.sha512 == header.prev_hash


def is_stepped_over(connection: Connection, device: str, epoch: int, seq: int) -> bool:
    """Tell whether somebody decided not to wait for this number."""
    row = connection.execute(
        "SELECT 1 FROM stepped_over WHERE device = ? AND epoch = ? AND seq = ?", (device, epoch, seq)
    ).fetchone()
    return row is not None


def step_over(connection: Connection, device: str, epoch: int, seq: int, reason: str, now: str) -> None:
    """Wait for a number no more; the caller holds the transaction and knows that it is missing."""
    connection.execute(
        "INSERT INTO stepped_over (device, epoch, seq, reason, decided_at) VALUES (?, ?, ?, ?, ?)",
        (device, epoch, seq, reason, now),
    )
    _advance(connection, device, epoch)


def keep_waiting(connection: Connection, header: BatchHeader, sha512: str, sealed: bytes, now: str) -> None:
    """Keep a batch until its turn comes; the caller holds the transaction."""
    _free_name(connection, header, sha512)
    connection.execute(
        "INSERT INTO batches (sha512, device, epoch, seq, prev_hash, schema, state, sealed, arrived_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)",
        (sha512, header.device, header.epoch, header.seq, header.prev_hash, header.schema, sealed, now),
    )


def settle(connection: Connection, header: BatchHeader, sha512: str, state: str, reason: int, now: str) -> None:
    """Give a batch, new or waiting, its final state and step over what is settled; the caller holds the transaction."""
    _free_name(connection, header, sha512)
    connection.execute(
        "INSERT INTO batches (sha512, device, epoch, seq, prev_hash, schema, state, reason, arrived_at, settled_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha512) DO UPDATE SET"
        " state = excluded.state, reason = excluded.reason, sealed = NULL, settled_at = excluded.settled_at",
        (sha512, header.device, header.epoch, header.seq, header.prev_hash, header.schema, state, reason, now, now),
    )
    _advance(connection, header.device, header.epoch)


def give_up(connection: Connection, device: str, epoch: int, seq: int, sha512: str, now: str) -> None:
    """Make a number void because its laptop gave it up: the batch is never opened and blocks nothing.

    The hash is what the laptop says it is; a batch that came under another number, or from another laptop, stays.
    """
    connection.execute(
        "INSERT INTO batches (sha512, device, epoch, seq, prev_hash, schema, state, reason, arrived_at, settled_at)"
        " VALUES (?, ?, ?, ?, '', 0, 'rejected', ?, ?, ?) ON CONFLICT (sha512) DO UPDATE SET"
        " state = excluded.state, reason = excluded.reason, sealed = NULL, settled_at = excluded.settled_at"
        " WHERE (device, epoch, seq) = (excluded.device, excluded.epoch, excluded.seq)",
        (sha512, device, epoch, seq, int(ReasonCode.GIVEN_UP), now, now),
    )
    _advance(connection, device, epoch)


def turn_away(connection: Connection, header: BatchHeader, sha512: str, reason: int, now: str) -> None:
    """Note a batch that gets no number, freeing the one it waited for; the caller holds the transaction."""
    connection.execute("DELETE FROM batches WHERE sha512 = ? AND state = 'waiting'", (sha512,))
    connection.execute(
        "INSERT INTO turned_away (sha512, device, epoch, seq, reason, arrived_at) VALUES (?, ?, ?, ?, ?, ?)",
        (sha512, header.device, header.epoch, header.seq, reason, now),
    )


def list_ready(connection: Connection) -> tuple[ReadyBatch, ...]:
    """Return the batches whose turn has come: laptop not revoked, schema readable here, one for each epoch."""
    found = connection.execute(
        "SELECT b.device, b.sealed FROM batches AS b JOIN devices AS d ON d.id = b.device AND d.status = 'enrolled'"
        " LEFT JOIN positions AS p ON p.device = b.device AND p.epoch = b.epoch"
        " WHERE b.state = 'waiting' AND b.seq <= coalesce(p.next_seq, 1) AND b.schema <= ?"
        " ORDER BY b.device, b.epoch",
        (SCHEMA,),
    )
    return tuple(ReadyBatch(device, bytes(sealed)) for device, sealed in found)


def list_waiting(connection: Connection) -> tuple[ReadyBatch, ...]:
    """Return every batch that waits, whether or not its turn has come; none of revoked laptops."""
    found = connection.execute(
        "SELECT b.device, b.sealed FROM batches AS b JOIN devices AS d ON d.id = b.device AND d.status = 'enrolled'"
        " WHERE b.state = 'waiting' ORDER BY b.device, b.epoch, b.seq"
    )
    return tuple(ReadyBatch(device, bytes(sealed)) for device, sealed in found)


def count_waiting(connection: Connection) -> int:
    """Return how many batches wait; none of revoked laptops."""
    (count,) = connection.execute(
        "SELECT count(*) FROM batches AS b JOIN devices AS d ON d.id = b.device AND d.status = 'enrolled'"
        " WHERE b.state = 'waiting'"
    ).fetchone()
    return int(count)


def list_waiting_of_revoked(connection: Connection) -> tuple[ReadyBatch, ...]:
    """Return every batch that waits though its laptop was revoked."""
    found = connection.execute(
        "SELECT b.device, b.sealed FROM batches AS b JOIN devices AS d ON d.id = b.device AND d.status = 'revoked'"
        " WHERE b.state = 'waiting' ORDER BY b.device, b.epoch, b.seq"
    )
    return tuple(ReadyBatch(device, bytes(sealed)) for device, sealed in found)


_MISSING = """
SELECT device, epoch, before + 1 AS first_missing, seq - 1 AS last_missing, waiting FROM (
    SELECT n.device, n.epoch, n.seq, lag(n.seq, 1, coalesce(p.next_seq, 1) - 1) OVER in_order AS before,
        sum(n.waits) OVER (in_order ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS waiting
    FROM (SELECT device, epoch, seq, state = 'waiting' AS waits FROM batches
        UNION ALL SELECT device, epoch, seq, 0 FROM stepped_over) AS n
    LEFT JOIN positions AS p ON p.device = n.device AND p.epoch = n.epoch
    WHERE n.seq >= coalesce(p.next_seq, 1)
    WINDOW in_order AS (PARTITION BY n.device, n.epoch ORDER BY n.seq)
) WHERE seq > before + 1 AND waiting > 0
"""


def list_gaps(connection: Connection) -> tuple[Gap, ...]:
    """Return what is missing, laptop by laptop; nothing is asked of a laptop that was revoked."""
    found = connection.execute(
        f"SELECT g.device, d.label, g.epoch, g.first_missing, g.last_missing, g.waiting FROM ({_MISSING}) AS g"
        " JOIN devices AS d ON d.id = g.device AND d.status = 'enrolled' ORDER BY g.device, g.epoch, g.first_missing"
    )
    return tuple(Gap(*row) for row in found)


def _fits_behind(connection: Connection, header: BatchHeader, sha512: str) -> bool:
    if not is_stepped_over(connection, header.device, header.epoch, header.seq):
        return True
    row = connection.execute(
        "SELECT prev_hash FROM batches WHERE device = ? AND epoch = ? AND seq = ? AND state = 'ingested'",
        (header.device, header.epoch, header.seq + 1),
    ).fetchone()
    return row is None or row[0] == sha512


def _free_name(connection: Connection, header: BatchHeader, sha512: str) -> None:
    """Take a batch's name from a number given up under it wrongly: only what is signed says which number it has."""
    connection.execute(
        "DELETE FROM batches WHERE sha512 = ? AND (device, epoch, seq) <> (?, ?, ?)",
        (sha512, header.device, header.epoch, header.seq),
    )


def _advance(connection: Connection, device: str, epoch: int) -> None:
    expected = next_seq(connection, device, epoch)
    while True:
        row = find_number(connection, device, epoch, expected)
        if row is None and not is_stepped_over(connection, device, epoch, expected):
            break
        if row is not None and row.state == WAITING:
            break
        expected += 1
    connection.execute(
        "INSERT INTO positions (device, epoch, next_seq) VALUES (?, ?, ?)"
        " ON CONFLICT (device, epoch) DO UPDATE SET next_seq = excluded.next_seq",
        (device, epoch, expected),
    )
