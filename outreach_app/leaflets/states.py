"""How far a sheet is in a language: a draft, checked by whom and when, or expired."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from outreach_app.leaflets.errors import SheetDamagedError
from outreach_app.paths import shipped_folder

State = Literal["draft", "checked", "expired"]


@dataclass(frozen=True)
class SheetState:
    """State of one sheet in one language. Only the centre's signed pack sets ``checked``."""

    state: State
    checked_by: str | None = None
    checked_on: str | None = None

    @property
    def needs_mark(self) -> bool:
        """Tell whether the print must ask the person to confirm it."""
        return self.state != "checked"


def state_of(sheet: str, language: str) -> SheetState:
    """Return the shipped state; what nobody has listed is a draft."""
    return _shipped_states().get((sheet, language), SheetState("draft"))


@lru_cache(maxsize=1)
def _shipped_states() -> MappingProxyType[tuple[str, str], SheetState]:
    return read_states(shipped_folder("resources") / "leaflets" / "states.json")


def read_states(path: Path) -> MappingProxyType[tuple[str, str], SheetState]:
    """Return (sheet, language) -> state; raises SheetDamagedError."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        states = {
            (sheet, language): _checked(SheetState(**row))
            for sheet, by_language in rows.items()
            for language, row in by_language.items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as damaged:
        raise SheetDamagedError(sheet=path.name) from damaged
    return MappingProxyType(states)


def _checked(state: SheetState) -> SheetState:
    """Refuse states that claim a check without saying by whom and when."""
    if state.state not in ("draft", "checked", "expired"):
        raise ValueError("no such state")
    if state.state == "checked" and not (state.checked_by and state.checked_on):
        raise ValueError("a checked sheet says by whom and when")
    return state
