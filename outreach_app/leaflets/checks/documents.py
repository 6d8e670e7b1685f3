"""One document with every sheet of one language and one format, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from outreach_app.leaflets.checks.files import file_faults
from outreach_app.leaflets.checks.listening import Heard, ListeningCanvas
from outreach_app.leaflets.checks.pages import PageReader
from outreach_app.leaflets.checks.words import word_faults
from outreach_app.leaflets.errors import GlyphMissingError, TextDoesNotFitError, TranslationMissingError
from outreach_app.leaflets.formats.registry import Format
from outreach_app.leaflets.languages import Language
from outreach_app.leaflets.making import PreparedLeaflet, make_leaflet, prepare
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.texts import SOURCE_LANGUAGE
from outreach_app.typesetting.archiving import as_pdf_a
from outreach_app.typesetting.errors import ArchivingFailedError

_CANNOT_BE_SET = {
    TextDoesNotFitError: "no_room",
    GlyphMissingError: "no_glyph",
    TranslationMissingError: "not_written",
}
_BESIDE = "da"  # what a bilingual print in the language of the sources has beside it
_OTHER_BACKS = frozenset({"wallet"})  # with both sides printed these say something else


@dataclass
class _Print:
    sheet: str
    faults: list[str] = field(default_factory=list)


@dataclass
class _SetPrint(_Print):
    ready: PreparedLeaflet = field(kw_only=True)
    heard: Heard = field(kw_only=True)


class CheckedDocument:
    """Sets sheet after sheet; ``faults`` reads the whole."""

    def __init__(self, language: Language, form: Format, day: date) -> None:
        """Begin without pages."""
        self.form = form
        self._language, self._day = language, day
        self._canvas = ListeningCanvas(title=form.id, language=language.code, page_size=form.paper)
        self._prints: list[_Print] = []

    def add(self, sheet: str) -> None:
        """Set a sheet, in each way in which this format says something else."""
        for request in self._requests(sheet):
            try:
                ready = prepare(request, self._day)
                with self._canvas.listening() as heard:
                    ready.paint(self._canvas)
            except tuple(_CANNOT_BE_SET) as cannot:
                self._prints.append(_Print(sheet, [_CANNOT_BE_SET[type(cannot)]]))
            else:
                faults = list(word_faults(ready, heard))
                self._prints.append(_SetPrint(sheet, faults, ready=ready, heard=heard))

    def faults(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each sheet with the codes of its faults; those of the whole file are every sheet's."""
        found: dict[str, dict[str, None]] = {each.sheet: {} for each in self._prints}
        for each, codes in self._all_faults():
            found[each.sheet].update(dict.fromkeys(codes))
        yield from ((sheet, tuple(codes)) for sheet, codes in found.items())

    def _requests(self, sheet: str) -> Iterator[LeafletRequest]:
        code = self._language.code
        plain = LeafletRequest(sheet, code, self.form.id, beside=_BESIDE if code == SOURCE_LANGUAGE else "")
        yield plain
        if self.form.id in _OTHER_BACKS or (self.form.may_cover and not self._prints):
            yield LeafletRequest(sheet, code, self.form.id, cover=True, duplex=True)

    def _all_faults(self) -> Iterator[tuple[_Print, list[str]]]:
        yield from ((each, each.faults) for each in self._prints)
        whole = [each for each in self._prints if isinstance(each, _SetPrint)]
        if not whole:
            return
        pdf = self._canvas.finished()
        by_page = file_faults(pdf, self._language.code)
        with PageReader(pdf) as reader:
            for each in whole:
                pages = [code for page in range(each.heard.first, each.heard.after) for code in by_page[page]]
                yield each, [*by_page[None], *pages, *reader.faults(each.ready, each.heard)]
        again = whole[sum(map(ord, self.form.id + self._language.code)) % len(whole)]  # in each another sheet
        yield again, list(_made_again(again.ready.request, self._day))


def _made_again(request: LeafletRequest, day: date) -> Iterator[str]:
    """Make a leaflet as a file of its own: twice, and as it is archived."""
    made, again = (make_leaflet(request, day) for _time in range(2))
    if made != again:
        yield "not_repeatable"
    try:
        as_pdf_a(made.pdf)
    except ArchivingFailedError:
        yield "archive"
