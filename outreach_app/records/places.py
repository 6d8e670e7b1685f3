"""The register of places."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.place import Place
from outreach_app.records.rows import Connection, date_or_none, like_pattern

_COLUMNS = ("code", "setting", "region", "note", "warning", "revisit_on", "suspicion", "visited_on")
_SELECT = f"""
SELECT p.id, {", ".join(f"p.{name}" for name in _COLUMNS)},
       (SELECT max(e.shift_date) FROM encounters e WHERE e.place_id = p.id),
       (SELECT count(*) FROM encounters e WHERE e.place_id = p.id)
FROM places p
"""


def add_place(db: Connection, place: Place, created_at: str) -> None:
    """Keep a new place."""
    db.execute(
        f"INSERT INTO places(id, {', '.join(_COLUMNS)}, created_at) VALUES (?, {', '.join('?' * len(_COLUMNS))}, ?)",
        (place.id, *_values(place), created_at),
    )


def change_place(db: Connection, place: Place) -> None:
    """Replace what is known about a place; its code and id stay findable."""
    sets = ", ".join(f"{name} = ?" for name in _COLUMNS)
    db.execute(f"UPDATE places SET {sets} WHERE id = ?", (*_values(place), place.id))


def find_place(db: Connection, place_id: str) -> Place | None:
    """Return a place by its id."""
    row = db.execute(_SELECT + " WHERE p.id = ?", (place_id,)).fetchone()
    return None if row is None else _place(row)


def find_place_by_code(db: Connection, code: str) -> Place | None:
    """Return a place by its code, whatever the case."""
    row = db.execute(_SELECT + " WHERE p.code = ?", (code,)).fetchone()
    return None if row is None else _place(row)


def list_places(db: Connection, text: str = "") -> tuple[Place, ...]:
    """Return places whose code, note or suspicion contains ``text``, last seen first."""
    pattern = like_pattern(text)
    rows = db.execute(
        _SELECT + r" WHERE p.code LIKE ? ESCAPE '\' OR p.note LIKE ? ESCAPE '\' OR p.suspicion LIKE ? ESCAPE '\'"
        " ORDER BY p.code",
        (pattern, pattern, pattern),
    )
    return tuple(sorted(map(_place, rows), key=lambda place: place.last_seen or date.min, reverse=True))


def list_revisits(db: Connection, today: date) -> tuple[Place, ...]:
    """Return places to be seen again now, those whose day is longest past first, those without a day last."""
    rows = db.execute(_SELECT + " WHERE p.revisit_on <= ? OR p.suspicion <> '' ORDER BY p.code", (today.isoformat(),))
    due = [place for place in map(_place, rows) if place.due_on(today)]
    return tuple(sorted(due, key=lambda place: place.revisit_on or date.max))


def _values(place: Place) -> tuple[object, ...]:
    return tuple(
        value.isoformat() if isinstance(value, date) else value for value in (getattr(place, name) for name in _COLUMNS)
    )


def _place(row: Any) -> Place:
    place_id, code, setting, region, note, warning, revisit_on, suspicion, visited_on, last_note, encounters = row
    seen = max(filter(None, (visited_on, last_note)), default=None)
    return Place(
        place_id, code, setting, region, note, warning, date_or_none(revisit_on), suspicion,
        date_or_none(visited_on), date_or_none(seen), encounters,
    )  # fmt: skip
