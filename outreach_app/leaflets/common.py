"""What every sheet shares: the two numbers, the marks, the neutral cover. English texts; no layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from outreach_app.content import remembered
from outreach_app.leaflets.content_files import leaflet_file, read_object
from outreach_app.leaflets.errors import SheetDamagedError
from outreach_app.leaflets.statements import Pictogram, Section, Statement, pictograms_of, section_of


@dataclass(frozen=True)
class Call:
    """The part about the telephone line, with its hours and the code to scan."""

    section: Section
    hours: Section
    code_caption: str
    code_alternative: str


@dataclass(frozen=True)
class Marks:
    """Small print: what is not confirmed, that the translation is a draft or has expired, how old the details are."""

    unconfirmed: str
    draft: str
    expired: str
    as_of: str


@dataclass(frozen=True)
class Cover:
    """The neutral cover: health wording, nothing that tells what lies behind it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Common:
    """All shared texts.

    ``places`` holds the labels of places to go to, by name; ``pictograms`` stand where a sheet has none of its own.
    """

    emergency: Section
    hotline: Call
    card_emergency: str
    marks: Marks
    cover: Cover
    tear_off: str
    page_of: str
    places: Mapping[str, str]
    pictograms: tuple[Pictogram, ...]

    def statements(self) -> Iterator[Statement]:
        """Yield every shared statement."""
        for section in (self.emergency, self.hotline.section, self.hotline.hours):
            yield from section.statements

    def texts(self) -> Iterator[str]:
        """Yield every shared text in reading order."""
        for section in (self.emergency, self.hotline.section, self.hotline.hours):
            yield section.heading
            yield from (statement.text for statement in section.statements)
        yield from (self.hotline.code_caption, self.hotline.code_alternative, self.card_emergency)
        yield from (self.cover.title, *self.cover.lines)
        yield from (self.tear_off, self.page_of, *self.places.values())
        yield from (pictogram.caption for pictogram in self.pictograms)
        yield from (self.marks.unconfirmed, self.marks.draft, self.marks.expired, self.marks.as_of)


@remembered()
def common() -> Common:
    """Return the shared texts in use; raises SheetDamagedError."""
    return read_common(leaflet_file("common.json"))


def read_common(data: bytes, name: str = "common") -> Common:
    """Return the shared texts in ``data``; raises SheetDamagedError."""
    try:
        return _common(read_object(data, name))
    except (ValueError, KeyError, TypeError) as damaged:
        raise SheetDamagedError(sheet=name) from damaged


def _common(row: dict[str, Any]) -> Common:
    call = row["hotline"]
    return Common(
        emergency=section_of(row["emergency"]),
        hotline=Call(section_of(call), section_of(call["hours"]), call["code_caption"], call["code_alternative"]),
        card_emergency=row["card_emergency"],
        marks=Marks(**row["marks"]),
        cover=Cover(row["cover"]["title"], tuple(row["cover"]["lines"])),
        tear_off=row["tear_off"],
        page_of=row["page_of"],
        places=MappingProxyType(dict(row["places"])),
        pictograms=pictograms_of(row["pictogram_captions"]),
    )
