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
    merged = dict(db.execute("SELECT id, merged_into FROM contacts WHERE merged_into IS NOT NULL").fetchall())
    for contact_id, name in db.execute(
        "SELECT id, short_name FROM contacts UNION ALL SELECT contact_id, name FROM aliases"
    ):
        yield "contact", _kept_one(contact_id, merged), name
    for place_id, code in db.execute("SELECT id, code FROM places"):
        yield "place", place_id, code


def _kept_one(contact_id: str, merged: dict[str, str]) -> str:
    for _each in merged:  # as many steps as there are, never round in a circle
        if contact_id not in merged:
            break
        contact_id = merged[contact_id]
    return contact_id


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
    conditions: list[str] = []
    parameters: dict[str, object] = {}
    for name in ("contact_id", "place_id", "setting"):
        if getattr(query, name):
            conditions.append(f"e.{name} = :{name}")
            parameters[name] = getattr(query, name)
    if query.state:
        if query.state == "blanked":  # few are: they are asked first
            conditions.append(
                "(e.id, e.version) IN (SELECT encounter_id, version FROM encounter_versions WHERE blanked)"
            )
        conditions.append(f"{encounters.STATE} = :state")
        parameters["state"] = query.state
    if query.language:
        conditions.append(
            "EXISTS (SELECT 1 FROM note_languages l WHERE l.language = :language AND l.seq = e.seq)"
        )
        parameters["language"] = query.language
    for at, ids in enumerate(query.signs):
        conditions.append(
            f"e.seq IN (SELECT s.seq FROM note_signs s WHERE s.code IN (SELECT value FROM json_each(:sign_{at})))"
        )
        parameters[f"sign_{at}"] = json.dumps(ids)
    for name, sign in (("since", ">="), ("until", "<=")):
        day: date | None = getattr(query, name)
        if day is not None:
            conditions.append(f"e.shift_date {sign} :{name}")
            parameters[name] = day.isoformat()
    if query.ids is not None:
        conditions.append("e.id IN (SELECT value FROM json_each(:ids))")
        parameters["ids"] = json.dumps(list(query.ids))
    return " AND ".join(conditions), parameters
