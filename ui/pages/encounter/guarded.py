"""Two blocks that stay shut: health (health workers only) and identity (only with a reason)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import HealthBlock
from outreach_app.i18n import gettext as _
from ui.models.encounter_form import EncounterForm, with_content
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_2
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import words
from ui.widgets.toggle_row import ToggleRow

HEALTH_FIELDS = ("check", "sti_test", "contraception", "pregnancy", "emergency")


class HealthFields(QWidget):
    """What was done for her health; sealed so that only health workers read it."""

    edited = Signal(object)  # a function of the form

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = ToggleRow(book.words.choices("health_help"))
        self.note = QPlainTextEdit()
        self.note.setObjectName("encounter.health_note")
        self.note.setPlaceholderText(_("Health note; only health workers can read it"))
        self.note.setAccessibleName(_("Health note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(72)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.kinds)
        column.addWidget(self.note)
        self.kinds.changed.connect(lambda _codes: self._tell())
        self.note.textChanged.connect(self._tell)

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        health = form.content.health or HealthBlock()
        self.kinds.set_values(name for name in HEALTH_FIELDS if getattr(health, name))
        self.note.blockSignals(True)
        if self.note.toPlainText() != health.words:
            self.note.setPlainText(health.words)
        self.note.blockSignals(False)

    def _tell(self) -> None:
        on = {name: True for name in self.kinds.values() if name in HEALTH_FIELDS}
        text = self.note.toPlainText()
        health = HealthBlock(**on, words=text) if on or text else None
        self.edited.emit(lambda form: with_content(form, health=health))


class IdentityFields(QWidget):
    """Who she says she is, never without the reason for writing it down."""

    edited = Signal(object)  # a function of the form

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.reason = QLineEdit(), QLineEdit()
        self.name.setObjectName("encounter.identity_name")
        self.reason.setObjectName("encounter.identity_reason")
        self.reason.setPlaceholderText(_("why it has to be written down"))
        hint = _("A name is never needed. It leaves this laptop only for a referral she agreed to.")
        self.hint = words(hint, tone="muted")
        grid = FormGrid()
        grid.add(_("Reason"), self.reason)
        grid.add(_("Name"), self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.hint)
        column.addWidget(grid)
        self.name.textEdited.connect(lambda _text: self._tell())
        self.reason.textEdited.connect(lambda _text: self._tell())
        self._allow_name()

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        self.name.setText(form.identity.name if form.identity else "")
        self.reason.setText(form.identity.reason if form.identity else "")
        self._allow_name()

    def _allow_name(self) -> None:
        self.name.setEnabled(bool(self.reason.text().strip()))

    def _tell(self) -> None:
        self._allow_name()
        name, reason = self.name.text(), self.reason.text()
        identity = Identity(name, reason) if name or reason else None
        self.edited.emit(lambda form: replace(form, identity=identity))
