"""Last lines that hold more than a short word, without one line more."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.even_lines import EvenText
from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.look import Look
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.pages import A4

LOST = "These are some words that fill one line and leave one."


def drawn(text: EvenText, width: float) -> list[str]:
    text.wrap(width, 0)
    text.paint(TaggedCanvas(title="", language="en", page_size=A4))
    return [line.text.strip() for line in text.lines]


def even(words: str, **style) -> EvenText:
    text = Look(language_of("en"), even=True).text(words, 12, **style)
    assert isinstance(text, EvenText)
    return text


def width_of(words: str, **style) -> float:
    return even(words, **style).natural_width + 1


def test_a_word_is_not_left_alone():
    width = width_of(LOST[:-5])
    before = even(LOST)
    before.wrap(width, 0)
    assert [line.text.strip() for line in before.lines][-1] == "one."
    after = even(LOST)
    lines = drawn(after, width)
    assert len(lines) == len(before.lines)
    assert len(lines[-1].split()) > 1
    assert after.height == before.height
    assert " ".join(lines) == LOST


@pytest.mark.parametrize("words", ["One line.", "Some words stand in the first line, and enough words in the second."])
def test_other_paragraphs_stay_as_they_are(words):
    width = width_of(words) * 0.6 if len(words) > 20 else width_of(words)
    plain = even(words)
    plain.wrap(width, 0)
    assert drawn(even(words), width) == [line.text.strip() for line in plain.lines]


def test_headings_are_evened_sooner():
    words = "Where anybody can get help and advice"
    width = width_of("Where anybody can get help") * 1.02
    assert len(drawn(even(words, tag="H2"), width)[-1]) >= len(drawn(even(words), width)[-1])
    assert drawn(even(words), width)[-1] == "and advice"
    assert drawn(even(words, tag="H2"), width)[-1] != "and advice"


def test_a_long_word_keeps_its_width():
    words = "Extraordinarilylongwordsofonepiece one"
    assert drawn(even(words), width_of("Extraordinarilylongwordsofonepiece"))[-1] == "one"


def test_lines_do_not_become_more():
    words = "aaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd ee"
    width = width_of("aaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd")
    text = even(words)
    assert len(drawn(text, width)) == 2
