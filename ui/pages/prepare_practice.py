"""Sets practice up before its window opens: some seconds, with each step said."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.tokens import SPACE_4, SPACE_5
from ui.widgets.banner import Banner
from ui.widgets.buttons import primary_button
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import page_title, words

if TYPE_CHECKING:
    from outreach_app.practice.folder import PracticeFolder

CARD_WIDTH = 520  # pixels


class PreparePracticePage(QWidget):
    """Begins by itself; a fault is said and can be tried again."""

    prepared = Signal()

    def __init__(self, context: Context, folder: PracticeFolder) -> None:
        super().__init__()
        self._context = context
        self._folder = folder
        self._progress = ProgressLine()
        self._fault = Banner("notice")
        self._fault.hide()
        self.again = primary_button(_("Try again"))
        self.again.hide()
        self.again.clicked.connect(self.begin)
        self._lay_out()

    def begin(self) -> None:
        """Make everything on a thread that may wait."""
        self._fault.hide()
        self.again.hide()
        self._progress.show()
        self._progress.set_progress(_("Getting practice ready"))
        told = self._context.tasks.marshalled(self._tell, owner=self)
        program, folder = self._context.program, self._folder

        def make() -> None:
            making = importlib.import_module("outreach_app.practice.making")
            making.make_practice(folder, program, say=lambda *step: told(step))

        self._context.tasks.run_free(make, lambda _nothing: self.prepared.emit(), self._failed, owner=self)

    def _tell(self, step: tuple[str, int, int]) -> None:
        sentence, number, total = step
        self._progress.set_progress(sentence, number - 1, total)

    def _failed(self, error: Exception) -> None:
        self._progress.hide()
        self._fault.say("notice", self._context.messages.sentence(error))
        self._fault.show()
        self.again.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_4)
        inside.addWidget(page_title(_("Practice")))
        inside.addWidget(
            words(_("Everything can be tried here on people who do not exist. Nothing reaches the real centre."))
        )
        for part in (self._progress, self._fault, self.again):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
