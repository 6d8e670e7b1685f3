"""One contact: timeline newest first, the guarded identity, and facts she chose to give so that she is counted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.contact import Contact, Identity
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.codes import Words
from ui.models.dates import day_in_words
from ui.models.encounter_rows import where_in_words
from ui.models.note_words import short_outcome
from ui.models.rows import EncounterRow
from ui.pages.contacts.erasing import ErasePanel
from ui.pages.contacts.facts import IdentityPanel, LinkagePanel
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.disclosure import Disclosure
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import badge, section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.erasing import Erasure

PROVISIONAL = "provisional"


class ContactDetail(QFrame):
    """Asks for a short name, or shows a contact."""

    named = Signal(str, bool)  # short name, provisional
    closed = Signal()
    note_requested = Signal(str)
    encounter_requested = Signal()
    identity_requested = Signal()
    identity_written = Signal(object)  # Identity
    linkage_written = Signal(object)  # LinkageFacts
    erasing_requested = Signal()

    def __init__(
        self, code_words: Words, today: Callable[[], date], erasing: ErasePanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._words, self._today = code_words, today
        self.heading, self.kind = section_heading(""), badge("")
        self.met = words(tone="muted")
        self.encounter = button(_("New encounter"), icon="plus")
        self.back = quiet_button(_("Close"), icon="close")
        self.timeline = ListCard(_("Timeline"), _("No note about this contact yet."))
        self.identity, self.linkage = IdentityPanel(), LinkagePanel(today)
        self.identity_opener = Disclosure(_("Identity"), self.identity)
        self.linkage_opener = Disclosure(_("Counted once"), self.linkage)
        self.erase = quiet_button(_("Erase this person"), icon="discard")
        self.erasing = erasing
        self._naming = self._naming_form()
        self._lay_out()
        self.encounter.clicked.connect(self.encounter_requested)
        self.back.clicked.connect(self.closed)
        self.identity_opener.opened.connect(self.identity_requested)
        self.identity.written.connect(self.identity_written)
        self.linkage.written.connect(self.linkage_written)
        self.erase.clicked.connect(self.erasing_requested)

    def ask_name(self) -> None:
        """Ask for the short name of a new contact."""
        self.heading.setText(_("New contact"))
        self._show_parts(self._naming)
        self.name.clear()
        self.way.set_value(PROVISIONAL)
        self.name.setFocus()

    def show_contact(self, contact: Contact, timeline: Sequence[EncounterRow]) -> None:
        """Show a contact."""
        self.heading.setText(isolated(contact.short_name))
        self.kind.setText(_("provisional") if contact.provisional else _("known"))
        times = len(timeline)
        self.met.setText(ngettext("{count} note", "{count} notes", times).format(count=times))
        self.timeline.show_rows([self._row(row) for row in timeline])
        self.identity_opener.set_open(False)
        self.identity.show_identity(None, there_is_one=contact.has_identity)
        self._show_parts(*self._of_a_contact())

    def ask_erasing(self, erasure: Erasure) -> None:
        """Ask whether and why to erase the person shown."""
        self._show_parts(self.kind, self.erasing)
        self.erasing.begin(erasure)

    def show_erased(self) -> None:
        """Show only what became of it."""
        self.heading.setText(_("Erased"))
        self._show_parts(self.erasing)
        self.back.setFocus()

    def show_identity(self, identity: Identity | None) -> None:
        """Show the identity that was asked for."""
        self.identity.show_identity(identity, there_is_one=identity is not None)

    def _row(self, row: EncounterRow) -> ListRow:
        parts = (where_in_words(row, self._words), short_outcome(row.outcome), isolated(row.first_words))
        return ListRow(
            day_in_words(row.shift_date, self._today()), " · ".join(part for part in parts if part and part != "–"),
            _("Open"), lambda: self.note_requested.emit(row.id),
        )  # fmt: skip

    def _of_a_contact(self) -> tuple[QWidget, ...]:
        below = (self.timeline, self.identity_opener, self.linkage_opener, self.erase)
        return (self.kind, self.met, self.encounter, *below)

    def _show_parts(self, *shown: QWidget) -> None:
        for part in (self._naming, self.erasing, *self._of_a_contact()):
            part.setVisible(part in shown)

    def _naming_form(self) -> QWidget:
        self.name = QLineEdit()
        self.name.setObjectName("contacts.name")
        self.name.setPlaceholderText(_("a name you make up, like “red jacket”"))
        self.way = ChoiceRow([(PROVISIONAL, _("Provisional")), ("known", _("Known"))], may_be_empty=False)
        make = primary_button(_("Make contact"))
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        grid = FormGrid()
        grid.add(_("Short name"), self.name)
        grid.add(_("Kind"), self.way)
        column.addWidget(grid)
        row = QHBoxLayout()
        row.addWidget(make)
        row.addStretch(1)
        column.addLayout(row)
        make.clicked.connect(self._named)
        self.name.returnPressed.connect(self._named)
        return form

    def _named(self) -> None:
        name = self.name.text().strip()
        if name:
            self.named.emit(name, self.way.value() == PROVISIONAL)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        for label in (self.heading, self.kind, self.met):
            top.addWidget(label)
        top.addStretch(1)
        top.addWidget(self.encounter)
        top.addWidget(self.back)
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (self._naming, self.timeline, self.identity_opener, self.linkage_opener, self.erasing):
            scroll.add(part)
        scroll.column.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(scroll, 1)
