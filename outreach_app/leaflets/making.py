"""A leaflet from a sheet, a language and a format: bytes in memory, nothing on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from outreach_app.leaflets.a4 import set_a4
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.errors import UnknownFormatError
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.states import state_of
from outreach_app.leaflets.wallet import set_wallet
from outreach_app.leaflets.wording import Wording, word

_SETTERS: MappingProxyType[str, Callable[[Wording], tuple[bytes, int]]] = MappingProxyType(
    {"a4": set_a4, "wallet": set_wallet}
)
FORMATS = tuple(_SETTERS)


@dataclass(frozen=True)
class Leaflet:
    """A finished file: ``pdf`` for the preview, the printer or a place the worker chose."""

    pdf: bytes
    pages: int
    state: str
    title: str


def make_leaflet(sheet: str, language: str, format: str) -> Leaflet:  # noqa: A002 - the word workers and the command line use
    """Return the leaflet; the same request gives the same bytes.

    Raises UnknownSheetError, UnknownLanguageError, UnknownFormatError, and what a damaged installation gives.
    """
    content, spoken = load_sheet(sheet), language_of(language)
    if format not in _SETTERS:
        raise UnknownFormatError(format=format, known=", ".join(FORMATS))
    state = state_of(sheet, language)
    wording = word(content, spoken, state, help_lines())
    pdf, pages = _SETTERS[format](wording)
    return Leaflet(pdf, pages, state.state, wording.title)
