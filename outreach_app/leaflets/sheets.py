"""What a sheet says, in which order, and which fact each statement rests on. English texts; no layout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from outreach_app.leaflets.errors import SheetDamagedError, UnknownSheetError
from outreach_app.paths import shipped_folder

SHEETS = ("where_to_get_help",)


@dataclass(frozen=True)
class Statement:
    """One thing a sheet says: a fact with its sources, or practical advice that claims nothing."""

    text: str
    facts: tuple[str, ...]
    confirmed: bool
    advice: bool
    line: str | None  # the help line of the directory whose confirmation counts, if any


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Call:
    """The part about the telephone line, with its hours and the code to scan."""

    section: Section
    hours: Section
    code_caption: str
    code_alternative: str


@dataclass(frozen=True)
class Marks:
    """Small print: what is not confirmed, that the translation is a draft, how old the details are."""

    unconfirmed: str
    draft: str
    as_of: str


@dataclass(frozen=True)
class Sheet:
    """One sheet in English, as the translators see it."""

    id: str
    title: str
    intro: tuple[Statement, ...]
    emergency: Section
    hotline: Call
    sections: tuple[Section, ...]
    card_title: str
    card_emergency: str
    marks: Marks

    def all_statements(self) -> Iterator[Statement]:
        """Yield every statement from the top of the sheet."""
        yield from self.intro
        for section in (self.emergency, self.hotline.section, self.hotline.hours, *self.sections):
            yield from section.statements

    def all_texts(self) -> Iterator[str]:
        """Yield every text a translator has to write, in reading order."""
        yield self.title
        yield from (statement.text for statement in self.intro)
        for section in (self.emergency, self.hotline.section, self.hotline.hours, *self.sections):
            yield section.heading
            yield from (statement.text for statement in section.statements)
        yield from (self.hotline.code_caption, self.hotline.code_alternative, self.card_title, self.card_emergency)
        yield from (self.marks.unconfirmed, self.marks.draft, self.marks.as_of)


@lru_cache(maxsize=16)
def load_sheet(sheet: str) -> Sheet:
    """Return the shipped sheet; raises UnknownSheetError or SheetDamagedError."""
    if sheet not in SHEETS:
        raise UnknownSheetError(sheet=sheet, known=", ".join(SHEETS))
    return read_sheet(shipped_folder("resources") / "leaflets" / f"{sheet}.json")


def read_sheet(path: Path) -> Sheet:
    """Return the sheet in ``path``, named after the file; raises SheetDamagedError."""
    try:
        return _sheet(path.stem, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as damaged:
        raise SheetDamagedError(sheet=path.stem) from damaged


def _sheet(sheet_id: str, row: dict[str, Any]) -> Sheet:
    call = row["hotline"]
    return Sheet(
        id=sheet_id,
        title=row["title"],
        intro=_statements(row["intro"]),
        emergency=_section(row["emergency"]),
        hotline=Call(_section(call), _section(call["hours"]), call["code_caption"], call["code_alternative"]),
        sections=tuple(_section(each) for each in row["sections"]),
        card_title=row["card"]["title"],
        card_emergency=row["card"]["emergency"],
        marks=Marks(**row["marks"]),
    )


def _section(row: dict[str, Any]) -> Section:
    return Section(row["heading"], _statements(row["statements"]))


def _statements(rows: list[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            text=row["text"],
            facts=tuple(row.get("facts", ())),
            confirmed=row.get("confirmed", False),
            advice=row.get("advice", False),
            line=row.get("line"),
        )
        for row in rows
    )
