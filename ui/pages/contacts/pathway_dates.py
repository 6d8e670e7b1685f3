"""Her dates: ours by count, or those of her letters, which go first while ours stay to be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from outreach_app.domain.decision import answers_to_requests
from outreach_app.domain.pathway_case import DateName
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words
from ui.models.pathway_words import DATE_WORDS, LETTER_MISSING, date_words, nearness_look, nearness_words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.buttons import quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.services.pathways import ContactPathway


_SKIPPED: frozenset[DateName] = frozenset({"ask_extension_by"})  # nobody asks again once there is more time


class DatesCard(ListCard):
    """Each date with how near it is and where it comes from."""

    letter_written = Signal(str, object, str)  # which date, day, words
    letter_dropped = Signal(str)
    done_said = Signal(str, bool)  # which date; dealt with, or open again

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        nothing = _("No dates yet. They begin with a decision written down below, or with a date from her letter.")
        super().__init__(_("Dates"), nothing, parent)
        self.new_letter = quiet_button(_("A date from her letter"), icon="plus")
        self.ask = AskPanel(
            _("A date from her letter"), _("It goes before our count, which stays to be seen."), _("Keep the date")
        )
        self.which = ChoiceRow([(code, _(text)) for code, text in DATE_WORDS.items()], may_be_empty=False)
        self.day, self.letter = DateField(today, (7, 14, 30)), QLineEdit()
        self.day.edit.setPlaceholderText(_("the date in the letter, like 3/11"))
        self.letter.setPlaceholderText(_("which letter, if it helps"))
        for name, field in ((_("Which date"), self.which), (_("Day"), self.day), (_("Letter"), self.letter)):
            self.ask.fields.addWidget(LabelledField(name, field))
        self.ask.require(lambda: bool(self.which.value()) and self.day.value() is not None)
        self.column.addWidget(self.new_letter, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.ask)
        self.ask.hide()
        self.new_letter.clicked.connect(self._open_any)
        for changed in (self.which.changed, self.day.changed):
            changed.connect(lambda _value: self.ask.look())
        self.letter.returnPressed.connect(self._written)
        self.ask.confirmed.connect(self._written)
        self.ask.left.connect(self.close_letter)

    def show_pathway(self, found: ContactPathway) -> None:
        """Show the dates of a contact."""
        self.show_rows(list(_rows(found, self)))

    def open_letter(self, which: str = "") -> None:
        """Ask for a date from a letter, in place."""
        self.which.set_value(which)
        self.day.set_value(None)
        self.letter.clear()
        self.new_letter.hide()
        self.ask.show()
        self.ask.begin()
        (self.day if which else self.which).setFocus()

    def _open_any(self) -> None:
        self.open_letter()

    def close_letter(self) -> None:
        """Ask no more; the keyboard goes back to the button."""
        self.ask.hide()
        self.new_letter.show()
        self.new_letter.setFocus()

    def _written(self) -> None:
        day = self.day.value()
        if day is not None and self.which.value():
            self.letter_written.emit(self.which.value(), day, self.letter.text())


def _rows(found: ContactPathway, card: DatesCard) -> Iterator[ListRow]:
    done = {row.which for row in found.dates if row.done}
    watched = {row.which for row in found.dates}
    if "letter_missing" in watched:
        nothing = _("A period was given, but nothing can be counted while her stay is not noted.")
        begin = _("A date from her letter")
        yield ListRow(_(LETTER_MISSING), nothing, begin, card.open_letter, tone="notice", icon="notice")
    for which in DATE_WORDS:
        day = found.answer.dates[which]
        if day is None or (which in _SKIPPED and found.state == "open" and which not in {*watched, *found.letters}):
            continue
        is_done = which in done
        quiet = is_done or which not in watched
        tone, icon = ("muted", "calendar") if quiet else nearness_look(which, day, found.today)
        act, on_act = _first_action(which, found, card)
        second = (_("Open again") if is_done else _("Done")) if which in watched else ""
        yield ListRow(
            f"{date_words(which)}: {nearness_words(day, found.today)}" + (" · " + _("done") if is_done else ""),
            _where_from(which, found), act, on_act, second, partial(card.done_said.emit, which, not is_done), tone,
            icon,
        )  # fmt: skip


def _first_action(which: DateName, found: ContactPathway, card: DatesCard) -> tuple[str, Callable[[], object]]:
    if which in found.letters:
        return _("Take the letter's date away"), partial(card.letter_dropped.emit, which)
    return _("Her letter says …"), partial(card.open_letter, which)


def _where_from(which: DateName, found: ContactPathway) -> str:
    ours, letter = found.answer.counted[which], found.letters.get(which)
    count = "" if ours is None else _("Our count: {day}.").format(day=day_in_words(ours, found.today))
    if letter is not None:
        said = _("From her letter") + (f" ({isolated(letter.words)})." if letter.words else ".")
        return f"{said} {count}".strip()
    if ours != found.answer.dates[which]:
        return (_("Follows from the date in her letter") + f". {count}").strip()
    if which == "granted_until" and len(found.facts.requested_days) > len(answers_to_requests(found.decisions)):
        return _("Our count, without the days that nobody has granted yet.")
    return _("Our count; her letter may say another day.")
