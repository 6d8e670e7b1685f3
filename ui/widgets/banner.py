"""One sentence that matters now, with an icon beside its colour and a button to answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import icon_button, quiet_button
from ui.widgets.text import set_tone, words


class Banner(QFrame):
    """``tone`` is calm, notice or urgent; each has its own icon."""

    action_requested = Signal()
    closed = Signal()

    def __init__(
        self, tone: str = "calm", sentence: str = "", *, action: str = "", close_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._icon = QLabel()
        self._icon.setFixedWidth(20)
        self._sentence = words()
        self._sentence.setMaximumWidth(16777215)
        self._action = quiet_button(action)
        self._action.clicked.connect(self.action_requested)
        self._close = icon_button("close", close_words)
        self._close.clicked.connect(self._end)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_3, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_2)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._close.setVisible(bool(close_words))  # only now: shown without a parent it would be a window
        self.say(tone, sentence, action)

    def say(self, tone: str, sentence: str, action: str = "") -> None:
        """Show another sentence; a screen reader hears it as the banner's name."""
        set_tone(self, tone)
        set_icon(self._icon, tone, tone)
        self._sentence.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(sentence)

    def text(self) -> str:
        """Return the sentence shown."""
        return self._sentence.text()

    def _end(self) -> None:
        self.hide()
        self.closed.emit()
