"""Erases one person, in place: what is here, what has left and to whom, why; then how far the centre has followed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.dialogs.leaving import Leaving
from ui.models.dates import day_in_words
from ui.models.keeping_words import confirmation_words, departures_in_words, mention_words, reason_choices
from ui.tokens import SPACE_2
from ui.widgets.ask_panel import AskPanel
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.domain.erasing import Confirmation, Mention
    from outreach_app.services.erasing import Erased, Erasure


class ErasePanel(QWidget):
    """Nothing is erased before a reason was chosen; afterwards it says whether the centre has confirmed it."""

    erased = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._contact_id = ""
        self._erasure_id = ""
        self.ask = AskPanel("", "", _("Erase for good"))
        self.reason = ChoiceRow(reason_choices())
        self.ask.fields.addWidget(LabelledField(_("Why"), self.reason))
        self.ask.require(lambda: bool(self.reason.value()))
        self.mentions = ListCard(_("Her names elsewhere"), "")
        self.leaving = Leaving(context)
        self.outcome = words()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for part in (self.ask, self.mentions, self.leaving, self.outcome):
            column.addWidget(part)
        self.reason.changed.connect(lambda _code: self.ask.look())
        self.ask.confirmed.connect(self._erase)
        self.ask.left.connect(self.left)

    @property
    def is_over(self) -> bool:
        """Whether the person was erased and only the outcome is shown."""
        return bool(self._erasure_id)

    def begin(self, erasure: Erasure) -> None:
        """Ask about a person."""
        self._contact_id, self._erasure_id = erasure.contact_id, ""
        name = isolated(erasure.short_name)
        self.ask.heading.setText(_("Erase {name}").format(name=name))
        self.ask.sentence.setText("\n".join(self._what_it_means(erasure)))
        self.reason.set_value("")
        self._show_mentions(erasure)
        self.outcome.hide()
        self.leaving.hide()
        self.ask.show()
        self.ask.begin()

    def look_again(self) -> None:
        """Read how far the centre has followed."""
        if self._erasure_id:
            self._context.ask(lambda session: session.erasing.confirmations(), self._show_outcome, owner=self)

    def _what_it_means(self, erasure: Erasure) -> list[str]:
        now = self._context.program.clock.local_now()
        here = _("From this laptop: {what}. Search, drafts and all older backups lose her as well.")
        told = [here.format(what=", ".join(_what_is_here(erasure)))]
        if erasure.left:
            told.append(_("Has left already; the centre is told to erase it:"))
            told.extend(f"– {each}" for each in departures_in_words(erasure.left, now.date(), now.tzinfo))
            if any(each.recipient for each in erasure.left):
                told.append(_("Whom the centre passed it on to has to be asked as well."))
        else:
            told.append(_("Nothing about her has left this laptop."))
        return told

    def _show_mentions(self, erasure: Erasure) -> None:
        today = self._context.program.clock.local_now().date()
        self.mentions.show_rows([
            ListRow(
                " · ".join(filter(None, (day_in_words(row.shift_date, today), isolated(row.first_words)))),
                _("Blank the name there if it means her."), _("Open"),
                partial(self._context.go_to, "encounters", {"encounter_id": row.id}),
            )
            for row in erasure.mentions
        ] + [
            ListRow(
                mention_words(one.where, one.name), _("Take the name out there if it means her."), _("Open"),
                partial(self._context.go_to, *_opens(one)),
            )
            for one in erasure.elsewhere
        ])  # fmt: skip
        self.mentions.setVisible(bool(erasure.mentions or erasure.elsewhere))

    def _erase(self) -> None:
        contact_id, reason = self._contact_id, self.reason.value()
        self.ask.hide()
        self.leaving.run(
            lambda session, report, stop: session.erasing.erase_contact(contact_id, reason, report, stop),
            self._done, self.erased.emit,
        )  # fmt: skip

    def _done(self, erased: Erased) -> None:
        self._erasure_id = erased.id
        self.mentions.hide()
        self.look_again()

    def _show_outcome(self, rows: Sequence[Confirmation]) -> None:
        row = next((row for row in rows if row.id == self._erasure_id), None)
        if row is not None:
            now = self._context.program.clock.local_now()
            done = _("She is erased from this laptop.")
            self.outcome.setText(f"{done} {confirmation_words(row, now.date(), now.tzinfo)}")
            self.outcome.show()


def _opens(one: Mention) -> tuple[str, dict[str, str]]:
    """Return the page that shows where a name stands, and the place in it."""
    page, key = {
        "encounter": ("encounters", "encounter_id"), "contact": ("contacts", "contact_id"),
        "place": ("places", "place_id"), "draft": ("encounter", "draft_id"), "police_action": ("encounter", "police"),
    }[one.opens]  # fmt: skip
    return page, {key: one.id}


def _what_is_here(erasure: Erasure) -> list[str]:
    parts = [ngettext("{count} note", "{count} notes", erasure.notes).format(count=erasure.notes)]
    if erasure.older_versions:
        count = erasure.older_versions
        parts.append(ngettext("{count} older version", "{count} older versions", count).format(count=count))
    if erasure.drafts:
        parts.append(ngettext("{count} draft", "{count} drafts", erasure.drafts).format(count=erasure.drafts))
    if erasure.has_identity:
        parts.append(_("who she says she is"))
    if erasure.has_linkage:
        parts.append(_("the facts for counting her once"))
    return parts
