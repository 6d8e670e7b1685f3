"""Prints or saves a paper about a contact: made in memory when asked for; no file unless the worker saves one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.file_choosing import choose_file_to_save
from ui.models.files import write_file
from ui.printing import list_printers, print_pdf
from ui.tokens import SPACE_2
from ui.widgets.buttons import button, quiet_button
from ui.widgets.code_box import CodeBox

if TYPE_CHECKING:
    from outreach_app.services.papers import PaperName
    from outreach_app.services.session import Session

class PaperRow(QWidget):
    """``read`` asks the vault for what the paper says and returns what sets it, on another thread.

    One press makes one paper: others are passed over meanwhile, without taking the keyboard from the button.
    """

    def __init__(
        self, context: Context, name: PaperName, read: Callable[[Session, str], Callable[[], bytes]],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._name, self._read = context, name, read
        self._contact_id, self._busy = "", False
        self.print_it = button(_("Print"), icon="print")
        self.save_it = quiet_button(_("Save as PDF"), icon="save")
        self.printer = CodeBox()
        self.printer.setAccessibleName(_("Printer"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        for part in (self.print_it, self.printer, self.save_it):
            row.addWidget(part)
        row.addStretch(1)
        self.show_printers(())
        self.print_it.clicked.connect(lambda: self._set(self._print))
        self.save_it.clicked.connect(lambda: self._set(self._save))

    def show_contact(self, contact_id: str) -> None:
        """Offer the paper of this contact."""
        self._contact_id, self._busy = contact_id, False
        self._context.tasks.run_free(list_printers, self.show_printers, owner=self)

    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer these printers; without one only saving is offered."""
        self.printer.set_options([(name, name) for name in names])
        if names and not self.printer.value():
            self.printer.set_value(names[0])
        self.printer.setVisible(len(names) > 1)
        self.print_it.setVisible(bool(names))

    def _set(self, then: Callable[[bytes, str], None]) -> None:
        contact_id = self._contact_id

        def read(make: Callable[[], bytes]) -> None:
            self._context.tasks.run_free(make, lambda pdf: then(pdf, contact_id), self._failed, owner=self)

        if self._busy:
            return
        self._busy = True
        self._context.ask(lambda session: self._read(session, contact_id), read, self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._context.messages.tell_error(error)

    def _print(self, pdf: bytes, contact_id: str) -> None:
        printer, name = self.printer.value(), self._name

        def printed(_none: None) -> None:
            self._busy = False
            self._context.messages.say(_("The paper went to the printer."))
            self._context.change(lambda session: session.papers.note_printed(contact_id, name))

        self._context.tasks.run_free(lambda: print_pdf(pdf, printer), printed, self._failed, owner=self)

    def _save(self, pdf: bytes, contact_id: str) -> None:
        file = choose_file_to_save(self, _("Save the paper"), _("PDF file (*.pdf)"), "document.pdf")
        name = self._name

        def saved(where: Path) -> None:
            told = _("Saved as {name}. It is not protected there; delete it when it is no longer needed.")
            self._context.messages.say(told.format(name=where.name))
            self._context.change(lambda session: session.papers.note_saved(contact_id, name))

        self._busy = False
        if file is not None:
            self._context.tasks.run_free(lambda: write_file(pdf, file), saved, self._failed, owner=self)
