"""Adding a worker, in place: name and role, then five words that only the new worker should see, typed back."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from outreach_app.i18n import gettext as _
from ui.dialogs.new_passphrase import NewPassphrase
from ui.models.roles import role_choices
from ui.passphrases import Passphrases
from ui.widgets.ask_panel import AskPanel
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField

LONGEST_NAME = 80


class NewWorker(NamedTuple):
    """Everything that is needed; ``role`` is a code of ``ui.models.roles``."""

    name: str
    role: str
    passphrase: str


class AddWorker(QStackedWidget):
    """``ready`` carries a NewWorker; ``end`` lets everything go."""

    ready = Signal(object)  # NewWorker
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.who = AskPanel(
            _("A new worker"),
            _("Each worker opens the same notes with a passphrase of her own. Health workers also open health parts."),
            _("Go on"),
        )  # fmt: skip
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.who.fields.addWidget(
            LabelledField(_("Name or initials"), self.name, _("Stays on this laptop. Initials are enough."))
        )
        self.who.watch(self.name)
        self.role = ChoiceRow(role_choices(), may_be_empty=False)
        self.who.fields.addWidget(LabelledField(_("Role"), self.role))
        self.words: NewPassphrase | None = None
        self._passphrases: Passphrases | None = None
        self.addWidget(self.who)
        self.who.confirmed.connect(self._to_words)
        self.who.left.connect(self.left)

    @property
    def busy(self) -> bool:
        """Whether a worker is being added just now."""
        return self.words is not None and self.words.busy

    def begin(self, passphrases: Passphrases) -> None:
        """Ask from the beginning."""
        self._passphrases = passphrases
        self._drop_words()
        self.who.begin()
        self.role.set_value("outreach")

    def step_back(self) -> bool:
        """Go one step back; False where there is none."""
        if self.words is None:
            return False
        self.words.step_back()
        return True

    def end(self) -> None:
        """Let everything typed go."""
        self._drop_words()
        self.name.clear()

    def refuse(self, fault: str) -> None:
        """Say why the worker could not be added; what was typed stays."""
        if self.words is not None:
            self.words.set_busy(False)
            self.words.say(fault)

    def _to_words(self) -> None:
        if self._passphrases is None:
            return
        name = self.name.text().strip()
        self.words = NewPassphrase(
            self._passphrases, lambda: tuple(name.split()), last_words=_("Add the worker"),
            heading=_("The new worker's passphrase"),
            sentence=_(
                "Let {name} sit here alone now. These words open the notes; nobody can find them again. "
                "Write them down, or make a short story of them. They are shown only now."
            ).format(name=name),
        )  # fmt: skip
        self.words.chosen.connect(self._tell)
        self.words.left.connect(self._back_to_who)
        self.addWidget(self.words)
        self.setCurrentWidget(self.words)
        self.words.begin()

    def _tell(self, passphrase: str) -> None:
        if self.words is not None:
            self.words.set_busy(True)
            self.ready.emit(NewWorker(self.name.text().strip(), self.role.value(), passphrase))

    def _back_to_who(self) -> None:
        self._drop_words()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_words(self) -> None:
        words, self.words = self.words, None
        self.setCurrentWidget(self.who)
        if words is not None:
            words.forget()
            self.removeWidget(words)
            words.deleteLater()
