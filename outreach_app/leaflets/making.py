"""A leaflet from a request: bytes in memory, nothing on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outreach_app.content import generation
from outreach_app.leaflets.catalogue import lacking, standing
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.directory.entries import kind_name
from outreach_app.leaflets.errors import SameLanguageTwiceError, SheetLacksEntryError, TranslationMissingError
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.registry import Format, format_of
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.states import SheetState, worst
from outreach_app.leaflets.texts import SOURCE_LANGUAGE
from outreach_app.leaflets.wording import Surroundings, Wording, word
from outreach_app.typesetting.canvas import TaggedCanvas


@dataclass(frozen=True)
class Leaflet:
    """A finished file: ``pdf`` for the preview, the printer or a place the worker chose.

    ``state`` is the worst of the languages that stand on it.
    ``left_out`` names entries of the directory that some statement needed and that are not there.
    """

    pdf: bytes
    pages: int
    state: str
    title: str
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class PreparedLeaflet:
    """A leaflet whose words are ready and that no page has been made for."""

    request: LeafletRequest
    form: Format
    wording: Wording
    options: Options
    states: tuple[SheetState, ...]

    @property
    def state(self) -> str:
        """Return the worst state of the languages that stand on it."""
        return worst(self.states)

    @property
    def shown_title(self) -> str:
        """Return the name of the file, which others may see: never more than the paper says on its outside."""
        return self._outside or self.wording.card.title

    @property
    def _outside(self) -> str:
        outside = "cover" if self.options.cover else self.form.outside
        return {"page": "", "card": self.wording.card.title, "cover": self.wording.cover.title}[outside]

    def paint(self, canvas: TaggedCanvas) -> None:
        """Set the pages on ``canvas``, as a part of its document."""
        with canvas.leaflet(title=self._outside or self.wording.title, language=self.wording.language.code):
            self.form.set(canvas, self.wording, self.options)


def make_leaflet(request: LeafletRequest, day: date) -> Leaflet:
    """Return the leaflet as it is right on ``day``; the same request gives the same bytes.

    Raises UnknownSheetError, UnknownLanguageError, UnknownFormatError, TranslationMissingError,
    SheetLacksEntryError, DirectoryMissingError, and what a damaged installation gives.
    """
    ready = prepare(request, day)
    wording = ready.wording
    canvas = TaggedCanvas(title=ready.shown_title, language=wording.language.code, page_size=ready.form.paper)
    ready.paint(canvas)
    return Leaflet(canvas.finished(), canvas.getPageNumber() - 1, ready.state, wording.title, wording.left_out)


def prepare(request: LeafletRequest, day: date) -> PreparedLeaflet:
    """Return what ``make_leaflet`` paints, all of one content; raises what it raises but the room on the page."""
    while True:
        before = generation()
        ready = _prepare(request, day)
        if before == generation():  # words of one pack never stand under the check of another
            return ready


def _prepare(request: LeafletRequest, day: date) -> PreparedLeaflet:
    form = format_of(request.format)
    wording, state = _worded(request, request.language, day)
    beside, states = None, [state]
    if form.bilingual:
        other = request.beside or SOURCE_LANGUAGE
        if other == request.language:
            raise SameLanguageTwiceError
        beside, second = _worded(request, other, day)
        states.append(second)
    options = Options(beside, cover=request.cover and form.may_cover, duplex=request.duplex and form.may_duplex)
    return PreparedLeaflet(request, form, wording, options, tuple(states))


def _worded(request: LeafletRequest, language: str, day: date) -> tuple[Wording, SheetState]:
    sheet, spoken, directory = load_sheet(request.sheet), language_of(language), help_lines()
    missing = lacking(sheet, directory)
    if missing:
        raise SheetLacksEntryError(entry=", ".join(map(kind_name, missing)))
    state = standing(sheet, spoken, day, directory)
    if state.state == "absent":
        raise TranslationMissingError(sheet=sheet.id, language=language)
    around = Surroundings(directory, day, request.region)
    return word(sheet, spoken, state, around), state
