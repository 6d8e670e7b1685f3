"""Six panels of a folded leaflet: which lies where, what flows from one to the next, and that nothing is cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.wording import Caption, Words
from tests.support.leaflet_setting import (
    Box,
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
ENGLISH, ARABIC = sample_wording("en"), sample_wording("ar")
PANELS = [(99.0 * place, 0.0, 99.0 * (place + 1), 210.0) for place in range(3)]
OUTER, INNER = 0, 1
LINE = "You can ask a person you trust to come with you."


def with_sections(count: int, lines: int, **changes):
    sections = tuple(Words(f"Heading {place}", (LINE,) * lines, picture="talk") for place in range(count))
    return replace(ENGLISH, sections=sections, **changes)


def panel_text(pdf: bytes, page: int, panel: int) -> str:
    return bare(text_in(pdf, PANELS[panel], page))


def room(panel: Box) -> Box:
    """Return where text may stand: 8 mm off folds and edges."""
    return panel[0] + 8, 8, panel[2] - 8, 202


@pytest.mark.parametrize("wording", [ENGLISH, ARABIC, with_sections(8, 6)], ids=["en", "ar", "long"])
def test_nothing_stands_on_a_fold_or_at_the_edge(wording):
    pdf = set_leaflet("z_fold", wording)
    assert page_sizes(pdf) == [(297, 210), (297, 210)]
    for page in (OUTER, INNER):
        assert all(any(inside(box, room(panel)) for panel in PANELS) for box in text_boxes(pdf, page))
        image = ink(pdf, page)
        for fold in (99, 198):
            assert ink_box(image, (fold - 8, 8, fold + 8, 202)) is None
    assert ink_box(ink(pdf, OUTER), (98, 0, 100, 8)) is not None  # the mark that shows where to fold
    assert ink_box(ink(pdf, INNER), (98, 0, 100, 8)) is None


class TestOrder:
    def test_text_begins_behind_the_cover_and_the_numbers_are_the_back(self):
        pdf = set_leaflet("z_fold", ENGLISH)
        assert bare("Your health") in panel_text(pdf, OUTER, 2)
        assert bare("Where to get help") in panel_text(pdf, INNER, 0)  # behind the cover, turned over its short edge
        assert bare("+45 70 20 25 50") in panel_text(pdf, INNER, 2)
        assert "112" in panel_text(pdf, INNER, 2)

    def test_all_is_mirrored_where_one_reads_from_the_right(self):
        pdf = set_leaflet("z_fold", ARABIC)
        assert "112" in panel_text(pdf, INNER, 0)
        texts = [box for box in text_boxes(pdf, INNER) if inside(box, PANELS[2])]
        assert max(box[2] for box in texts) == pytest.approx(297 - 9, abs=1)  # from the right edge of its panel
        cover = [box for box in text_boxes(pdf, OUTER) if inside(box, PANELS[0])]
        assert len(cover) == 2

    def test_long_text_flows_over_all_four_panels_in_the_order_of_reading(self):
        pdf = set_leaflet("z_fold", with_sections(8, 6))
        order = [(INNER, 0), (INNER, 1), (OUTER, 0), (OUTER, 1)]
        texts = [panel_text(pdf, *place) for place in order]
        firsts = [min(int(part[0]) for part in text.split("Heading")[1:]) for text in texts]
        assert firsts == sorted(firsts)
        assert len(set(firsts)) == 4
        assert sum(text.count(bare(LINE)) for text in texts) == 8 * 6
        assert all(text.endswith(bare(LINE)) for text in texts)  # no heading is left behind by its lines

    def test_what_is_read_aloud_follows_the_text_and_not_the_paper(self):
        tags = structure(set_leaflet("z_fold", with_sections(8, 6)))
        assert tags[:4] == ["Document", "Sect", "Sect", "P"]  # the cover, then four panels, then the numbers
        assert tags.count("Sect") == 1 + 6
        assert tags.count("H1") == 1
        assert tags.index("H1") < tags.index("H2")
        assert tags.index("Figure") > len(tags) - 10


class TestFitting:
    def test_short_text_leaves_room_for_pictures_without_those_of_the_numbers(self):
        pdf = set_leaflet("z_fold", ENGLISH)
        filled = panel_text(pdf, OUTER, 0) + panel_text(pdf, OUTER, 1)
        assert bare("Places to go") in filled
        assert bare("When can I call?") not in filled
        assert panel_text(pdf, OUTER, 1) == ""  # three are not crowded on one panel

    def test_many_pictures_share_two_panels(self):
        captions = tuple(Caption("talk", f"Picture {place}") for place in range(7))
        pdf = set_leaflet("z_fold", replace(ENGLISH, pictograms=captions))
        counts = [panel_text(pdf, OUTER, panel).count("Picture") for panel in (0, 1)]
        assert counts == [4, 3]

    def test_no_pictures_or_words_too_long_for_them_leave_the_panels_empty(self):
        for captions in ((), (Caption("talk", "word" * 30),)):
            pdf = set_leaflet("z_fold", replace(ENGLISH, pictograms=captions))
            assert panel_text(pdf, OUTER, 0) == panel_text(pdf, OUTER, 1) == ""
            assert accessibility_faults(pdf) == []

    def test_the_two_panels_seen_together_are_filled_evenly(self):
        pdf = set_leaflet("z_fold", with_sections(4, 4))
        lowest = [min(box[1] for box in text_boxes(pdf, INNER) if inside(box, PANELS[panel])) for panel in (0, 1)]
        assert abs(lowest[0] - lowest[1]) < 60

    def test_one_long_section_is_cut_between_its_lines(self):
        wording = with_sections(1, 34)
        pdf = set_leaflet("z_fold", wording)
        texts = [panel_text(pdf, INNER, 0), panel_text(pdf, INNER, 1), panel_text(pdf, OUTER, 0)]
        assert all(bare(LINE) in text for text in texts)
        assert bare(text_by_pdfium(pdf)).count(bare(LINE)) == 34

    def test_sections_without_pictures_have_plain_headings(self):
        plain = tuple(replace(words, picture="") for words in ENGLISH.sections)
        pdf = set_leaflet("z_fold", replace(ENGLISH, sections=plain, pictograms=()))
        left = [box[0] for box in text_boxes(pdf, INNER) if inside(box, PANELS[0])]
        assert min(left) == pytest.approx(9, abs=1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"sections": (Words("Heading", (LINE,) * 200),)}, {"title": "word" * 40},
            {"code_caption": "word" * 40},
        ],
    )  # fmt: skip
    def test_words_that_do_not_fit_are_refused_and_not_cut(self, changes):
        with pytest.raises(TextDoesNotFitError):
            set_leaflet("z_fold", replace(ENGLISH, **changes))
        with pytest.raises(TextDoesNotFitError):
            set_leaflet("z_fold", replace(ENGLISH, cover=replace(ENGLISH.cover, title="word" * 40)))


def test_marks_stand_on_the_back_only_where_they_are_needed():
    assert "*Notconfirmed" in panel_text(set_leaflet("z_fold", ENGLISH), INNER, 2)
    assert "Draft" in panel_text(set_leaflet("z_fold", ENGLISH), INNER, 2)
    hours = replace(ENGLISH.hours, unconfirmed=False)
    checked = text_by_pdfium(set_leaflet("z_fold", with_sections(3, 3, draft_mark=None, hours=hours)))
    assert "Draft" not in checked
    assert "*" not in checked


def test_it_can_be_scanned_read_aloud_and_repeats_to_the_byte():
    pdf = set_leaflet("z_fold", ENGLISH)
    assert pdf == set_leaflet("z_fold", ENGLISH)
    assert codes(pdf, page=INNER) == ["tel:+4570202550"]
    assert accessibility_faults(pdf) == []
    assert font_faults(pdf) == []


@pytest.mark.parametrize("language", LOOKED_AT)
def test_lines_end_where_they_ended_when_a_person_looked(language, monkeypatch):
    drawn = drawn_lines(monkeypatch, "z_fold", sample_wording(language))
    assert "\n".join(drawn) + "\n" == (GOLDEN / f"sample.{language}.z_fold.txt").read_text("utf-8")
