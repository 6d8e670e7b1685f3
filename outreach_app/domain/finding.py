"""What notes are looked for by: words, who, where, signs, language, days, state and setting."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Literal

HELD = "held"
STATES = ("finished", "reviewed", "amended", "blanked", "taken_back", HELD)
LONGEST_WORDS = 400  # letters; whatever is pasted behind them is not looked for
MOST_SIGNS = 12
MOST_DAYS = 3660
CodeKind = Literal["contact", "place"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything given must fit a note; what is empty lets every note through.

    ``signs`` are facts, an indicator's id without its list, so that each list is meant; ``days`` counts back from
    today, today included, so that a kept "last 7 days" moves along; ``state`` is one of ``STATES``.
    """

    words: str = ""
    contact_id: str = ""
    place_id: str = ""
    signs: tuple[str, ...] = ()
    language: str = ""
    setting: str = ""
    state: str = ""
    days: int = 0
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is looked for at all."""
        return any(getattr(self, each.name) for each in fields(self))

    def first_day(self, today: date) -> date | None:
        """Return the earliest shift date that fits, or None where any does."""
        if not self.days:
            return self.since
        back = today - timedelta(days=min(self.days, MOST_DAYS, (today - date.min).days + 1) - 1)
        return back if self.since is None else max(back, self.since)


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A contact or place whose short name, other name or code begins as typed; ``name`` is the one that fits."""

    kind: CodeKind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """``filters`` as they were kept; a contact or place among them may have left since."""

    id: str
    name: str
    filters: Filters


def fact_of(sign_id: str) -> str:
    """Return what an indicator's id says whatever its list: ``coercion_at_destination.documents_taken``."""
    return sign_id.partition(".")[2]
