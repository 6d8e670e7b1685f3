"""Every leaflet the program can print, set and read back: what ``outreach leaflet check`` runs.

All sheets of a language and a format are set in one document, so that what costs much is done once for many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from outreach_app.leaflets.catalogue import lacking, standing
from outreach_app.leaflets.checks.documents import CheckedDocument
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.formats.registry import FORMATS, Format, format_of
from outreach_app.leaflets.languages import LANGUAGES, Language, language_of
from outreach_app.leaflets.linting import lint_sheet
from outreach_app.leaflets.sheets import Sheet, load_sheet, sheet_ids
from outreach_app.leaflets.states import State

TEXTS = "texts"  # in place of a format: the texts of a sheet before they are set

Tell = Callable[[int, int], None]  # called with how many of how many leaflets are set


@dataclass(frozen=True, slots=True)
class Selection:
    """What is checked, by id; empty means all."""

    languages: Sequence[str] = ()
    sheets: Sequence[str] = ()
    formats: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One sheet in one language and one format (or ``texts``): how far it is, and the codes of its faults."""

    language: str
    sheet: str
    format: str
    state: State
    faults: tuple[str, ...]


def check_leaflets(selection: Selection, day: date, *, tell: Tell = lambda _done, _total: None) -> Iterator[CheckRow]:
    """Yield a row for the texts of each sheet in each language and, unless it is absent, for each format.

    Raises UnknownLanguageError, UnknownSheetError, UnknownFormatError, and what a damaged installation gives.
    """
    languages = [language_of(code) for code in selection.languages or LANGUAGES]
    sheets = [load_sheet(sheet) for sheet in selection.sheets or sheet_ids()]
    formats = [format_of(form) for form in selection.formats or FORMATS]
    each = len(sheets) * len(formats)
    for place, language in enumerate(languages):
        told = partial(_tell, tell, place * each, len(languages) * each)
        yield from _check_language(language, sheets, formats, day, told)


def _tell(tell: Tell, before: int, total: int, done: int) -> None:
    tell(before + done, total)


def _check_language(
    language: Language, sheets: Sequence[Sheet], formats: Sequence[Format], day: date, tell: Callable[[int], None]
) -> Iterator[CheckRow]:
    documents = [CheckedDocument(language, form, day) for form in formats]
    states: dict[str, State] = {}
    for place, sheet in enumerate(sheets):
        row = _texts(sheet, language, day)
        states[sheet.id] = row.state
        yield row
        for document in documents:
            if row.state != "absent":  # one sheet after the other: what its formats share is measured once
                document.add(sheet.id)
        tell((place + 1) * len(formats))
    for document in documents:
        for sheet_id, faults in document.faults():
            yield CheckRow(language.code, sheet_id, document.form.id, states[sheet_id], faults)


def _texts(sheet: Sheet, language: Language, day: date) -> CheckRow:
    directory = help_lines()
    state = standing(sheet, language, day, directory).state
    if state == "absent":
        owed = language.tier == "core" and not lacking(sheet, directory)
        return CheckRow(language.code, sheet.id, TEXTS, state, ("not_written",) if owed else ())
    codes = dict.fromkeys(fault.code for fault in lint_sheet(sheet, language))
    return CheckRow(language.code, sheet.id, TEXTS, state, tuple(codes))
