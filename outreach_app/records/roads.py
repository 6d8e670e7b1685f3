"""When each road was last taken: the last run by network and by stick, and what stopped it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach_app.records.rows import Connection, instant, instant_or_none


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last run by one road: when it began, when a run last came to its end, and what stopped the last by name."""

    tried_at: datetime
    done_at: datetime | None
    stopped_by: str = ""


def keep_run(db: Connection, road: str, tried_at: str, done_at: str | None, stopped_by: str) -> None:
    """Keep a run; one that was stopped leaves the instant of the last that was not."""
    db.execute(
        "INSERT INTO roads(road, tried_at, done_at, stopped_by) VALUES (?, ?, ?, ?) ON CONFLICT (road) DO UPDATE SET"
        " tried_at = excluded.tried_at, done_at = coalesce(excluded.done_at, done_at),"
        " stopped_by = excluded.stopped_by",
        (road, tried_at, done_at, stopped_by),
    )


def list_roads(db: Connection) -> dict[str, LastContact]:
    """Return the last run by each road that was ever taken."""
    rows = db.execute("SELECT road, tried_at, done_at, stopped_by FROM roads ORDER BY road")
    return {road: LastContact(instant(tried), instant_or_none(done), by) for road, tried, done, by in rows}
