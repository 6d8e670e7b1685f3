"""Which days are looked at: a week, stepped through by key, or any two days that are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from outreach_app.domain.figures import week_of
from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2
from ui.widgets.buttons import quiet_button
from ui.widgets.date_field import DateField
from ui.widgets.flow_layout import FlowLayout

WEEK = timedelta(days=7)
FIELD_WIDTH = 290  # pixels
OFFERS = (0, -7, -14, -28)


class DaysRow(QWidget):
    """Begins with this week; ``chosen`` carries both days once both are days."""

    chosen = Signal(object, object)  # first, last

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.earlier = quiet_button(_("Week before"), "Alt+Left", icon="chevron-left")
        self.later = quiet_button(_("Week after"), "Alt+Right", icon="chevron-right")
        self.first, self.last = DateField(today, OFFERS), DateField(today, OFFERS)
        row = FlowLayout(self, SPACE_2)
        row.addWidget(_together(self.earlier, self.later))
        for name, field in ((_("From"), self.first), (_("To"), self.last)):
            label = QLabel(name)
            label.setProperty("tone", "muted")
            label.setBuddy(field.edit)
            field.edit.setAccessibleName(name)
            field.setFixedWidth(FIELD_WIDTH)
            row.addWidget(_together(label, field))
            field.changed.connect(lambda _day: self._tell())
        self.earlier.clicked.connect(lambda: self._step(-WEEK))
        self.later.clicked.connect(lambda: self._step(WEEK))
        self.setFocusProxy(self.earlier)
        self.show_week(today())

    def days(self) -> tuple[date, date]:
        """Return both days; while one is being typed, the week of the other or of today."""
        first, last = self.first.value(), self.last.value()
        monday, sunday = week_of(first or last or self._today())
        return first or monday, last or sunday

    def show_week(self, day: date) -> None:
        """Show the week of a day, without telling anyone."""
        first, last = week_of(day)
        self.first.set_value(first)
        self.last.set_value(last)

    def _step(self, by: timedelta) -> None:
        first = self.days()[0]
        if date.min + WEEK < first < date.max - 2 * WEEK:
            self.show_week(first + by)
        self._tell()

    def _tell(self) -> None:
        if self.first.value() is not None and self.last.value() is not None:
            self.chosen.emit(*self.days())


def _together(*parts: QWidget) -> QWidget:
    """Return parts that never stand on two lines."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_2)
    for part in parts:
        row.addWidget(part)
    return made
