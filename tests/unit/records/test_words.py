"""Text as search words: what is cut, folded and quoted before it meets the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.records.rows import LONGEST_PATTERN, like_pattern
from outreach_app.records.words import cut_words, fold, index_text, match_expression, phrase_expression


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ZOË", "zoe"), ("Nørrebro Ærø Ålborg", "norrebro aero alborg"), ("Straße", "strasse"), ("İSTANBUL", "istanbul"), ("Łódź", "lodz"),
        ("น้ำ ทำ", "น้ำ ทำ"), ("นํ้า", "นํ้า"), ("هِيَ", "هي"), ("ё", "е"), ("が", "が"), ("①ﬁ", "1fi"), ("a\u00adb\u200dc", "abc"), ("a\u200bb", "a b"),
    ],
)  # fmt: skip
def test_accents_go_and_vowels_of_other_scripts_stay(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_long_chinese_word_is_asked_for_pair_by_pair() -> None:
    (word,) = cut_words("共和国")
    assert word == "共和国"
    assert match_expression("共和国") == '"共和" AND "和国"'
    assert {"共和", "和国"} <= set(index_text("中华人民共和国").split())


@given(st.text(st.characters()))
def test_an_expression_is_made_of_quoted_words_only(typed: str) -> None:
    for part in filter(None, match_expression(typed).split(" AND ")):
        assert part.startswith('"')
        assert part.removesuffix("*").endswith('"')
        assert part.removesuffix("*")[1:-1].replace('""', "").count('"') == 0


@given(st.text(st.characters()))
def test_words_can_be_stored_and_have_no_blanks(text: str) -> None:
    for word in cut_words(text):
        assert word.encode()
        assert not any(letter.isspace() for letter in word)


def test_wildcards_typed_by_people_are_letters() -> None:
    assert like_pattern("50%_\\") == "%50\\%\\_\\\\%"
    assert like_pattern("\ud800") == "%\ufffd%"
    assert len(like_pattern("x" * 99_999)) == LONGEST_PATTERN + 2


def test_a_phrase_is_whole_words_in_their_order_and_never_an_operator() -> None:
    assert phrase_expression("Red  JACKET") == '"red jacket"'
    assert phrase_expression('a" OR *') == '"a or"'
    assert phrase_expression("...") == phrase_expression("") == ""
    assert phrase_expression("สมหญิง") == match_expression("สมหญิง")
    assert phrase_expression("張小姐") == match_expression("張小姐")
