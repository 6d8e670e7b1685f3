"""Draws a language: its own name large, and below it what the worker calls it and how far the sheet is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import current_tokens, icon_pixmap
from ui.tokens import SPACE_1, SPACE_2

CODE = Qt.ItemDataRole.UserRole
BELOW = Qt.ItemDataRole.UserRole + 1  # the quiet line below the name
ICON = Qt.ItemDataRole.UserRole + 2
GREY = Qt.ItemDataRole.UserRole + 3  # there is nothing to print
NAME_POINTS, BELOW_POINTS = 16.0, 9.5
ROW_HEIGHT, HEADING_HEIGHT = 58, 30  # pixels; Thai needs the room above and below
PADDING = 10
ICON_SIZE = 14


class LanguageRows(QStyledItemDelegate):
    """A row without a code is a thin heading."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(160, ROW_HEIGHT if index.data(CODE) else HEADING_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        room = option.rect.adjusted(PADDING, SPACE_1, -SPACE_2, -SPACE_1)
        if index.data(CODE):
            _draw_language(painter, room, text, index)
        else:
            _draw_heading(painter, room, text)
        painter.restore()


def _draw_language(painter: QPainter, room: QRect, name: str, index: QModelIndex | QPersistentModelIndex) -> None:
    tokens = current_tokens()
    grey = bool(index.data(GREY))
    painter.setFont(_fitting(painter.font(), name, room.width()))
    painter.setPen(QColor(tokens.muted if grey else tokens.text))
    name_height = max(QFontMetrics(painter.font()).height(), room.height() * 6 // 10)
    own = QRect(room.left(), room.top(), room.width(), name_height)
    painter.drawText(own, _alignment(Qt.AlignmentFlag.AlignVCenter), name)
    below = QRect(room.left(), room.bottom() - room.height() * 4 // 10, room.width(), room.height() * 4 // 10 + 1)
    if index.data(ICON):
        pixmap = icon_pixmap(str(index.data(ICON)), tokens.muted, ICON_SIZE)
        painter.drawPixmap(below.left(), below.top() + (below.height() - ICON_SIZE) // 2, pixmap)
        below.setLeft(below.left() + ICON_SIZE + SPACE_1)
    painter.setFont(_sized(painter.font(), BELOW_POINTS))
    painter.setPen(QColor(tokens.muted))
    words = QFontMetrics(painter.font()).elidedText(str(index.data(BELOW)), Qt.TextElideMode.ElideRight, below.width())
    painter.drawText(below, _alignment(Qt.AlignmentFlag.AlignVCenter), words)


def _draw_heading(painter: QPainter, room: QRect, words: str) -> None:
    tokens = current_tokens()
    painter.setFont(_sized(painter.font(), BELOW_POINTS))
    painter.setPen(QColor(tokens.line))
    painter.drawLine(room.left(), room.top(), room.right(), room.top())
    painter.setPen(QColor(tokens.muted))
    painter.drawText(room, _alignment(Qt.AlignmentFlag.AlignBottom), words)


def _alignment(upright: Qt.AlignmentFlag) -> int:
    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | upright)


def _fitting(font: QFont, name: str, width: int) -> QFont:
    """Return the font as large as the name has room for."""
    sizes = (NAME_POINTS, NAME_POINTS * 0.85, NAME_POINTS * 0.7)
    fonts = [_sized(font, points) for points in sizes]
    return next((each for each in fonts if QFontMetrics(each).horizontalAdvance(name) <= width), fonts[-1])


def _sized(font: QFont, points: float) -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(points)
    return sized
