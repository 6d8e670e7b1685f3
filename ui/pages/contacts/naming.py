"""The form that makes a new contact: a short name and whether she is known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.widgets.buttons import primary_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_grid import FormGrid

PROVISIONAL = "provisional"


class NamingForm(QWidget):
    """Enter makes the contact."""

    named = Signal(str, bool)  # short name, provisional

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        column.addStretch(1)
        self.make.clicked.connect(self._tell)
        self.name.returnPressed.connect(self._tell)

    def begin(self) -> None:
        """Ask anew."""
        self.name.clear()
        self.way.set_value(PROVISIONAL)
        self.name.setFocus()

    def _tell(self) -> None:
        name = self.name.text().strip()
        if name:
            self.named.emit(name, self.way.value() == PROVISIONAL)
