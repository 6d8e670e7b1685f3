"""What of a typed text may be kept, and that no text can disturb what stands around it."""

from __future__ import annotations

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.domain.errors import NameMissingError, TextNotUsableError, TextTooLongError
from outreach_app.domain.texts import NOTE_LIMIT, SHORT_LIMIT, check_name, check_text, isolated, one_line, whole_letters
from outreach_app.errors import KnownError

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


def test_a_text_is_kept_composed_with_plain_line_ends() -> None:
    assert check_text("Cafe\u0301\r\nnext\rlast\ttab", "note") == "Café\nnext\nlast\ttab"
    assert check_text("\u202eturned\u2069", "note") == "\u202eturned\u2069"
    assert check_text("", "note") == ""


@pytest.mark.parametrize(("sign", "code"), [("\x00", "U+0000"), ("\x1b", "U+001B"), ("\x7f", "U+007F"), ("\x85", "U+0085"), ("\ud83d", "U+D83D"), ("\udc00", "U+DC00")])
def test_signs_that_cannot_be_kept_are_named(sign: str, code: str) -> None:
    with pytest.raises(TextNotUsableError) as caught:
        check_text(f"a{sign}b", "note")
    assert caught.value.values == {"field": "note", "code": code}


def test_a_text_is_as_long_as_it_is_kept() -> None:
    assert len(check_text("x" * SHORT_LIMIT, "f")) == SHORT_LIMIT
    with pytest.raises(TextTooLongError):
        check_text("x" * (SHORT_LIMIT + 1), "f")
    with pytest.raises(TextTooLongError):
        check_text("\u0958" * SHORT_LIMIT, "f")  # one letter that is always written as two
    with pytest.raises(TextTooLongError, match="100000"):
        check_text("x" * 10_000_000, "note", NOTE_LIMIT)


def test_a_name_is_one_line_with_something_in_it() -> None:
    assert check_name(" Red \u00a0\n jacket\t", "name") == "Red jacket"
    with pytest.raises(NameMissingError, match="name"):
        check_name(" \n\u2003", "name")


@given(st.text(st.characters()))
def test_a_checked_text_can_always_be_stored_and_stays_as_it_is(text: str) -> None:
    try:
        kept = check_text(text, "note")
    except KnownError:
        return
    assert kept.encode().decode() == kept
    assert check_text(kept, "note", NOTE_LIMIT) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert one_line(one_line(kept)) == one_line(kept)


@given(st.text(st.characters()))
def test_whole_letters_can_be_stored_and_keep_the_length(text: str) -> None:
    whole = whole_letters(text)
    assert whole.encode().decode() == whole
    assert len(whole) == len(text)
    assert whole_letters("né") == "né"


@given(st.text("ab א1 " + MARKS, max_size=12))
def test_what_stands_around_an_isolated_text_stays_where_it_is(text: str) -> None:
    shown = get_display(f"[before {isolated(text)} after]")
    plain = "".join(letter for letter in shown if letter not in MARKS)
    assert plain.startswith("[before ")
    assert plain.endswith(" after]")


def test_nothing_is_isolated_as_nothing() -> None:
    assert isolated("") == ""
    assert isolated("\u202ea") == "\u2068\u202ea\u2069"
    assert isolated("a\u2069\u202eb") == "\u2068a\u202eb\u2069"
    assert isolated("\u2067a") == "\u2068\u2067a\u2069\u2069"
