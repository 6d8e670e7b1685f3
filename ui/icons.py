"""The one family of line icons: own SVG files, coloured by the look in use."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from outreach_app.paths import shipped_folder
from ui.tokens import ICON_SIZE, Tokens, tokens_for_lightness

_NAME = "lineIcon"
_TONE = "lineIconTone"
_SIZE = "lineIconSize"
_drawings: dict[str, bytes] = {}


def current_tokens() -> Tokens:
    """Return the look that the application's palette shows."""
    return tokens_for_lightness(QGuiApplication.palette().window().color().lightness())


def icon_pixmap(name: str, colour: str, size: int = ICON_SIZE, ratio: float = 2.0) -> QPixmap:
    """Return the icon ``name`` in one colour, drawn once; ``size`` in logical pixels."""
    key = f"{name} {colour} {size} {ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = _drawn(name, colour, size, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def line_icon(name: str, tone: str = "text") -> QIcon:
    """Return the icon in the colour ``tone``, a field of Tokens."""
    tokens = current_tokens()
    icon = QIcon(icon_pixmap(name, getattr(tokens, tone)))
    if tone == "on_accent":  # elsewhere Fusion's own grey is right
        icon.addPixmap(icon_pixmap(name, tokens.muted), QIcon.Mode.Disabled)
    return icon


def set_icon(widget: QAbstractButton | QLabel, name: str, tone: str = "text", size: int = ICON_SIZE) -> None:
    """Put an icon on a button or label; it follows when the look changes."""
    widget.setProperty(_NAME, name)
    widget.setProperty(_TONE, tone)
    widget.setProperty(_SIZE, size)
    _draw_on(widget)


def recolour_icons(widgets: Iterable[QWidget]) -> None:
    """Draw every icon again in the colours in use."""
    for widget in widgets:
        if widget.property(_NAME) and isinstance(widget, QAbstractButton | QLabel):
            _draw_on(widget)


def _draw_on(widget: QAbstractButton | QLabel) -> None:
    name, tone, size = str(widget.property(_NAME)), str(widget.property(_TONE)), int(widget.property(_SIZE))
    if isinstance(widget, QAbstractButton):
        widget.setIcon(line_icon(name, tone))
        widget.setIconSize(QSize(size, size))
    else:
        widget.setPixmap(icon_pixmap(name, getattr(current_tokens(), tone), size))


def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode())))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _drawing(name: str) -> bytes:
    if name not in _drawings:
        _drawings[name] = _folder().joinpath(f"{name}.svg").read_bytes()
    return _drawings[name]


@cache
def _folder() -> Path:
    return shipped_folder("resources") / "icons"
