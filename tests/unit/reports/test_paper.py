"""Papers: any script, any length, tagged, and nothing lost on the way."""

from __future__ import annotations

import io

import pikepdf
import pytest

from outreach_app.reports.paper import Blank, Heading, Paragraph, Rows, make_paper
from tests.support.pdf_reading import accessibility_faults, bare, font_faults, structure, text_by_pdfium

FOOTER = "Small words at the end of every page"


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def test_a_paper_says_all_it_was_given_in_order():
    table = Rows((("one", "two"), ("three\nfour", "")), head=("First", "Second"), shares=(1, 2))
    parts = [Heading("Part one"), Paragraph("Hello\nworld"), table, Heading("Part two"), Blank(2)]
    pdf = make_paper("A title", parts, footer=FOOTER)
    wanted = "A title Part one Hello world First Second one two three four Part two " + FOOTER + "Page 1 of 1"
    assert bare(text_by_pdfium(pdf)) == bare(wanted)
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    assert structure(pdf)[:9] == ["Document", "H1", "H2", "P", "P", "Table", "TR", "TH", "P"]
    assert pdf == make_paper("A title", parts, footer=FOOTER)


@pytest.mark.parametrize(
    "words",
    ["Grüße, blåbærgrød", "Bună ziua, țară", "Нічна зміна", "ฉันต้องการความช่วยเหลือ", "我需要帮助", "Αθηνα", "أحتاج إلى مساعدة"],
)
def test_any_script_is_drawn(words):
    pdf = make_paper("Title", [Paragraph(words, tone="strong"), Rows(((words, "x"),))], footer="")
    assert pages_of(pdf) == 1
    assert "□" not in text_by_pdfium(pdf)
    if words[0] not in "ฉأ":  # readers return these scripts with marks in their own order
        assert bare(text_by_pdfium(pdf)).count(bare(words)) == 2


def test_a_letter_without_a_font_stands_as_a_box_and_the_paper_says_so():
    pdf = make_paper("Title", [Paragraph("ሀ and 😀 stay boxes")], footer="")
    assert "□ and □ stay boxes" in text_by_pdfium(pdf)
    assert "no font for" in text_by_pdfium(pdf)


def test_a_box_that_was_written_is_no_missing_letter():
    assert "no font for" not in text_by_pdfium(make_paper("Title", [Paragraph("□ to tick")], footer=""))


def test_long_words_long_cells_and_many_rows_go_on_over_pages():
    endless = "x" * 7_000
    cell = "beta " * 2_000
    rows = tuple((str(number), "short") for number in range(60))
    parts = [Heading("Long"), Paragraph(endless), Rows(((cell, "beside"),)), Rows(rows)]
    pdf = make_paper("Title", parts, footer=FOOTER)
    told = bare(text_by_pdfium(pdf))
    count = pages_of(pdf)
    assert count > 4
    assert f"Page{count}of{count}" in told
    assert told.count("beta") == 2_000
    assert told.count("x") >= 7_000
    assert told.count(bare(FOOTER)) == count
    assert accessibility_faults(pdf) == []


@pytest.mark.parametrize(
    "words", ["a" + "\u0301" * 5_000, "\u202eturned round", "\u2069\u2066 <b>no markup</b> {x} %s", "\ufffd\ud800"[:1]]
)
def test_hostile_words_are_set_like_others(words):
    pdf = make_paper(words, [Heading(words), Paragraph(words), Rows(((words, words),))], footer=words)
    assert pages_of(pdf) == 1
    assert accessibility_faults(pdf) == []


def test_nothing_to_say_is_still_a_page():
    pdf = make_paper("Title", [Paragraph(""), Rows(())], footer="")
    assert bare(text_by_pdfium(pdf)) == "TitlePage1of1"
    assert bare(text_by_pdfium(make_paper("Title", [Heading("Alone")], footer=""))) == "TitleAlonePage1of1"


def test_a_heading_stays_with_what_follows():
    parts = [Paragraph("\n".join(f"line {number}" for number in range(38))), Heading("Below"), Paragraph("a\nb\nc\nd\ne")]
    for extra in range(12):
        pdf = make_paper("Title", [Paragraph("\n".join("x" * extra)), *parts], footer="")
        with pikepdf.open(io.BytesIO(pdf)):
            pages = text_by_pdfium(pdf).split("Page ")
        assert all(not page.strip().endswith("Below") for page in pages)
