"""What is wrong with the words of a leaflet is found before a file is made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.checks.listening import Heard, ListeningCanvas
from outreach_app.leaflets.checks.words import word_faults
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.typesetting.fonts import Glyph, load_face
from outreach_app.typesetting.lines import MeasuredParagraph, ShapedLine
from outreach_app.typesetting.shaping import ShapedRun
from tests.support.checked_leaflets import painting, prepared, printed
from tests.support.leaflet_words import sample_wording


def of_words(ready: PreparedLeaflet) -> list[str]:
    return list(word_faults(ready, printed(ready)[1]))


class TestWords:
    """What is wrong before a file is made of it."""

    def test_a_place_nobody_filled(self):
        assert of_words(prepared(title="Call {hotline}")) == ["place_open"]

    def test_words_the_sheet_does_not_say_and_words_that_are_lost(self):
        assert of_words(painting(prepared(), title="Something else")) == ["foreign_words", "lost_words"]
        assert of_words(painting(prepared(), sections=())) == ["lost_words"]

    @pytest.mark.parametrize("form", ["wallet", "poster", "pictograms"])
    def test_what_small_formats_may_not_leave_out(self, form):
        assert "lost_words" in of_words(painting(prepared(form), hotline_number=sample_wording("en").emergency_number))

    def test_a_letter_without_a_glyph(self):
        ready, line = prepared(), drawn("x", Glyph(0, 0, 0, 0, 500))
        assert "no_glyph" in list(word_faults(ready, Heard(0, 1, [*printed(ready)[1].lines, line])))

    def test_a_mark_that_stands_on_nothing(self):
        circle = load_face("NotoSans-Regular").glyph_of("\u25cc")
        assert circle
        ready, line = prepared(), drawn("\u0301", Glyph(circle, 0, 0, 0, 500))
        assert "dotted_circle" in list(word_faults(ready, Heard(0, 1, [*printed(ready)[1].lines, line])))

    def test_a_number_that_runs_the_wrong_way(self):
        ready = prepared("a4", "ar")
        heard = printed(ready)[1]
        number = ready.wording.hotline_number
        line = shaped(number.strip("\u2066\u2069").replace("\u00a0", " "))  # nothing tells that it runs forward
        assert [run.text for run in line.runs if run.text.isdigit()] == ["50", "25", "20", "70", "45"]
        turned = [line._replace(text=number) if each.text == number else each for each in heard.lines]
        assert turned != heard.lines
        assert list(word_faults(ready, replace(heard, lines=turned))) == ["number_order"]


def shaped(arabic: str) -> ShapedLine:
    measured = MeasuredParagraph(arabic, (load_face("Vazirmatn-Regular"),), language="ar", rtl=True)
    return measured.line(0, len(measured.text))


def drawn(text: str, *glyphs: Glyph) -> ShapedLine:
    return ShapedLine(text, (ShapedRun(load_face("NotoSans-Regular"), text, False, glyphs),), 0.5)


def test_only_what_is_drawn_for_the_leaflet_is_heard():
    ready = prepared()
    canvas = ListeningCanvas(title="Sample", language="en", page_size=ready.form.paper)
    ready.paint(canvas)
    with canvas.listening() as heard:
        pass
    assert (heard.lines, heard.figures) == ([], [])
    assert heard.first == heard.after > 0
