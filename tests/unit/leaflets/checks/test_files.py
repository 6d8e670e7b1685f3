"""What a screen reader or a printer without our fonts would stumble over."""

from __future__ import annotations

import pikepdf
import pytest

from outreach_app.leaflets.checks.files import file_faults
from tests.support.checked_leaflets import broken, prepared, printed, with_a_font_that_is_not_there


def of_file(pdf: bytes, language: str = "en") -> set[str]:
    return {code for codes in file_faults(pdf, language).values() for code in codes}


def without_tags(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def without_place_in_the_tree(document: pikepdf.Pdf) -> None:
    del document.pages[0].obj["/StructParents"]


def with_something_untagged(document: pikepdf.Pdf) -> None:
    content = document.pages[0].Contents
    content.write(content.read_bytes() + b"\n0 0 10 10 re f")


def with_a_mark_that_stays_open(document: pikepdf.Pdf) -> None:
    content = document.pages[0].Contents
    content.write(content.read_bytes() + b"\n/Artifact BMC")


def in_another_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = pikepdf.String("da")


def with_a_font_of_the_printer(document: pikepdf.Pdf) -> None:
    document.pages[0].resources.Font["/F9"] = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


def with_codes_that_draw_nothing(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].resources.Font.values():
        glyphs = font.DescendantFonts[0].CIDToGIDMap
        glyphs.write(bytes(len(glyphs.read_bytes())))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_tags, "tags"),
        (without_place_in_the_tree, "tags"),
        (with_something_untagged, "tags"),
        (with_a_mark_that_stays_open, "tags"),
        (in_another_language, "language"),
        (with_a_font_that_is_not_there, "font"),
        (with_a_font_of_the_printer, "font"),
        (with_codes_that_draw_nothing, "font"),
    ],
)
def test_a_file_that_is_not_whole(change, code):
    pdf, _heard = printed(prepared())
    assert of_file(broken(pdf, change)) == {code}
