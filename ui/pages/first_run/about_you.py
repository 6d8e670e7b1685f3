"""First step: the language of the window, a name or initials, and the role."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from outreach_app.i18n import gettext as _
from ui.dialogs.steps import Step
from ui.models.roles import role_choices
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField

LANGUAGES = (("da", "Dansk"), ("en", "English"))  # each by its own name
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Answers:
    """What the worker said; ``role`` is a code of ``ui.models.roles``."""

    language: str = "en"
    name: str = ""
    role: str = "outreach"


class AboutYou(Step):
    """A change of language is told at once, so that the wizard goes on in it."""

    language_chosen = Signal(str)

    def __init__(self, answers: Answers) -> None:
        super().__init__(
            _("Welcome"),
            _("This program keeps your notes on this laptop only, encrypted. Three short steps make it ready."),
        )
        self.language = ChoiceRow(LANGUAGES, may_be_empty=False)
        self.language.set_value(answers.language)
        self.name = QLineEdit(answers.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.role = ChoiceRow(role_choices(), may_be_empty=False)
        self.role.set_value(answers.role)
        self.column.addWidget(LabelledField(_("Language of the window"), self.language))
        self.column.addWidget(
            LabelledField(_("Your name or initials"), self.name, _("Stays on this laptop. Initials are enough."))
        )
        self.column.addWidget(
            LabelledField(_("Your role"), self.role, _("Health workers can also open the health part of a note."))
        )
        self.column.addStretch(1)
        self.language.changed.connect(self.language_chosen)
        self.name.textChanged.connect(lambda _text: self.ready_changed.emit())
        self.name.returnPressed.connect(self.go_on_requested)

    def answers(self) -> Answers:
        """Return what stands in the fields."""
        return Answers(self.language.value(), self.name.text().strip(), self.role.value())

    def ready(self) -> bool:
        return bool(self.name.text().strip())

    def begin(self) -> bool:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
