"""Faults of the words on a leaflet: letters no font has, open places, words lost or foreign, numbers the wrong way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outreach_app.leaflets.checks.letters import bare
from outreach_app.leaflets.checks.listening import Heard
from outreach_app.leaflets.formats.small_print import SEPARATOR
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.shaping import ShapedRun

_BETWEEN = "\ue000"  # stands in no text
_DOTTED_CIRCLE = "\u25cc"
_ISOLATED = re.compile("\u2066([^\u2066-\u2069]*)\u2069")
_NO_GLYPH = 0
_WHOLE_TEXT = frozenset({"a4", "a5", "a5_two_up", "large_print", "z_fold", "bilingual"})


def word_faults(ready: PreparedLeaflet, heard: Heard) -> Iterator[str]:
    """Yield the codes of what is wrong with the lines that were drawn."""
    yield from _glyph_faults(heard.lines)
    said = bare(_BETWEEN.join(line.text for line in heard.lines)).split(_BETWEEN)
    all_said = "".join(said)
    if "{" in all_said or "}" in all_said:
        yield "place_open"
    wordings = [each for each in (ready.wording, ready.options.beside) if each]
    source = bare(_BETWEEN.join(text for wording in wordings for text in _may_say(wording, heard.after - heard.first)))
    if not all(line in source for line in said):
        yield "foreign_words"
    if not all(bare(text) in all_said for wording in wordings for text in _must_say(ready, wording)):
        yield "lost_words"
    if not all(_numbers_run_forward(line) for line in heard.lines):
        yield "number_order"


def _glyph_faults(lines: Sequence[ShapedLine]) -> Iterator[str]:
    runs = {run for line in lines for run in line.runs}
    if any(glyph.number == _NO_GLYPH for run in runs for glyph in run.glyphs):
        yield "no_glyph"
    if any(_has_dotted_circle(run) for run in runs):
        yield "dotted_circle"


def _has_dotted_circle(run: ShapedRun) -> bool:
    """Tell whether the shaper put a circle where a mark has no letter to stand on."""
    circle = run.face.glyph_of(_DOTTED_CIRCLE)
    return bool(circle) and _DOTTED_CIRCLE not in run.text and any(glyph.number == circle for glyph in run.glyphs)


def _numbers_run_forward(line: ShapedLine) -> bool:
    """Tell whether each number of a line stands from left to right, also where one reads from the right."""
    if not any(run.rtl for run in line.runs):
        return True
    seen = bare("".join(run.text[::-1] if run.rtl else run.text for run in line.runs))
    return all(bare(number) in seen for number in _ISOLATED.findall(line.text))


def _may_say(wording: Wording, pages: int) -> Iterator[str]:
    """Yield everything a format may take from a sheet."""
    yield from (wording.title, wording.language.own_name, *wording.intro)
    for words in (wording.emergency, wording.hotline, wording.hours, *wording.sections):
        yield from (words.heading, *words.plain_lines, *words.marked_lines)
    yield from (wording.emergency_number, wording.hotline_number, wording.code_caption)
    yield from (wording.card.title, *wording.card.lines, wording.card.emergency)
    yield from (each.words for each in wording.pictograms)
    yield from (wording.cover.title, *wording.cover.lines, wording.tear_off, *wording.labels.values())
    yield from (SEPARATOR.join(wording.small_print), wording.draft_mark or "")
    yield from (wording.page_number(page, pages) for page in range(1, pages + 1))


def _must_say(ready: PreparedLeaflet, wording: Wording) -> Iterator[str]:
    """Yield what has to stand on this format whatever else has no room."""
    yield from (wording.hotline_number, wording.draft_mark or "")
    if ready.form.id in _WHOLE_TEXT:
        yield from (wording.title, *wording.intro)
        for words in wording.sections:
            yield from (words.heading, *words.plain_lines)
    elif ready.form.id == "pictograms":
        yield from (each.words for each in wording.pictograms)
    else:
        yield from (wording.card.title, wording.card.emergency)
