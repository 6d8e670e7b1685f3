"""Copies for long keeping: PDF/A-2b in every script, the same text, and nothing about the day or the tool."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import pdfa

from outreach_app.typesetting.archiving import as_pdf_a
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import ArchivingFailedError
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.layout import Rule, paint_stack
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.qr import Modules, QrCode
from tests.support.pdf_reading import bare, structure, text_by_pdfium

WORDS = {
    "da": ("NotoSans", "Få hjælp her"), "th": ("NotoSansThai", "ขอความช่วยเหลือที่นี่"),
    "ar": ("Vazirmatn", "مساعدة"), "zh-Hans": ("NotoSansSC", "在这里得到帮助"), "yo": ("NotoSans", "Ẹ́ kú ọ̀sán"),
}  # fmt: skip


def page(language: str) -> bytes:
    family, words = WORDS[language]
    style = TextStyle((load_face(f"{family}-Regular"),), 12, language, rtl=language == "ar")
    canvas = TaggedCanvas(title=words, language=language, page_size=A4)
    parts = [ShapedText(words, style), Rule((0.5, 0.2, 0.1)), QrCode(Modules.of("tel:112"), 80, words)]
    paint_stack(canvas, parts, 60, 700, 400)
    canvas.showPage()
    return canvas.finished()


@pytest.mark.parametrize("language", WORDS)
def test_copy_conforms_and_says_the_same(language):
    plain = page(language)
    kept = as_pdf_a(plain)
    assert pdfa.validate_written(io.BytesIO(kept), "2b").passed
    assert bare(text_by_pdfium(kept)) == bare(text_by_pdfium(plain))
    assert structure(kept) == structure(plain)
    with pikepdf.open(io.BytesIO(kept)) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
    assert "pdfaid:part" in metadata
    assert "pdfuaid:part" not in metadata
    assert f"{datetime.now(UTC):%Y-%m}" not in metadata


def test_same_file_gives_the_same_copy():
    assert as_pdf_a(page("da")) == as_pdf_a(page("da"))


def test_what_cannot_be_shown_to_conform_is_refused():
    with pikepdf.open(io.BytesIO(page("da"))) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calculator")
        target = io.BytesIO()
        document.save(target)
    with pytest.raises(ArchivingFailedError) as caught:
        as_pdf_a(target.getvalue())
    assert "ordinary PDF" in caught.value.sentence()
