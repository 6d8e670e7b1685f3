"""One contact: a header, the row of views, and in their place the naming of a new one or the erasing of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.name_words import names_in_words, short_of, warnings_in_words
from ui.pages.contacts.erasing import ErasePanel
from ui.pages.contacts.naming import NamingForm
from ui.pages.contacts.views import ContactViews
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, quiet_button
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import badge, section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.erasing import Erasure
    from outreach_app.services.timelines import Head


class ContactDetail(QFrame):
    """Asks for a short name, shows a contact, or asks whether to erase her."""

    closed = Signal()
    encounter_requested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heading, self.kind = section_heading(""), badge("")
        self.met, self.names = words(tone="muted"), words(tone="muted")
        self.warnings = words(tone="notice")
        self.encounter = button(_("New encounter"), icon="plus")
        self.back = quiet_button(_("Close"), icon="close")
        self.naming, self.erasing = NamingForm(context), ErasePanel(context)
        self.views = ContactViews(context)
        self._erasing_scroll = ScrollColumn(gap=SPACE_3)
        self._erasing_scroll.add(self.erasing)
        self._erasing_scroll.column.addStretch(1)
        self._parts = QStackedWidget()
        for part in (self.naming, self.views, self._erasing_scroll):
            self._parts.addWidget(part)
        self._lay_out()
        self.encounter.clicked.connect(self.encounter_requested)
        self.back.clicked.connect(self.closed)

    def ask_name(self) -> None:
        """Ask for the short name of a new contact."""
        self.views.forget()
        self.heading.setText(_("New contact"))
        self._show_part(self.naming)
        self.naming.begin()

    def show_contact(self, head: Head, view: str = "") -> None:
        """Show a contact, in the view of this name or the one that was open."""
        self.show_head(head)
        self._show_part(self.views, self.kind, self.met, self.encounter)
        self.names.setVisible(bool(self.names.text()))
        self.warnings.setVisible(bool(self.warnings.text()))
        self.views.show_contact(head.contact, view)

    def show_head(self, head: Head) -> None:
        """Show the names and warnings as they are now."""
        contact = head.contact
        self.heading.setText(isolated(short_of(contact.short_name)))
        self.heading.setToolTip(isolated(contact.short_name))
        self.kind.setText(_("provisional") if contact.provisional else _("known"))
        times = contact.encounters
        self.met.setText(ngettext("{count} note", "{count} notes", times).format(count=times))
        self.names.setText(names_in_words(head.names))
        self.warnings.setText("\n".join(warnings_in_words(head)))

    def ask_erasing(self, erasure: Erasure) -> None:
        """Ask whether and why to erase the person shown."""
        self._show_part(self._erasing_scroll, self.kind)
        self.erasing.begin(erasure)

    def show_erased(self) -> None:
        """Show only what became of it."""
        self.views.forget()
        self.heading.setText(_("Erased"))
        self._show_part(self._erasing_scroll)
        self.back.setFocus()

    @property
    def asks_to_erase(self) -> bool:
        """Whether the question about erasing, or what became of it, is shown."""
        return self._parts.currentWidget() is self._erasing_scroll

    @property
    def shows_views(self) -> bool:
        """Whether a contact with her views is shown."""
        return self._parts.currentWidget() is self.views

    def _show_part(self, part: QWidget, *header: QWidget) -> None:
        self._parts.setCurrentWidget(part)
        for each in (self.kind, self.met, self.encounter, self.names, self.warnings):
            each.setVisible(each in header)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        for label in (self.heading, self.kind, self.met):
            top.addWidget(label)
        top.addStretch(1)
        top.addWidget(self.encounter)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        for line in (self.names, self.warnings):
            column.addWidget(line)
        column.addWidget(self._parts, 1)
