"""The register of places."""

from __future__ import annotations

from typing import Any

from outreach_app.domain.place import Place
from outreach_app.records.rows import Connection, date_or_none, like_pattern

_SELECT = """
SELECT p.id, p.code, p.setting, p.region, p.note, p.warning, p.revisit_on,
       (SELECT max(e.shift_date) FROM encounters e WHERE e.place_id = p.id),
       (SELECT count(*) FROM encounters e WHERE e.place_id = p.id)
FROM places p
"""


def add_place(db: Connection, place: Place, created_at: str) -> None:
    """Keep a new place."""
    db.execute(
        "INSERT INTO places(id, code, setting, region, note, warning, revisit_on, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*_columns(place), created_at),
    )


def change_place(db: Connection, place: Place) -> None:
    """Replace what is known about a place; its code and id stay findable."""
    first, *rest = _columns(place)
    db.execute(
        "UPDATE places SET code = ?, setting = ?, region = ?, note = ?, warning = ?, revisit_on = ? WHERE id = ?",
        (*rest, first),
    )


def find_place(db: Connection, place_id: str) -> Place | None:
    """Return a place by its id."""
    row = db.execute(_SELECT + " WHERE p.id = ?", (place_id,)).fetchone()
    return None if row is None else _place(row)


def find_place_by_code(db: Connection, code: str) -> Place | None:
    """Return a place by its code, whatever the case."""
    row = db.execute(_SELECT + " WHERE p.code = ?", (code,)).fetchone()
    return None if row is None else _place(row)


def list_places(db: Connection, text: str = "") -> tuple[Place, ...]:
    """Return places whose code or note contains ``text``, last seen first."""
    pattern = like_pattern(text)
    rows = db.execute(
        _SELECT + r" WHERE p.code LIKE ? ESCAPE '\' OR p.note LIKE ? ESCAPE '\' ORDER BY 8 DESC, p.code",
        (pattern, pattern),
    )
    return tuple(_place(row) for row in rows)


def list_revisits(db: Connection, until: str) -> tuple[Place, ...]:
    """Return places to be revisited on or before the date ``until`` (ISO)."""
    rows = db.execute(_SELECT + " WHERE p.revisit_on <= ? ORDER BY p.revisit_on, p.code", (until,))
    return tuple(_place(row) for row in rows)


def _columns(place: Place) -> tuple[object, ...]:
    revisit = None if place.revisit_on is None else place.revisit_on.isoformat()
    return place.id, place.code, place.setting, place.region, place.note, place.warning, revisit


def _place(row: Any) -> Place:
    place_id, code, setting, region, note, warning, revisit_on, last_seen, encounters = row
    return Place(
        place_id, code, setting, region, note, warning, date_or_none(revisit_on), date_or_none(last_seen), encounters
    )
