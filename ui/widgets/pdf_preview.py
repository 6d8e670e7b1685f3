"""Shows a PDF from memory, a page at a time; nothing is ever written to a file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.icons import current_tokens
from ui.printing.pdf_pages import PdfPages
from ui.tokens import CONTROL_HEIGHT, SPACE_1, SPACE_2
from ui.widgets.buttons import icon_button, quiet_button
from ui.widgets.flow_layout import FlowLayout

MARGIN = 12
MOST_PIXELS = 4000
LEAST_WIDTH, LEAST_HEIGHT = 200, 240
STEPS: dict[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class _Paper(QWidget):
    """Draws one page in the middle of its room, on a plain ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()

    def set_image(self, image: QImage) -> None:
        """Show this picture of a page."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        ratio = self._image.devicePixelRatio()
        width, height = round(self._image.width() / ratio), round(self._image.height() / ratio)
        left, top = (self.width() - width) // 2, max(MARGIN, (self.height() - height) // 2)
        painter = QPainter(self)
        painter.drawImage(left, top, self._image)
        painter.setPen(current_tokens().line)
        painter.drawRect(left - 1, top - 1, width + 1, height + 1)
        painter.end()


class PdfPreview(QWidget):
    """The page fits the room, or its width only; ``set_pdf`` takes bytes, empty bytes show nothing.

    ``foot`` is the line of buttons below, where the caller may put one of its own. Page Up and
    Page Down turn pages while the keyboard is here, the buttons' keys from anywhere in the window.
    """

    page_changed = Signal(int, int)  # page from 1, pages

    def __init__(self, earlier: str, later: str, wide: str = "", parent: QWidget | None = None) -> None:
        """``earlier``, ``later`` and ``wide`` name the buttons; without ``wide`` the page always fits the room."""
        super().__init__(parent)
        self._pdf: PdfPages | None = None
        self._page = 0
        self._paper = _Paper()
        self._room = _room_for(self._paper)
        self._label = QLabel()
        self._label.setProperty("tone", "muted")
        self._label.setMinimumHeight(CONTROL_HEIGHT)
        self._earlier = icon_button("chevron-left", earlier, "Ctrl+PgUp")
        self._later = icon_button("chevron-right", later, "Ctrl+PgDown")
        self.wide = quiet_button(wide, "Ctrl+0")
        self.wide.setCheckable(True)
        self._earlier.clicked.connect(lambda: self.turn(-1))
        self._later.clicked.connect(lambda: self.turn(1))
        self.wide.toggled.connect(lambda _on: self._show())
        self.foot = FlowLayout(gap=SPACE_1)
        self._lay_out(has_wide=bool(wide))
        self._show()

    def set_pdf(self, pdf: bytes) -> None:
        """Show the first page of ``pdf`` (or the same page, if it still has one)."""
        if self._pdf is not None:
            self._pdf.close()
        self._pdf = PdfPages(pdf) if pdf else None
        self._page = min(self._page, max(0, self.pages() - 1))
        self._show()

    def pages(self) -> int:
        """Return how many pages are held."""
        return 0 if self._pdf is None else len(self._pdf)

    def turn(self, step: int) -> None:
        """Go ``step`` pages on or back, staying inside."""
        self._page = max(0, min(self.pages() - 1, self._page + step))
        self._room.verticalScrollBar().setValue(0)
        self._show()

    def image(self) -> QImage:
        """Return the picture shown, for tests and pictures."""
        return self._paper._image  # noqa: SLF001 - the paper is this module's own part

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS and self.pages() > 1:
            self.turn(STEPS[event.key()])
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        pages = self.pages()
        for part in (self._earlier, self._label, self._later):
            part.setVisible(pages > 1)
        self.wide.setEnabled(pages > 0)
        self._label.setText(f"{self._page + 1} / {pages}")
        image = self._drawn() if pages else QImage()
        whole = image.height() / image.devicePixelRatio() if self.wide.isChecked() and pages else 0
        self._paper.setMinimumHeight(round(whole) + 2 * MARGIN if whole else 0)
        self._paper.set_image(image)
        self.page_changed.emit(self._page + 1 if pages else 0, pages)

    def _drawn(self) -> QImage:
        assert self._pdf is not None  # noqa: S101 - only called while pages() > 0
        width, height = self._pdf.size(self._page)
        ratio = self.devicePixelRatioF()
        room = self._room.maximumViewportSize()
        by_width = max(50, room.width() - 2 * MARGIN) / width
        scale = by_width if self.wide.isChecked() else min(by_width, max(50, room.height() - 2 * MARGIN) / height)
        scale = min(scale * ratio, MOST_PIXELS / max(width, height))
        image = self._pdf.draw(self._page, scale)
        image.setDevicePixelRatio(ratio)
        return image

    def _lay_out(self, *, has_wide: bool) -> None:
        for part in (self._earlier, self._label, self._later):
            self.foot.addWidget(part)
        if has_wide:
            self.foot.addWidget(self.wide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._room, 1)
        column.addLayout(self.foot)


def _room_for(paper: QWidget) -> QScrollArea:
    room = QScrollArea()
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setWidgetResizable(True)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    paper.setProperty("kind", "plain")
    room.setWidget(paper)
    room.setMinimumSize(QSize(LEAST_WIDTH, LEAST_HEIGHT))
    return room
