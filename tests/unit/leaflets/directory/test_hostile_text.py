"""Hostile text in an entry is shown literally, on paper and in the window's words, or refused by its field's name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach_app.leaflets.directory.entry_reading import FIELDS, LONGEST, read_entry
from outreach_app.leaflets.directory.errors import DirectoryFieldError, DirectoryNewerError
from outreach_app.leaflets.directory.reading import directory_of
from outreach_app.leaflets.directory.safe_text import ALLOWED
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.lines import MeasuredParagraph
from tests.support.directories import PLACE_ROW

TEXTS = tuple(LONGEST)
OTHERS = ("id", "kind", "number", "email", "web", "as_of")
MARKUP = (
    "<b>x</b>",
    "<img src=path>",
    "&lt;",
    "{hotline}",
    "{0}",
    "%s",
    "**bold**",
    "a\\u202e",
    "javascript:x",
    "</para>",
)
REFUSED = (
    "a\0b", "a\nb", "a\tb", "a\u202eb", "a\u2066b\u2069", "a\u200fb", "a\u200bb", "a\ufeffb", "a\u00adb", "a\u00a0b",
    "x" * 10_000, "e\u0301", "a" + "\u0301" * 60, "ع", "中", "\U0001f600", "\ud800", "\ue000", "\u2028", " ", "  ",
)  # fmt: skip


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_like_any_other(field, text):
    entry = read_entry(PLACE_ROW | {field: text}, 1)
    assert getattr(entry, "own_name" if field == "name" else field) == text


@pytest.mark.parametrize("field", [*TEXTS, *OTHERS])
@pytest.mark.parametrize("text", REFUSED)
def test_what_hides_turns_round_or_piles_up_is_refused_by_its_field(field, text):
    with pytest.raises(DirectoryFieldError) as caught:
        read_entry(PLACE_ROW | {field: text}, 1)
    assert caught.value.values["field"] == field
    assert len(caught.value.sentence()) < 300
    assert caught.value.sentence().isprintable()


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("field", ["regions", "other_numbers", "languages", "promises"])
def test_lists_refuse_it_too(field, text):
    with pytest.raises(DirectoryFieldError) as caught:
        read_entry(PLACE_ROW | {field: [text]}, 1)
    assert caught.value.values["field"] == field


@settings(max_examples=150, deadline=None)
@given(st.sampled_from((*TEXTS, *OTHERS)), st.text(max_size=500) | st.text(st.characters(max_codepoint=0x2FF)))
@example("note", "\u202e")
def test_any_text_stands_as_it_is_or_is_refused_by_its_field(field, text):
    try:
        entry = read_entry(PLACE_ROW | {field: text}, 1)
    except DirectoryFieldError as refusal:
        refused, kept = refusal, None
    else:
        refused, kept = None, getattr(entry, "own_name" if field == "name" else field)
    if refused:
        assert refused.values["field"] == field
        assert refused.sentence().isprintable()
    else:
        assert kept == text
        assert len(text) <= max(LONGEST.values())
        assert ALLOWED.issuperset(text)


def test_no_letter_that_is_let_in_is_invisible_or_has_a_direction_of_its_own():
    for letter in ALLOWED:
        assert unicodedata.category(letter)[0] not in "CM"
        assert unicodedata.bidirectional(letter) not in {
            "R",
            "AL",
            "RLE",
            "LRE",
            "RLO",
            "LRO",
            "PDF",
            "RLI",
            "LRI",
            "FSI",
        }
        assert letter == " " or unicodedata.category(letter) != "Zs"


@pytest.mark.parametrize("face", ["NotoSans-Regular", "NotoSans-Bold"])
def test_every_letter_that_is_let_in_can_be_printed(face):
    letters = "x".join(sorted(ALLOWED - {" "}))
    measured = MeasuredParagraph(letters, (load_face(face),), language="da", rtl=False)
    runs = measured.line(0, len(measured.text)).runs
    assert "".join(run.text for run in runs) == letters
    assert all(glyph.number != 0 for run in runs for glyph in run.glyphs)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["08:30", "2026", "da"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["monday", "weekdays", "weekends", "by_appointment", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FIELDS), VALUES)
def test_any_value_at_all_is_read_or_refused_by_its_field(field, value):
    try:
        read_entry(PLACE_ROW | {field: value}, 1)
    except DirectoryFieldError as refusal:
        named = str(refusal.values["field"])
    else:
        named = field
    assert named.partition(".")[0] == field


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["schema", "version", "published", "entries", "x"]), VALUES) | VALUES)
def test_any_envelope_at_all_is_refused_calmly(value):
    with pytest.raises((DirectoryFieldError, DirectoryNewerError)):
        directory_of(value)
