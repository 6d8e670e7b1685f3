"""When the newest notes were written, by their numbers: what a wrong clock is told by."""

from __future__ import annotations

from datetime import datetime

from outreach_app.records.rows import Connection, instant

LOOKED_AT = 8


def newest_moments(db: Connection) -> tuple[datetime, ...]:
    """Return when the last versions of the newest notes were written, newest note first."""
    rows = db.execute(
        "SELECT v.recorded_at FROM (SELECT id, version FROM encounters ORDER BY seq DESC LIMIT ?) e"
        " JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version",
        (LOOKED_AT,),
    )
    return tuple(instant(row[0]) for row in rows)
