"""The neutral cover: health wording and a picture, nothing that tells what lies behind it."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.common import common
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.registry import FORMATS
from tests.support.leaflet_setting import ink, ink_box, page_sizes, set_leaflet, text_in
from tests.support.leaflet_words import sample_wording
from tests.support.pdf_reading import accessibility_faults, alternatives, bare, codes, structure

COVER = Options(cover=True)
WITH_COVER = [form for form, each in FORMATS.items() if each.may_cover]
REVEALING = ("traffick", "help", "hotline", "police", "cmm", "victim", "number", "danger", "right", "work", "exploit")


def test_covers_are_for_whole_pages():
    assert WITH_COVER == ["a4", "a5", "a5_two_up"]


@pytest.mark.parametrize("form", ["a4", "a5"])
@pytest.mark.parametrize("language", ["en", "th", "ar"])
def test_it_says_its_words_and_nothing_else(form, language):
    wording = sample_wording(language)
    pdf = set_leaflet(form, wording, COVER)
    width, height = page_sizes(pdf)[0]
    assert len(page_sizes(pdf)) == len(page_sizes(set_leaflet(form, wording))) + 1
    said = bare(text_in(pdf, (0, 0, width, height)))
    assert sorted(said) == sorted(bare("".join((wording.cover.title, *wording.cover.lines))))
    assert not any(letter.isdigit() for letter in said)


def test_it_holds_no_code():
    assert codes(set_leaflet("a5", sample_wording("en"), COVER)) == []


@pytest.mark.parametrize("form", ["a4", "a5"])
def test_it_stands_in_the_middle(form):
    pdf = set_leaflet(form, sample_wording("en"), COVER)
    width, height = page_sizes(pdf)[0]
    left, bottom, right, top = ink_box(ink(pdf), (0, 0, width, height)) or (0, 0, 0, 0)
    assert left == pytest.approx(width - right, abs=2)
    assert bottom > height / 4
    assert top < 0.85 * height


def test_what_is_shipped_reveals_nothing():
    cover = common().cover
    said = " ".join((cover.title, *cover.lines)).casefold()
    assert not any(word in said for word in REVEALING)
    assert not any(letter.isdigit() for letter in said)


def test_a_screen_reader_hears_its_title_and_no_picture():
    pdf = set_leaflet("a4", sample_wording("en"), COVER)
    assert accessibility_faults(pdf) == []
    assert structure(pdf)[:5] == ["Document", "Sect", "H1", "P", "H1"]
    assert len(alternatives(pdf)) == 1  # the code inside


def test_every_sheet_has_the_same_cover():
    first, second = (
        set_leaflet("a5", sample_wording("en", numbers_first=numbers_first), COVER) for numbers_first in (True, False)
    )
    assert ink(first).tobytes() == ink(second).tobytes()
