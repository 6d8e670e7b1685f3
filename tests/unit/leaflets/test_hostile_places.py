"""Markup and other tricks in an entry of the directory stand on paper as they are, in every script's leaflet."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.leaflets import making
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.placeholders import breakable
from outreach_app.leaflets.requests import LeafletRequest
from tests.support.directories import PLACE_ROW, directory_with
from tests.support.pdf_reading import bare, text_by_pdfium

DAY = date(2026, 3, 2)
NAME = "<b>Lantern</b> <img src=path> {hotline} %s **x** &lt;"
ADDRESS = "javascript:alert(1) </para> {0} ÆØÅ ŠčŽ ȚŞ"


def printed(monkeypatch: pytest.MonkeyPatch, language: str, **fields: object) -> str:
    directory = directory_with(PLACE_ROW | fields)
    monkeypatch.setattr(making, "help_lines", lambda: directory)
    return bare(text_by_pdfium(making.make_leaflet(LeafletRequest("where_to_get_help", language), DAY).pdf))


def test_markup_is_printed_as_it_stands(monkeypatch):
    text = printed(monkeypatch, "en", name=NAME, address=ADDRESS)
    assert bare(NAME) in text
    assert bare(ADDRESS) in text


def test_the_longest_name_and_address_find_room(monkeypatch):
    name, address = "Wide " * 15 + "Wide.", "Street " * 16 + "Street."
    text = printed(monkeypatch, "en", name=name, address=address)
    assert bare(name) in text
    assert bare(address) in text


@pytest.mark.parametrize("form", FORMATS)
def test_what_has_no_space_breaks_and_every_format_can_be_made(monkeypatch, form):
    fields = {"name": "W" * 80, "address": "w" * 120, "email": "W" * 60 + "@example.org", "web": "w" * 30 + ".example.org/x"}
    directory = directory_with(PLACE_ROW | fields)
    monkeypatch.setattr(making, "help_lines", lambda: directory)
    request = LeafletRequest("where_to_get_help", "en", form, beside="da")
    assert making.make_leaflet(request, DAY).pages >= 1


def test_only_what_is_longer_than_a_word_may_break():
    assert breakable("Udlændingestyrelsen 12, example.org") == "Udlændingestyrelsen 12, example.org"
    assert breakable("someone@long-example.example.org") == "someone@\u200blong-\u200bexample.\u200bexample.\u200borg"
    assert breakable("x" * 25) == "\u200b".join(["x" * 10, "x" * 10, "x" * 5])
    assert breakable("@" * 21).replace("\u200b", "") == "@" * 21
