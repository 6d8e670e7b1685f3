"""The way of a note: finished, amended, sealed, sent, stored, ingested or turned away, each with its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from outreach_app.records import batches
from outreach_app.records.batches import BatchRow
from outreach_app.records.encounters import StoredVersion
from outreach_app.records.rows import Connection
from outreach_app.services.notes import SendingStep

_COVERED = frozenset({"full", "coded"})
_PUT_ASIDE = "quarantined"


def sending_steps(db: Connection, note_id: str, versions: tuple[StoredVersion, ...]) -> tuple[SendingStep, ...]:
    """Return every step of a note: first its versions, then batch by batch what became of each."""
    kept = [SendingStep(_kept_as(row), row.recorded_at, 0, row.version) for row in versions]
    sent = [
        SendingStep(state, at, batch.seq, version)
        for batch, version, outcome in batches.list_batches_of(db, note_id)
        for state, at in _states(batch, outcome)
    ]
    return (*kept, *sent)


def _kept_as(row: StoredVersion) -> str:
    if row.blanked:
        return "blanked"
    return "finished" if row.version == 1 else "amended"


def _states(batch: BatchRow, outcome: str) -> Iterator[tuple[str, datetime]]:
    known = [("sealed", batch.sealed_at), ("sent", batch.sent_at), ("stored", batch.stored_at)]
    if outcome in _COVERED:
        known.append(("ingested", batch.ingested_at))
    elif outcome == _PUT_ASIDE:
        known.append(("rejected", batch.ingested_at))
    known += [(batch.refused, batch.refused_at), ("voided", batch.voided_at)]
    yield from ((state, at) for state, at in known if at is not None)
