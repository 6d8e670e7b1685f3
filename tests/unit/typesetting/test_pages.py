"""Pages: fitted, flowed, tagged, the same bytes twice, and text never taken for markup."""

from __future__ import annotations

import io

import pikepdf
import pytest

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError, UnbalancedMarksError
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.imposition import WALLET_SHEET, set_cards
from outreach_app.typesetting.layout import Beside, Panel, PanelLook, Rule, Stack, paint_stack
from outreach_app.typesetting.lists import BulletList
from outreach_app.typesetting.pages import A4, Frame, largest_story, mm, set_pages, sizes_between
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.qr import Modules, QrCode
from tests.support.pdf_reading import (
    accessibility_faults,
    bare,
    codes,
    font_faults,
    structure,
    text_by_pdfium,
    text_by_pypdf,
)

FACE = load_face("NotoSans-Regular")
STYLE = TextStyle(faces=(FACE,), size=12.0, language="en")
FRAME = Frame(60, 60, 300, 200)


def text(words: str, size: float = 12.0, **changes) -> ShapedText:
    return ShapedText(words, TextStyle(faces=(FACE,), size=size, language="en", **changes))


def canvas() -> TaggedCanvas:
    return TaggedCanvas(title="Title & more", language="en", page_size=A4)


def one_page(*parts) -> bytes:
    page = canvas()
    set_pages(page, parts, Frame(60, 60, 475, 700), lambda _page: None)
    return page.finished()


def test_text_is_never_markup():
    words = "<b>not bold</b> <img src='/etc/passwd'/> & </para> {brace} %s <a href='javascript:x'>"
    pdf = one_page(text(words))
    assert bare(text_by_pdfium(pdf)) == bare(text_by_pypdf(pdf)) == bare(words)


def test_same_parts_give_the_same_bytes():
    assert one_page(text("Hello ffi")) == one_page(text("Hello ffi"))


def test_tags_follow_reading_order():
    items = BulletList([text("one"), text("two")], STYLE)
    panel = Panel([Rule((0, 0, 0)), text("inside")], PanelLook((1, 1, 1), (0, 0, 0)), rtl=False)
    pdf = one_page(text("Head", tag="H1"), Stack([items]), panel)
    assert structure(pdf) == ["Document", "H1", "L", *["LI", "Lbl", "LBody"] * 2, "P"]
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []


def test_title_and_language_are_said_in_the_file():
    with pikepdf.open(io.BytesIO(one_page(text("x")))) as document:
        assert str(document.docinfo["/Title"]) == "Title & more"
        assert str(document.Root.Lang) == "en"
        assert b"Title &amp; more" in document.Root.Metadata.read_bytes()
        assert document.docinfo.get("/Author", "") in ("", "anonymous")


def test_code_can_be_scanned_and_has_words():
    pdf = one_page(QrCode(Modules.of("tel:+4570202550"), 80, "Code that calls"))
    assert codes(pdf) == ["tel:+4570202550"]
    assert structure(pdf) == ["Document", "Figure"]


def test_story_takes_the_largest_size_that_fits():
    def make(size: float) -> list[ShapedText]:
        return [text("word " * 60, size)]

    sizes = sizes_between(14, 6)
    assert sizes[0] == 14
    assert sizes[-1] == 6
    found = largest_story(make, sizes, 300, 100)
    assert found is not None
    used = found[0].style.size
    assert found[0].wrap(300, 0)[1] <= 100 < make(used + 0.25)[0].wrap(300, 0)[1]
    assert largest_story(make, sizes, 300, 10) is None
    assert largest_story(make, sizes, 5, 1000) is None


def test_what_does_not_fit_goes_on_the_next_page_whole():
    page = canvas()
    parts = [text(f"Paragraph {number} " + "word " * 40) for number in range(6)]
    pages = set_pages(page, parts, FRAME, lambda each: paint_stack(each, [text("foot")], 60, 40, 300))
    pdf = page.finished()
    assert pages > 1
    assert bare(text_by_pdfium(pdf)).count("foot") == pages
    assert all(bare(part.measured.text) in bare(text_by_pdfium(pdf)) for part in parts)


def test_part_higher_than_the_page_is_an_error_not_clipped():
    with pytest.raises(TextDoesNotFitError):
        set_pages(canvas(), [text("word " * 2000)], FRAME, lambda _page: None)


def test_picture_stands_at_the_end_of_the_line():
    for rtl in (False, True):
        side = Beside([text("words")], [text("pic")], picture_width=50, gap=10, rtl=rtl)
        page = canvas()
        paint_stack(page, [side], 0, 700, 300)
        page.showPage()
        assert bare(text_by_pdfium(page.finished())) in ("wordspic", "picwords")
        assert side.wrap(300, 0)[0] == 300


def test_cards_are_85_by_55_mm_and_cut_marks_stay_outside():
    cards = WALLET_SHEET.cards()
    assert len(cards) == 10
    assert all((round(card.width / mm, 3), round(card.height / mm, 3)) == (85, 55) for card in cards)
    left, right = min(card.x for card in cards), max(card.x + card.width for card in cards)
    bottom, top = min(card.y for card in cards), max(card.top for card in cards)
    assert 0 < left < right < A4[0]
    for x1, y1, x2, y2 in WALLET_SHEET.crop_marks():
        assert 0 <= min(x1, x2) <= max(x1, x2) <= A4[0]
        assert max(x1, x2) < left or min(x1, x2) > right or max(y1, y2) < bottom or min(y1, y2) > top


def test_copies_of_a_card_are_printed_but_read_aloud_once():
    page = canvas()
    set_cards(page, WALLET_SHEET, lambda each, card: paint_stack(each, [text("card")], card.x, card.top, 100))
    pdf = page.finished()
    assert structure(pdf) == ["Document", "P"]
    assert bare(text_by_pdfium(pdf)) == "card" * 10
    assert accessibility_faults(pdf) == []


def test_marks_on_a_page_that_was_never_shown_are_our_bug():
    page = canvas()
    paint_stack(page, [text("x")], 0, 700, 300)
    with pytest.raises(UnbalancedMarksError):
        page.structure.write(None, [], "en")


def test_alignment_and_direction_move_a_line():
    for changes, least in (({}, 0.0), ({"align": "centre"}, 100.0), ({"rtl": True}, 200.0)):
        part = text("abc", **changes)
        part.wrap(300, 0)
        assert part._start_of(part.lines[0]) >= least
