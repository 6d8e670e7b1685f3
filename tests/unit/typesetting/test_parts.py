"""Several leaflets in one document, in several languages: each a part with its own title, language and page size."""

from __future__ import annotations

import io

import pikepdf
import pytest

from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.layout import Stack, UprightRule, paint_stack
from outreach_app.typesetting.lists import BulletList, NumberedList
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.spans import Span, joined, one_paragraph
from outreach_app.typesetting.tables import Table, TableLook
from tests.support.pdf_reading import _elements, accessibility_faults, bare, structure, text_by_pdfium

REGULAR, BOLD, ARABIC = (load_face(name) for name in ("NotoSans-Regular", "NotoSans-Bold", "Vazirmatn-Regular"))
A5 = (A4[1] / 2, A4[0])
ENGLISH = TextStyle(faces=(REGULAR,), bold_faces=(BOLD,), size=12.0, language="en")
RTL = TextStyle(faces=(ARABIC,), size=12.0, language="ar", rtl=True)


def english(words: str | list[Span], **changes) -> ShapedText:
    return ShapedText(words, TextStyle(faces=(REGULAR,), bold_faces=(BOLD,), size=12.0, language="en", **changes))


def document() -> TaggedCanvas:
    return TaggedCanvas(title="Job", language="en", page_size=A4)


def on_one_page(*parts) -> bytes:
    canvas = document()
    paint_stack(canvas, parts, 60, 780, 400)
    canvas.showPage()
    return canvas.finished()


def languages(pdf: bytes) -> list[tuple[str, str]]:
    """Return tag and language of each element that names one."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        elements = _elements(opened.Root.StructTreeRoot.K)
        return [(str(each.S)[1:], str(each.Lang)) for each in elements if "/Lang" in each]


class TestLeafletsInOneDocument:
    @pytest.fixture
    def pdf(self) -> bytes:
        canvas = document()
        with canvas.leaflet(title="First", language="en"):
            paint_stack(canvas, [english("Help", tag="H1"), english("words")], 60, 700, 300)
            canvas.showPage()
        canvas.begin_page(A5)
        with canvas.leaflet(title="مساعدة", language="ar"):
            paint_stack(canvas, [ShapedText("مساعدة", RTL), english("Help")], 60, 400, 300)
            canvas.showPage()
            with canvas.copies():
                paint_stack(canvas, [ShapedText("مساعدة", RTL)], 60, 400, 300)
            canvas.showPage()
        return canvas.finished(title="Two leaflets")

    def test_each_is_a_part_with_title_and_language(self, pdf):
        assert structure(pdf) == ["Document", "Sect", "H1", "P", "Sect", "P", "P"]
        assert languages(pdf) == [("Document", "en"), ("Sect", "ar"), ("P", "en")]
        assert accessibility_faults(pdf) == []
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            titles = [str(each.T) for each in _elements(opened.Root.StructTreeRoot.K) if "/T" in each]
        assert titles == ["First", "مساعدة"]

    def test_each_page_has_its_own_size(self, pdf):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            sizes = [tuple(float(side) for side in page.mediabox)[2:] for page in opened.pages]
        assert sizes == [pytest.approx(size, abs=0.01) for size in (A4, A5, A5)]

    def test_title_given_at_the_end_and_all_languages_stand_in_the_file(self, pdf):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert str(opened.docinfo["/Title"]) == "Two leaflets"
            metadata = opened.Root.Metadata.read_bytes()
        assert b"Two leaflets" in metadata
        assert b"<rdf:li>en</rdf:li><rdf:li>ar</rdf:li>" in metadata


class TestBoldWords:
    def test_bold_words_are_drawn_in_the_bold_face_on_the_same_line(self):
        measured = english([Span("Call "), Span("112", bold=True), Span(" now")]).measured
        (line,) = measured.lines(100)
        assert [run.face for run in line.runs if run.text != " "] == [REGULAR, BOLD, REGULAR]
        assert "".join(run.text for run in line.runs) == "Call 112 now"
        assert bare(text_by_pdfium(on_one_page(english([Span("Call "), Span("112", bold=True)])))) == "Call112"

    def test_lines_break_as_if_all_were_one_text(self):
        whole, spans = english("one two three four " * 9), english([Span("one two "), Span("three four ")] * 9)
        assert spans.measured.text == whole.measured.text
        assert [line.text for line in spans.measured.lines(9)] == [line.text for line in whole.measured.lines(9)]

    def test_without_bold_faces_bold_words_stay_plain(self):
        plain = ShapedText([Span("x", bold=True)], TextStyle(faces=(REGULAR,), size=9, language="en"))
        assert plain.measured.lines(9)[0].runs[0].face is REGULAR

    @pytest.mark.parametrize(
        "spans",
        [
            [Span(" a  "), Span("  b", bold=True), Span(" \n"), Span(" c ")], [Span(""), Span(" ")],
            [Span("e\u0301"), Span("\u00a0x\t")],
        ],
    )  # fmt: skip
    def test_spans_are_joined_like_one_text(self, spans):
        text, bold = joined(spans)
        assert text == joined("".join(span.text for span in spans)).text == one_paragraph(text)
        assert len(bold) == len(text)
        assert [letter for letter, strong in zip(text, bold, strict=True) if strong] in ([], ["b"])


class TestLists:
    def test_numbers_are_labels_and_long_ones_make_room(self):
        items = [english(f"item {number}") for number in range(12)]
        numbered = NumberedList(items, ENGLISH)
        assert numbered.indent > NumberedList(items[:1], ENGLISH).indent
        pdf = on_one_page(numbered)
        assert structure(pdf) == ["Document", "L", *["LI", "Lbl", "LBody"] * 12]
        assert bare(text_by_pdfium(pdf)).startswith("1.item02.item1")
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            kinds = [str(each.A.ListNumbering) for each in _elements(opened.Root.StructTreeRoot.K) if each.S == "/L"]
        assert kinds == ["/Decimal"]

    def test_items_may_stand_on_two_pages_and_stay_one_list(self):
        canvas, bullets = document(), BulletList([english("one"), english("two")], ENGLISH)
        for row in bullets.rows():
            paint_stack(canvas, [row], 60, 700, 300)
            canvas.showPage()
        assert structure(canvas.finished()) == ["Document", "L", *["LI", "Lbl", "LBody"] * 2]

    def test_parts_can_be_drawn_at_the_origin(self):
        canvas, bullets, rule = document(), BulletList([english("one")], ENGLISH), UprightRule((0, 0, 0), 30)
        assert rule.wrap(100, 100) == (0.75, 30)
        for part in (english("two"), bullets, bullets.rows()[0], rule):
            part.wrap(200, 0)
            part.paint(canvas)
        canvas.showPage()
        item = ["LI", "Lbl", "LBody"]
        assert structure(canvas.finished()) == ["Document", "P", "L", *item, *item]

    def test_a_list_drawn_twice_is_two_lists(self):
        bullets = BulletList([english("one")], ENGLISH)
        assert structure(on_one_page(bullets, Stack([bullets]))).count("L") == 2

    def test_a_bullet_as_wide_as_a_character_keeps_its_distance(self):
        chinese = TextStyle((load_face("NotoSansSC-Regular"),), 12, "zh-Hans")
        assert BulletList([], ENGLISH).indent < 14
        assert BulletList([ShapedText("你", chinese)], chinese).indent > 16

    def test_no_items_are_no_height(self):
        assert BulletList([], ENGLISH).wrap(100, 0) == (100, 0)

    def test_right_to_left_labels_stand_at_the_right(self):
        bullets = BulletList([ShapedText("مساعدة", RTL)], RTL)
        drawn = text_by_pdfium(on_one_page(bullets))
        assert bare(drawn) == "مساعدة"
        assert "•" in drawn


class TestTables:
    def rows(self, look: TableLook) -> list:
        table = Table((1, 2), 300, 5, look)
        head = table.rows_of([[english("a")], [english("b")]], tag="TH")
        words = [[english("c"), BulletList([english("d")], ENGLISH)], [Stack([english("e")])]]
        return [*head, *table.rows_of(words, tag="TD")]

    def test_cells_hold_lists_and_stacks(self):
        pdf = on_one_page(*self.rows(TableLook(line=(0, 0, 0), divider=(0, 0, 0))))
        cells = ["TD", "P", "L", "LI", "Lbl", "LBody", "TD", "P"]
        assert structure(pdf) == ["Document", "Table", "TR", "TH", "P", "TH", "P", "TR", *cells]
        assert accessibility_faults(pdf) == []
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            scopes = [str(each.A.Scope) for each in _elements(opened.Root.StructTreeRoot.K) if each.S == "/TH"]
        assert scopes == ["/Column", "/Column"]

    def test_first_column_stands_at_the_right_where_one_reads_from_there(self):
        left, right = (Table((1, 2), 300, 5, TableLook(line=None, rtl=rtl)) for rtl in (False, True))
        assert left.starts(300) == [0, pytest.approx(left.widths[0] + 8)]
        assert right.starts(300) == pytest.approx([300 - right.widths[0], 0], abs=1e-6)
        pdf = on_one_page(*self.rows(TableLook(line=None, rtl=True)))
        assert structure(pdf)[1:4] == ["Table", "TR", "TH"]
        assert accessibility_faults(pdf) == []
