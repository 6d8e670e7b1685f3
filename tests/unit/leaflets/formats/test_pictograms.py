"""The sheet for people who do not read: large drawings in the order of reading, both numbers, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.formats import pictograms
from outreach_app.leaflets.wording import Caption
from outreach_app.typesetting import pictures
from outreach_app.typesetting.pages import mm
from tests.support.leaflet_setting import drawn_lines, inside, page_sizes, set_leaflet, text_boxes, text_in
from tests.support.leaflet_words import LOOKED_AT, sample_wording
from tests.support.pdf_reading import accessibility_faults, bare, codes, font_faults, structure, text_by_pdfium

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "leaflets"
ENGLISH = sample_wording("en")
NAMES = ("talk", "place", "help", "doctor", "lawyer", "house", "rest", "time", "ask", "work")


def with_pictures(count: int, words: str = "Some few words"):
    return replace(
        ENGLISH, pictograms=tuple(Caption(name, f"{words} {place}") for place, name in enumerate(NAMES[:count]))
    )


def captions(pdf: bytes, count: int) -> list[tuple[float, float]]:
    """Return the middle of each numbered caption from the left and from below, in millimetres."""
    found: dict[int, tuple[float, float]] = {}
    for box in text_boxes(pdf):
        words = text_in(pdf, (box[0] - 0.5, box[1] - 0.5, box[2] + 0.5, box[3] + 0.5)).split()
        if words and words[-1].isdigit() and "words" in words and int(words[-1]) < count:
            found[int(words[-1])] = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return [found[place] for place in range(count)]


@pytest.mark.parametrize(
    ("count", "rows"), [(1, [1]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (7, [3, 2, 2]), (9, [3, 3, 3])]
)
def test_pictures_stand_in_even_rows_of_at_most_three(count, rows):
    places = captions(set_leaflet("pictograms", with_pictures(count)), count)
    heights = sorted({round(y) for _, y in places}, reverse=True)
    assert [sum(round(y) == height for _, y in places) for height in heights] == rows
    assert [place for place, _ in sorted(enumerate(places), key=lambda each: (-round(each[1][1]), each[1][0]))] == [
        *range(count)
    ]


def test_rows_begin_at_the_right_where_one_reads_so():
    arabic = replace(with_pictures(4), language=sample_wording("ar").language)
    first, second, third, _ = captions(set_leaflet("pictograms", arabic), 4)
    assert first[0] > second[0]
    assert first[1] > third[1]


@pytest.mark.parametrize("wording", [with_pictures(9), with_pictures(9, "Four rather long caption words"), ENGLISH])
def test_every_picture_is_at_least_30_mm(wording, monkeypatch):
    sizes: list[float] = []

    class Watched(pictures.Picture):
        def __init__(self, name, size, *rest, **options):
            super().__init__(name, size, *rest, **options)
            self.watched = size / mm

        def paint(self, canvas):
            sizes.append(self.watched)
            super().paint(canvas)

    monkeypatch.setattr(pictograms, "Picture", Watched)
    set_leaflet("pictograms", wording)
    large = [size for size in sizes if size > 20]
    assert len(large) == len(wording.pictograms)
    assert min(large) >= 30
    assert min(sizes) >= 12


@pytest.mark.parametrize("language", ["en", "ar", "th"])
def test_one_page_with_both_numbers_the_code_and_nothing_at_the_edge(language):
    pdf = set_leaflet("pictograms", sample_wording(language))
    assert page_sizes(pdf) == [(210, 297)]
    assert all(inside(box, (12, 8, 198, 287)) for box in text_boxes(pdf))
    text = bare(text_by_pdfium(pdf))
    assert "112" in text
    assert bare("+45 70 20 25 50") in text
    assert codes(pdf) == ["tel:+4570202550"]


def test_more_than_nine_pictures_would_be_too_small():
    text = text_by_pdfium(set_leaflet("pictograms", with_pictures(10)))
    assert "words 8" in text.replace("\r\n", " ")
    assert "words 9" not in text.replace("\r\n", " ")


def test_words_that_do_not_fit_are_refused_and_not_cut():
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("pictograms", with_pictures(9, "word" * 20))
    with pytest.raises(TextDoesNotFitError):
        set_leaflet("pictograms", with_pictures(9, "many words " * 20))


def test_marks_are_there_only_where_they_are_needed():
    draft = text_by_pdfium(set_leaflet("pictograms", ENGLISH))
    assert "Draft" in draft
    assert "Not confirmed" in draft
    hours = replace(ENGLISH.hours, unconfirmed=False)
    checked = text_by_pdfium(set_leaflet("pictograms", replace(ENGLISH, draft_mark=None, hours=hours)))
    assert "Draft" not in checked
    assert "*" not in checked


def test_it_can_be_read_aloud_and_repeats_to_the_byte():
    pdf = set_leaflet("pictograms", ENGLISH)
    assert pdf == set_leaflet("pictograms", ENGLISH)
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []
    tags = structure(pdf)
    assert tags[:3] == ["Document", "Sect", "H1"]
    assert tags.count("Figure") == 1  # the drawings say what their captions say


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    drawn = drawn_lines(monkeypatch, "pictograms", sample_wording(language))
    assert "\n".join(drawn) + "\n" == (GOLDEN / f"sample.{language}.pictograms.txt").read_text("utf-8")
