"""A sheet's texts in one language with numbers filled in and unconfirmed statements marked: ready to be set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, Directory, HelpLine
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.placeholders import isolated, values_for
from outreach_app.leaflets.sheets import Section, Sheet, Statement
from outreach_app.leaflets.states import SheetState
from outreach_app.leaflets.texts import translate

UNCONFIRMED = "\u00a0*"  # never alone at the beginning of a line
_BETWEEN_NUMBERS = re.compile("(?<=\u2069) ([^ \u2066]+(?: [^ \u2066]+)?) (?=\u2066)")


@dataclass(frozen=True)
class Words:
    """A heading and its lines, in the person's language; ``unconfirmed`` if no claim among them is confirmed."""

    plain_heading: str
    plain_lines: tuple[str, ...]
    unconfirmed: bool = False

    @property
    def heading(self) -> str:
        """Return the heading, marked for all that stands under it."""
        return self.plain_heading + (UNCONFIRMED if self.unconfirmed else "")

    @property
    def marked_lines(self) -> tuple[str, ...]:
        """Return the lines, each marked, for a format that leaves the heading out."""
        return tuple(line + (UNCONFIRMED if self.unconfirmed else "") for line in self.plain_lines)


@dataclass(frozen=True)
class Wording:
    """Everything a format may print of one sheet in one language."""

    language: Language
    title: str
    intro: tuple[str, ...]
    emergency: Words
    emergency_number: str
    hotline: Words
    hotline_number: str
    hours: Words
    sections: tuple[Words, ...]
    code_content: str
    code_caption: str
    code_alternative: str
    card_title: str
    card_emergency: str
    small_print: tuple[str, ...]
    draft_mark: str | None


def word(sheet: Sheet, language: Language, state: SheetState, directory: Directory) -> Wording:
    """Return the texts of ``sheet``; raises TranslationMissingError or DirectoryMissingError."""
    filler = _Filler(sheet, language, directory)
    hotline = directory.line(HOTLINE)
    return Wording(
        language=language,
        title=filler.text(sheet.title),
        intro=tuple(filler.statement(each) for each in sheet.intro),
        emergency=filler.section(sheet.emergency),
        emergency_number=isolated(directory.line(EMERGENCY).number),
        hotline=filler.section(sheet.hotline.section),
        hotline_number=isolated(hotline.number),
        hours=filler.section(sheet.hotline.hours),
        sections=tuple(filler.section(each) for each in sheet.sections),
        code_content=_dial(hotline),
        code_caption=filler.text(sheet.hotline.code_caption),
        code_alternative=filler.text(sheet.hotline.code_alternative),
        card_title=filler.text(sheet.card_title),
        card_emergency=filler.text(sheet.card_emergency),
        small_print=(filler.text(sheet.marks.unconfirmed), filler.text(sheet.marks.as_of)),
        draft_mark=filler.text(sheet.marks.draft) if state.needs_mark else None,
    )


def _dial(line: HelpLine) -> str:
    return f"tel:{line.dialled}"


def _together(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0")


class _Filler:
    def __init__(self, sheet: Sheet, language: Language, directory: Directory) -> None:
        self._sheet = sheet
        self._language = language
        self._directory = directory
        self._values = values_for(directory, language)

    def text(self, english: str) -> str:
        words = translate(english, self._language.code, sheet=self._sheet.id).format(**self._values)
        return _BETWEEN_NUMBERS.sub(_together, words)  # "8:30 to 16:00" stays on one line

    def statement(self, statement: Statement) -> str:
        return self.text(statement.text) + ("" if self._stands(statement) else UNCONFIRMED)

    def section(self, section: Section) -> Words:
        """Mark the heading once if nothing under it is confirmed, otherwise each statement that is not."""
        claims = [statement for statement in section.statements if not statement.advice]
        if claims and not any(self._stands(claim) for claim in claims):
            lines = tuple(self.text(statement.text) for statement in section.statements)
            return Words(self.text(section.heading), lines, unconfirmed=True)
        return Words(self.text(section.heading), tuple(self.statement(each) for each in section.statements))

    def _stands(self, statement: Statement) -> bool:
        if statement.advice or statement.confirmed:
            return True
        return statement.line is not None and self._directory.line(statement.line).confirmed
