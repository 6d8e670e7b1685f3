"""What came in and what is missing: batches taken in last, batches turned away, gaps, and the log of receipts."""

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
class TurnedAway:
    """A batch signed by a laptop we know, and not taken under its number."""

    device: str
    label: str
    epoch: int
    seq: int
    reason: int
    arrived_at: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """Newest first. ``waiting`` batches are kept sealed until those before them come; ``receipts`` were ever given."""

    waiting: int
    gaps: tuple[Gap, ...]
    turned_away: tuple[TurnedAway, ...]
    settled: tuple[SettledBatch, ...]
    receipts: int


@dataclass(frozen=True, slots=True)
class LogChecked:
    """What walking the whole log of receipts gave; ``first_wrong`` is None when every entry fits."""

    size: int
    first_wrong: int | None


def read_incoming(desk: Desk) -> Incoming:
    """Return what there is now."""
    with desk.vault.read() as connection:
        (waiting,) = connection.execute("SELECT count(*) FROM batches WHERE state = 'waiting'").fetchone()
        return Incoming(
            waiting=waiting,
            gaps=batch_rows.list_gaps(connection),
            turned_away=_turned_away(connection),
            settled=_settled(connection),
            receipts=receipt_log.find_head(connection).size,
        )


def check_log(desk: Desk) -> LogChecked:
    """Walk the log of receipts from its beginning: was any entry changed, taken out or put in?"""
    with desk.vault.read() as connection:
        return LogChecked(receipt_log.find_head(connection).size, receipt_log.find_first_wrong_entry(connection))


def _turned_away(connection: Connection) -> tuple[TurnedAway, ...]:
    found = connection.execute(
        "SELECT t.device, d.label, t.epoch, t.seq, t.reason, t.arrived_at"
        " FROM turned_away AS t JOIN devices AS d ON d.id = t.device ORDER BY t.arrived_at DESC, t.sha512 LIMIT ?",
        (LAST_SHOWN,),
    )
    return tuple(TurnedAway(*row) for row in found)


def _settled(connection: Connection) -> tuple[SettledBatch, ...]:
    found = connection.execute(
        "SELECT b.device, d.label, b.epoch, b.seq, b.state, b.reason, b.settled_at,"
        " (SELECT count(*) FROM records AS r WHERE r.batch = b.sha512),"
        " (SELECT count(*) FROM quarantine AS q WHERE q.batch = b.sha512)"
        " FROM batches AS b JOIN devices AS d ON d.id = b.device WHERE b.settled_at IS NOT NULL"
        " ORDER BY b.settled_at DESC, b.device, b.epoch DESC, b.seq DESC LIMIT ?",
        (LAST_SHOWN,),
    )
    return tuple(SettledBatch(*row) for row in found)
