"""One's own way in: another passphrase, and a key file beside it or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.new_passphrase import NewPassphrase
from ui.dialogs.own_passphrase import OwnPassphrase
from ui.file_choosing import choose_file_to_save
from ui.models.files import read_small_file, write_file
from ui.models.rows import WorkerRow
from ui.passphrases import Passphrases, vault_passphrases
from ui.widgets.buttons import button
from ui.widgets.card import Card

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.session import Session

KEY_FILE_NAME = "notes.key"  # says nothing about what it opens


class OwnWayIn(Card):
    """Each question stands alone; what was typed is let go when it is answered or left."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Your own way in"))
        self._context = context
        self._own: WorkerRow | None = None
        self._new = ""
        self.change = button(_("Change your passphrase"), icon="edit")
        self.key_on = button(_("Use a key file"), icon="key")
        self.key_off = button(_("Stop using the key file"), icon="key")
        self._buttons = self.add_row(self.change, self.key_on, self.key_off)
        self.words: NewPassphrase | None = None
        self.prove_change = _change_question()
        self.prove_on, self.prove_off = _key_on_question(), _key_off_question()
        self._proofs = (self.prove_change, self.prove_on, self.prove_off)
        for proof in self._proofs:
            self.add(proof)
            proof.left.connect(self.leave)
        self.leave()
        self.change.clicked.connect(lambda: self._with_rules(self._ask_new))
        self.key_on.clicked.connect(lambda: self._with_rules(lambda rules: self._ask(self.prove_on, rules)))
        self.key_off.clicked.connect(lambda: self._with_rules(lambda rules: self._ask(self.prove_off, rules)))
        self.prove_change.confirmed.connect(self._change)
        self.prove_on.confirmed.connect(self._choose_place)
        self.prove_off.confirmed.connect(self._stop_key_file)

    def show_worker(self, own: WorkerRow) -> None:
        """Show how the worker at the laptop gets in."""
        self._own = own
        with_file = _("Your passphrase and your key file together open the notes.")
        self.say(with_file if own.key_file else _("Your passphrase opens the notes."))
        self.key_on.setVisible(not own.key_file)
        self.key_off.setVisible(own.key_file)

    def go_back(self) -> bool:
        """Leave what is being asked; False where nothing is."""
        asking = not self._buttons.isVisibleTo(self)
        if asking and self.words is not None:
            self.words.step_back()
        elif asking:
            self.leave()
        return asking

    def leave_unless_busy(self) -> None:
        """Leave what is asked; what is at work goes on."""
        if not any(proof.busy for proof in self._proofs):
            self.leave()

    def leave(self) -> None:
        """Ask nothing, and let go of everything typed; the keyboard stays on this card."""
        at = QApplication.focusWidget()
        had_keyboard = at is not None and self.isAncestorOf(at)
        self._new = ""
        self._drop_words()
        for proof in self._proofs:
            proof.entry.clear()
            proof.hide()
        self._buttons.show()
        if had_keyboard:
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_rules(self, then: Callable[[Passphrases], None]) -> None:
        self._context.tasks.run_free(vault_passphrases, then, owner=self)

    # -- another passphrase -------------------------------------------------------------------------------------

    def _ask_new(self, passphrases: Passphrases) -> None:
        self.leave()
        name = "" if self._own is None else self._own.name
        for proof in self._proofs:
            proof.know(passphrases)
        self.words = NewPassphrase(
            passphrases, lambda: tuple(name.split()), last_words=_("Go on"), heading=_("Your new passphrase"),
            sentence=_("Write the words down, or make a short story of them. They are shown only now."),
        )  # fmt: skip
        self.words.chosen.connect(self._keep_new)
        self.words.left.connect(self.leave)
        self._buttons.hide()
        self.add(self.words)
        self.words.begin()

    def _keep_new(self, passphrase: str) -> None:
        self._drop_words()
        self._new = passphrase
        self._show_proof(self.prove_change)

    def _change(self) -> None:
        new = self._new
        self._prove(
            self.prove_change, lambda session, old, key_file: session.workers.change_passphrase(old, new, key_file),
            _("Your passphrase is changed. The old one opens nothing any more."),
        )  # fmt: skip

    # -- the key file -------------------------------------------------------------------------------------------

    def _choose_place(self) -> None:
        file = choose_file_to_save(self, _("Where to put the key file"), _("Key file (*.key)"), KEY_FILE_NAME)
        if file is not None:
            self.use_key_file(file)

    def use_key_file(self, file: Path) -> None:
        """Write a fresh key file there; only when it lies there safely it is asked for from then on."""
        proof = self.prove_on
        proof.set_busy(busy=True, sentence=_("Writing the key file"))
        self._context.ask(
            lambda session: session.workers.new_key_file(), lambda data: self._write(data, file), self._refused(proof),
            owner=self,
        )  # fmt: skip

    def _write(self, data: bytes, file: Path) -> None:
        proof = self.prove_on
        refused = self._refused(proof)

        def take_back(error: Exception) -> None:
            self._context.tasks.run_free(lambda: file.unlink(missing_ok=True), lambda _none: refused(error), refused)

        told = _("The key file is in use. Carry the stick apart from the laptop, and keep a copy in a safe place.")
        self._context.tasks.run_free(
            lambda: write_file(data, file),
            lambda _file: self._prove(
                proof, lambda session, old, _none: session.workers.set_key_file(old, data), told, take_back
            ),
            refused, owner=self,
        )  # fmt: skip

    def _stop_key_file(self) -> None:
        self._prove(
            self.prove_off, lambda session, old, key_file: session.workers.set_key_file(old, None, key_file),
            _("Your passphrase alone opens the notes again."),
        )  # fmt: skip

    # -- together -----------------------------------------------------------------------------------------------

    def _ask(self, proof: OwnPassphrase, passphrases: Passphrases) -> None:
        self.leave()
        proof.know(passphrases)
        self._show_proof(proof)

    def _show_proof(self, proof: OwnPassphrase) -> None:
        self._buttons.hide()
        proof.need_key_file(needed=self._own is not None and self._own.key_file)
        proof.show()
        proof.begin()

    def _prove(
        self, proof: OwnPassphrase, work: Callable[[Session, str, bytes | None], Changes], told: str,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:  # fmt: skip
        """Do ``work`` with the passphrase and the key file that were given, and say ``told``."""
        passphrase, file = proof.passphrase(), proof.key_file
        proof.set_busy(busy=True, sentence=_("It takes a few seconds, because guessing is made slow on purpose."))

        def change(session: Session) -> Changes:
            return work(session, passphrase, None if file is None else read_small_file(file))

        self._context.change(change, lambda _changes: self._done(told), refused or self._refused(proof), owner=self)

    def _done(self, told: str) -> None:
        for proof in self._proofs:
            proof.set_busy(busy=False)
        self.leave()
        self._context.messages.say(told)

    def _refused(self, proof: OwnPassphrase) -> Callable[[Exception], None]:
        def say(error: Exception) -> None:
            proof.set_busy(busy=False)
            proof.say(self._context.messages.sentence(error))
            proof.entry.line.selectAll()
            proof.entry.setFocus()

        return say

    def _drop_words(self) -> None:
        words, self.words = self.words, None
        if words is not None:
            words.forget()
            self.column.removeWidget(words)
            words.hide()
            words.deleteLater()


def _change_question() -> OwnPassphrase:
    return OwnPassphrase(
        _("Change your passphrase"), _("The last step: the passphrase you have had so far."), _("Change it")
    )


def _key_on_question() -> OwnPassphrase:
    return OwnPassphrase(
        _("Use a key file"),
        _(
            "A key file is a small file on a stick. Your passphrase then opens the notes only together with it. "
            "Who finds the laptop and hears your words still cannot read them. Without the file neither can you."
        ),
        _("Choose where to put it"),
    )


def _key_off_question() -> OwnPassphrase:
    return OwnPassphrase(
        _("Stop using the key file"), _("From then on your passphrase alone opens the notes."), _("Stop using it")
    )
