"""Where each laptop's vault stood, batch by batch: a step that does not grow means a copied or rolled-back laptop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from outreach_app.sync.batch_format import BatchHeader
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import StandingRecord


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that cannot be: ``kind`` is a code of the register's table, ``batch`` the batch that showed it."""

    kind: str
    batch: str
    raised_at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Step and audit entries of a vault, with the heads of both chains."""

    step: int
    head: str
    audit_entries: int
    audit_head: str


def keep_standing(
    connection: Connection, header: BatchHeader, sha512: str, standing: StandingRecord, now: str
) -> tuple[str, ...]:
    """Keep where the vault stood and return the kinds of alarm it raised; the caller holds the transaction."""
    raised = tuple(_doubts(connection, header, standing))
    connection.executemany(
        "INSERT INTO alarms (device, batch, kind, raised_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(header.device, sha512, kind, now) for kind in raised],
    )
    connection.execute(
        "INSERT INTO standings (batch, device, epoch, step, head, audit_entries, audit_head)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            sha512, header.device, standing.epoch, standing.step, standing.head, standing.audit_entries,
            standing.audit_head,
        ),
    )  # fmt: skip
    return raised


def last_standing(connection: Connection, device: str, epoch: int) -> Standing | None:
    """Return the furthest this vault was ever seen in an epoch, or None before its first standing."""
    row = connection.execute(
        "SELECT step, head, audit_entries, audit_head FROM standings WHERE device = ? AND epoch = ?"
        " ORDER BY step DESC LIMIT 1",
        (device, epoch),
    ).fetchone()
    return Standing(*row) if row else None


def list_alarms(connection: Connection, device: str) -> tuple[Alarm, ...]:
    """Return everything a laptop ever raised, newest first."""
    rows: Any = connection.execute(
        "SELECT kind, batch, raised_at FROM alarms WHERE device = ? ORDER BY raised_at DESC, kind", (device,)
    )
    return tuple(Alarm(*row) for row in rows)


def _doubts(connection: Connection, header: BatchHeader, standing: StandingRecord) -> Iterator[str]:
    """Return what does not fit what was known; batches of one epoch come in their order."""
    if standing.epoch != header.epoch:
        yield "other_chain"
    (newest,) = connection.execute(
        "SELECT coalesce(max(epoch), 0) FROM standings WHERE device = ?", (header.device,)
    ).fetchone()
    if standing.epoch < newest:
        yield "epoch_before"
    known = last_standing(connection, header.device, standing.epoch)
    if known is None:
        return
    if standing.step < known.step or (standing.step == known.step and standing.head == known.head):
        yield "step_not_grown"
    elif standing.step == known.step:
        yield "other_chain"
    if standing.audit_entries < known.audit_entries:
        yield "audit_shorter"
    elif standing.audit_entries == known.audit_entries and standing.audit_head != known.audit_head:
        yield "audit_rewritten"
