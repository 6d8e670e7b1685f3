"""What a viewer, a printer or a telephone would find wrong, and nothing where nothing is."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest

from outreach_app.leaflets.checks.files import file_faults
from outreach_app.leaflets.checks.listening import Heard
from outreach_app.leaflets.checks.pages import PageReader
from outreach_app.leaflets.checks.words import word_faults
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.making import PreparedLeaflet
from tests.support.checked_leaflets import broken, prepared, printed

SCRIPTS = ("en", "th", "ar", "zh-Hans", "vi", "ru")


def of_pages(ready: PreparedLeaflet, pdf: bytes, heard: Heard) -> list[str]:
    with PageReader(pdf) as reader:
        return list(reader.faults(ready, heard))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", SCRIPTS)
def test_nothing_is_found_where_nothing_is_wrong(form, language):
    ready = prepared(form, language)
    pdf, heard = printed(ready)
    assert list(word_faults(ready, heard)) == of_pages(ready, pdf, heard) == []
    assert set().union(*file_faults(pdf, language).values()) == set()


class TestPages:
    """What a viewer, a printer or a telephone would find."""

    def test_paper_of_another_size(self):
        ready = prepared()
        pdf, heard = printed(ready)

        def cut(document: pikepdf.Pdf) -> None:
            document.pages[0].mediabox = [0, 0, 595, 800]

        assert of_pages(ready, broken(pdf, cut), heard) == ["page_size"]

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_text_that_copies_as_something_else(self, language):
        ready = prepared("a4", language)
        pdf, heard = printed(ready)

        def swap(document: pikepdf.Pdf) -> None:
            for font in document.pages[0].resources.Font.values():
                table = font.ToUnicode.read_bytes()
                font.ToUnicode.write(table.replace(b"> <0065>", b"> <0066>").replace(b"> <0645>", b"> <0646>"))

        assert "copied_text" in of_pages(ready, broken(pdf, swap), heard)

    def test_a_code_that_calls_another_number(self):
        ready = prepared()
        pdf, heard = printed(ready)
        other = replace(ready, wording=replace(ready.wording, code_content="tel:+4511223344"))
        assert of_pages(other, pdf, heard) == ["code"]

    def test_a_code_with_something_over_it_and_one_that_is_missing(self):
        ready = prepared("wallet")
        pdf, heard = printed(ready)

        def cover(document: pikepdf.Pdf) -> None:
            document.pages[0].contents_add(b"/Artifact BMC q 1 1 1 rg 0 0 400 842 re f Q EMC")

        assert of_pages(ready, broken(pdf, cover), heard) == ["code"]
        assert of_pages(ready, pdf, replace(heard, figures=[])) == ["code"]
