"""What she told about perpetrators and customers: kept apart from the notes, with the note it was told in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.domain.third_party import ThirdParty
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.encounter_rows import where_in_words
from ui.models.rows import EncounterRow
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words

WORDS_HEIGHT = 84
OFFENCE, NO_OFFENCE = "offence", "none"
USUAL_ROLE, CUSTOMER = "controller", "customer"


class OthersView(ContactView):
    """Never in search, a batch, a paper or a figure; read only here, and the record of use says so."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contact_id = ""
        self._words = Words(context.program.code_lists)
        self.list = ListCard(_("About other people"), _("Nothing about others is written down."))
        self.note = CodeBox(())
        self.role = CodeBox(self._words.choices("third_party_roles"))
        self.offence = ChoiceRow([(OFFENCE, _("Tells of a crime")), (NO_OFFENCE, _("Does not"))], may_be_empty=False)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(WORDS_HEIGHT)
        self.keep = button(_("Keep"))
        self.no_note = words(_("This is kept with a note. Write a note about her first."), tone="muted")
        self._lay_out()
        self.role.chosen.connect(lambda code: self.offence.set_value(NO_OFFENCE if code == CUSTOMER else OFFENCE))
        self.words.textChanged.connect(self._look)
        self.keep.clicked.connect(self._add)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self.list.show_rows([])
        self.note.set_options(())
        self.keep_draft_now()
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.casework or changes.encounters or changes.contacts:
            self._ask()

    def focus_first(self) -> None:
        self.role.setFocus()

    def keep_draft_now(self) -> None:
        self.words.clear()
        self.note.setCurrentIndex(0)
        self.role.set_value(USUAL_ROLE)
        self.offence.set_value(OFFENCE)
        self._look()

    def _ask(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: session.contacts.timeline(contact_id), self._show_notes, owner=self)
        if self.isVisible():
            self.context.ask(
                lambda session: session.third_parties.list_of_contact(contact_id), self._show, owner=self
            )

    def _show_notes(self, rows: Sequence[EncounterRow]) -> None:
        today = self.context.program.clock.local_now().date()
        chosen = self.note.value()
        self.note.set_options([
            (row.id, " · ".join((day_in_words(row.shift_date, today), where_in_words(row, self._words))))
            for row in sorted(rows, key=lambda row: row.shift_date, reverse=True)
        ])  # fmt: skip
        if rows and not chosen:
            self.note.setCurrentIndex(0)
        self.no_note.setVisible(not rows)
        self._look()

    def _show(self, found: Sequence[ThirdParty]) -> None:
        today = self.context.program.clock.local_now().date()
        self.list.show_rows([
            ListRow(
                isolated(each.words), " · ".join(filter(None, (
                    self._words.of("third_party_roles", each.role), day_in_words(each.shift_date, today),
                    _("tells of a crime") if each.offence else "", isolated(each.worker_name),
                ))), _("Take away"), partial(self._take_away, each),
            )
            for each in found
        ])  # fmt: skip

    def _look(self) -> None:
        self.keep.setEnabled(bool(self.words.toPlainText().strip()) and bool(self.note.value()))

    def _add(self) -> None:
        note_id, role, told = self.note.value(), self.role.value(), self.words.toPlainText()
        offence = self.offence.value() == OFFENCE
        self.context.change(
            lambda session: session.third_parties.add_third_party(note_id, role, told, offence=offence),
            lambda _changes: self.keep_draft_now(), owner=self,
        )  # fmt: skip

    def _take_away(self, each: ThirdParty) -> None:
        def undo() -> None:
            self.context.change(
                lambda session: session.third_parties.add_third_party(
                    each.encounter_id, each.role, each.words, offence=each.offence
                )
            )

        self.context.change(
            lambda session: session.third_parties.take_away(each.id),
            lambda _changes: self.context.messages.say(_("It is taken away."), undo=undo), owner=self,
        )  # fmt: skip

    def _lay_out(self) -> None:
        hint = words(
            _("Facts about perpetrators and customers are theirs, not hers. They stay on this laptop: in no batch, no "
              "paper, no figure and no search. Write as little as you need."), tone="muted",
        )  # fmt: skip
        grid = FormGrid()
        grid.add(_("Told in"), self.note)
        grid.add(_("Who"), self.role)
        grid.add(_("What"), self.words)
        grid.add_wide(self.offence)
        self.offence.setAccessibleName(_("Tells of a crime"))
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (hint, self.list, self.no_note, grid):
            scroll.add(part)
        scroll.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
