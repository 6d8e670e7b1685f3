"""Making three custodians' keys, step by step: who agrees, where to, three passphrases that nobody else sees."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from outreach_app.centre.desk.custodian_keys import CustodianKey, CustodianSecrets, open_key_file
from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_trust import place_of, root_in_force
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.custodian_fields import CustodianFields
from ui.desk.panel import Panel
from ui.dialogs.new_passphrase import NewPassphrase
from ui.file_choosing import choose_folder
from ui.models.files import read_small_file
from ui.passphrases import Passphrases, vault_passphrases
from ui.tokens import SPACE_4
from ui.widgets.buttons import primary_button, quiet_button

AGREEING, HOW_MANY = 2, 3


class CustodianWizard(QWidget):
    """``ended`` when it is done or left. What was typed is let go as soon as the keys are made, or when it is left."""

    ended = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._folder = Path()
        self._replace = self._by_hand = False
        self._old: dict[int, CustodianSecrets] = {}
        self._typed: list[str] = []
        self._passphrases: Passphrases | None = None
        self.typing: NewPassphrase | None = None
        self.panel = Panel(_("Three custodians"))
        self.custodian = CustodianFields()
        self.panel.form.addWidget(self.custodian)
        self.agree = primary_button(_("Agree"), icon="check")
        self.without = quiet_button(_("Their keys are lost"))
        self.by_hand = quiet_button(_("Go on without them"))
        self.choose = primary_button(_("Choose a folder …"), icon="open")
        self.panel.put(self.agree, self.without, self.by_hand, self.choose)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    def begin(self, *, replace: bool, agreement: bool) -> None:
        """Begin; ``agreement`` when two of those before must agree to being replaced."""
        self._forget()
        self._replace = replace
        self._context.tasks.run_free(vault_passphrases, self._know, owner=self)
        if replace and agreement:
            self._ask_agreement()
        else:
            self._ask_folder()

    def use_folder(self, folder: Path) -> None:
        """Make the key files in this folder; the passphrases are typed first."""
        self._folder = folder
        self._ask_passphrase()

    def take_keyboard(self) -> None:
        """Put the keyboard where the step begins."""
        if self.typing is not None:
            self.typing.begin()
        elif self.custodian.isVisibleTo(self.panel):
            self.custodian.choose.setFocus()
        else:
            self.panel.take_keyboard()

    def leave(self) -> None:
        """Let everything go."""
        self._forget()
        self.ended.emit()

    def _connect(self) -> None:
        self.panel.left.connect(self.leave)
        self.choose.clicked.connect(self._choose_folder)
        self.agree.clicked.connect(self._agree)
        self.without.clicked.connect(self._ask_by_hand)
        self.by_hand.clicked.connect(self._go_by_hand)
        self.custodian.ready_changed.connect(lambda: self.agree.setEnabled(self.custodian.ready()))
        self.custodian.submitted.connect(self.agree.click)

    def _know(self, passphrases: Passphrases) -> None:
        self._passphrases = passphrases
        self.custodian.know(passphrases)

    def _forget(self) -> None:
        self._old.clear()
        self._typed.clear()
        self._by_hand = False
        self.custodian.forget()
        self._end_typing()
        self._stack.setCurrentWidget(self.panel)

    def _ask_agreement(self) -> None:
        self.panel.step(
            _(
                "Two of the present custodians agree to it, each with the key file and the passphrase. "
                "Laptops then follow by themselves. Agreed so far: {count} of 2."
            ).format(count=len(self._old)),
            self.agree, self.without, fields=True,
        )  # fmt: skip
        self.agree.setEnabled(False)
        self.custodian.choose.setFocus()

    def _agree(self) -> None:
        key_file = self.custodian.key_file
        if key_file is None or not self.custodian.ready():
            return
        passphrase = self.custodian.passphrase()

        def agree(desk: Desk) -> tuple[int, CustodianSecrets]:
            secrets = open_key_file(read_small_file(key_file), passphrase)
            return place_of(root_in_force(desk), secrets), secrets

        self.panel.begin_busy(_("Opening the custodian's key"))
        self._context.ask(agree, self._agreed, self._told, owner=self)

    def _agreed(self, found: tuple[int, CustodianSecrets]) -> None:
        self._old[found[0]] = found[1]
        self.custodian.forget()
        if len(self._old) < AGREEING:
            self._ask_agreement()
        else:
            self._ask_folder()

    def _ask_by_hand(self) -> None:
        self.panel.step(
            _(
                "Without two of the present custodians no laptop follows by itself: each takes the new keys by hand, "
                "after six words were compared by phone. Until then it takes no packs and the old keys help it."
            ),
            self.by_hand,
        )  # fmt: skip

    def _go_by_hand(self) -> None:
        self._by_hand = True
        self._old.clear()
        self._ask_folder()

    def _ask_folder(self) -> None:
        self.panel.step(
            _(
                "All three sit down here. Each types a passphrase that the two others do not see. "
                "Then three key files are made in an empty folder, and each is moved to its custodian's own stick."
            ),
            self.choose,
        )  # fmt: skip

    def _choose_folder(self) -> None:
        folder = choose_folder(self, _("An empty folder for the three key files"))
        if folder is not None:
            self.use_folder(folder)

    def _ask_passphrase(self) -> None:
        if self._passphrases is None:  # still loading: the folder was chosen faster
            self._context.tasks.run_free(vault_passphrases, self._know_and_ask, owner=self)
            return
        headings = (
            _("Passphrase of the first custodian"), _("Passphrase of the second custodian"),
            _("Passphrase of the third custodian"),
        )  # fmt: skip
        at = len(self._typed)
        self._end_typing()
        self.typing = NewPassphrase(
            self._passphrases, tuple, heading=headings[at],
            sentence=_(
                "Only this custodian looks at the screen now. "
                "Write the words down, and keep them apart from the key file."
            ),
            last_words=_("Go on") if at + 1 < HOW_MANY else _("Make the three keys"),
        )  # fmt: skip
        self.typing.chosen.connect(self._take_passphrase)
        self.typing.left.connect(self.leave)
        self._holder = _at_the_top(self.typing)
        self._stack.addWidget(self._holder)
        self._stack.setCurrentWidget(self._holder)
        self.typing.begin()

    def _know_and_ask(self, passphrases: Passphrases) -> None:
        self._know(passphrases)
        self._ask_passphrase()

    def _take_passphrase(self, passphrase: str) -> None:
        if passphrase in self._typed and self.typing is not None:
            self.typing.say(_("Each custodian needs a passphrase of their own. Step back and choose another one."))
            return
        self._typed.append(passphrase)
        if len(self._typed) < HOW_MANY:
            self._ask_passphrase()
        else:
            self._make()

    def _make(self) -> None:
        self._end_typing()
        self._stack.setCurrentWidget(self.panel)
        self.panel.step("")
        self.panel.begin_busy(_("Making three keys"))
        folder, typed, replace = self._folder, tuple(self._typed), self._replace
        old, by_hand = tuple(self._old.values()), self._by_hand

        def make(desk: Desk) -> tuple[CustodianKey, ...]:
            return init_custodians(desk, folder, typed, replace=replace, old=old, by_hand=by_hand)

        self._context.change(make, self._made, self._failed, owner=self)

    def _made(self, keys: tuple[CustodianKey, ...]) -> None:
        self._forget()
        names = ", ".join(key.file.name for key in keys)
        self.panel.step(
            _(
                "Made: {files}. Move each file to its custodian's stick, make a second copy of each for a safe, and "
                "delete the folder. Laptops enrolled from now on know these custodians; for the others save the list."
            ).format(files=names),
            leave=_("Done"),
        )  # fmt: skip

    def _failed(self, error: Exception) -> None:
        self._forget()
        self._ask_folder()
        self._told(error)

    def _told(self, error: Exception) -> None:
        self.panel.end_busy()
        if self.custodian.isVisibleTo(self.panel):
            self.custodian.refuse(self._context.messages.sentence(error))
        else:
            self.panel.say(self._context.messages.sentence(error))

    def _end_typing(self) -> None:
        if self.typing is not None:
            self.typing.forget()
            self.typing = None
            self._stack.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)


def _at_the_top(part: QWidget) -> QWidget:
    """Return a part with the empty room below it, in line with the panel before it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(SPACE_4, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return holder
