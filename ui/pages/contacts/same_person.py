"""Is she somebody else we know: contacts with names like hers, and putting two together, which can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.alike_hint import alike_because
from ui.tokens import SPACE_2
from ui.widgets.buttons import button
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice, TypeAhead

if TYPE_CHECKING:
    from outreach_app.services.alike import AlikeContact
    from outreach_app.services.grouping import Regrouped


class SamePersonPanel(ListCard):
    """The contact shown is the one that is kept; the other is found by its names afterwards."""

    contact_requested = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(_("One person, two names?"), _("Nobody is called nearly so."))
        self._context = context
        self._contact: Contact | None = None
        self._picked = ""
        self.other = TypeAhead(self._find, placeholder=_("type another contact’s name"), keep_text=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("how you know (may stay empty)"))
        self.merge = button(_("It is the same person"), icon="link")
        self.merge.setEnabled(False)
        self.column.addWidget(words(
            _("All notes and all that was agreed stand together then. It can be undone."), tone="muted"
        ))  # fmt: skip
        self.column.addWidget(self.other)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.reason, 1)
        row.addWidget(self.merge)
        self.column.addLayout(row)
        for line, name in ((self.other, _("Another contact")), (self.reason, _("How you know"))):
            line.setAccessibleName(name)
        self.other.textEdited.connect(self._typed)
        self.other.picked.connect(self._take)
        self.reason.returnPressed.connect(self._merge_picked)
        self.merge.clicked.connect(self._merge_picked)

    def show_contact(self, contact: Contact) -> None:
        """Ask about this contact."""
        self._contact = contact
        self._take(Choice("", ""))
        self.other.clear()
        self.reason.clear()
        self.show_rows([])

    def look(self) -> None:
        """Look for names like hers again."""
        if self._contact is not None:
            contact_id = self._contact.id
            self._context.ask(
                lambda session: session.alike.find_alike_to(contact_id), self._show, lambda _error: None, owner=self
            )

    def _show(self, found: Sequence[AlikeContact]) -> None:
        self.show_rows([
            ListRow(
                isolated(each.short_name), alike_because(each), _("The same person"),
                partial(self._merge, each.contact_id), _("Somebody else"), partial(self._tell_apart, each.contact_id),
            )
            for each in found
        ])  # fmt: skip

    def _find(self, typed: str) -> Sequence[Choice]:
        """Ask the vault; what it answers is offered below the line when it comes."""
        own = "" if self._contact is None else self._contact.id

        def offer(found: Sequence[Contact]) -> None:
            if self.other.text() == typed and self.other.hasFocus():
                self.other.offer([
                    Choice(each.id, each.short_name, isolated(each.found_by)) for each in found if each.id != own
                ])  # fmt: skip

        self._context.ask(lambda session: session.contacts.list_contacts(typed), offer, owner=self)
        return ()

    def _typed(self, _text: str) -> None:
        self._take(Choice("", ""))

    def _take(self, choice: Choice) -> None:
        self._picked = choice.key
        self.merge.setEnabled(bool(self._picked))

    def _merge_picked(self) -> None:
        if self._picked:
            self._merge(self._picked)

    def _merge(self, other_id: str) -> None:
        if self._contact is None:
            return
        kept_id, reason = self._contact.id, self.reason.text()
        self._context.change(
            lambda session: session.grouping.merge_contacts(other_id, kept_id, reason), self._merged, owner=self
        )

    def _merged(self, done: Regrouped) -> None:
        def undo() -> None:
            self._context.change(lambda session: session.grouping.undo_regrouping(done.id))

        self._take(Choice("", ""))
        self.other.clear()
        self.reason.clear()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)  # the button pressed goes with its row
        self._context.messages.say(_("Both stand together now."), undo=undo)

    def _tell_apart(self, other_id: str) -> None:
        if self._contact is None:
            return
        own_id = self._contact.id

        def undo() -> None:
            self._context.change(lambda session: session.alike.take_back_different(own_id, other_id))

        self._context.change(
            lambda session: session.alike.say_different(own_id, other_id),
            lambda _changes: self._context.messages.say(_("They are not shown together any more."), undo=undo),
            owner=self,
        )  # fmt: skip
