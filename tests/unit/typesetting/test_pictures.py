"""Pictures: vector lines in one colour, said in words or passed over, and nothing drawn that is not a plain line."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.typesetting import pictures as pictures_module
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import DrawingRefusedError, PictureUnknownError
from outreach_app.typesetting.layout import Beside, Stack, paint_stack
from outreach_app.typesetting.pictures import Picture, load_picture, pictures
from outreach_app.typesetting.svg import LARGEST_FILE, MOST_SHAPES, read_drawing
from tests.support.pdf_reading import accessibility_faults, alternatives, structure

ATTRIBUTES = (
    'xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48" fill="none" stroke="currentColor" '
    'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
)
BLACK = (0.0, 0.0, 0.0)
SIDE = 100.0


def svg(body: str, attributes: str = ATTRIBUTES) -> bytes:
    return f"<svg {attributes}>{body}</svg>".encode()


def page_with(*parts, width: float = SIDE) -> bytes:
    canvas = TaggedCanvas(title="Pictures", language="en", page_size=(width, SIDE))
    paint_stack(canvas, parts, 0, SIDE, width)
    canvas.showPage()
    return canvas.finished()


def ink(pdf: bytes) -> tuple[float, float, float, float]:
    """Return the box of everything that is not white: left, upper, right, lower, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    image = page.render(scale=2, grayscale=True).to_pil()
    page.close()
    document.close()
    box = image.point(lambda shade: 255 if shade < 200 else 0).getbbox()
    assert box is not None
    return tuple(value / 2 for value in box)


def content(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.pages[0].Contents.read_bytes().decode("latin-1")


def test_a_picture_is_said_in_words_and_has_its_place():
    pdf = page_with(Picture("house", 40, BLACK, alternative="A house"))
    assert structure(pdf) == ["Document", "Figure"]
    assert alternatives(pdf) == ["A house"]
    assert accessibility_faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figure = document.Root.StructTreeRoot.K.K[0]
        assert [float(value) for value in figure.A.BBox] == [0, 60, 40, 100]


def test_a_picture_beside_its_caption_is_decoration():
    pdf = page_with(Picture("house", 40, BLACK))
    assert structure(pdf) == ["Document"]
    assert "/Artifact BMC" in content(pdf)
    assert accessibility_faults(pdf) == []


def test_a_picture_may_stand_inside_another_element():
    canvas = TaggedCanvas(title="Pictures", language="en", page_size=(SIDE, SIDE))
    picture = Picture("house", 40, BLACK, alternative="A house")
    picture.parent = canvas.element("Div")
    picture.paint_at(canvas, 0, 0)
    canvas.showPage()
    assert [each.tag for each in canvas.structure.root.kids[0].kids] == ["Figure"]


def test_lines_take_the_colour_given_and_are_vectors():
    pdf = page_with(Picture("money", 40, (0.118, 0.361, 0.525)))
    assert "0.118 0.361 0.525 RG" in content(pdf)
    assert "0.118 0.361 0.525 rg" in content(pdf)  # its dots
    assert "rg" not in content(page_with(Picture("house", 40, BLACK))).split()  # nothing is filled where no dot is
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/XObject" not in document.pages[0].get("/Resources", {})


def test_a_picture_stands_where_the_line_begins_or_in_the_middle():
    wide = 300.0

    def middle(**how: object) -> float:
        left, _, right, _ = ink(page_with(Picture("house", 40, BLACK, **how), width=wide))
        return (left + right) / 2

    assert middle() == pytest.approx(20, abs=1)
    assert middle(rtl=True) == pytest.approx(wide - 20, abs=1)
    assert middle(align="centre") == pytest.approx(wide / 2, abs=1)


def test_only_pictures_that_point_are_mirrored():
    def operators(name: str, *, rtl: bool) -> str:
        return content(page_with(Picture(name, SIDE, BLACK, rtl=rtl)))

    assert load_picture("plane").mirrored
    assert not load_picture("hours").mirrored  # a clock turns the same way everywhere
    assert operators("plane", rtl=False) != operators("plane", rtl=True)
    assert operators("hours", rtl=False) == operators("hours", rtl=True)
    _left, _, right, _ = ink(page_with(Picture("plane", SIDE, BLACK)))
    assert ink(page_with(Picture("plane", SIDE, BLACK, rtl=True)))[0] == pytest.approx(SIDE - right, abs=1)


def test_pictures_stack_and_stand_beside():
    side = Beside([Stack([Picture("house", 30, BLACK)])], [Picture("phone", 20, BLACK)], picture_width=20, gap=5, rtl=False)
    assert side.wrap(SIDE, 0) == (SIDE, 30)
    assert content(page_with(side)).count("/Artifact BMC") == 2


def test_same_pictures_give_the_same_bytes():
    assert page_with(Picture("house", 40, BLACK)) == page_with(Picture("house", 40, BLACK))


def test_unknown_picture_is_named():
    with pytest.raises(PictureUnknownError) as caught:
        Picture("unicorn", 40, BLACK)
    assert caught.value.values["name"] == "unicorn"
    assert "house" in pictures()


def test_plain_shapes_become_paths():
    drawing = read_drawing(
        svg(
            '<g><path d="M4 4h10v10zm20 0c1 1 2 2 3 3s1 1 2 2a4 4 0 0 1 8 0"/><line x1="1" y1="2" x2="3" y2="4"/>'
            '<circle cx="24" cy="24" r="2" fill="currentColor" stroke="none"/></g>'
            '<rect x="5" y="5" width="9" height="9" rx="2"/><rect x="5" y="5" width="9" height="9"/>'
            '<polyline points="1,2 3,4 5,6"/>'
        ),
        "x",
    )
    assert drawing.side == 48
    assert drawing.stroke_width == 3
    assert "4 4 m" in drawing.strokes
    assert re.search(r"^1 2 m\n3 4 l$", drawing.strokes, re.MULTILINE)
    assert drawing.dots.startswith("22 24 m")
    assert drawing.strokes.count("h") == 3


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "text": "<text>x</text>",
    "words between": '<path d="M1 1h1"/>word',
    "words before": 'word<path d="M1 1h1"/>',
    "image": '<image href="file:///etc/passwd"/>',
    "use": '<use href="#a"/>',
    "foreign object": "<foreignObject/>",
    "style": "<style>*{fill:red}</style>",
    "event": '<path d="M1 1h1" onload="alert(1)"/>',
    "reference": '<path d="M1 1h1" fill="url(http://example.org/x)"/>',
    "half a dot": '<path d="M1 1h1" fill="currentColor"/>',
    "own stroke": '<path d="M1 1h1" stroke-width="9"/>',
    "transform": '<path d="M1 1h1" transform="scale(1000)"/>',
    "group with style": '<g style="x"><path d="M1 1h1"/></g>',
    "deep groups": '<g><g><g><path d="M1 1h1"/></g></g></g>',
    "other namespace": '<path xmlns="http://example.org/" d="M1 1h1"/>',
    "shape in a shape": '<path d="M1 1h1"><path d="M1 1h1"/></path>',
    "off the grid": '<path d="M1 1h48"/>',
    "far off": '<circle cx="1" cy="1" r="1e9"/>',
    "not a number": '<circle cx="nan" cy="1" r="1"/>',
    "infinite": '<path d="M1e999 1h1"/>',
    "a letter": '<path d="M1 1x1"/>',
    "no beginning": '<path d="1 1"/>',
    "lone line": '<path d="h1"/>',
    "too few numbers": '<path d="M1 1c1"/>',
    "arc without numbers": '<path d="M1 1a1 1"/>',
    "missing": '<circle cx="1" cy="1"/>',
    "comment": "<!-- x -->",
    "entity": '<path d="&a;"/>',
    "nothing": "",
    "only a dot": '<circle cx="9" cy="9" r="2" fill="currentColor" stroke="none"/>',
    "empty path": '<path d=""/>',
    "many shapes": '<path d="M1 1h1"/>' * (MOST_SHAPES + 1),
    "large": f'<path d="M1 1{"h1" * LARGEST_FILE}"/>',
    "broken": "<path",
    "not ascii": '<path d="M1 1h1" id="æ"/>',
    "slow": f'<path d="{"1" * 3000}x"/>',
}


def test_pictures_of_many_sizes_are_not_all_remembered():
    for tenths in range(200):
        Picture("phone", 34 + tenths / 10, BLACK)
    assert pictures_module._operators.cache_info().currsize <= 64


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_anything_but_plain_lines_is_refused(body: str):
    with pytest.raises(DrawingRefusedError) as caught:
        read_drawing(svg(body), "x")
    assert caught.value.values["name"] == "x"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('fill="none"', 'fill="red"'), ('width="48"', 'width="0"'), ('height="48"', 'height="40"'),
        ('viewBox="0 0 48 48"', 'viewBox="0 0 9 9"'), ('stroke-width="3"', 'stroke-width="x"'),
        ('stroke-linecap="round" ', ""), ('fill="none"', 'fill="none" onload="x"'), ("2000/svg", "1999/xhtml"),
    ],
)  # fmt: skip
def test_another_form_of_drawing_is_refused(before: str, after: str):
    with pytest.raises(DrawingRefusedError):
        read_drawing(svg('<path d="M1 1h1"/>', ATTRIBUTES.replace(before, after, 1)), "x")


@pytest.mark.parametrize(
    "prefix",
    [b'<?xml version="1.0" encoding="utf-16"?>', b'<!DOCTYPE svg [<!ENTITY a "b">]>', b"\xff\xfe", b"\xef\xbb\xbf"],
)
def test_declarations_and_other_encodings_are_refused(prefix: bytes):
    with pytest.raises(DrawingRefusedError):
        read_drawing(prefix + svg('<path d="M1 1h1"/>'), "x")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="MmLlHhVvCcSsAaZz0123456789.- ,", max_size=40))
def test_strange_paths_are_drawn_on_the_grid_or_refused(data: str):
    try:
        drawing = read_drawing(svg(f'<path d="{data}"/>'), "x")
    except DrawingRefusedError:
        return
    assert all(0 <= float(value) <= 48 for value in re.findall(r"-?[\d.]+", drawing.strokes))
