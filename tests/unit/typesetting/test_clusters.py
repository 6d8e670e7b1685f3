"""Which letters stand behind which glyphs, where one glyph is not one letter."""

from __future__ import annotations

import pytest

from outreach_app.typesetting.clusters import Cluster, clusters_of, letters_ltr, letters_rtl, simple_letters
from outreach_app.typesetting.embedding import EmbeddedFont
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.shaping import ShapedRun
from tests.support.pdf_reading import bare, text_by_pdfium
from tests.unit.typesetting.test_pages import canvas, paint_stack, text


def run(family: str, words: str, *, rtl: bool = False) -> ShapedRun:
    face = load_face(f"{family}-Regular")
    return ShapedRun(face, words, rtl, face.shape(words, rtl=rtl, language="en"))


def simple(shaped: ShapedRun) -> list[str] | None:
    return simple_letters(shaped.text, shaped.glyphs, rtl=shaped.rtl)


def clusters(shaped: ShapedRun) -> list[Cluster]:
    return clusters_of(shaped.text, shaped.glyphs)


def test_plain_letters_go_the_short_way():
    assert simple(run("NotoSans", "abc")) == ["a", "b", "c"]
    assert simple(run("Vazirmatn", "باب", rtl=True)) == ["ب", "ا", "ب"]


@pytest.mark.parametrize("words", ["a\u2066b", "q\u0323\u0302"])
def test_invisible_signs_and_marks_do_not(words):
    assert simple(run("NotoSans", words)) is None


def test_invisible_signs_stand_behind_no_glyph():
    assert [each.text for each in clusters(run("NotoSans", "\u2066ab\u2069"))] == ["a", "b"]


@pytest.mark.parametrize("words", ["ที่", "น้ำ", "ผู้", "คำ", "กี่"])
def test_thai_letters_are_all_told(words):
    told = []
    for cluster in clusters(run("NotoSansThai", words)):
        letters = letters_ltr(load_face("NotoSansThai-Regular"), cluster)
        assert len(letters) == len(cluster.glyphs)
        told.append("".join(letters).replace("\u200b", ""))
    assert "".join(told) == words


@pytest.mark.parametrize("words", ["أولًا", "محامٍ", "لا", "بَّ", "اللّٰه", "آمنًا"])
def test_arabic_letters_and_marks_are_all_told(words):
    shaped = run("Vazirmatn", words, rtl=True)
    told = [letters for cluster in clusters(shaped) for letters in letters_rtl(shaped.face, cluster) if letters]
    assert sorted("".join(told)) == sorted(words)


def test_more_than_a_hundred_letters_are_written_in_blocks():
    page = canvas()
    words = "".join(map(chr, range(0xC0, 0x17F)))
    paint_stack(page, [text(words, break_words=True)], 60, 700, 400)
    page.showPage()
    assert bare(text_by_pdfium(page.finished())) == bare(words)


def test_same_glyph_and_letters_keep_their_code():
    font = canvas().font_of(load_face("NotoSans-Regular"))
    assert isinstance(font, EmbeddedFont)
    assert font.codes[5, "a"] == font.codes[5, "a"] != font.codes[5, "b"]


@pytest.mark.parametrize("words", ["أولًا", "محامٍ", "بَّ", "اللّٰه", "آمنًا", "مُتَّحِدَة", "لَا", "ں\u200d", "ڼ\u200d"])
def test_arabic_marks_are_drawn_and_read_back(words):
    page = canvas()
    style = TextStyle((load_face("Vazirmatn-Regular"),), 14, "ar", rtl=True)
    paint_stack(page, [ShapedText(words, style)], 60, 700, 400)
    page.showPage()
    assert sorted(bare(text_by_pdfium(page.finished()))) == sorted(bare(words))
