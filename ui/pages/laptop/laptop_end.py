"""Erasing everything on this laptop, for one that is handed on or must not be found: passphrase and a typed word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from outreach_app.services.erasing import ERASE_LAPTOP_WORDS, confirms_erasing
from ui.context import Context
from ui.dialogs.own_passphrase import OwnPassphrase
from ui.models.files import read_small_file
from ui.passphrases import Passphrases, vault_passphrases
from ui.widgets.buttons import button
from ui.widgets.card import Card

if TYPE_CHECKING:
    from outreach_app.services.session import Session

class LaptopEnd(Card):
    """What it means is said first; nothing is erased before both the passphrase and the word are there."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            _("The end of this laptop"),
            _(
                "Erasing destroys the keys, so that nothing kept here can be read again, by anyone, also from backups. "
                "What was sent stays with the centre. What was not sent is lost."
            ),
        )
        self._context = context
        self.begin = button(_("Erase this laptop"), icon="discard")
        self._row = self.add_row(self.begin)
        self.ask = OwnPassphrase(
            _("Erase this laptop"), _("This cannot be undone, and no recovery brings it back."), _("Erase everything")
        )
        hint = _("Type “{words}” here, so that nobody does it by accident.").format(words=_(ERASE_LAPTOP_WORDS))
        self.words = self.ask.ask(_("To be sure"), hint)
        self.ask.require(lambda: confirms_erasing(self.words.text()))
        self.add(self.ask)
        self.begin.clicked.connect(lambda: context.tasks.run_free(vault_passphrases, self._ask, owner=self))
        self.ask.confirmed.connect(self._erase)
        self.ask.left.connect(self.leave)
        self.leave()

    def need_key_file(self, *, needed: bool) -> None:
        """Ask for the key file as well, where the worker has one."""
        self.ask.need_key_file(needed=needed)

    def go_back(self) -> bool:
        """Leave the question; False where nothing is asked."""
        asking = self.ask.isVisible()
        if asking:
            self.leave()
        return asking

    def leave(self) -> None:
        """Ask nothing, and let go of what was typed."""
        self.ask.entry.clear()
        self.words.clear()
        self.ask.hide()
        self._row.show()

    def _ask(self, passphrases: Passphrases) -> None:
        self._row.hide()
        self.ask.know(passphrases)
        self.ask.show()
        self.ask.begin()

    def _erase(self) -> None:
        passphrase, file, typed = self.ask.passphrase(), self.ask.key_file, self.words.text()
        self.ask.set_busy(busy=True, sentence=_("Destroying the keys"))

        def erase(session: Session) -> None:
            session.erasing.erase_laptop(passphrase, typed, None if file is None else read_small_file(file))

        self._context.change(erase, lambda _none: self._erased(), self._refused, owner=self)

    def _erased(self) -> None:
        self.ask.set_busy(busy=False)
        self.leave()
        self._context.navigation.lock_requested.emit()  # a fresh process finds no vault and begins at the beginning

    def _refused(self, error: Exception) -> None:
        self.ask.set_busy(busy=False)
        self.ask.say(self._context.messages.sentence(error))
        self.ask.entry.line.selectAll()
        self.ask.entry.setFocus()
