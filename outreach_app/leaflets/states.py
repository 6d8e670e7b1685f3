"""How far a sheet is in a language: absent, a draft, checked by whom and when, or expired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from outreach_app.content import remembered
from outreach_app.leaflets.content_files import leaflet_file, read_object
from outreach_app.leaflets.errors import SheetDamagedError

State = Literal["absent", "draft", "checked", "expired"]
_LISTED = ("draft", "checked", "expired")
_NAME = "states.json"
_WORST_FIRST: tuple[State, ...] = ("absent", "expired", "draft", "checked")


@dataclass(frozen=True)
class SheetState:
    """State of one sheet in one language. Only the centre's signed pack sets ``checked``; days are ISO dates."""

    state: State
    checked_by: str | None = None
    checked_on: str | None = None
    expires_on: str | None = None

    @property
    def needs_mark(self) -> bool:
        """Tell whether the print must ask the person to confirm it."""
        return self.state != "checked"

    @property
    def unchecked(self) -> bool:
        """Tell whether nobody has ever checked it: a draft stays one when it expires."""
        return self.state == "draft" or self.checked_by is None

    def on(self, day: date) -> SheetState:
        """Return the state on ``day``: what has passed its last day is expired."""
        if self.expires_on is not None and date.fromisoformat(self.expires_on) < day:
            return replace(self, state="expired")
        return self


def worst(states: Iterable[SheetState]) -> State:
    """Return how far a print is that shows several languages: no further than the least of them."""
    return min((each.state for each in states), key=_WORST_FIRST.index)


def state_of(sheet: str, language: str, day: date) -> SheetState:
    """Return the state on ``day``; what nobody has listed is a draft."""
    return _states().get((sheet, language), SheetState("draft")).on(day)


@remembered()
def _states() -> MappingProxyType[tuple[str, str], SheetState]:
    return read_states(leaflet_file("states.json"))


def read_states(data: bytes) -> MappingProxyType[tuple[str, str], SheetState]:
    """Return (sheet, language) -> state; raises SheetDamagedError."""
    try:
        rows = read_object(data, _NAME)
        states = {
            (sheet, language): _well_formed(SheetState(**row))
            for sheet, by_language in rows.items()
            for language, row in by_language.items()
        }
    except (ValueError, AttributeError, TypeError) as damaged:
        raise SheetDamagedError(sheet=_NAME) from damaged
    return MappingProxyType(states)


def _well_formed(state: SheetState) -> SheetState:
    """Refuse states that claim a check without saying by whom and when, and days that are none."""
    if state.state not in _LISTED:
        raise ValueError("no such state")
    if state.state == "checked" and not (state.checked_by and state.checked_on):
        raise ValueError("a checked sheet says by whom and when")
    if state.state == "draft" and (state.checked_by or state.checked_on):
        raise ValueError("a draft was checked by nobody")  # when it expires, that is all that tells it from a check
    for day in (state.checked_on, state.expires_on):
        if day is not None:
            date.fromisoformat(day)
    return state
