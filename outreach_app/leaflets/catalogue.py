"""Which sheets there are, in which languages, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.leaflets.languages import LANGUAGES, Language
from outreach_app.leaflets.sheets import SHEETS, load_sheet
from outreach_app.leaflets.states import state_of
from outreach_app.leaflets.texts import translate

__all__ = ["LANGUAGES", "SHEETS", "Language", "SheetRow", "list_sheets"]


@dataclass(frozen=True)
class SheetRow:
    """One sheet in one language; ``title`` is in that language."""

    sheet: str
    language: str
    state: str
    title: str


def list_sheets() -> tuple[SheetRow, ...]:
    """Return every sheet in every language, in the order they are offered."""
    return tuple(
        SheetRow(sheet, code, state_of(sheet, code).state, translate(load_sheet(sheet).title, code, sheet=sheet))
        for sheet in SHEETS
        for code in LANGUAGES
    )
