"""The sheet on the screen in her language, large, so that she can read it on the laptop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.paths import shipped_folder
from ui.icons import current_tokens
from ui.models.leaflets_reading import Block, ReadingText
from ui.tokens import SPACE_3, SPACE_4
from ui.widgets.buttons import button, quiet_button

SIZES = (14.0, 18.0, 22.0, 28.0, 36.0)  # points of plain text
FACTORS = {"title": 1.7, "heading": 1.2, "number": 1.9, "small": 0.65}
BOLD = frozenset({"title", "heading", "number"})
MOST_WIDTH = 980  # pixels of a line of words
PICTURE = 1.9  # height of a drawing, in sizes of the text


class ReadingView(QWidget):
    """Fills the window; Esc goes back to the page."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: ReadingText | None = None
        self._size = 1
        self.words = QTextBrowser()
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setOpenLinks(False)
        self.words.setUndoRedoEnabled(False)
        self.words.setAccessibleName(_("The sheet to read"))
        self.smaller = quiet_button(_("Smaller"), "Ctrl+-")
        self.larger = quiet_button(_("Larger"), "Ctrl++")
        self.back = button(_("Back (Esc)"))
        self.smaller.clicked.connect(lambda: self._resize(-1))
        self.larger.clicked.connect(lambda: self._resize(1))
        self.back.clicked.connect(self.left)
        self._lay_out()

    def read(self, text: ReadingText) -> None:
        """Show this sheet from its beginning."""
        self._text = text
        self._show()
        self.words.verticalScrollBar().setValue(0)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _resize(self, step: int) -> None:
        self._size = max(0, min(self._size + step, len(SIZES) - 1))
        self._show()

    def _show(self) -> None:
        if self._text is None:
            return
        self.smaller.setEnabled(self._size > 0)
        self.larger.setEnabled(self._size < len(SIZES) - 1)
        document = QTextDocument(self.words)
        document.setDocumentMargin(SPACE_4)
        cursor = QTextCursor(document)
        for row, block in enumerate(self._text.blocks):
            block_format = self._block_format(block)
            if row:
                cursor.insertBlock(block_format)
            else:
                cursor.setBlockFormat(block_format)
            self._picture(document, cursor, block)
            cursor.insertText(block.text, self._letters(block))
        self.words.setDocument(document)

    def _block_format(self, block: Block) -> QTextBlockFormat:
        assert self._text is not None  # noqa: S101 - only called while there is a text
        made = QTextBlockFormat()
        points = SIZES[self._size]
        rtl = self._text.rtl
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        made.setAlignment(Qt.AlignmentFlag.AlignLeading)
        made.setTopMargin(points * {"heading": 1.3, "number": 0.2}.get(block.kind, 0.35))
        if block.kind == "line":
            indent = points * 1.2
            (made.setRightMargin if rtl else made.setLeftMargin)(indent)
        return made

    def _letters(self, block: Block) -> QTextCharFormat:
        assert self._text is not None  # noqa: S101 - only called while there is a text
        made = QTextCharFormat()
        made.setFontFamilies([self._text.family, "Noto Sans"])
        made.setFontPointSize(SIZES[self._size] * FACTORS.get(block.kind, 1.0))
        made.setFontWeight(QFont.Weight.Bold if block.kind in BOLD else QFont.Weight.Normal)
        tokens = current_tokens()
        colour = {"small": tokens.muted, "title": tokens.accent, "heading": tokens.accent}.get(block.kind, tokens.text)
        made.setForeground(_brush(colour))
        return made

    def _picture(self, document: QTextDocument, cursor: QTextCursor, block: Block) -> None:
        if not block.picture:
            return
        side = round(SIZES[self._size] * PICTURE * self.logicalDpiY() / 72)
        drawn = _drawing(block.picture, side, self.devicePixelRatioF())
        if drawn.isNull():
            return
        name = QUrl(f"memory:{block.picture}")
        document.addResource(QTextDocument.ResourceType.ImageResource, name, drawn)
        image = QTextImageFormat()
        image.setName(name.toString())
        image.setWidth(side)
        image.setHeight(side)
        image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        cursor.insertImage(image)
        cursor.insertText("\u2002", self._letters(block))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.smaller)
        top.addWidget(self.larger)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.words, 100)
        middle.addStretch(1)
        self.words.setMaximumWidth(MOST_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(top)
        column.addLayout(middle, 1)


def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


def _drawing(picture: str, side: int, ratio: float) -> QImage:
    """Return the pictogram in the colour of the words, empty if there is none of this name."""
    file = shipped_folder("resources") / "pictograms" / f"{picture}.svg"
    if not file.is_file():
        return QImage()
    renderer = QSvgRenderer(file.read_bytes().replace(b"currentColor", current_tokens().text.encode()))
    size = QSize(round(side * ratio), round(side * ratio))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
