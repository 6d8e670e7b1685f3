"""A sheet as text to be read on the screen, in her language, with nothing made for paper."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from outreach_app.leaflets.requests import LeafletRequest

if TYPE_CHECKING:
    from outreach_app.leaflets.wording import Wording, Words

MAY_BREAK = "\u200b"
FAMILIES = {"NotoSans": "Noto Sans", "NotoSansThai": "Noto Sans Thai", "NotoSansSC": "Noto Sans SC"}
"""Family of a leaflet's font -> its name to the window; the others have the same."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph; ``picture`` names a drawing that stands before a heading."""

    kind: Literal["title", "intro", "heading", "line", "number", "small"]
    text: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ReadingText:
    """The paragraphs of a sheet in reading order, and how its language is set."""

    language: str
    rtl: bool
    family: str
    blocks: tuple[Block, ...]


def read_text(wanted: LeafletRequest, day: date) -> ReadingText:
    """Return the sheet to be read on the screen, as it is right on ``day``."""
    wording = importlib.import_module("outreach_app.leaflets.making").prepare(wanted, day).wording
    spoken = wording.language
    blocks = tuple(_blocks(wording))
    if spoken.script == "Thai":  # Qt itself breaks all others rightly
        line_ends = importlib.import_module("outreach_app.typesetting.line_breaking").line_ends
        blocks = tuple(replace(each, text=_breakable(each.text, line_ends(each.text, spoken.code))) for each in blocks)
    return ReadingText(spoken.code, spoken.rtl, FAMILIES.get(spoken.family, spoken.family), blocks)


def _breakable(text: str, ends: Sequence[int]) -> str:
    """Return a text that may break at ``ends``, places behind a letter."""
    pieces = [text[start:end] for start, end in pairwise((0, *ends))]
    return MAY_BREAK.join(piece for piece in pieces if piece)


def _blocks(wording: Wording) -> Iterator[Block]:
    yield Block("title", wording.title)
    for line in wording.intro:
        yield Block("intro", line)
    if wording.numbers_first:
        yield from _numbers(wording)
    for section in wording.sections:
        yield from _section(section)
    if not wording.numbers_first:
        yield from _numbers(wording)
    for line in (*filter(None, [wording.draft_mark]), *wording.small_print):
        yield Block("small", line)


def _numbers(wording: Wording) -> Iterator[Block]:
    yield from _section(wording.emergency, "emergency")
    yield Block("number", wording.emergency_number)
    yield from _section(wording.hotline, "phone")
    yield Block("number", wording.hotline_number)
    yield from _section(wording.hours, "hours")


def _section(words: Words, picture: str = "") -> Iterator[Block]:
    yield Block("heading", words.heading, words.picture or picture)
    for line in words.plain_lines:
        yield Block("line", line)
