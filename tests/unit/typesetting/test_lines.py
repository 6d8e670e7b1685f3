"""Paragraphs cut into lines: nothing lost, nothing too wide, words kept whole in every script."""

from __future__ import annotations

from itertools import accumulate, cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.line_breaking import _PLAIN, breaks_after_words, letter_ends, line_ends
from outreach_app.typesetting.lines import MeasuredParagraph
from outreach_app.typesetting.shaping import cut_into_words
from outreach_app.typesetting.spans import one_paragraph

FACES = tuple(load_face(f"{family}-Regular") for family in ("NotoSans", "NotoSansThai", "Vazirmatn", "NotoSansSC"))
SAMPLE = "Ask the person เก็บกระดาษนี้ไว้ اسأل من أعطاك +45 70 中文字 fi ffi é 😀 "
PLAIN_THAI = "คุณขอความช่วยเหลือและคำแนะนำในเดนมาร์กได้"


def paragraph(text: str, language: str = "en", *, rtl: bool = False) -> MeasuredParagraph:
    return MeasuredParagraph(text, FACES, language=language, rtl=rtl)


def without_spaces(text: str) -> str:
    return text.replace(" ", "")


@settings(max_examples=40)
@given(st.text(SAMPLE, min_size=1, max_size=60), st.floats(2.0, 30.0), st.booleans())
def test_lines_hold_every_letter_and_never_exceed_the_width(text, width, rtl):
    measured = paragraph(text, rtl=rtl)
    lines = measured.lines(width, break_words=True)
    assert without_spaces("".join(line.text for line in lines)) == without_spaces(measured.text)
    assert all(line.width <= width + 1e-6 for line in lines)


def test_word_wider_than_the_line_is_an_error_unless_it_may_be_cut():
    with pytest.raises(TextDoesNotFitError):
        paragraph("Donaudampfschifffahrt").lines(4.0)
    assert len(paragraph("Donaudampfschifffahrt").lines(4.0, break_words=True)) > 1


def test_narrower_than_one_letter_is_an_error():
    with pytest.raises(TextDoesNotFitError):
        paragraph("W").lines(0.1, break_words=True)


def test_thai_breaks_between_words_of_the_dictionary():
    lines = paragraph(PLAIN_THAI, "th").lines(9.0)
    assert [line.text for line in lines] == ["คุณขอความช่วยเหลือ", "และคำแนะนำใน", "เดนมาร์กได้"]


def test_no_break_space_keeps_a_number_on_one_line():
    number = "+45\u00a070\u00a020\u00a025\u00a050"
    lines = paragraph(f"Ring til {number} nu").lines(9.0)
    assert any(number in line.text for line in lines)


def test_arabic_line_is_drawn_from_the_right():
    line = paragraph("محادثة مع CMM", "ar", rtl=True).lines(50.0)[0]
    assert [run.text.strip() for run in line.runs] == ["CMM", "مع", "محادثة"]


def test_composed_and_decomposed_letters_are_the_same():
    assert paragraph("e\u0301").text == paragraph("é").text == "é"


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_has_no_lines(text):
    assert paragraph(text).lines(10.0) == ()


def test_line_ends_are_counted_in_letters_beyond_the_basic_plane():
    text = "a 😀b c"
    assert line_ends(text, "en")[-1] == letter_ends(text, "en")[-1] == len(text)
    assert [text[a:b] for a, b in zip((0, *line_ends(text, "en")), line_ends(text, "en"), strict=False)] == [
        "a ", "😀", "b ", "c",
    ]


def after_words(text: str) -> tuple[int, ...]:
    return tuple(accumulate(map(len, cut_into_words(text))))


def test_every_letter_of_plain_text_breaks_after_words_as_icu_says():
    letters = [chr(point) for point in range(0x30, 0x1F00) if breaks_after_words(chr(point))]
    assert len(letters) > 900
    signs = ",.:;!?،؛؟"
    every = "a ".join(f"{letter}{sign} {letter}1{letter}ً" for letter in letters for sign in signs)
    for text in (" ".join(letters), "".join(letters), every):
        assert breaks_after_words(text)
        assert line_ends(text, "da") == after_words(text)


def test_every_chinese_character_breaks_after_words_as_icu_says():
    text = "".join(f"{chr(point)}{sign}" for point, sign in zip(range(0x4E00, 0xA000), cycle("，。、；：？！—"), strict=False))
    text = text.replace("—", "")
    assert breaks_after_words(text)
    assert line_ends(text, "zh-Hans") == after_words(text)


@settings(max_examples=60)
@given(st.from_regex(_PLAIN, fullmatch=True), st.sampled_from(["da", "ar", "zh-Hans"]))
def test_plain_text_breaks_after_words_as_icu_says(text, language):
    assert line_ends(text, language) == after_words(text)


@pytest.mark.parametrize("text", ["a  b", "a-b", "e-mail", "a (b)", "12:30", "中文 a", "“中”", "a b", "", "ที่"])
def test_other_text_asks_icu(text):
    assert not breaks_after_words(text)


def test_line_breaks_of_the_source_become_spaces_but_no_break_spaces_stay():
    assert one_paragraph(" a\r\n\tb\u2028c\u00a0d ") == "a b c\u00a0d"
