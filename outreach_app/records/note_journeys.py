"""How far each note of this laptop has come towards the centre: one row a note, with the instants it got there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from outreach_app.records.rows import Connection, instant, instant_or_none, to_text

JourneyState = Literal["held", "waiting", "again", "sealed", "sent", "stored", "counted", "put_aside"]
JOURNEY_STATES: tuple[JourneyState, ...] = get_args(JourneyState)
_WILD = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


@dataclass(frozen=True, slots=True)
class NoteJourney:
    """Where the version of a note that counts is now.

    ``held``: waits for review. ``waiting``: goes with the next run. ``again``: as waiting, but a batch that had it was
    refused or given up (``refused``: rejected, reseal or voided). ``sealed``, ``sent``, ``stored``: with its batch.
    ``counted``: covered by the desk's receipt. ``put_aside``: the desk could not use it (``reason`` of the receipt).
    """

    id: str
    version: int
    shift_date: date
    setting: str
    place_code: str
    contact_name: str
    state: JourneyState
    written_at: datetime
    reviewed_at: datetime | None
    batch: int
    road: str
    sealed_at: datetime | None
    sent_at: datetime | None
    stored_at: datetime | None
    ingested_at: datetime | None
    reason: int
    refused: str
    refused_at: datetime | None




def _newest_batch(note: str, records: str, which: str = "") -> str:
    """Return SQL for the hash of the newest batch with a note's last version; parts of a statement, never values."""
    return (
        f"(SELECT b.sha512 FROM {records} r JOIN batches b ON b.epoch = r.epoch AND b.seq = r.seq"
        f" WHERE r.record_id = {note}.id AND r.version = {note}.version {which}"
        " ORDER BY r.epoch DESC, r.seq DESC LIMIT 1)"
    )


_DEAD = (
    "AND (b.voided_at IS NOT NULL OR EXISTS"
    " (SELECT 1 FROM receipts x WHERE x.sha512 = b.sha512 AND x.kind IN ('rejected', 'reseal')))"
)
_JOURNEYS = f"""
WITH now AS (
    SELECT e.*, {_newest_batch("e", "live_batch_records")} AS live FROM encounters e WHERE NOT e.taken_back {{which}}
), placed AS (
    SELECT n.*, b.epoch, b.seq AS batch, b.sealed_at, b.sent_at, b.road, r.outcome AS said, r.reason,
           (SELECT issued_at FROM receipts x WHERE x.sha512 = n.live AND x.kind = 'stored') AS stored_at,
           (SELECT issued_at FROM receipts x WHERE x.sha512 = n.live AND x.kind = 'ingested') AS ingested_at,
           CASE WHEN n.live IS NULL THEN {_newest_batch("n", "batch_records", _DEAD)} END AS dead
    FROM now n LEFT JOIN batches b ON b.sha512 = n.live
    LEFT JOIN batch_records r ON r.epoch = b.epoch AND r.seq = b.seq AND r.record_id = n.id AND r.version = n.version
), journey AS (
    SELECT p.*, CASE
        WHEN live IS NULL AND :review AND state <> 'reviewed' THEN 'held'
        WHEN live IS NULL AND dead IS NOT NULL THEN 'again'
        WHEN live IS NULL THEN 'waiting'
        WHEN said IN ('full', 'coded') THEN 'counted'
        WHEN said = 'quarantined' THEN 'put_aside'
        WHEN stored_at IS NOT NULL THEN 'stored'
        WHEN sent_at IS NOT NULL THEN 'sent'
        ELSE 'sealed' END AS stage
    FROM placed p
)
"""
_ROWS = f"""{_JOURNEYS}
SELECT j.id, j.version, j.shift_date, j.setting, coalesce(p.code, ''), coalesce(c.short_name, ''), j.stage,
       v.recorded_at,
       (SELECT max(x.made_at) FROM reviews x WHERE x.encounter_id = j.id AND x.version = j.version
        AND x.verdict = 'reviewed' AND j.state = 'reviewed'),
       coalesce(j.batch, 0), coalesce(j.road, ''), j.sealed_at, j.sent_at, j.stored_at, j.ingested_at,
       coalesce(nullif(j.reason, ''), '0'),
       coalesce((SELECT max(x.kind) FROM receipts x WHERE x.sha512 = j.dead AND x.kind IN ('rejected', 'reseal')),
                iif(j.dead IS NULL, '', 'voided')),
       coalesce((SELECT max(x.issued_at) FROM receipts x WHERE x.sha512 = j.dead AND x.kind IN ('rejected', 'reseal')),
                (SELECT voided_at FROM batches b WHERE b.sha512 = j.dead))
FROM journey j
JOIN encounter_versions v ON v.encounter_id = j.id AND v.version = j.version
LEFT JOIN places p ON p.id = j.place_id
LEFT JOIN contacts c ON c.id = j.contact_id
"""


def count_by_state(db: Connection, *, review: bool) -> dict[JourneyState, int]:
    """Return how many notes there are in each state; ``review``: only reviewed notes may leave."""
    counted = _JOURNEYS.format(which="") + " SELECT stage, count(*) FROM journey GROUP BY stage"
    rows = db.execute(counted, {"review": review})
    return dict.fromkeys(JOURNEY_STATES, 0) | dict(rows)


def list_journeys(
    db: Connection, states: Collection[JourneyState], words: str, *, review: bool, limit: int, offset: int
) -> tuple[NoteJourney, ...]:
    """Return notes in these states, newest first; ``words`` are part of a short name or place, or a batch's number."""
    rows = db.execute(
        _ROWS.format(which="") + " WHERE j.stage IN (SELECT value FROM json_each(:states))"
        r" AND (:words = '' OR p.code LIKE :like ESCAPE '\' OR c.short_name LIKE :like ESCAPE '\'"
        " OR CAST(j.batch AS TEXT) = :words) ORDER BY j.seq DESC LIMIT :limit OFFSET :offset",
        {
            "review": review, "states": to_text(sorted(states)), "words": words, "limit": limit, "offset": offset,
            "like": f"%{words.translate(_WILD)}%",
        },
    )  # fmt: skip
    return tuple(map(_journey, rows))


def find_journey(db: Connection, note_id: str, *, review: bool) -> NoteJourney | None:
    """Return where one note is; None where it is not here, or was taken back."""
    row = db.execute(_ROWS.format(which="AND e.id = :id"), {"review": review, "id": note_id}).fetchone()
    return None if row is None else _journey(row)


def _journey(row: Any) -> NoteJourney:
    note_id, version, shift, setting, code, name, state, written, reviewed, batch, road, *instants = row
    sealed, sent, stored, ingested, reason, refused, refused_at = instants
    return NoteJourney(
        note_id, version, date.fromisoformat(shift), setting, code, name, state, instant(written),
        instant_or_none(reviewed), batch, road, instant_or_none(sealed), instant_or_none(sent),
        instant_or_none(stored), instant_or_none(ingested), int(reason), refused, instant_or_none(refused_at),
    )  # fmt: skip
