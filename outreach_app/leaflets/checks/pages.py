"""Faults of the pages of a leaflet as a viewer, a printer and a telephone's camera find them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

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
        if not all(self._is_size(page, ready.form.paper) for page in range(heard.first, heard.after)):
            yield "page_size"
        read = "".join(self._text(page) for page in range(heard.first, heard.after))
        if not _same(read, "".join(line.text for line in heard.lines), rtl=ready.wording.language.rtl):
            yield "copied_text"
        if ready.form.id not in _WITHOUT_CODE and not self._codes_read(ready, heard):
            yield "code"

    def _is_size(self, page: int, paper: tuple[float, float]) -> bool:
        size = self._document.get_page_size(page)
        return all(abs(side - wanted) <= _EXACT for side, wanted in zip(size, paper, strict=True))

    def _text(self, number: int) -> str:
        page = self._document[number]
        reader = page.get_textpage()
        text = str(reader.get_text_range())
        reader.close()
        page.close()
        return text

    def _codes_read(self, ready: PreparedLeaflet, heard: Heard) -> bool:
        """Tell whether there is a code and the first of each page can be scanned and calls the line."""
        wanted = ready.wording
        first_of = {each.page: each for each in reversed(heard.figures)
                    if each.element.alternative == wanted.code_alternative}  # fmt: skip
        return bool(first_of) and all(self._code(figure) == wanted.code_content for figure in first_of.values())

    def _code(self, figure: Figure) -> str:
        page = self._document[figure.page]
        width, height = page.get_size()
        left, bottom, right, top = figure.element.box or (0.0, 0.0, width, height)
        bitmap = page.render(scale=_DOTS_PER_POINT, crop=(left, bottom, width - right, height - top), grayscale=True)
        view = memoryview(bitmap.buffer).cast("B", shape=[bitmap.height, bitmap.stride])
        found = zxingcpp.read_barcodes(view, formats=_CODE, try_rotate=False, try_invert=False)
        bitmap.close()
        page.close()
        return found[0].text if found else ""


def _same(read: str, drawn: str, *, rtl: bool) -> bool:
    """Compare letter by letter; from the right to the left every program copies some letters in another order."""
    one, other = bare(read), bare(drawn)
    return Counter(one) == Counter(other) if rtl else one == other
