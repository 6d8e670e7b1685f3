"""Who may be the same person: names that look alike, told while a worker types; she decides, the program never does.

Names are compared folded like search words, so that case, accents and marks of direction make no difference; telephone
numbers are compared by their digits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from outreach_app.domain.changes import Changes
from outreach_app.records import aliases, contacts, regroupings
from outreach_app.records.aliases import NameRow
from outreach_app.records.errors import NotFoundError
from outreach_app.records.words import fold
from outreach_app.services.errors import SameContactError
from outreach_app.services.parts import Parts

LEAST_LETTERS = 2
ALIKE = 82.0  # of 100; below it names of four letters that differ in two would be shown
LEAST_DIGITS = 6
MOST_SHOWN = 5
LONGEST = 80  # letters of a name that are compared


@dataclass(frozen=True, slots=True)
class AlikeContact:
    """A contact with a name that looks like what was typed; ``name`` is that name, ``kind`` '' for her short name."""

    contact_id: str
    short_name: str
    name: str
    kind: str


class Alike:
    """The verbs of the hint that somebody may be known already."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_alike(self, typed: str) -> tuple[AlikeContact, ...]:
        """Return contacts with a name that looks like ``typed``, the most alike first; none for a single letter."""
        with self._parts.vault.read() as db:
            return _best([typed], aliases.list_all_names(db))

    def find_alike_to(self, contact_id: str) -> tuple[AlikeContact, ...]:
        """Return who may be the same person as a contact; nobody a worker has told apart from her.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            kept = contacts.find_kept(db, contact_id)
            if kept is None:
                raise NotFoundError
            known = {kept.id, *regroupings.list_different(db, kept.id)}
            others = [row for row in aliases.list_all_names(db) if row.contact_id not in known]
            return _best(contacts.list_names(db, kept.id), others)

    def say_different(self, one_id: str, other_id: str) -> Changes:
        """Keep that two contacts are not the same person: neither is shown with the other any more.

        Raises:
            SameContactError: a contact and itself. NotFoundError: no such contact.
        """
        with self._parts.vault.transaction() as db:
            one, other = contacts.find_kept(db, one_id), contacts.find_kept(db, other_id)
            if one is None or other is None:
                raise NotFoundError
            if one.id == other.id:
                raise SameContactError
            regroupings.say_different(db, one.id, other.id, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", one.id, "different")
        return Changes(contacts=True)

    def take_back_different(self, one_id: str, other_id: str) -> Changes:
        """Forget that two contacts were told apart."""
        with self._parts.vault.transaction() as db:
            regroupings.unsay_different(db, one_id, other_id)
            self._parts.vault.audit("changed", one_id, "different:back")
        return Changes(contacts=True)


def _best(typed: Iterable[str], rows: Iterable[NameRow]) -> tuple[AlikeContact, ...]:
    known = tuple(rows)
    folded = [fold(row.name[:LONGEST]) for row in known]
    scores: dict[int, float] = {}
    for name in typed:
        for place, score in _scored(fold(name[:LONGEST]).strip(), folded):
            scores[place] = max(score, scores.get(place, 0.0))
    found: dict[str, AlikeContact] = {}
    for place in sorted(scores, key=lambda place: (-scores[place], known[place].name)):
        row = known[place]
        found.setdefault(row.contact_id, AlikeContact(row.contact_id, row.short_name, row.name, row.kind))
    return tuple(found.values())[:MOST_SHOWN]


def _scored(typed: str, folded: list[str]) -> list[tuple[int, float]]:
    if len(typed) < LEAST_LETTERS:
        return []
    by_letters = process.extract(typed, folded, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=None)
    return [(place, score) for _, score, place in by_letters] + _same_digits(typed, folded)


def _same_digits(typed: str, folded: list[str]) -> list[tuple[int, float]]:
    digits = _digits(typed)
    if len(digits) < LEAST_DIGITS:
        return []
    return [(place, 100.0) for place, name in enumerate(folded) if _ends_alike(digits, _digits(name))]


def _ends_alike(one: str, other: str) -> bool:
    """Tell whether two numbers end alike: the same number is written with and without the code of its country."""
    return len(other) >= LEAST_DIGITS and (one.endswith(other) or other.endswith(one))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
