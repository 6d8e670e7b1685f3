"""The card of what is published next: what would change, the custodians' signatures, and the last step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.centre.desk.publishing_state import FileChange
from outreach_app.i18n import gettext as _
from ui.desk.custodian_fields import CustodianFields
from ui.desk.draft_files import DraftFiles
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import set_tone, words


class SigningCard(Card):
    """Nothing prepared: the ways to prepare. Prepared: what it is, and signing. Signed twice: publishing."""

    folder_wanted = Signal()
    shipped_wanted = Signal()
    keys_wanted = Signal()
    sign_wanted = Signal()
    publish_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Next"))
        self.changes = words()
        self.files = DraftFiles()
        self.signatures = words(tone="muted")
        self.custodian = CustodianFields()
        self.folder = button(_("Prepare from a folder …"), icon="open")
        self.shipped = button(_("Prepare what came with the program"))
        self.keys = button(_("Prepare the keys only"), icon="key")
        self.sign = primary_button(_("Sign with a custodian's key"), icon="key")
        self.publish = primary_button(_("Publish"), icon="check")
        self.other = quiet_button(_("Prepare something else"))
        self.progress = ProgressLine()
        self.told = words(tone="notice")
        for part in (self.changes, self.files, self.signatures, self.custodian):
            self.add(part)
        self._act_row = self.add_row(self.sign, self.publish, self.other)
        self._prepare_row = self.add_flow(self.folder, self.shipped, self.keys)
        for hidden in (self.progress, self.told):
            self.add(hidden)
            hidden.hide()
        self._prepared = self._complete = self._offering = self.signed = False
        self._held: QWidget | None = None
        self._connect()

    def show_draft(
        self, lines: Sequence[str], signatures: str, *, complete: bool, files: Sequence[FileChange] = (),
        signed: bool = False,
    ) -> None:  # fmt: skip
        """Show what is prepared; no lines when nothing is."""
        self._prepared, self._complete, self.signed = bool(lines), complete, signed
        self.say("" if lines else _("Nothing is prepared. What is published now stays in force."))
        self.changes.setText("\n".join(lines))
        self.files.show_files(files)
        self.signatures.setText(signatures)
        self._look(preparing=not lines or self._offering)

    def focus_first(self) -> None:
        """Put the keyboard on what comes next."""
        next_part = self.custodian.choose if self.custodian.isVisibleTo(self) else self.folder
        if self.files.groups and not self.signed and self.custodian.isVisibleTo(self):
            next_part = self.files.groups[0].button  # read before it is signed
        (self.publish if self.publish.isVisibleTo(self) else next_part).setFocus()

    def offer_keys(self) -> None:
        """Offer the ways to prepare, and put the keyboard on the keys alone."""
        self._offering = True
        self._look(preparing=True)
        self.keys.setFocus()

    def tell(self, sentence: str, tone: str = "notice") -> None:
        """Say what is wrong or what came of it; empty takes it away."""
        self.told.setText(sentence)
        set_tone(self.told, tone)
        self.told.setVisible(bool(sentence))

    def begin_busy(self, sentence: str) -> None:
        """Show that something is being done."""
        self.tell("")
        self._offering = False
        held = QApplication.focusWidget()
        self._held = held if held is not None and self.isAncestorOf(held) else None
        self.progress.set_progress(sentence)
        self.progress.show()
        self.setEnabled(False)

    def end_busy(self) -> None:
        """Let buttons be pressed again; the keyboard goes back to where it was."""
        self.progress.hide()
        self.setEnabled(True)
        held, self._held = self._held, None
        if held is not None and held.isVisibleTo(self):
            held.setFocus()

    def _connect(self) -> None:
        self.folder.clicked.connect(self.folder_wanted)
        self.shipped.clicked.connect(self.shipped_wanted)
        self.keys.clicked.connect(self.keys_wanted)
        self.sign.clicked.connect(self.sign_wanted)
        self.publish.clicked.connect(self.publish_wanted)
        self.other.clicked.connect(lambda: self._look(preparing=True))
        self.custodian.ready_changed.connect(lambda: self.sign.setEnabled(self.custodian.ready()))
        self.custodian.submitted.connect(self.sign.click)

    def _look(self, *, preparing: bool) -> None:
        signing = self._prepared and not self._complete
        for part in (self.changes, self.files, self.signatures):
            part.setVisible(self._prepared)
        self.custodian.setVisible(signing)
        self.sign.setVisible(signing)
        self.sign.setEnabled(self.custodian.ready())
        self.publish.setVisible(self._prepared and self._complete)
        self.other.setVisible(self._prepared and not preparing)
        self._act_row.setVisible(self._prepared)
        self._prepare_row.setVisible(preparing)
