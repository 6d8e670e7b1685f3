"""What is kept about the person herself: who she says she is, what counts her once, and what she may ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact, Identity, LinkageFacts
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.own_data import CODE_LETTERS, OwnDataWriter
from ui.pages.contacts.facts import IdentityPanel, LinkagePanel
from ui.pages.contacts.paper_row import PaperRow
from ui.pages.contacts.views import ContactView
from ui.tokens import SPACE_3
from ui.widgets.buttons import quiet_button
from ui.widgets.disclosure import Disclosure
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import small_heading, words

if TYPE_CHECKING:
    from outreach_app.services.session import Session


class DataView(ContactView):
    """The name is read only when it is asked for, and written only with a reason."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contact_id = ""
        self.identity = IdentityPanel()
        self.linkage = LinkagePanel(lambda: context.program.clock.local_now().date())
        self.identity_opener = Disclosure(_("Identity"), self.identity)
        self.linkage_opener = Disclosure(_("Counted once"), self.linkage)
        self.code = words(tone="muted")
        self.paper = PaperRow(
            context, "own_data", lambda session, who: partial(self._writer().set_paper, session.own_data.gather(who))
        )
        self.erase = quiet_button(_("Erase this person"), icon="discard")
        self._lay_out()
        self.identity_opener.opened.connect(self._read_identity)
        self.identity.written.connect(self._keep_identity)
        self.identity.forgotten.connect(self._forget_identity)
        self.linkage.written.connect(self._keep_linkage)
        self.linkage.forgotten.connect(self._forget_linkage)
        self.erase.clicked.connect(self.erasing_requested)

    def _lay_out(self) -> None:
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(self.identity_opener)
        scroll.add(self.linkage_opener)
        scroll.add(small_heading(_("What she may ask for")))
        scroll.add(self.code)
        rights = _(
            "To see everything that is kept about her: print it. To have it corrected: change a name under “Names”, "
            "amend a note. To have it erased: below."
        )
        scroll.add(words(rights, tone="muted"))
        scroll.add(self.paper)
        scroll.column.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def show_contact(self, contact: Contact) -> None:
        self._contact_id = contact.id
        self.identity_opener.set_open(False)
        self.linkage_opener.set_open(False)
        self.identity.show_identity(None, there_is_one=contact.has_identity)
        self.linkage.clear(there_are_some=contact.has_linkage)
        self.code.setText(_("Her code here: {code}. The filter of the list finds her by it.").format(
            code=contact.id[:CODE_LETTERS]
        ))  # fmt: skip
        self.paper.show_contact(contact.id)

    def refresh(self, changes: Changes) -> None:
        if changes.contacts and self._contact_id:
            contact_id = self._contact_id
            self.context.ask(
                lambda session: session.contacts.find_contact(contact_id), self.show_contact, lambda _error: None,
                owner=self,
            )  # fmt: skip

    def focus_first(self) -> None:
        self.identity_opener.button.setFocus()

    def keep_draft_now(self) -> None:
        self.identity_opener.set_open(False)
        self.identity.show_identity(None, there_is_one=False)
        self.linkage.clear()

    def _read_identity(self) -> None:
        contact_id = self._contact_id
        self.context.ask(lambda session: session.contacts.find_identity(contact_id), self._show_identity, owner=self)

    def _show_identity(self, identity: Identity | None) -> None:
        self.identity.show_identity(identity, there_is_one=identity is not None)

    def _keep_identity(self, identity: Identity) -> None:
        contact_id = self._contact_id
        self._change(lambda session: session.contacts.record_identity(contact_id, identity), _("The name is kept."))

    def _keep_linkage(self, facts: LinkageFacts) -> None:
        contact_id = self._contact_id
        self._change(lambda session: session.contacts.record_linkage(contact_id, facts), _("Kept."))

    def _forget_identity(self) -> None:
        contact_id = self._contact_id
        self._change(lambda session: session.contacts.forget_identity(contact_id), _("The name is taken away."))

    def _forget_linkage(self) -> None:
        contact_id = self._contact_id
        self._change(lambda session: session.contacts.forget_linkage(contact_id), _("The facts are taken away."))

    def _writer(self) -> OwnDataWriter:
        program = self.context.program
        now = program.clock.local_now()
        return OwnDataWriter(Words(program.code_lists), program.catalogues, now.date, now.tzinfo)

    def _change(self, work: Callable[[Session], Changes], told: str) -> None:
        self.context.change(work, lambda _changes: self.context.messages.say(told), owner=self)
