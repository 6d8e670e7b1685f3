"""Faults of the pages of a leaflet as a viewer, a printer and a telephone's camera find them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

import pypdfium2
import zxingcpp

from outreach_app.leaflets.checks.letters import bare
from outreach_app.leaflets.checks.listening import Figure, Heard
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.typesetting.pages import mm

_DOTS_PER_POINT = 3  # 216 dpi
_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_EXACT = 0.1 * mm
_WITHOUT_CODE = frozenset({"pictograms"})


class _Page(NamedTuple):
    """What stands on a page; ``code`` is what its code says, None where there is none."""

    size: tuple[float, float]
    text: str
    code: str | None


class PageReader:
    """Reads the pages of one document; closed with the block."""

    def __init__(self, pdf: bytes) -> None:
        """Open the document in ``pdf``."""
        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._document.close()

    def faults(self, ready: PreparedLeaflet, heard: Heard) -> Iterator[str]:
        """Yield the codes of what is wrong with the pages of a leaflet."""
        codes = {each.page: each for each in reversed(heard.figures)
                 if each.element.alternative == ready.wording.code_alternative}  # fmt: skip
        pages = [self._read(number, codes.get(number)) for number in range(heard.first, heard.after)]
        if not all(_is_size(page.size, ready.form.paper) for page in pages):
            yield "page_size"
        read, drawn = "".join(page.text for page in pages), "".join(line.text for line in heard.lines)
        if not _same(read, drawn, rtl=ready.wording.language.rtl):
            yield "copied_text"
        scanned = {page.code for page in pages if page.code is not None}
        if ready.form.id not in _WITHOUT_CODE and scanned != {ready.wording.code_content}:
            yield "code"

    def _read(self, number: int, code: Figure | None) -> _Page:
        page = self._document[number]
        reader = page.get_textpage()
        found = _Page(page.get_size(), str(reader.get_text_range()), None if code is None else _scan(page, code))
        reader.close()
        page.close()
        return found


def _is_size(size: tuple[float, float], paper: tuple[float, float]) -> bool:
    return all(abs(side - wanted) <= _EXACT for side, wanted in zip(size, paper, strict=True))


def _scan(page: Any, figure: Figure) -> str:
    """Return what a telephone reads in the square of a code, empty if it reads nothing."""
    width, height = page.get_size()
    left, bottom, right, top = figure.element.box or (0.0, 0.0, width, height)
    bitmap = page.render(scale=_DOTS_PER_POINT, crop=(left, bottom, width - right, height - top), grayscale=True)
    view = memoryview(bitmap.buffer).cast("B", shape=[bitmap.height, bitmap.stride])
    found = zxingcpp.read_barcodes(view, formats=_CODE, try_rotate=False, try_invert=False)
    bitmap.close()
    return found[0].text if found else ""


def _same(read: str, drawn: str, *, rtl: bool) -> bool:
    """Compare letter by letter; from the right to the left every program copies some letters in another order."""
    one, other = bare(read), bare(drawn)
    return Counter(one) == Counter(other) if rtl else one == other
