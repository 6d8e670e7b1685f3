"""Search over finished notes, newest first by number: words as they are typed, codes and names, and filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.domain.finding import HELD, LONGEST_WORDS, CodeKind, Filters, FoundCode, fact_of
from outreach_app.domain.keeping import stays_because
from outreach_app.records import finding, keeping, policy
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.finding import NoteQuery
from outreach_app.records.words import fold, match_expression
from outreach_app.services.parts import Parts

FEWEST_LETTERS = 2  # of a name or code: one letter begins too many
MOST_CODES = 6


@dataclass(frozen=True, slots=True)
class Found:
    """``rows`` are one page of what fits; ``codes`` the contacts and places whose names begin as the words do.

    ``contact_name`` and ``place_code`` name those the filters hold; empty where they are not in the vault any more.
    """

    rows: tuple[EncounterRow, ...]
    codes: tuple[FoundCode, ...]
    contact_name: str
    place_code: str


@dataclass(frozen=True, slots=True)
class _Name:
    kind: CodeKind
    id: str
    name: str
    folded: str


class Search:
    """The verbs of searching."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._names: tuple[int, tuple[_Name, ...]] = (-1, ())
        self._held: tuple[tuple[int, object], list[str]] = ((-1, None), [])

    def search(self, text: str, limit: int = 50) -> tuple[EncounterRow, ...]:
        """Return the notes that hold every word of ``text`` or are about whom it names; never an operator."""
        return self.find(Filters(words=text), limit).rows if match_expression(text[:LONGEST_WORDS]) else ()

    def find(self, filters: Filters, limit: int = 50, offset: int = 0) -> Found:
        """Return a page of the notes that fit all of ``filters``; without any, of all notes.

        Words also find the notes of a contact or place whose short name, other name or code begins as they do, however
        she was called when the note was written. Words without a letter or digit in them find nothing.
        """
        typed = filters.words[:LONGEST_WORDS]
        match = match_expression(typed)
        with self._parts.vault.read() as db:
            names = self._known_names()
            codes = _beginning(names, typed) if match else ()
            query = self._query(filters, match, codes)
            rows = () if typed.strip() and not match else finding.find_rows(db, query, limit, offset)
        return Found(
            rows, codes[:MOST_CODES], _name_of(names, "contact", filters.contact_id),
            _name_of(names, "place", filters.place_id),
        )  # fmt: skip

    def suggest_codes(self, typed: str, most: int = MOST_CODES) -> tuple[FoundCode, ...]:
        """Return contacts and places one of whose names has a word that begins as ``typed``."""
        with self._parts.vault.read():
            return _beginning(self._known_names(), typed[:LONGEST_WORDS])[:most]

    def _query(self, filters: Filters, match: str, codes: Sequence[FoundCode]) -> NoteQuery:
        held = filters.state == HELD
        today = self._parts.clock.local_now().date()
        return NoteQuery(
            match=match,
            also_contacts=tuple(code.id for code in codes if code.kind == "contact"),
            also_places=tuple(code.id for code in codes if code.kind == "place"),
            contact_id=filters.contact_id,
            place_id=filters.place_id,
            signs=tuple(self._ids_of(fact) for fact in filters.signs),
            language=filters.language,
            setting=filters.setting,
            state="" if held else filters.state,
            since=filters.first_day(today),
            until=filters.until,
            ids=self._held_notes() if held else None,
        )

    def _ids_of(self, fact: str) -> tuple[str, ...]:
        return tuple(
            sign.id
            for catalogue in self._parts.catalogues.values()
            for sign in catalogue.indicators
            if fact_of(sign.id) == fact
        )

    def _known_names(self) -> tuple[_Name, ...]:
        """Return every name, folded; read again only when something in the vault has changed."""
        db = self._parts.vault.connection
        if self._names[0] != db.total_changes:
            made = tuple(_Name(kind, of, name, f" {fold(name)}") for kind, of, name in finding.list_names(db))
            self._names = (db.total_changes, made)
        return self._names[1]

    def _held_notes(self) -> list[str]:
        """Return the ids of the notes that stay; looked at again only when something has changed, or the day."""
        db, today = self._parts.vault.connection, self._parts.clock.local_now().date()
        state = (db.total_changes, today)
        if self._held[0] != state:
            rows = keeping.list_situations(db, policy.keeping_policy(db), self._parts.clock.now(), today)
            self._held = (state, [row.id for row in rows if stays_because(row.situation)])
        return self._held[1]


def _beginning(names: Sequence[_Name], typed: str) -> tuple[FoundCode, ...]:
    """Return each contact and place once, by the name that fits; a name that is exactly this first."""
    wanted = f" {' '.join(fold(typed).split())}"
    if len(wanted) <= FEWEST_LETTERS:
        return ()
    fitting = [name for name in names if wanted in name.folded]
    fitting.sort(key=lambda name: (name.folded != wanted, len(name.name), name.folded))
    found: dict[tuple[str, str], FoundCode] = {}
    for name in fitting:
        found.setdefault((name.kind, name.id), FoundCode(name.kind, name.id, name.name))
    return tuple(found.values())


def _name_of(names: Sequence[_Name], kind: CodeKind, wanted: str) -> str:
    return next((name.name for name in names if name.id == wanted and name.kind == kind), "") if wanted else ""
