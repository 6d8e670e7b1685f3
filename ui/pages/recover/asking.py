"""The first half: whose passphrase it is, and the new one, chosen now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from outreach_app.i18n import gettext as _
from ui.dialogs.new_passphrase import NewPassphrase
from ui.models.dates import day_in_words
from ui.models.roles import role_words
from ui.passphrases import Passphrases
from ui.widgets.card import Card
from ui.widgets.labelled_field import LabelledField


class Recoverable(Protocol):
    """What anyone may see of a worker's slot; ``made_at`` in ISO form."""

    @property
    def slot_id(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def made_at(self) -> str: ...


class Asking(Card):
    """``chosen`` carries the slot's id and the new passphrase."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, passphrases: Passphrases, slots: Sequence[Recoverable], today: date) -> None:
        super().__init__(
            _("The centre can help to open it"),
            _(
                "Choose a new passphrase now. Then bring a request to the centre and read six words out by phone. Two "
                "custodians answer, and the new passphrase opens the vault. The centre sees neither your notes nor "
                "any key to them."
            ),
        )
        self.slot = QComboBox()
        for each in slots:
            made = day_in_words(datetime.fromisoformat(each.made_at).astimezone().date(), today)
            self.slot.addItem(_("{role}, since {day}").format(role=role_words(each.role), day=made), each.slot_id)
        field = LabelledField(_("Whose passphrase"), self.slot, _("Names are inside the vault; these are its workers."))
        field.setVisible(len(slots) > 1)
        self.new = NewPassphrase(
            passphrases, tuple, last_words=_("Make the request"), heading=_("The new passphrase"),
            sentence=_("Write these words down, or make a short story of them. They count once the answer is here."),
        )  # fmt: skip
        self.add(field)
        self.add(self.new)
        self.new.chosen.connect(lambda passphrase: self.chosen.emit(self.slot.currentData(), passphrase))
        self.new.left.connect(self.left)

    def begin(self) -> None:
        """Put the keyboard where something has to be chosen, or on the button that goes on."""
        if self.slot.count() > 1:
            self.slot.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new.begin()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be pressed while the request is made."""
        self.slot.setEnabled(not busy)
        self.new.set_busy(busy)

    def refuse(self, sentence: str) -> None:
        """Say why no request was made."""
        self.set_busy(False)
        self.new.say(sentence)

    def forget(self) -> None:
        """Let the passphrase go."""
        self.new.forget()
