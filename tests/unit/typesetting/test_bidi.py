"""Which way letters run: against an independent implementation, and by the cases leaflets depend on."""

from __future__ import annotations

from unicodedata import bidirectional

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from outreach_app.typesetting.bidi import embedding_levels, line_levels, visual_order
from outreach_app.typesetting.bidi.types import TURNING

CONTROLS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"
LETTERS = "abc ()[]123+-.,:%&אבגדلي٠١\u064e" + CONTROLS


def drawn(text: str, base: int | None) -> str:
    levels = embedding_levels(text, base)
    order = visual_order(line_levels(levels, 0, len(text)))
    return "".join(text[position] for position in order if text[position] not in CONTROLS)


@given(st.text(LETTERS, min_size=1, max_size=18).map(str.strip).filter(bool), st.sampled_from([0, 1]))
@example("\u2068\u202ab+ב\u202c\u064e\u202a,", 0)
@example("(א)[a(ב)]", 1)
@example("א(a)\u064eב", 1)
@example("a(א]ב", 0)
@example("\u2068\u2066a\u2069ב\u2069c", 0)
def test_order_is_that_of_an_independent_implementation(text, base):
    theirs = get_display(text, base_dir="R" if base else "L")
    assert drawn(text, base) == "".join(letter for letter in theirs if letter not in CONTROLS)


@given(st.text("אבدلي ,.()-+%\u064e", min_size=1, max_size=18).map(str.strip).filter(bool))
def test_text_without_left_to_right_letters_is_turned_round_whole(text):
    assert drawn(text, 1) == get_display(text, base_dir="R")
    assert embedding_levels(text, 1).levels == (1,) * len(text)


@given(st.text(LETTERS, max_size=30), st.sampled_from([0, 1, None]))
def test_every_letter_is_drawn_exactly_once(text, base):
    levels = embedding_levels(text, base)
    assert sorted(visual_order(line_levels(levels, 0, len(text)))) == list(range(len(text)))


@given(st.text("abc 123+-.,()" + "\u0301\u00ad", max_size=30))
def test_text_without_right_to_left_letters_keeps_its_order(text):
    assert embedding_levels(text, 0).levels == (0,) * len(text)


def test_phone_number_is_turned_round_in_arabic_unless_isolated():
    number = "+45 70 20 25 50"
    assert number not in drawn(f"اتصل {number} الآن", 1)
    assert number in drawn(f"اتصل \u2066{number}\u2069 الآن", 1)


@pytest.mark.parametrize(("text", "level"), [("abc", 0), ("אב", 1), ("123", 0), ("\u2067א\u2069a", 0), ("", 0)])
def test_direction_of_a_paragraph_is_its_first_strong_letters(text, level):
    assert embedding_levels(text).base == level


def test_too_many_nested_embeddings_are_counted_not_followed():
    text = "\u202b\u202a" * 80 + "a" + "\u202c" * 160 + "b"
    levels = embedding_levels(text, 0)
    assert max(levels.levels) <= 126
    assert embedding_levels("\u202e" * 130 + "a" + "\u202c" * 130 + "b", 0).levels[-1] == 0
    assert levels.levels[-1] == 0


def test_unclosed_isolate_ends_with_the_paragraph():
    assert embedding_levels("\u2067א a", 0).levels[-1] == 2
    assert embedding_levels("a\u2068\u2066b\u2069ג\u2069\nc", 0).levels[4] == 1  # decided inside: the isolate runs right to left
    assert embedding_levels("\u2067" * 200 + "a" + "\u2069" * 200 + "b", 0).levels[-1] == 0


def test_only_sixty_three_brackets_may_wait():
    few, many = "א" + "(" * 3 + "a" + ")" * 3, "א" + "(" * 70 + "a" + ")" * 70
    assert embedding_levels(few, 1).levels != embedding_levels(many, 1).levels[: len(few)]


def test_trailing_spaces_of_a_line_take_the_paragraphs_level():
    spaced = embedding_levels("a אב אב", 0)
    assert spaced.levels[4] == 1
    assert line_levels(spaced, 0, 5)[4] == 0
    tabbed = embedding_levels("אב \tאב", 0)
    assert line_levels(tabbed, 0, 6) == [1, 1, 0, 0, 1, 1]


def test_only_letters_of_the_short_way_keep_a_left_to_right_paragraph():
    """Every other class is one that rule may not pass over."""
    harmless = {"L", "EN", "ES", "ET", "CS", "NSM", "BN", "WS", "ON", "S", "B"}
    passed = {bidirectional(letter) or "L" for letter in map(chr, range(0x110000)) if not TURNING.match(letter)}
    assert passed <= harmless
