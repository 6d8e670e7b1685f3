"""A sheet's texts in one language with numbers filled in and unconfirmed statements marked: ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from outreach_app.leaflets.directory import EMERGENCY, HOTLINE
from outreach_app.leaflets.filling import Filler, Surroundings, Words
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.placeholders import isolated
from outreach_app.leaflets.sheets import Sheet
from outreach_app.leaflets.states import SheetState

__all__ = ["Caption", "Card", "Cover", "Surroundings", "Wording", "Words", "word"]


@dataclass(frozen=True)
class Card:
    """What fits into a hand: a quiet title, one to three lines, where to call in danger."""

    title: str
    lines: tuple[str, ...]
    emergency: str


@dataclass(frozen=True)
class Caption:
    """A pictogram by name and the few words under it."""

    picture: str
    words: str


@dataclass(frozen=True)
class Cover:
    """The neutral cover."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """Everything a format may print of one sheet in one language.

    ``page_of`` still holds {page} and {pages}. ``left_out`` names entries of the directory that some statement
    needed and that are not there. ``draft_mark`` says that nobody has checked the words, that they are old, or both.
    """

    sheet: str
    language: Language
    title: str
    intro: tuple[str, ...]
    numbers_first: bool
    emergency: Words
    emergency_number: str
    hotline: Words
    hotline_number: str
    hours: Words
    sections: tuple[Words, ...]
    code_content: str
    code_caption: str
    code_alternative: str
    card: Card
    pictograms: tuple[Caption, ...]
    cover: Cover
    tear_off: str
    page_of: str
    labels: Mapping[str, str]
    small_print: tuple[str, ...]
    draft_mark: str | None
    left_out: tuple[str, ...]

    def page_number(self, page: int, pages: int) -> str:
        """Return "Page 1 of 2" in the leaflet's language, for ``page`` from 1."""
        return self.page_of.format(page=isolated(str(page)), pages=isolated(str(pages)))


def word(sheet: Sheet, language: Language, state: SheetState, around: Surroundings) -> Wording:
    """Return the texts of ``sheet``; raises TranslationMissingError or DirectoryMissingError."""
    filler = Filler(sheet, language, around)
    shared, hotline = sheet.common, around.directory.line(HOTLINE)
    return Wording(
        sheet=sheet.id,
        language=language,
        title=filler.text(sheet.title),
        intro=tuple(filler.statement(each) for each in sheet.intro if filler.can_say(each)),
        numbers_first=sheet.numbers_first,
        emergency=filler.section(shared.emergency),
        emergency_number=isolated(around.directory.line(EMERGENCY).number),
        hotline=filler.section(shared.hotline.section),
        hotline_number=isolated(hotline.number),
        hours=filler.section(shared.hotline.hours),
        sections=filler.sections(sheet.sections),
        code_content=f"tel:{hotline.dialled}",
        code_caption=filler.text(shared.hotline.code_caption),
        code_alternative=filler.text(shared.hotline.code_alternative),
        card=_card(sheet, filler),
        pictograms=_pictograms(sheet, filler),
        cover=Cover(filler.text(shared.cover.title), tuple(filler.text(each) for each in shared.cover.lines)),
        tear_off=filler.text(shared.tear_off),
        page_of=filler.translated(shared.page_of),
        labels=MappingProxyType({name: filler.translated(text) for name, text in shared.places.items()}),
        small_print=(filler.text(shared.marks.unconfirmed), filler.text(shared.marks.as_of)),
        draft_mark=_mark(sheet, state, filler),
        left_out=tuple(filler.left_out),
    )


def _card(sheet: Sheet, filler: Filler) -> Card:
    lines = tuple(filler.statement(each) for each in sheet.card_lines if filler.can_say(each))
    return Card(filler.text(sheet.card_title), lines, filler.text(sheet.common.card_emergency))


def _pictograms(sheet: Sheet, filler: Filler) -> tuple[Caption, ...]:
    drawn = sheet.pictograms or sheet.common.pictograms
    return tuple(Caption(each.picture, filler.text(each.caption)) for each in drawn)


def _mark(sheet: Sheet, state: SheetState, filler: Filler) -> str | None:
    marks = [sheet.common.marks.draft] if state.needs_mark and state.unchecked else []
    if state.state == "expired":
        marks.append(sheet.common.marks.expired)
    return " ".join(filler.text(each) for each in marks) or None
