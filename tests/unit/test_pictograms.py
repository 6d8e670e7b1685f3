"""The pictograms: one family, complete, sharp and told apart at 12 mm, in black on white."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from outreach_app.paths import shipped_folder
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import mm
from outreach_app.typesetting.pictures import Picture, load_picture, pictures

NAMES = (
    "phone", "emergency", "doctor", "hospital", "medicine", "lawyer", "interpreter", "house", "bed_safe",
    "papers", "passport", "money", "hours", "work", "rest", "police", "court", "talk", "no_blame", "child",
    "woman", "man", "home_country", "plane", "time", "permit", "trusted_person", "write", "do_not_write", "ask",
    "help", "free_to_leave", "locked_door", "debt", "threats", "screen", "food", "contract", "union", "place", "stop_hand",
)
FOLDER = shipped_folder("resources") / "pictograms"
SMALLEST = 12 * mm  # the smallest size they are printed in
DPI = 300
GRID, STROKE, MARGIN = 48, 3, 2  # units of a drawing
LEAST_FILLED = 0.6  # of the grid, by the box around the lines
INK = (0.12, 0.36)  # of the square: less is faint, more is a blot
MOST_ALIKE = 0.86  # of two pictures seen from afar; 1 is the same picture
DARK = 128


@cache
def printed(name: str) -> Image.Image:
    """Return the picture as a printer would put it on paper, 12 mm at 300 dpi, dark on white."""
    canvas = TaggedCanvas(title=name, language="en", page_size=(SMALLEST, SMALLEST))
    Picture(name, SMALLEST, (0.0, 0.0, 0.0), alternative=name).paint_at(canvas, 0, 0)
    canvas.showPage()
    document = pypdfium2.PdfDocument(canvas.finished())
    page = document[0]
    image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    page.close()
    document.close()
    return image.point(lambda shade: 255 if shade < DARK else 0)


def ink_box(name: str) -> tuple[float, ...]:
    """Return left, upper, right and lower edge of the lines, in units of the grid."""
    image = printed(name)
    box = image.getbbox()
    assert box is not None
    return tuple(value * GRID / image.width for value in box)


@cache
def from_afar(name: str) -> tuple[float, ...]:
    seen = printed(name).filter(ImageFilter.GaussianBlur(4)).resize((24, 24))
    values = seen.tobytes()
    length = sum(value * value for value in values) ** 0.5
    return tuple(value / length for value in values)


def test_every_named_picture_is_there_and_no_other():
    assert sorted(pictures()) == sorted(NAMES)
    assert sorted(path.stem for path in FOLDER.glob("*.svg")) == sorted(NAMES)
    assert sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".svg") == ["pictograms.json"]


def test_every_picture_says_what_it_shows():
    shown = [each.shows for each in pictures().values()]
    assert len(set(shown)) == len(shown)
    assert all(text == text.strip() and not text.endswith(".") for text in shown)
    assert not re.search("victim|traffick", " ".join(shown), re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_one_grid_one_stroke_and_only_small_dots_are_filled(name: str):
    drawing = load_picture(name).drawing
    assert (drawing.side, drawing.stroke_width) == (GRID, STROKE)
    filled = re.findall(r"<(\w+)([^>]*) fill=\"currentColor\"", (FOLDER / f"{name}.svg").read_text())
    assert all(tag == "circle" for tag, _ in filled)
    assert all(float(re.search(r' r="([\d.]+)"', rest)[1]) <= 3 for _, rest in filled)


@pytest.mark.parametrize("name", NAMES)
def test_lines_keep_off_the_edge_and_use_the_room(name: str):
    left, upper, right, lower = ink_box(name)
    assert min(left, upper, GRID - right, GRID - lower) >= MARGIN - 0.1
    assert (right - left) * (lower - upper) >= LEAST_FILLED * GRID * GRID


@pytest.mark.parametrize("name", NAMES)
def test_at_12_mm_it_is_neither_faint_nor_a_blot(name: str):
    image = printed(name)
    assert INK[0] <= image.histogram()[255] / (image.width * image.height) <= INK[1]


@pytest.mark.parametrize("name", NAMES)
def test_white_stays_open_in_a_coarse_copy(name: str):
    """A worn printer thickens lines by a tenth of a millimetre on each side: the white between them must stay."""
    image = printed(name)
    thick = image.filter(ImageFilter.MaxFilter(3))
    blots = thick.filter(ImageFilter.MinFilter(19))  # what is left is wider than two lines that cross
    assert blots.getbbox() is None, blots.getbbox()


def test_no_two_pictures_are_alike():
    alike = {
        (one, other): sum(a * b for a, b in zip(from_afar(one), from_afar(other), strict=True))
        for one, other in itertools.combinations(NAMES, 2)
    }
    assert [pair for pair, share in alike.items() if share > MOST_ALIKE] == []


def pictures_named(tree: Any) -> Iterator[str]:
    for value in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(value, dict | list):
            yield from pictures_named(value)
    if isinstance(tree, dict) and "picture" in tree:
        yield tree["picture"]


def test_sheets_name_only_pictures_that_exist():
    named = set()
    for path in (shipped_folder("resources") / "leaflets").rglob("*.json"):
        named.update(pictures_named(json.loads(path.read_text("utf-8"))))
    assert {"phone", "emergency"} <= named
    assert named <= set(NAMES)
