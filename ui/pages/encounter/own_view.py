"""What the worker makes of the result: agrees, or sees it differently and says why. The program never decides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.encounter import WorkerView
from outreach_app.i18n import gettext as _
from ui.models.encounter_form import with_content
from ui.tokens import SPACE_1
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.text import small_heading

AGREES, DIFFERS = "agrees", "differs"


class OwnView(QWidget):
    """Nothing chosen means that nothing was said."""

    edited = Signal(object)  # a function of the form

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceRow([(AGREES, _("I agree")), (DIFFERS, _("I see it differently"))])
        self.choice.setObjectName("encounter.own_view")
        self.reason = QLineEdit()
        self.reason.setObjectName("encounter.own_reason")
        self.reason.setPlaceholderText(_("why"))
        self.reason.setAccessibleName(_("Why you see it differently"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for part in (small_heading(_("What do you make of it?")), self.choice, self.reason):
            column.addWidget(part)
        self.choice.changed.connect(self._chosen)
        self.reason.textEdited.connect(lambda _text: self._tell())

    def show_view(self, view: WorkerView | None) -> None:
        """Show what was said."""
        said = "" if view is None else AGREES if view.agrees else DIFFERS
        self.choice.set_value(said)
        self.reason.setText(view.reason if view else "")
        self.reason.setVisible(said == DIFFERS)

    def _chosen(self, code: str) -> None:
        self.reason.setVisible(code == DIFFERS)
        if code == DIFFERS:
            self.reason.setFocus()
        self._tell()

    def _tell(self) -> None:
        said = self.choice.value()
        reason = self.reason.text() if said == DIFFERS else ""
        view = WorkerView(agrees=said == AGREES, reason=reason) if said else None
        self.edited.emit(lambda form: with_content(form, view=view))
