"""The contacts page: a list by short name, last met first, and one contact beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.dates import ago_in_words
from ui.models.name_words import short_of
from ui.models.plain_rows import PlainRow, PlainRows
from ui.page import Page
from ui.pages.contacts.detail import ContactDetail
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from outreach_app.services.timelines import Head


class ContactsPage(Page):
    """``shown`` takes ``contact_id``, ``view``, a name of ``views.VIEWS``, and ``form``, a name that view knows."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._current = self._met_as = ""
        self.rows = PlainRows((_("Short name"), _("Kind"), _("Met"), _("Last met")), self)
        self.table = RowTable(self.rows, (220, 120, 80))
        self.table.setAccessibleName(_("Contacts"))
        self.detail = ContactDetail(context)
        self.new = button(_("New contact"), icon="plus")
        start = primary_button(_("New contact"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("Someone you meet again gets a short name you make up. A true name is never needed.")
        empty = EmptyState("contacts", _("No contacts yet"), purpose, start)
        filter_words = _("Any name or code")
        self.view = ListAndDetail(self.title(), filter_words, self.new, self.table, self.detail, empty)
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
            self.open_contact(place["contact_id"], place.get("view", ""), place.get("form", ""))
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.contacts or changes.encounters:
            self._ask()
        touched = changes.contacts or changes.encounters or changes.casework or changes.follow_ups
        if touched and self._current and self.detail.shows_views:
            self._read_header()
        self.detail.views.refresh(changes)
        if changes.sending or changes.contacts:
            self.detail.erasing.look_again()

    def keep_draft_now(self) -> None:
        self.detail.views.keep_draft_now()

    def go_back(self) -> bool:
        if self._current and self.detail.isVisible() and self.detail.asks_to_erase:
            if self.detail.erasing.leaving.isHidden():
                self.open_contact(self._current)
            return True
        if self.detail.shows_views and self.detail.isVisible() and self.detail.views.go_back():
            return True
        self._current = ""
        self.detail.views.forget()
        return self.view.close_detail()

    def open_contact(self, contact_id: str, view: str = "", form: str = "") -> None:
        """Show one contact beside the list, in the view of this name (there in ``form``) or the one that was open."""
        self._context.ask(
            lambda session: session.timelines.open_contact(contact_id),
            lambda head: self._show_contact(head, view, form), owner=self,
        )  # fmt: skip

    def _read_header(self) -> None:
        contact_id = self._current
        self._context.ask(
            lambda session: session.timelines.open_contact(contact_id), self._show_header, lambda _error: None,
            owner=self,
        )  # fmt: skip

    def _ask(self) -> None:
        text = self.view.filter.text()
        self._context.ask(lambda session: session.contacts.list_contacts(text), self._show, owner=self)

    def _show(self, contacts: Sequence[Contact]) -> None:
        today = self._context.program.clock.local_now().date()
        self.rows.show_rows([
            PlainRow(each.id, (
                _name_in_list(each), _("provisional") if each.provisional else _("known"), str(each.encounters),
                ago_in_words(each.last_met, today) if each.last_met else "–",
            ))
            for each in contacts
        ])  # fmt: skip
        self.view.show_empty(is_empty=not contacts)
        row = self.rows.row_of(self._current) if self._current else 0  # so that Enter opens the first one at once
        if 0 <= row < self.rows.rowCount():
            self.table.selectRow(row)

    def _show_contact(self, head: Head, view: str, form: str = "") -> None:
        self._current, self._met_as = head.contact.id, (head.kept or head.contact).id
        self.detail.show_contact(head, view)
        self.view.open_detail()
        if view and (shown := self.detail.views.view(view)) is not None:
            shown.open_form(form) if form else shown.focus_first()
        row = self.rows.row_of(self._current)
        if row >= 0:
            self.table.selectRow(row)

    def _show_header(self, head: Head) -> None:
        if head.contact.id == self._current and self.detail.shows_views:
            self.detail.show_contact(head)

    def _open_first(self) -> None:
        """Open the first one found, so that a name and Enter are enough."""
        if self.rows.rowCount():
            self.open_contact(self.rows.key_at(0))

    def _begin(self) -> None:
        self._current = ""
        self.table.clearSelection()
        self.view.open_detail()
        self.detail.ask_name()

    def _make(self, name: str, provisional: bool) -> None:
        self._context.change(
            lambda session: session.contacts.record_contact(name, provisional=provisional), self._made, owner=self
        )

    def _made(self, contact: Contact) -> None:
        apart = self.detail.naming.hint.told_apart()
        if apart:
            self._context.change(lambda session: [session.alike.say_different(contact.id, each) for each in apart])
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

    def _connect(self) -> None:
        self.table.opened.connect(lambda row: self.open_contact(self.rows.key_at(row)))
        self.view.filtered.connect(lambda _text: self._ask())
        self.view.filter.returnPressed.connect(self._open_first)
        self.new.clicked.connect(self._begin)
        detail = self.detail
        detail.naming.named.connect(self._make)
        detail.naming.same.connect(lambda contact_id, _name: self.open_contact(contact_id))
        detail.closed.connect(self._leave)
        detail.encounter_requested.connect(lambda: self._context.go_to("encounter", {"contact_id": self._met_as}))
        detail.views.erasing_requested.connect(self._preview_erasing)
        detail.views.contact_requested.connect(self.open_contact)
        detail.erasing.left.connect(self.go_back)
        detail.erasing.erased.connect(self._erasing_ended)

    def _leave(self) -> None:
        """Close the detail at once, wherever in it the keyboard was."""
        if self.detail.asks_to_erase and not self.detail.erasing.leaving.isHidden():
            return
        self._current = ""
        self.detail.views.forget()
        self.view.close_detail()


def _name_in_list(contact: Contact) -> str:
    """Return the short name, and the other name she was found by."""
    name = isolated(short_of(contact.short_name))
    return name if not contact.found_by else f"{name} ({isolated(short_of(contact.found_by))})"
