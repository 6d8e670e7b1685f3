"""Ten cards on a page: their place, their backs, what stands on which side, and that nothing is cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.typesetting import paragraphs
from outreach_app.typesetting.imposition import WALLET_SHEET
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.operators import text_operators
from tests.support.leaflet_setting import (
    BOTH_SIDES,
    ONE_SIDED,
    box_of,
    drawn_lines,
    ink,
    ink_box,
    inside,
    page_sizes,
    set_leaflet,
    text_boxes,
    text_in,
)
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, structure, text_by_pdfium

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "leaflets"
ENGLISH = sample_wording("en")
CARDS = [box_of(card) for card in WALLET_SHEET.cards()]
MARGIN = 3.0  # mm that stay white inside the edge that is cut


def with_lines(*lines: str):
    return replace(ENGLISH, card=replace(ENGLISH.card, lines=lines))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("options", [ONE_SIDED, BOTH_SIDES])
def test_text_and_ink_keep_away_from_the_cuts(language, options):
    pdf = set_leaflet("wallet", sample_wording(language), options)
    for page in range(2 if options.duplex else 1):
        cards = [box_of(card, MARGIN) for card in WALLET_SHEET.cards()]
        assert all(any(inside(box, card) for card in cards) for box in text_boxes(pdf, page))
        image = ink(pdf, page)
        for card in CARDS:
            found = ink_box(image, (card[0] + 0.5, card[1] + 0.5, card[2] - 0.5, card[3] - 0.5))
            assert found is not None
            assert inside(found, (card[0] + MARGIN, card[1] + MARGIN, card[2] - MARGIN, card[3] - MARGIN))


def test_each_back_lies_behind_a_front():
    pdf = set_leaflet("wallet", ENGLISH, BOTH_SIDES)
    assert page_sizes(pdf) == [(210, 297), (210, 297)]
    for front, back in zip(CARDS, (box_of(card) for card in WALLET_SHEET.backs()), strict=True):
        assert (210 - back[2], back[1], 210 - back[0], back[3]) == pytest.approx(front, abs=0.01)
        assert "70" in text_in(pdf, front)
        said = bare(text_in(pdf, back, page=1))
        assert all(bare(line) in said for line in ENGLISH.card.lines)
        assert "70" not in said


def test_front_on_paper_printed_on_both_sides_says_only_where_to_call():
    pdf = set_leaflet("wallet", ENGLISH, BOTH_SIDES)
    front = bare(text_in(pdf, CARDS[0]))
    assert not any(bare(line) in front for line in ENGLISH.card.lines)
    assert bare("In danger now: 112") in front
    assert codes(pdf) == ["tel:+4570202550"] * 10


def test_on_one_side_the_lines_stand_on_the_front_if_they_stay_readable():
    pdf = set_leaflet("wallet", ENGLISH)
    assert page_sizes(pdf) == [(210, 297)]
    front = bare(text_in(pdf, CARDS[0]))
    assert all(bare(line) in front for line in ENGLISH.card.lines)
    crowded = text_by_pdfium(set_leaflet("wallet", with_lines(*["A line with many words for such a small card."] * 3)))
    assert "many words" not in crowded
    assert bare("+45 70 20 25 50") in bare(crowded)


def test_backs_without_lines_take_the_introduction_and_a_telephone():
    pdf = set_leaflet("wallet", replace(with_lines(), pictograms=()), BOTH_SIDES)
    assert bare(ENGLISH.intro[0]) in bare(text_in(pdf, CARDS[0], page=1))
    image = ink(pdf, 1)
    left = CARDS[0]
    assert ink_box(image, (left[0], left[1] + 15, left[0] + 26, left[3])) is not None


@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("ar", "right")])
def test_the_picture_stands_where_reading_begins(language, side):
    pdf = set_leaflet("wallet", sample_wording(language), BOTH_SIDES)
    left, _, right, _ = CARDS[0]
    texts = [box for box in text_boxes(pdf, 1) if inside(box, CARDS[0])]
    large = max(texts, key=lambda box: box[3])
    if side == "left":
        assert large[0] > left + 20
    else:
        assert large[2] < right - 20


@pytest.mark.parametrize("options", [ONE_SIDED, BOTH_SIDES])
def test_a_checked_card_with_nothing_unconfirmed_has_no_small_letters_but_the_date(options):
    hours = replace(ENGLISH.hours, unconfirmed=False)
    pdf = set_leaflet("wallet", replace(ENGLISH, draft_mark=None, hours=hours), options)
    text = text_by_pdfium(pdf)
    assert "Draft" not in text
    assert "*" not in text
    assert text.count("Contact details") == 10


def test_a_star_on_the_back_is_explained_there():
    pdf = set_leaflet("wallet", with_lines("A line\u00a0* and what follows it."), BOTH_SIDES)
    back = text_in(pdf, CARDS[0], page=1)
    assert "Not confirmed" in back
    assert "Draft" in back
    assert "Contact details" not in back


@pytest.mark.parametrize("language", LOOKED_AT)
@pytest.mark.parametrize("options", [ONE_SIDED, BOTH_SIDES])
def test_a_draft_says_so_in_letters_of_seven_points_at_least(language, options, monkeypatch):
    wording, sizes = sample_wording(language), []

    def listening(line: ShapedLine, *, size: float, **place) -> str:
        if line.text.strip() in wording.draft_mark:
            sizes.append(size)
        return text_operators(line, size=size, **place)

    monkeypatch.setattr(paragraphs, "text_operators", listening)
    set_leaflet("wallet", wording, options)
    assert len(sizes) >= len(WALLET_SHEET.cards()) * (2 if options.duplex else 1)
    assert min(sizes) >= 7


@pytest.mark.parametrize("options", [ONE_SIDED, BOTH_SIDES])
def test_words_that_fit_no_card_are_refused_and_not_cut(options):
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("wallet", replace(ENGLISH, card=replace(ENGLISH.card, title="long words " * 40)), options)
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("wallet", with_lines("word" * 40), BOTH_SIDES)


def test_both_sides_can_be_read_aloud_once_and_repeat_to_the_byte():
    pdf = set_leaflet("wallet", ENGLISH, BOTH_SIDES)
    assert pdf == set_leaflet("wallet", ENGLISH, BOTH_SIDES)
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    tags = structure(pdf)
    assert tags[:3] == ["Document", "Sect", "H1"]
    assert tags.count("Figure") == 1


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    drawn = drawn_lines(monkeypatch, "wallet", sample_wording(language), BOTH_SIDES)
    alone = drawn_lines(monkeypatch, "wallet", sample_wording(language))
    once = [*_first_tenth(alone), "---", *_first_tenth(drawn)]
    assert "\n".join(once) + "\n" == (GOLDEN / f"sample.{language}.wallet.txt").read_text("utf-8")


def _first_tenth(lines: list[str]) -> list[str]:
    """Return the lines of one card of each page: pages differ in their first line."""
    fronts = lines[: lines.index(lines[0], 1)]
    backs = lines[10 * len(fronts) :]
    return fronts + backs[: len(backs) // 10]
