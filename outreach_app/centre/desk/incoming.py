"""What came in and what is missing: batches taken in last, gaps, and how many receipts were given."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk import batch_rows, receipt_log
from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.opening import Desk
from outreach_app.vault.connection import Connection

LAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SettledBatch:
    """A batch that was taken in or voided; ``records`` and ``put_aside`` count its lines, ``settled_at`` in UTC."""

    device: str
    label: str
    epoch: int
    seq: int
    state: str
    reason: int
    settled_at: str
    records: int
    put_aside: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """Newest first. ``waiting`` batches of enrolled laptops are kept sealed until those before them come.

    ``receipts`` were ever given.
    """

    waiting: int
    gaps: tuple[Gap, ...]
    settled: tuple[SettledBatch, ...]
    receipts: int


def read_incoming(desk: Desk) -> Incoming:
    """Return what there is now."""
    with desk.vault.read() as connection:
        return Incoming(
            waiting=batch_rows.count_waiting(connection),
            gaps=batch_rows.list_gaps(connection),
            settled=_settled(connection),
            receipts=receipt_log.find_head(connection).size,
        )


def _settled(connection: Connection) -> tuple[SettledBatch, ...]:
    found = connection.execute(
        "SELECT b.device, d.label, b.epoch, b.seq, b.state, b.reason, b.settled_at,"
        " (SELECT count(*) FROM record_batches AS n JOIN records AS r ON r.batch = n.number WHERE n.sha512 = b.sha512),"
        " (SELECT count(*) FROM quarantine AS q WHERE q.batch = b.sha512)"
        " FROM batches AS b JOIN devices AS d ON d.id = b.device WHERE b.settled_at IS NOT NULL"
        " ORDER BY b.settled_at DESC, b.device, b.epoch DESC, b.seq DESC LIMIT ?",
        (LAST_SHOWN,),
    )
    return tuple(SettledBatch(*row) for row in found)
