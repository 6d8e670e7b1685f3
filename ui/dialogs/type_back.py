"""The passphrase typed back, so that a slip is found while it can still be mended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from outreach_app.i18n import gettext as _
from ui.dialogs.steps import Step
from ui.passphrases import Passphrases
from ui.widgets.labelled_field import LabelledField
from ui.widgets.word_entry import WordEntry


class TypeBack(Step):
    """Ready when what was typed, its words completed, is the passphrase."""

    def __init__(self, passphrases: Passphrases, wanted: Callable[[], str], *, inner: bool = False) -> None:
        super().__init__(
            _("Type it back"),
            _("Type your passphrase once. Of each of the five words four letters are enough, then Space."),
            inner=inner,
        )
        self._passphrases = passphrases
        self._wanted = wanted
        self.entry = WordEntry(_("Passphrase"), _("Show the words"))
        self.entry.set_completer(passphrases.complete)
        self._field = LabelledField(_("Passphrase"), self.entry)
        self.column.addWidget(self._field)
        self.column.addStretch(1)
        self.entry.edited.connect(self._edited)
        self.entry.submitted.connect(self._entered)
        self.entry.caps_lock_seen.connect(self._caps)

    def ready(self) -> bool:
        typed = self.entry.typed()
        return bool(typed.strip()) and (
            self._passphrases.written_out(typed) == self._wanted() or " ".join(typed.split()) == self._wanted()
        )

    def begin(self) -> bool:
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget(self) -> None:
        """Let the passphrase go."""
        self.entry.clear()

    def _edited(self) -> None:
        if self.ready():
            self._field.say(_("That is it."), "calm")
        else:
            self._field.say(self._not_the_same() if self._all_typed() else "", "notice")
        self.ready_changed.emit()

    def _entered(self) -> None:
        if self.entry.typed() and not self.ready():
            self._field.say(self._not_the_same(), "notice")
        self.go_on_requested.emit()

    def _all_typed(self) -> bool:
        """Tell whether as many words stand there as are wanted, the last of them ended: it may be four letters long."""
        typed, wanted = self.entry.typed(), self._wanted()
        more = len(typed.split()) - len(wanted.split())
        return more > 0 or (more == 0 and (typed[-1:].isspace() or len(typed) > len(wanted)))

    def _not_the_same(self) -> str:
        return _("Not the same yet. Step back to look at it again.")

    def _caps(self, on: bool) -> None:
        if on:
            self._field.say(_("Caps Lock seems to be on."), "notice")
