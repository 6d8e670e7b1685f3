"""The contacts page: a list by short name, last met first, and one contact beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact, Identity, LinkageFacts
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import ago_in_words
from ui.models.plain_rows import PlainRow, PlainRows
from ui.models.rows import EncounterRow
from ui.page import Page
from ui.pages.contacts.detail import ContactDetail
from ui.pages.contacts.erasing import ErasePanel
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from outreach_app.services.session import Session


@dataclass(frozen=True, slots=True)
class OpenedContact:
    """A contact with its timeline; the identity only where the worker asked for it."""

    contact: Contact
    timeline: Sequence[EncounterRow]
    identity: Identity | None = None


class ContactsPage(Page):
    """``shown`` takes ``contact_id`` to open one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._current = ""
        self.rows = PlainRows((_("Short name"), _("Kind"), _("Met"), _("Last met")), self)
        self.table = RowTable(self.rows, (220, 120, 80))
        self.table.setAccessibleName(_("Contacts"))
        self.detail = ContactDetail(
            Words(context.program.code_lists), lambda: context.program.clock.local_now().date(), ErasePanel(context)
        )
        self.new = button(_("New contact"), icon="plus")
        start = primary_button(_("New contact"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("Someone you meet again gets a short name you make up. A true name is never needed.")
        empty = EmptyState("contacts", _("No contacts yet"), purpose, start)
        self.view = ListAndDetail(self.title(), _("Filter by short name"), self.new, self.table, self.detail, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.table)
        self._connect()

    def title(self) -> str:
        return _("Contacts")

    def shown(self, place: Mapping[str, str]) -> None:
        self._ask()
        if place.get("contact_id"):
            self.open_contact(place["contact_id"])
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.contacts or changes.encounters:
            self._ask()
            if self._current and self.detail.isVisible() and self.detail.erasing.isHidden():
                self.open_contact(self._current)
        if changes.sending or changes.contacts:
            self.detail.erasing.look_again()

    def go_back(self) -> bool:
        if self._current and self.detail.isVisible() and not self.detail.erasing.isHidden():
            if self.detail.erasing.leaving.isHidden():
                self.open_contact(self._current)
            return True
        self._current = ""
        return self.view.close_detail()

    def open_contact(self, contact_id: str) -> None:
        """Show one contact beside the list."""
        self._context.ask(
            lambda session: OpenedContact(
                session.contacts.find_contact(contact_id), session.contacts.timeline(contact_id)
            ),
            self._show_contact, owner=self,
        )  # fmt: skip

    def _ask(self) -> None:
        text = self.view.filter.text()
        self._context.ask(lambda session: session.contacts.list_contacts(text), self._show, owner=self)

    def _show(self, contacts: Sequence[Contact]) -> None:
        today = self._context.program.clock.local_now().date()
        self.rows.show_rows([
            PlainRow(each.id, (
                isolated(each.short_name), _("provisional") if each.provisional else _("known"), str(each.encounters),
                ago_in_words(each.last_met, today) if each.last_met else "–",
            ))
            for each in contacts
        ])  # fmt: skip
        self.view.show_empty(is_empty=not contacts)
        row = self.rows.row_of(self._current)
        if row >= 0:
            self.table.selectRow(row)

    def _show_contact(self, opened: OpenedContact) -> None:
        self._current = opened.contact.id
        self.detail.show_contact(opened.contact, opened.timeline)
        self.view.open_detail()
        row = self.rows.row_of(self._current)
        if row >= 0:
            self.table.selectRow(row)

    def _begin(self) -> None:
        self._current = ""
        self.view.open_detail()
        self.detail.ask_name()

    def _make(self, name: str, provisional: bool) -> None:
        self._context.change(
            lambda session: session.contacts.record_contact(name, provisional=provisional), self._made, owner=self
        )

    def _made(self, contact: Contact) -> None:
        self._context.changes_hub.changed.emit(Changes(contacts=True))
        self.open_contact(contact.id)

    def _preview_erasing(self) -> None:
        contact_id = self._current
        self._context.ask(
            lambda session: session.erasing.preview_erase(contact_id), self.detail.ask_erasing, owner=self
        )

    def _erasing_ended(self) -> None:
        """Show what became of it; where it was stopped she may be gone or still be there."""
        contact_id, self._current = self._current, ""
        if self.detail.erasing.is_over:
            self.detail.show_erased()
            return
        self._context.ask(
            lambda session: session.contacts.find_contact(contact_id), lambda _contact: self.open_contact(contact_id),
            lambda _error: self._close_detail(), owner=self,
        )  # fmt: skip

    def _close_detail(self) -> None:
        self.view.close_detail()

    def _read_identity(self) -> None:
        contact_id = self._current
        self._context.ask(
            lambda session: session.contacts.find_identity(contact_id), self.detail.show_identity, owner=self
        )

    def _keep_identity(self, identity: Identity) -> None:
        contact_id = self._current
        self._change(lambda session: session.contacts.record_identity(contact_id, identity), _("The name is kept."))

    def _keep_linkage(self, facts: LinkageFacts) -> None:
        contact_id = self._current
        self._change(lambda session: session.contacts.record_linkage(contact_id, facts), _("Kept."))

    def _change(self, work: Callable[[Session], Changes], told: str) -> None:
        self._context.change(work, lambda _changes: self._context.messages.say(told), owner=self)

    def _connect(self) -> None:
        self.table.opened.connect(lambda row: self.open_contact(self.rows.key_at(row)))
        self.view.filtered.connect(lambda _text: self._ask())
        self.new.clicked.connect(self._begin)
        detail = self.detail
        detail.named.connect(self._make)
        detail.closed.connect(self.go_back)
        detail.note_requested.connect(lambda note_id: self._context.go_to("encounters", {"encounter_id": note_id}))
        detail.encounter_requested.connect(lambda: self._context.go_to("encounter", {"contact_id": self._current}))
        detail.identity_requested.connect(self._read_identity)
        detail.identity_written.connect(self._keep_identity)
        detail.linkage_written.connect(self._keep_linkage)
        detail.erasing_requested.connect(self._preview_erasing)
        detail.erasing.left.connect(self.go_back)
        detail.erasing.erased.connect(self._erasing_ended)
