"""One of the cards' own line drawings, as large as its room, in the colour of words."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach_app.paths import shipped_folder

SMALLEST, LARGEST = 72, 208  # pixels


class LinePicture(QWidget):
    """``show_picture`` names a file of ``resources/cards``; the drawing itself is not mirrored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = b""
        self.setMinimumSize(SMALLEST, SMALLEST)
        self.setMaximumHeight(LARGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(LARGEST, LARGEST)

    def show_picture(self, name: str) -> None:
        """Show a drawing."""
        self._drawing = (shipped_folder("resources") / "cards" / f"{name}.svg").read_bytes()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name().encode()
        side = min(self.width(), self.height())
        painter = QPainter(self)
        renderer = QSvgRenderer(QByteArray(self._drawing.replace(b"currentColor", colour)))
        renderer.render(painter, QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side))
        painter.end()
