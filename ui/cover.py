"""A plain useful page laid over the window at once, so that nothing can be read over a shoulder.

It is a cover, not a promise: whoever looks closely sees that something is locked.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2, SPACE_4, SPACE_5
from ui.widgets.text import page_title, section_heading, small_heading, words

_HEALTH: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Bag"), (N_("Condoms, two sizes"), N_("Lubricant"), N_("Pregnancy tests"), N_("Plasters"), N_("Tissues"))),
    (N_("Car"), (N_("Water"), N_("Blankets"), N_("First-aid box"), N_("Hand gel"), N_("Torch and batteries"))),
    (N_("Order this week"), (N_("Gloves, medium"), N_("Thermometer covers"), N_("Paper bags"), N_("Tea and sugar"))),
)


class Cover(QWidget):
    """Covers its parent wholly; ``dismissed`` when a key or a click asks to go on. That key goes no further."""

    dismissed = Signal()

    def __init__(self, kind: Callable[[], str], parent: QWidget, over: QWidget | None = None) -> None:
        """``over`` is the part of ``parent`` to cover; without one it is the whole."""
        super().__init__(parent)
        self._kind = kind
        self._shown_kind = ""
        self._sheet: QWidget | None = None
        self._covered = parent
        self._over = over
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_5 * 2, SPACE_5 * 2, SPACE_5 * 2, SPACE_5)
        self.hide()

    def prepare(self) -> None:
        """Make the page beforehand, so that covering costs only the painting."""
        if self._sheet is not None:
            self._column.removeWidget(self._sheet)
            self._sheet.deleteLater()
        self._shown_kind = self._kind()
        self._sheet = _supplies() if self._shown_kind == "health" else _plain()
        self._column.addWidget(self._sheet)
        self._column.activate()

    def stand(self) -> None:
        """Cover now; returns when it has been painted."""
        if self._kind() != self._shown_kind:
            self.prepare()
        self.fit()
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.repaint()

    def fit(self) -> None:
        """Cover the whole of what lies below, after that has changed its size."""
        self.setGeometry(self._covered.rect() if self._over is None else self._over.geometry())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() not in _LONE_KEYS and not event.isAutoRepeat():
            self.dismissed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.dismissed.emit()

    def focusNextPrevChild(self, _next: bool) -> bool:
        return True  # Tab stays on the cover


_LONE_KEYS = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_AltGr,
    }
)


class Dimmer(QWidget):
    """A veil that says the cover comes soon; it lets everything through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dimmed = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_dimmed(self, dimmed: bool) -> None:
        """Lay the veil over the parent or take it away."""
        if dimmed:
            self.setGeometry(self._dimmed.rect())
            self.raise_()
        self.setVisible(dimmed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        veil = QColor(self.palette().window().color())
        veil.setAlpha(200)
        painter.fillRect(self.rect(), veil)
        painter.end()


def _supplies() -> QWidget:
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_4)
    grid.addWidget(page_title(_("Supplies")), 0, 0, 1, 3)
    grid.addWidget(words(_("What to have with you, and what to order."), tone="muted"), 1, 0, 1, 3)
    for at, (heading, things) in enumerate(_HEALTH):
        grid.addWidget(_list_card(_(heading), [_(thing) for thing in things]), 2, at)
        grid.setColumnStretch(at, 1)
    grid.setRowStretch(3, 1)
    grid.addWidget(_way_on(), 4, 0, 1, 3)
    return sheet


def _plain() -> QWidget:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.addStretch(1)
    heading = section_heading(_("Notes"))
    heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(heading)
    column.addStretch(1)
    column.addWidget(_way_on())
    return sheet


def _list_card(heading: str, things: list[str]) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
    column.setSpacing(SPACE_2)
    column.addWidget(small_heading(heading))
    for thing in things:
        column.addWidget(words(f"☐  {thing}"))
    column.addStretch(1)
    return card


def _way_on() -> QLabel:
    label = QLabel(_("Any key goes on"))
    label.setProperty("tone", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
