"""Which sheets there are, in which languages, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outreach_app.leaflets.directory import Directory, help_lines
from outreach_app.leaflets.languages import LANGUAGES, Language
from outreach_app.leaflets.sheets import Sheet, load_sheet, sheet_ids
from outreach_app.leaflets.states import SheetState, state_of
from outreach_app.leaflets.texts import is_complete, translate

__all__ = ["LANGUAGES", "Language", "SheetRow", "list_sheets"]


@dataclass(frozen=True)
class SheetRow:
    """One sheet in one language; ``title`` is in that language, in English where the sheet is absent.

    ``lacks`` names entries of the directory without which the sheet is not printed in any language.
    """

    sheet: str
    topic: str
    group: str
    language: str
    state: str
    title: str
    lacks: tuple[str, ...] = ()


def list_sheets(day: date) -> tuple[SheetRow, ...]:
    """Return every sheet in every language as it stands on ``day``, in the order they are offered."""
    return tuple(_rows(day, help_lines()))


def standing(sheet: Sheet, language: Language, day: date, directory: Directory) -> SheetState:
    """Return how far ``sheet`` is: absent if a text or an entry of the directory it needs is missing."""
    if lacking(sheet, directory) or not is_complete(tuple(sheet.all_texts()), language):
        return SheetState("absent")
    return state_of(sheet.id, language.code, day)


def lacking(sheet: Sheet, directory: Directory) -> tuple[str, ...]:
    """Return the entries of the directory ``sheet`` cannot do without and that are not there."""
    return tuple(entry for entry in sheet.needs if not directory.has(entry))


def _rows(day: date, directory: Directory) -> Iterator[SheetRow]:
    for sheet in (load_sheet(sheet_id) for sheet_id in sheet_ids()):
        for language in LANGUAGES.values():
            state = standing(sheet, language, day, directory).state
            written = is_complete((sheet.title,), language)
            title = translate(sheet.title, language, sheet=sheet.id) if written else sheet.title
            yield SheetRow(
                sheet.id, sheet.topic, sheet.group, language.code, state, title, lacking(sheet, directory)
            )
