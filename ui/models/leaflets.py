"""What the leaflets page offers and makes; imported from the leaflets package only when the page is first shown."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import date

FORMATS = ("a4", "wallet")


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet in one language; ``own_name`` is the language's name in its own script."""

    sheet: str
    title: str
    language: str
    own_name: str
    rtl: bool
    state: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made."""

    sheet: str
    language: str
    format: str


@dataclass(frozen=True, slots=True)
class MadeLeaflet:
    """A leaflet in memory."""

    wanted: Wanted
    pdf: bytes
    pages: int
    state: str


def read_sheets(day: date) -> tuple[SheetChoice, ...]:
    """Return every sheet in every language."""
    catalogue = importlib.import_module("outreach_app.leaflets.catalogue")
    return tuple(
        SheetChoice(
            row.sheet, row.title, row.language, catalogue.LANGUAGES[row.language].own_name,
            catalogue.LANGUAGES[row.language].rtl, row.state,
        )
        for row in catalogue.list_sheets(day)
    )  # fmt: skip


def make(wanted: Wanted, day: date) -> MadeLeaflet:
    """Return the leaflet; some thirty milliseconds a page."""
    making = importlib.import_module("outreach_app.leaflets.making")
    requests = importlib.import_module("outreach_app.leaflets.requests")
    made = making.make_leaflet(requests.LeafletRequest(wanted.sheet, wanted.language, wanted.format), day)
    return MadeLeaflet(wanted, made.pdf, made.pages, made.state)
