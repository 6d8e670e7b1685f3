"""A laptop's name at the desk: one line, and giving another one later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from outreach_app.centre.desk.device_states import DeviceState
from outreach_app.centre.desk.devices import MOST_LETTERS, rename_device
from outreach_app.centre.desk.words import shown_label
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.panel import Panel
from ui.widgets.buttons import primary_button
from ui.widgets.labelled_field import LabelledField


class NameField(LabelledField):
    """One line for a name that stays in the register."""

    def __init__(self) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(MOST_LETTERS)
        hint = _("For example Laptop 3, Aarhus. It is no secret, and stays here at the desk.")
        super().__init__(_("Name of the laptop"), self.line, hint)


class RenamePanel(Panel):
    """``renamed`` tells when it is done."""

    renamed = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Rename a laptop"))
        self._context = context
        self._device = ""
        self.name = NameField()
        self.form.addWidget(self.name)
        self.rename = primary_button(_("Rename"), icon="check")
        self.put(self.rename)
        self.name.line.textChanged.connect(lambda typed: self.rename.setEnabled(bool(typed.strip())))
        self.name.line.returnPressed.connect(self.rename.click)
        self.rename.clicked.connect(self._rename)

    def begin(self, state: DeviceState) -> None:
        """Ask for another name of this laptop."""
        self._device = state.device
        self.step("", self.rename, fields=True)
        self.name.line.setText(shown_label(state.label))
        self.name.line.selectAll()
        self.name.line.setFocus()

    def _rename(self) -> None:
        device, name = self._device, self.name.line.text()
        self._context.change(lambda desk: rename_device(desk, device, name), self._renamed, self._told, owner=self)

    def _renamed(self, name: str) -> None:
        self._context.messages.say(_("The laptop is called {label} now.").format(label=name))
        self.renamed.emit()

    def _told(self, error: Exception) -> None:
        self.say(self._context.messages.sentence(error))
        self.name.line.setFocus()
