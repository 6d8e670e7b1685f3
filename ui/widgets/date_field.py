"""A date typed as people say it, with a few near days offered by the arrow-down key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2
from ui.widgets.buttons import icon_button
from ui.widgets.date_words import read_date_words, say_date, short_date


class _WordsEdit(QLineEdit):
    left = Signal()
    offer_requested = Signal()
    stepped = Signal(int)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.offer_requested.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class DateField(QWidget):
    """``today`` is handed in; up and down move by a day, Alt+Down offers near days."""

    changed = Signal(object)  # date or None

    def __init__(
        self, today: Callable[[], date], offers: Sequence[int] = (1, 3, 7, 14), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._offers = offers
        self._value: date | None = None
        self.edit = _WordsEdit()
        self.edit.setPlaceholderText(_("in 3 days"))
        self._said = QLabel()
        self._said.setProperty("tone", "muted")
        button = icon_button("calendar", _("Choose a day"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.edit, 1)
        row.addWidget(button)
        row.addWidget(self._said)
        self.setFocusProxy(self.edit)
        button.clicked.connect(self._offer)
        self.edit.offer_requested.connect(self._offer)
        self.edit.stepped.connect(self._step)
        self.edit.textEdited.connect(self._read)
        self.edit.left.connect(self._tidy)

    def setAccessibleName(self, name: str) -> None:
        """Name the field, and with it the line that has the keyboard, unless that has a name of its own."""
        if self.edit.accessibleName() in ("", self.accessibleName()):
            self.edit.setAccessibleName(name)
        super().setAccessibleName(name)

    def value(self) -> date | None:
        """Return the day, or None if nothing (or nothing understood) is written."""
        return self._value

    def understood(self) -> bool:
        """Tell whether what is written is empty or a day."""
        return self._value is not None or not self.edit.text().strip()

    def set_value(self, day: date | None) -> None:
        """Show a day without telling anyone."""
        self._value = day
        self.edit.setText("" if day is None else say_date(day, self._today()))
        self._show_said()

    def _read(self, text: str) -> None:
        before, self._value = self._value, read_date_words(text, self._today())
        self._show_said()
        if before != self._value:
            self.changed.emit(self._value)

    def _tidy(self) -> None:
        if self._value is not None:
            self.set_value(self._value)

    def _step(self, days: int) -> None:
        self._take((self._value or self._today()) + timedelta(days=days))

    def _take(self, day: date | None) -> None:
        self.set_value(day)
        self.changed.emit(day)

    def _offer(self) -> None:
        menu = QMenu(self)
        for days in self._offers:
            day = self._today() + timedelta(days=days)
            menu.addAction(f"{say_date(day, self._today())}  ·  {short_date(day)}").triggered.connect(
                lambda _checked=False, day=day: self._take(day)
            )
        menu.addSeparator()
        menu.addAction(_("No date")).triggered.connect(lambda: self._take(None))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.edit.mapToGlobal(self.edit.rect().bottomLeft()))

    def _show_said(self) -> None:
        if self._value is None:
            self._said.setText("" if self.understood() else _("not a day yet"))
        else:
            self._said.setText(short_date(self._value))
