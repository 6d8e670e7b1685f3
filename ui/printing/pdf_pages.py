"""Pages of a PDF in memory as pictures. PDFium is not made for threads: one page is drawn at a time."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
from PySide6.QtGui import QImage

_ONE_AT_A_TIME = threading.Lock()


class PdfPages:
    """Holds the document until ``close``; nothing is written to a file."""

    def __init__(self, pdf: bytes) -> None:
        """Open the document in ``pdf``."""
        with _ONE_AT_A_TIME:
            self._document = pdfium.PdfDocument(pdf)
            self._count = len(self._document)

    def __len__(self) -> int:
        return self._count

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of page ``number``, from 0, in points."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(number)
        return float(width), float(height)

    def draw(self, number: int, scale: float) -> QImage:
        """Return page ``number``, from 0; ``scale`` is pixels for a point."""
        with _ONE_AT_A_TIME:
            page = self._document[number]
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()
            bitmap.close()
            page.close()
        return image

    def close(self) -> None:
        """Let the document go."""
        with _ONE_AT_A_TIME:
            self._document.close()
