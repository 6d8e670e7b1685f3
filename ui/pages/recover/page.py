"""The page behind "Forgot the passphrase?": the step it is at is read from the vault's folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page import Page
from ui.pages.recover.asking import Asking, Recoverable
from ui.pages.recover.opening import Opening
from ui.passphrases import Passphrases, vault_passphrases
from ui.tokens import SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import quiet_button
from ui.widgets.card import Card
from ui.widgets.scroll_column import ScrollColumn, centred
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.recovering import RecoveryRequest
    from outreach_app.services.session import Session

T = TypeVar("T")
WIDTH = 640  # pixels


class RecoverPage(Page):
    """Not possible, ask, or wait for the answer: one card at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._passphrases: Passphrases | None = None
        self.refusal = Card(_("It cannot be recovered on this laptop"))
        self.asking: Asking | None = None
        self.opening = Opening()
        self.back = quiet_button(_("Back to unlocking"), icon="arrow-left")
        self._cards = QStackedWidget()
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.opening.opened.connect(self._finish)
        self.opening.begin_again.connect(self._ask_anew)
        self.setFocusProxy(self.back)

    def title(self) -> str:
        return _("Forgotten passphrase")

    def shown(self, _place: Mapping[str, str]) -> None:
        if self._passphrases is None:
            self._context.tasks.run_free(vault_passphrases, self._know, owner=self)
        else:
            self._look()

    def go_back(self) -> bool:
        if self.asking is not None:
            self.asking.forget()
        self.opening.forget()
        self._context.go_to("unlock")
        return True

    def _know(self, passphrases: Passphrases) -> None:
        self._passphrases = passphrases
        self.opening.know(passphrases)
        self._look()

    def _look(self) -> None:
        program = self._context.program
        self._run(
            lambda: (program.recovery_possible(), program.list_slots_without_passphrase(), program.recovery_waits()),
            lambda found: self._show_step(*found),
        )

    def _show_step(
        self, possible: bool, slots: Sequence[Recoverable], waits: RecoveryRequest | None
    ) -> None:
        if not possible:
            self._refuse(
                _(
                    "Only a laptop that was enrolled with a centre, and whose centre named three custodians, can be "
                    "opened without its passphrase. If another worker shares this laptop, that worker's passphrase "
                    "still opens it. Leaflets and help lines stay open. Nothing is deleted: should the words come "
                    "back to you, they open everything."
                )
            )
        elif waits is not None:
            self.opening.show_request(waits.document, waits.words)
            self._show(self.opening)
        else:
            self._show(self._new_asking(slots))

    def _new_asking(self, slots: Sequence[Recoverable]) -> Asking:
        assert self._passphrases is not None  # noqa: S101 - the step is looked for only once they are known
        if self.asking is not None:
            self._cards.removeWidget(self.asking)
            self.asking.deleteLater()
        made = Asking(self._passphrases, slots, self._context.program.clock.local_now().date())
        made.chosen.connect(self._begin)
        made.left.connect(self.go_back)
        self._cards.addWidget(made)
        self.asking = made
        return made

    def _begin(self, slot_id: str, passphrase: str) -> None:
        asking = self.asking
        if asking is None:
            return
        asking.set_busy(True)
        program = self._context.program

        def begun(request: RecoveryRequest) -> None:
            asking.forget()
            self.opening.show_request(request.document, request.words)
            self._show(self.opening)

        self._run(lambda: program.begin_recovery(slot_id, passphrase), begun, asking.refuse)

    def _finish(self, reply: bytes, passphrase: str) -> None:
        self.opening.set_busy(True)
        context = self._context

        def work() -> Session:
            session = context.program.finish_recovery(reply, passphrase)
            context.sessions.put(session)
            return session

        def opened(_session: Session) -> None:
            self.opening.forget()
            context.navigation.unlocked.emit()
            context.messages.say(_("The vault is open. From now on your new passphrase opens it."))

        context.tasks.run_vault(work, opened, self._told(self.opening.refuse))

    def _ask_anew(self) -> None:
        list_slots = self._context.program.list_slots_without_passphrase
        self._run(list_slots, lambda slots: self._show(self._new_asking(slots)))

    def _refuse(self, sentence: str) -> None:
        self.refusal.say(sentence)
        self._show(self.refusal)

    def _show(self, card: QWidget) -> None:
        self._cards.setCurrentWidget(card)
        if isinstance(card, Asking):
            card.begin()
        else:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(
        self, work: Callable[[], T], on_success: Callable[[T], None], refuse: Callable[[str], None] | None = None
    ) -> None:
        self._context.tasks.run_vault(work, on_success, self._told(refuse or self._refuse), owner=self)

    def _told(self, refuse: Callable[[str], None]) -> Callable[[Exception], None]:
        """Return where an error goes: a known one to the card, an unknown one to the one place."""

        def tell(error: Exception) -> None:
            if isinstance(error, KnownError):
                refuse(error.sentence())
            else:
                refuse("")
                self._context.messages.tell_error(error)

        return tell

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setFixedWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE_4, 0, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(page_title(self.title()))
        for card in (self.refusal, self.opening):
            self._cards.addWidget(card)
        column.addWidget(self._cards)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.column.addLayout(centred(inside))
        scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_5, SPACE_3, SPACE_4, SPACE_3)
        whole.addWidget(scroll)
