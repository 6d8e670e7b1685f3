"""What the tests of text pages share: goldens, where lines and pictures are drawn, wordings that are too long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting import paragraphs
from outreach_app.typesetting.operators import text_operators
from outreach_app.typesetting.pictures import Picture
from tests.support.leaflet_setting import ONE_SIDED, drawn_lines, set_leaflet
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import INVISIBLE

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "leaflets"


@dataclass(frozen=True)
class Placed:
    """A line with its left end, its baseline (points) and its size."""

    text: str
    x: float
    y: float
    size: float


def placed_lines(
    monkeypatch: pytest.MonkeyPatch, form: str, wording: Wording, options: Options = ONE_SIDED
) -> list[Placed]:
    """Return every line in the order it is drawn; within panels places are those of the panel."""
    found: list[Placed] = []

    def listening(line, *, x, y, size, **rest):
        found.append(Placed(INVISIBLE.sub("", line.text).replace("\u00a0", " "), x, y, size))
        return text_operators(line, x=x, y=y, size=size, **rest)

    with monkeypatch.context() as listened:
        listened.setattr(paragraphs, "text_operators", listening)
        set_leaflet(form, wording, options)
    return [line for line in found if line.text != "•"]


def picture_places(monkeypatch: pytest.MonkeyPatch, form: str, wording: Wording) -> list[float]:
    """Return the left edge of each picture, in points."""
    found: list[float] = []
    paint_at = Picture.paint_at

    def listening(self, canvas, x, y):
        found.append(x)
        paint_at(self, canvas, x, y)

    with monkeypatch.context() as listened:
        listened.setattr(Picture, "paint_at", listening)
        set_leaflet(form, wording)
    return found


def body_size(monkeypatch: pytest.MonkeyPatch, form: str, wording: Wording, options: Options = ONE_SIDED) -> float:
    """Return the size of the statements."""
    said = {INVISIBLE.sub("", line).split()[0] for words in wording.sections for line in words.plain_lines}
    lines = placed_lines(monkeypatch, form, wording, options)
    return min(line.size for line in lines if line.text.split()[0] in said and line.size > 10)


def longer(wording: Wording, times: int) -> Wording:
    """Return a leaflet with its sections several times, each section numbered."""
    sections = [
        replace(words, plain_heading=f"{words.plain_heading} {place}")
        for place in range(times)
        for words in wording.sections
    ]
    return replace(wording, sections=tuple(sections))


def checked(wording: Wording) -> Wording:
    """Return a leaflet that somebody has checked, with nothing unconfirmed in it."""
    sections = tuple(
        replace(words, unconfirmed=False, plain_lines=tuple(line.replace("\u00a0*", "") for line in words.plain_lines))
        for words in wording.sections
    )
    return replace(wording, draft_mark=None, sections=sections, hours=replace(wording.hours, unconfirmed=False))


def assert_golden(
    monkeypatch: pytest.MonkeyPatch, form: str, language: str, options: Options = ONE_SIDED, **made
) -> None:
    """Compare where lines end with what a person has looked at."""
    drawn = drawn_lines(monkeypatch, form, sample_wording(language, **made), options)
    assert "\n".join(drawn) + "\n" == (GOLDEN / f"sample.{language}.{form}.txt").read_text("utf-8")
