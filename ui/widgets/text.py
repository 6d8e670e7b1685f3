"""Labels in their kinds: page title, section heading, plain words, badge."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.tokens import LINE_CHARACTERS

QWIDGET_MOST = 16_777_215  # Qt's own "no limit"


class WrappingLabel(QLabel):
    """Words over several lines that always keep the height they need, in any layout."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        # measured here: heightForWidth never answers with less than the minimum that was set before
        room = QRect(0, 0, max(1, self.contentsRect().width()), QWIDGET_MOST)
        needed = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        needed += self.height() - self.contentsRect().height()
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)


def unmissable(sentence: str) -> QLabel:
    """Return a line over everything that nobody overlooks."""
    label = QLabel(sentence)
    label.setProperty("kind", "practice")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def page_title(text: str) -> QLabel:
    """Return a page's title (15 pt)."""
    return _label(text, kind="title")


def section_heading(text: str) -> QLabel:
    """Return a section's heading (12.5 pt)."""
    return _label(text, kind="section")


def small_heading(text: str) -> QLabel:
    """Return a quiet heading over a group of fields."""
    return _label(text, kind="small-caps")


def words(text: str = "", *, tone: str = "") -> WrappingLabel:
    """Return wrapping words, at most 80 characters wide; ``tone`` is "", muted, calm, notice, urgent or accent."""
    label = WrappingLabel(text)
    if tone:
        label.setProperty("tone", tone)
    label.setMaximumWidth(label.fontMetrics().averageCharWidth() * LINE_CHARACTERS + 40)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def badge(text: str) -> QLabel:
    """Return a small count or word on a soft ground."""
    label = _label(text, kind="badge")
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def line() -> QFrame:
    """Return a thin line between groups."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a widget, also of one that is already shown."""
    widget.setProperty("tone", tone)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the style has not looked at it yet
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _label(text: str, *, kind: str = "", tone: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a name with a "<" in it stays a name
    if kind:
        label.setProperty("kind", kind)
    if tone:
        label.setProperty("tone", tone)
    return label
