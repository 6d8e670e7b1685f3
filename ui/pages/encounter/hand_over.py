"""Handed over by phone because it could not wait: to whom, what was said, and why where she did not agree to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from outreach_app.domain.encounter import Encounter, HandOver
from outreach_app.i18n import gettext as _
from ui.models.encounter_form import EncounterForm, with_content
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import QWIDGET_MOST, set_tone, words

SAID_HEIGHT = 60  # pixels
NOTHING = HandOver("")


class HandOverFields(QWidget):
    """Emits each change as a function of the form; says when a reason is missing, and never stands in the way."""

    edited = Signal(object)  # a function of the form

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.called, self.why, self.said = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(SAID_HEIGHT)
        self.called.setPlaceholderText(_("who was called, because it could not wait"))
        self.why.setPlaceholderText(_("a child, or danger now"))
        self.meaning = words("")
        self.meaning.setMaximumWidth(QWIDGET_MOST)
        grid = FormGrid(name_width=84)
        for name, field in (
            (_("Call made to"), self.called), (_("What was said"), self.said),
            (_("If without her consent, why"), self.why), ("", self.meaning),
        ):  # fmt: skip
            grid.add(name, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        for name in ("called", "said", "why"):
            getattr(self, name).setObjectName(f"encounter.{name}")
        self.called.textEdited.connect(self._tell)
        self.why.textEdited.connect(self._tell)
        self.said.textChanged.connect(self._tell)

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        call = form.content.hand_over or NOTHING
        if self._written() != call:
            self.called.setText(call.to_whom)
            self.why.setText(call.without_consent_because)
            self.said.blockSignals(True)
            self.said.setPlainText(call.said)
            self.said.blockSignals(False)
        self.show_rules(form.content)

    def show_rules(self, content: Encounter) -> None:
        """Say what the hand-over needs: her consent to a referral, or a reason."""
        missing = content.hand_over_needs_reason
        if missing:
            self.meaning.setText(_("She agreed to no referral. Write why it could not wait for her yes."))
        else:
            self.meaning.setText(_("Kept with the note: who was called, what was said, and on whose word."))
        set_tone(self.meaning, "notice" if missing else "muted")

    def _written(self) -> HandOver:
        return HandOver(self.called.text(), self.said.toPlainText(), self.why.text())

    def _tell(self) -> None:
        written = self._written()
        call = None if written == NOTHING else written
        self.edited.emit(lambda form: with_content(form, hand_over=call))
