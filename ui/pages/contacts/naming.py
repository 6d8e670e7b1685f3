"""The form that makes a new contact: a short name, whether she is known, and a hint who may be known by it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.alike_hint import AlikeHint
from ui.widgets.buttons import primary_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_grid import FormGrid

PROVISIONAL = "provisional"


class NamingForm(QWidget):
    """Enter makes the contact."""

    named = Signal(str, bool)  # short name, provisional
    same = Signal(str, str)  # id and short name of a contact who is known already

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = AlikeHint(context)
        self.name = QLineEdit()
        self.name.setObjectName("contacts.name")
        self.name.setPlaceholderText(_("a name you make up, like “red jacket”"))
        self.way = ChoiceRow([(PROVISIONAL, _("Provisional")), ("known", _("Known"))], may_be_empty=False)
        self.make = primary_button(_("Make contact"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = FormGrid()
        grid.add(_("Short name"), self.name)
        grid.add(_("Kind"), self.way)
        column.addWidget(grid)
        row = QHBoxLayout()
        row.addWidget(self.make)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.name.textEdited.connect(self.hint.look)
        self.hint.same.connect(self.same)
        self.hint.follow(self.name)
        self.make.clicked.connect(self._tell)
        self.name.returnPressed.connect(self._tell)

    def begin(self) -> None:
        """Ask anew."""
        self.name.clear()
        self.hint.clear()
        self.way.set_value(PROVISIONAL)
        self.name.setFocus()

    def _tell(self) -> None:
        name = self.name.text().strip()
        if name:
            self.named.emit(name, self.way.value() == PROVISIONAL)
