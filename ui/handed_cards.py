"""The laptop in her hands: locked first, the whole screen for the cards, and her answers on their way to the note.

Answers wait in the memory of the locked window, for half an hour at most, until the worker has unlocked.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context

if TYPE_CHECKING:
    from outreach_app.domain.encounter import CardAnswers

FORGOTTEN_AFTER = 30 * 60_000  # milliseconds after the last answer; a locked window keeps nothing of hers for long


class HandedCards(QObject):
    """Hears of every answer; ``place`` hands them over once, when the worker has unlocked and her draft is opened."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        navigation = context.navigation
        self._window = window
        self._answers: CardAnswers | None = None
        self.hands_over = False
        self.fills_screen = True  # a round of pictures keeps the window's size instead
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(FORGOTTEN_AFTER)
        self._forget.timeout.connect(self.forget)
        navigation.cards_answered.connect(self._keep)
        navigation.cards_requested.connect(self._hand_over)
        navigation.alone_requested.connect(self._fill_screen)

    @property
    def waiting(self) -> bool:
        """Tell whether there are answers that wait for their note."""
        return self._answers is not None

    def forget(self) -> None:
        """Let go what waits."""
        self._answers = None
        self._forget.stop()

    def place(self, draft_id: str) -> dict[str, str]:
        """Return what the page is shown with, and forget it: the draft and, if any wait, the answers ``cards``.

        Without a draft, because another worker unlocked, the answers are told to be gone.
        """
        answers = self._answers
        self.forget()
        if not draft_id:
            if answers is not None:
                self._context.messages.say(_("The card answers were not kept: their note is not yours."), "notice")
            return {}
        if answers is None:
            return {"draft_id": draft_id}
        wire = importlib.import_module("outreach_app.wire.cards")
        return {"draft_id": draft_id, "cards": str(wire.answers_to_json(answers))}

    def _hand_over(self) -> None:
        """Lock, so that nothing of the vault can be reached; the successor begins with the cards."""
        self.hands_over = True
        self._context.navigation.lock_requested.emit()

    def _keep(self, answers: CardAnswers) -> None:
        self._answers = answers
        self._forget.start()

    def _fill_screen(self, alone: bool) -> None:
        full = Qt.WindowState.WindowFullScreen
        before = self._window.windowState()
        wanted = before | full if alone else before & ~full
        if self.fills_screen and self._window.isVisible() and wanted != before:
            self._window.setWindowState(wanted)
