"""A short list of what is due: the most urgent first, more on request, and what was put off behind one line.

Putting off asks in place until when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.widgets.ask_panel import AskPanel
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.list_card import ListCard, ListRow

FIRST = 5  # rows while the list is short
MOST = 40  # rows at all: thousands would keep the window busy, and nobody reads them
NEXT = timedelta(days=3)
OFFERS = (1, 2, 3, 7, 14)
PutOff = Callable[[date, str], None]


class DueCard(ListCard):
    """``wanted`` asks for the rows anew: the whole list, or what was put off, was opened or closed.

    ``asked`` says that the question has to be seen.
    """

    wanted = Signal()
    asked = Signal()

    def __init__(self, heading: str, nothing: str, today: Callable[[], date]) -> None:
        super().__init__(heading, nothing)
        self._today = today
        self.wants_all = False
        self.wants_put_off = False
        self._put_off: PutOff | None = None
        self._from_row = 0
        self.ask = AskPanel(_("Put it off"), "", _("Put off"))
        self.until = DateField(today, OFFERS)
        self.ask.fields.addWidget(LabelledField(_("Until"), self.until))
        self.reason = self.ask.ask(_("Why"), _("A few words; they stay on this laptop."))
        self.ask.require(self._day_fits)
        self.until.changed.connect(lambda _day: self.ask.look())
        self.ask.confirmed.connect(self._confirm)
        self.ask.left.connect(self.end_asking)
        self.column.insertWidget(1, self.ask)  # beside the heading: it is read where the hand was
        self.ask.hide()

    def show_due(self, rows: Sequence[ListRow], due: int, put_off: Sequence[ListRow], put_off_count: int) -> None:
        """Show what is due and, below, what was put off.

        Args:
            rows: the most urgent.
            due: how many there are.
            put_off: shown while that is open.
            put_off_count: how many are put off.
        """
        shown = [*rows[: MOST if self.wants_all else FIRST]]
        more = due - len(shown)
        if more > 0:
            words = ngettext("and {count} more", "and {count} more", more).format(count=more)
            name = "" if self.wants_all else _("Show")
            shown.append(ListRow(words, "", name, lambda: self._want("wants_all", wanted=True)))
        if put_off_count:
            shown.append(self._put_off_line(put_off_count))
            shown.extend(put_off[:MOST] if self.wants_put_off else ())
        self.show_rows(shown)

    def begin_asking(self, what: str, put_off: PutOff) -> None:
        """Ask until when and why; ``put_off`` is called with both."""
        at = next((place for place, button in enumerate(self.buttons()) if button.hasFocus()), 0)
        self._put_off, self._from_row = put_off, at
        self.ask.sentence.setText(what)
        self.ask.show()
        self.ask.begin()
        self.until.set_value(self._today() + NEXT)
        self.until.setFocus(Qt.FocusReason.OtherFocusReason)  # the day is the first question, and is written over
        self.until.edit.selectAll()
        self.ask.look()
        self.asked.emit()

    def end_asking(self) -> None:
        """Ask no longer; what was typed is let go."""
        self._put_off = None
        self.reason.clear()
        self.ask.hide()
        buttons = self.buttons()
        if buttons:
            buttons[min(self._from_row, len(buttons) - 1)].setFocus()

    @property
    def asking(self) -> bool:
        """Whether it is being asked until when and why."""
        return not self.ask.isHidden()

    def _day_fits(self) -> bool:
        day = self.until.value()
        return day is not None and day > self._today()

    def _confirm(self) -> None:
        day, put_off = self.until.value(), self._put_off
        if day is not None and put_off is not None:
            put_off(day, self.reason.text())

    def _put_off_line(self, count: int) -> ListRow:
        words = ngettext("{count} put off", "{count} put off", count).format(count=count)
        name = _("Hide") if self.wants_put_off else _("Show")
        return ListRow(
            words, "", name, lambda: self._want("wants_put_off", wanted=not self.wants_put_off), icon="clock"
        )

    def _want(self, name: str, *, wanted: bool) -> None:
        setattr(self, name, wanted)
        self.wanted.emit()
