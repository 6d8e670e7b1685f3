"""How long a shaped, tagged page takes beside a bare ReportLab page of the same text, in one run."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from outreach_app.leaflets.catalogue import LANGUAGES
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.states import SheetState
from outreach_app.leaflets.wording import word
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.fonts import fonts_folder, load_face
from outreach_app.typesetting.layout import paint_stack
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle

SHEET = "where_to_get_help"
RATIOS = {
    f"leaflet page in {language} / bare ReportLab page of the same text": (
        f"shaped_page_{language}", f"bare_page_{language}", 1.5,
    )
    for language in LANGUAGES
}  # fmt: skip
ROUNDS = 40
_MARGIN, _SIZE, _LEADING = 56.0, 13.0, 1.4
_BARE_FONTS = {"NotoSans-Regular", "NotoSansThai-Regular", "Vazirmatn-Regular"}


def page_texts(language: str) -> list[str]:
    """Return about a page of text: what the sheet says in ``language``."""
    wording = word(load_sheet(SHEET), LANGUAGES[language], SheetState("draft"), help_lines())
    sections = (wording.emergency, wording.hotline, wording.hours, *wording.sections)
    return [wording.title, *wording.intro, *(text for part in sections for text in (part.heading, *part.plain_lines))]


def shaped_page(texts: list[str], language: str) -> bytes:
    """Return one shaped, tagged page."""
    spoken = LANGUAGES[language]
    face = load_face(f"{spoken.family}-Regular")
    style = TextStyle((face, load_face("NotoSans-Regular")), _SIZE, language, rtl=spoken.rtl, leading=_LEADING)
    canvas = TaggedCanvas(title="bench", language=language, page_size=A4)
    paint_stack(canvas, [ShapedText(text, style) for text in texts], _MARGIN, A4[1] - _MARGIN, A4[0] - 2 * _MARGIN)
    canvas.showPage()
    return canvas.finished()


def bare_page(texts: list[str], language: str) -> bytes:
    """Return one page as ReportLab sets it by itself: no shaping, no tags."""
    style = ParagraphStyle(
        "bare", fontName=f"{LANGUAGES[language].family}-Regular", fontSize=_SIZE, leading=_SIZE * _LEADING
    )
    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN)
    template.build([Paragraph(text, style) for text in texts])
    return file.getvalue()


def measure() -> dict[str, float]:
    """Return seconds, the quickest of several rounds run side by side (machines are shared and noisy)."""
    for font in sorted(_BARE_FONTS):
        pdfmetrics.registerFont(TTFont(font, str(fonts_folder() / f"{font}.ttf")))
    results: dict[str, float] = {}
    for language in LANGUAGES:
        results |= _measure_language(language, page_texts(language))
    return results


def _measure_language(language: str, texts: list[str]) -> dict[str, float]:
    shaped, bare = _side_by_side(lambda: shaped_page(texts, language), lambda: bare_page(texts, language))
    return {
        f"shaped_page_{language}": shaped,
        f"bare_page_{language}": bare,
        f"leaflet_a4_{language}": _quickest(lambda: make_leaflet(SHEET, language, "a4")),
        f"leaflet_wallet_{language}": _quickest(lambda: make_leaflet(SHEET, language, "wallet")),
    }


def _side_by_side(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    pairs = [(_seconds(first), _seconds(second)) for _ in range(ROUNDS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def _quickest(action: Callable[[], object]) -> float:
    return min(_seconds(action) for _ in range(ROUNDS))


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
