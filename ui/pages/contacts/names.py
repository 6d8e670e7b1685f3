"""The names of a contact: the short name, further names, whether she is somebody else, and what was merged or split."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Alias, Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.leaving import Leaving
from ui.models.name_words import kind_choices, kind_name
from ui.pages.contacts.regrouping import RegroupingPanel
from ui.pages.contacts.same_person import SamePersonPanel
from ui.pages.contacts.splitting import SplitPanel
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.disclosure import Disclosure
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import small_heading

if TYPE_CHECKING:
    from outreach_app.services.session import Session

PROVISIONAL, KNOWN = "provisional", "known"


class NamesView(ContactView):
    """Each change can be undone; a true name that was written by mistake can be forgotten for good."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contact: Contact | None = None
        self.short_name, self.way = QLineEdit(), ChoiceRow(
            [(PROVISIONAL, _("Provisional")), (KNOWN, _("Known"))], may_be_empty=False
        )
        self.keep, self.forget = button(_("Keep")), quiet_button(_("Keep, and forget the old name for good"))
        self.leaving = Leaving(context)
        self.aliases = ListCard(_("Also called"), _("No other name yet. None of them ever leaves this laptop."))
        self.kind, self.alias = ChoiceRow(kind_choices(), may_be_empty=False), QLineEdit()
        self.add = button(_("Add"), icon="plus")
        self.same = SamePersonPanel(context)
        self.split, self.history = SplitPanel(context), RegroupingPanel(context)
        self.split_opener = Disclosure(_("Some notes are about somebody else"), self.split)
        self._lay_out()
        self._connect()

    def show_contact(self, contact: Contact) -> None:
        self._contact = contact
        self._show_name(contact)
        self.kind.set_value("called")
        self.alias.clear()
        self.split_opener.set_open(False)
        self.same.show_contact(contact)
        self.split.show_contact(contact)
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.contacts or changes.encounters:
            self._ask()

    def focus_first(self) -> None:
        self.short_name.setFocus()

    def keep_draft_now(self) -> None:
        if self._contact is not None:
            self._show_name(self._contact)
        self.alias.clear()
        self.split.keep_draft_now()

    def _show_name(self, contact: Contact) -> None:
        self.short_name.setText(contact.short_name)
        self.way.set_value(PROVISIONAL if contact.provisional else KNOWN)
        self._look()

    def _ask(self) -> None:
        if self._contact is not None:
            contact_id = self._contact.id
            self.context.ask(lambda session: session.names.list_aliases(contact_id), self._show_aliases, owner=self)
            self.context.ask(
                lambda session: session.contacts.find_contact(contact_id), self._show_fresh, lambda _error: None,
                owner=self,
            )  # fmt: skip
            self.same.look()
            self.history.look(contact_id)

    def _show_fresh(self, contact: Contact) -> None:
        """Show the name as it is now, unless another is half written."""
        before, self._contact = self._contact, contact
        if before is not None and before.id == contact.id and not self._differs(before):
            self._show_name(contact)

    def _show_aliases(self, found: Sequence[Alias]) -> None:
        self.aliases.show_rows([
            ListRow(isolated(each.name), kind_name(each.kind), _("Take away"), partial(self._take_away, each))
            for each in found
        ])  # fmt: skip

    def _take_away(self, alias: Alias) -> None:
        def undo() -> None:
            self.context.change(lambda session: session.names.put_back(alias))

        self.context.change(
            lambda session: session.names.take_alias_away(alias.id),
            lambda _changes: self.context.messages.say(_("The name is taken away."), undo=undo), owner=self,
        )  # fmt: skip

    def _add(self) -> None:
        name, kind = self.alias.text().strip(), self.kind.value()
        if not name or self._contact is None:
            return
        contact_id = self._contact.id
        self.context.change(
            lambda session: session.names.add_alias(contact_id, kind, name),
            lambda _changes: self.alias.clear(), owner=self,
        )  # fmt: skip

    def _rename(self, *, for_good: bool) -> None:
        if self._contact is None or not self._differs(self._contact):
            return
        before, name, provisional = self._contact, self.short_name.text(), self.way.value() == PROVISIONAL

        def rename(session: Session) -> Changes:
            return session.names.rename_contact(before.id, name, provisional=provisional, for_good=for_good)

        if for_good:
            self.leaving.run(
                lambda session, report, stop: (rename(session), session.keeping.finish_leaving(report, stop))[0],
                lambda _changes: self.context.messages.say(_("The old name is forgotten.")), lambda: None,
            )  # fmt: skip
            return

        def undo() -> None:
            self.context.change(
                lambda session: session.names.rename_contact(
                    before.id, before.short_name, provisional=before.provisional
                )
            )

        self.context.change(
            rename, lambda _changes: self.context.messages.say(_("The name is kept."), undo=undo), owner=self
        )

    def _differs(self, contact: Contact) -> bool:
        typed, provisional = self.short_name.text().strip(), self.way.value() == PROVISIONAL
        return bool(typed) and (typed, provisional) != (contact.short_name, contact.provisional)

    def _look(self) -> None:
        differs = self._contact is not None and self._differs(self._contact)
        self.keep.setEnabled(differs)
        self.forget.setVisible(
            differs and self._contact is not None and self.short_name.text().strip() != self._contact.short_name
        )

    def _connect(self) -> None:
        self.short_name.textChanged.connect(lambda _text: self._look())
        self.way.changed.connect(lambda _code: self._look())
        self.short_name.returnPressed.connect(lambda: self._rename(for_good=False))
        self.keep.clicked.connect(lambda: self._rename(for_good=False))
        self.forget.clicked.connect(lambda: self._rename(for_good=True))
        self.alias.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.same.contact_requested.connect(self.contact_requested)
        self.split.contact_requested.connect(self.contact_requested)
        self.history.contact_requested.connect(self.contact_requested)

    def _lay_out(self) -> None:
        self.short_name.setObjectName("contact.short_name")
        self.alias.setObjectName("contact.alias")
        self.alias.setPlaceholderText(_("another name, a name online or a number"))
        grid = FormGrid()
        grid.add(_("Short name"), self.short_name)
        grid.add(_("Kind"), self.way)
        keep_row, add_row = QHBoxLayout(), QHBoxLayout()
        for row in (keep_row, add_row):
            row.setSpacing(SPACE_2)
        for each in (self.keep, self.forget):
            keep_row.addWidget(each)
        keep_row.addStretch(1)
        add_row.addWidget(self.alias, 1)
        add_row.addWidget(self.add)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(grid)
        scroll.column.addLayout(keep_row)
        scroll.add(self.leaving)
        self.aliases.column.addWidget(self.kind)
        self.aliases.column.addLayout(add_row)
        for part in (self.aliases, self.same, self.split_opener, self.history):
            scroll.add(part)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.alias.setAccessibleName(small_heading(_("Also called")).text())
