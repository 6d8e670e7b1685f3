"""The two guarded panels of a contact: who she says she is, and the facts by which the centre counts her once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_2
from ui.widgets.buttons import button, quiet_button
from ui.widgets.date_words import read_date_words
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import words

LETTERS = 2


class IdentityPanel(QWidget):
    """Off until it is opened; written only with a reason."""

    written = Signal(object)  # Identity
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known = words()
        self.reason, self.name = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText(_("why it has to be written down"))
        self.keep, self.forget = button(_("Keep the name")), quiet_button(_("Take the name away"), icon="discard")
        grid = FormGrid()
        grid.add(_("Reason"), self.reason)
        grid.add(_("Name"), self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        hint = _("A name is never needed. It leaves this laptop only for a referral she agreed to.")
        for part in (words(hint, tone="muted"), self.known, self.forget, grid, self.keep):
            column.addWidget(part)
        self.forget.clicked.connect(self.forgotten)
        for line in (self.reason, self.name):
            line.textEdited.connect(lambda _text: self._allow())
        self.keep.clicked.connect(self._tell)
        self._allow()

    def show_identity(self, identity: Identity | None, *, there_is_one: bool) -> None:
        """Show the name that is kept; nothing while it was not asked for."""
        for line in (self.reason, self.name):
            line.clear()
        told = ""
        if identity is not None:
            told = _("{name}. Written down because: {reason}").format(
                name=isolated(identity.name), reason=isolated(identity.reason)
            )
        self.known.setText(told)
        self.known.setVisible(bool(told) or there_is_one)
        self.forget.setVisible(bool(told))
        self._allow()

    def _allow(self) -> None:
        reason, name = bool(self.reason.text().strip()), bool(self.name.text().strip())
        self.name.setEnabled(reason)
        self.keep.setEnabled(reason and name)

    def _tell(self) -> None:
        self.written.emit(Identity(self.name.text(), self.reason.text()))


class LinkagePanel(QWidget):
    """Two letters of each name and a birthday: they stay here, only a code made from them ever leaves."""

    written = Signal(object)  # LinkageFacts
    forgotten = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.first, self.last, self.born = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.first, self.last):
            line.setMaxLength(LETTERS)
            line.setMaximumWidth(72)
        self.born.setPlaceholderText(_("like 14.11.1998"))
        self.born.setMaximumWidth(180)
        self.keep, self.forget = button(_("Keep")), quiet_button(_("Take the facts away"), icon="discard")
        grid = FormGrid(name_width=150)
        grid.add(_("First two letters of the first name"), self.first)
        grid.add(_("First two letters of the last name"), self.last)
        grid.add(_("Born on"), self.born)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        hint = _("Only if she chooses to. The centre can then count her once without knowing her name.")
        for part in (words(hint, tone="muted"), grid, self.keep, self.forget):
            column.addWidget(part)
        for each in (self.first, self.last, self.born):
            each.textEdited.connect(lambda _text: self.keep.setEnabled(self.facts() is not None))
        self.keep.setEnabled(False)
        self.keep.clicked.connect(lambda: self.written.emit(self.facts()))
        self.forget.clicked.connect(self.forgotten)

    def clear(self, *, there_are_some: bool = False) -> None:
        """Let go of what was typed; where facts are kept they can be taken away."""
        self.forget.setVisible(there_are_some)
        for each in (self.first, self.last, self.born):
            each.clear()
        self.keep.setEnabled(False)

    def facts(self) -> LinkageFacts | None:
        """Return what is written, or None while something is missing."""
        first, last = self.first.text().strip(), self.last.text().strip()
        born = read_date_words(self.born.text(), self._today())
        whole = first and last and born is not None and born < self._today()
        return LinkageFacts(first, last, born) if whole and born is not None else None
