"""Shows a PDF from memory, a page at a time; nothing is ever written to a file."""

from __future__ import annotations

import pypdfium2 as pdfium
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import current_tokens
from ui.tokens import SPACE_2
from ui.widgets.buttons import icon_button

MARGIN = 12
MOST_PIXELS = 4000


class _Paper(QWidget):
    """Draws one page as large as fits, on a plain ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setMinimumSize(200, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 560)

    def set_image(self, image: QImage) -> None:
        """Show this picture of a page."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        ratio = self._image.devicePixelRatio()
        width, height = round(self._image.width() / ratio), round(self._image.height() / ratio)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        painter = QPainter(self)
        painter.drawImage(left, top, self._image)
        painter.setPen(current_tokens().line)
        painter.drawRect(left - 1, top - 1, width + 1, height + 1)
        painter.end()


class PdfPreview(QWidget):
    """Page Up and Page Down turn pages; ``set_pdf`` takes bytes, empty bytes show nothing."""

    page_changed = Signal(int, int)  # page from 1, pages

    def __init__(self, earlier: str, later: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: pdfium.PdfDocument | None = None
        self._page = 0
        self._paper = _Paper()
        self._label = QLabel()
        self._label.setProperty("tone", "muted")
        self._earlier = icon_button("chevron-left", earlier)
        self._later = icon_button("chevron-right", later)
        self._earlier.clicked.connect(lambda: self.turn(-1))
        self._later.clicked.connect(lambda: self.turn(1))
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (self._earlier, self._label, self._later):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._paper, 1)
        column.addLayout(row)
        self._show()

    def set_pdf(self, pdf: bytes) -> None:
        """Show the first page of ``pdf`` (or the same page, if it still has one)."""
        if self._pdf is not None:
            self._pdf.close()
        self._pdf = pdfium.PdfDocument(pdf) if pdf else None
        self._page = min(self._page, max(0, self.pages() - 1))
        self._show()

    def pages(self) -> int:
        """Return how many pages are held."""
        return 0 if self._pdf is None else len(self._pdf)

    def turn(self, step: int) -> None:
        """Go ``step`` pages on or back, staying inside."""
        self._page = max(0, min(self.pages() - 1, self._page + step))
        self._show()

    def image(self) -> QImage:
        """Return the picture shown, for tests and pictures."""
        return self._paper._image  # noqa: SLF001 - the paper is this module's own part

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        pages = self.pages()
        for part in (self._earlier, self._label, self._later):
            part.setVisible(pages > 1)
        self._label.setText(f"{self._page + 1} / {pages}")
        self._paper.set_image(self._drawn() if pages else QImage())
        self.page_changed.emit(self._page + 1 if pages else 0, pages)

    def _drawn(self) -> QImage:
        assert self._pdf is not None  # noqa: S101 - only called while pages() > 0
        page = self._pdf[self._page]
        width, height = page.get_size()  # points
        ratio = self.devicePixelRatioF()
        room_w, room_h = max(50, self._paper.width() - 2 * MARGIN), max(50, self._paper.height() - 2 * MARGIN)
        scale = min(room_w / width, room_h / height) * ratio
        scale = min(scale, MOST_PIXELS / max(width, height))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        ).copy()
        image.setDevicePixelRatio(ratio)
        page.close()
        return image
