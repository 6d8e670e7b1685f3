"""Finds notes by any mixture of words, people, places, signs, languages, days and states; newest first by number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.finding import CodeKind
from outreach_app.records import encounters
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.rows import Connection

Condition = tuple[str, dict[str, object]]
"""SQL about the row ``e``, and the values it names."""

_ANY: Condition = ("", {})


@dataclass(frozen=True, slots=True)
class NoteQuery:
    """``match`` is an FTS5 expression; notes of ``also_contacts`` and ``also_places`` fit it whatever their words.

    ``signs`` holds, for each sign that must be present, the ids it has in the lists; ``ids`` are the only notes that
    may be found, where that is known already.
    """

    match: str = ""
    also_contacts: tuple[str, ...] = ()
    also_places: tuple[str, ...] = ()
    contact_id: str = ""
    place_id: str = ""
    signs: tuple[tuple[str, ...], ...] = ()
    language: str = ""
    setting: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    ids: Sequence[str] | None = None


def find_rows(db: Connection, query: NoteQuery, limit: int, offset: int = 0) -> tuple[EncounterRow, ...]:
    """Return the notes that fit, newest first."""
    found, parameters = _found(query)
    return encounters.list_found(
        db, f"{found} ORDER BY 1 DESC LIMIT :limit OFFSET :offset", {**parameters, "limit": limit, "offset": offset}
    )


def list_names(db: Connection) -> Iterator[tuple[CodeKind, str, str]]:
    """Return (kind, id, name) of every name of a contact and every place's code; a merged contact is the kept one."""
    for contact_id, name in db.execute(
        "SELECT coalesce(c.merged_into, c.id), c.short_name FROM contacts c UNION ALL"
        " SELECT coalesce(c.merged_into, c.id), a.name FROM aliases a JOIN contacts c ON c.id = a.contact_id"
    ):
        yield "contact", contact_id, name
    for place_id, code in db.execute("SELECT id, code FROM places"):
        yield "place", place_id, code


def _found(query: NoteQuery) -> tuple[str, dict[str, object]]:
    """Return a SELECT of sequence numbers; words are asked first, the other filters look at each note found."""
    where, parameters = _conditions(query)
    if not query.match:
        return f"SELECT e.seq FROM encounters e WHERE {where or '1 = 1'}", parameters
    parameters["match"] = query.match
    if where:
        found = "SELECT w.rowid FROM note_words w CROSS JOIN encounters e ON e.seq = w.rowid WHERE w.words MATCH :match"
        parts = [f"{found} AND {where}"]
    else:
        parts = ["SELECT rowid FROM note_words WHERE note_words MATCH :match"]
    for column, ids in (("contact_id", query.also_contacts), ("place_id", query.also_places)):
        if ids:
            parameters[f"also_{column}"] = json.dumps(ids)
            also = f"e.{column} IN (SELECT value FROM json_each(:also_{column}))"
            parts.append(f"SELECT e.seq FROM encounters e WHERE {also}" + (f" AND {where}" if where else ""))
    return " UNION ".join(parts), parameters


def _conditions(query: NoteQuery) -> tuple[str, dict[str, object]]:
    made = [
        *(_equal(name, getattr(query, name)) for name in ("contact_id", "place_id", "setting")),
        _in_state(query.state),
        _spoken(query.language),
        *(_present(at, ids) for at, ids in enumerate(query.signs)),
        _day("since", ">=", query.since),
        _day("until", "<=", query.until),
        _among(query.ids),
    ]
    parameters = {name: value for _condition, values in made for name, value in values.items()}
    return " AND ".join(condition for condition, _values in made if condition), parameters


def _equal(name: str, value: str) -> Condition:
    return (f"e.{name} = :{name}", {name: value}) if value else _ANY


def _in_state(state: str) -> Condition:
    if not state:
        return _ANY
    condition = f"{encounters.STATE} = :state"
    if state == "blanked":  # few are: they are asked first
        few = "(e.id, e.version) IN (SELECT encounter_id, version FROM encounter_versions WHERE blanked)"
        condition = f"{few} AND {condition}"
    return condition, {"state": state}


def _spoken(language: str) -> Condition:
    if not language:
        return _ANY
    spoken = "EXISTS (SELECT 1 FROM note_languages l WHERE l.language = :language AND l.seq = e.seq)"
    return spoken, {"language": language}


def _present(at: int, ids: Sequence[str]) -> Condition:
    present = f"SELECT s.seq FROM note_signs s WHERE s.code IN (SELECT value FROM json_each(:sign_{at}))"
    return f"e.seq IN ({present})", {f"sign_{at}": json.dumps(ids)}


def _day(name: str, sign: str, day: date | None) -> Condition:
    return _ANY if day is None else (f"e.shift_date {sign} :{name}", {name: day.isoformat()})


def _among(ids: Sequence[str] | None) -> Condition:
    if ids is None:
        return _ANY
    return "e.id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(list(ids))}
