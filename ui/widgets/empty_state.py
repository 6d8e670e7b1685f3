"""What an empty page or list shows: what it is for and how to start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.text import section_heading, words

SENTENCE_WIDTH = 400


class EmptyState(QWidget):
    """Icon, one line, one sentence and, if there is one, the button that starts."""

    def __init__(
        self, icon: str, heading: str, sentence: str, action: QPushButton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        picture = QLabel()
        set_icon(picture, icon, "muted", 32)
        self.heading = section_heading(heading)
        self.sentence = words(sentence, tone="muted")
        self.sentence.setFixedWidth(SENTENCE_WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_2)
        column.addStretch(2)
        for part in (picture, self.heading, self.sentence):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if action is not None:
            column.addSpacing(SPACE_3)
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
