"""What is shown in her language: a few lines (the beginning, the plain health page, the end), or one question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.domain.cards import Card, CardLine
from ui.icons import set_icon
from ui.models.cards import FAMILIES, CardTexts
from ui.pages.cards.picture import LinePicture
from ui.pages.cards.targets import TARGET_ICON, huge_target, speaking
from ui.tokens import SPACE_4, SPACE_5
from ui.widgets.fitting_words import FittingWords

QUESTION_SIZES = (40.0, 34.0, 28.0, 24.0, 20.0, 17.0)  # points
LINE_SIZES = (30.0, 26.0, 22.0, 18.0, 15.0, 13.0)
ANSWERS: tuple[CardLine, ...] = ("yes", "no", "skip")
SKIP_MIRRORED = "arrow-left"
ICONS = {"yes": "check", "no": "close", "skip": "arrow-right"}


class LinesStep(QWidget):
    """A picture, a few lines in her language, and one target that goes on."""

    gone_on = Signal()

    def __init__(self, picture: str, lines: tuple[CardLine, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.picture = LinePicture()
        self.picture.show_picture(picture)
        self.words = FittingWords(LINE_SIZES)
        self.on = huge_target()
        self.on.clicked.connect(self.gone_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(self.picture, 2)
        column.addWidget(self.words, 4)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.on, 2)
        row.addStretch(1)
        column.addLayout(row)

    def show_texts(self, texts: CardTexts, more: tuple[CardLine, ...] = (), *, goes_on: bool = True) -> None:
        """Show the lines in a language, ``more`` after them."""
        said = "\n".join(texts.line(name) for name in (*self._lines, *more))
        self.words.say(said, FAMILIES[texts.words.script])
        speaking(self.on, texts.line("begin"), texts)
        self.on.setVisible(goes_on)


class QuestionStep(QWidget):
    """One card: picture, question, and three large targets."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture, self.question = LinePicture(), FittingWords(QUESTION_SIZES)
        self.targets = {name: huge_target(ICONS[name]) for name in ANSWERS}
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for name, target in self.targets.items():
            target.clicked.connect(lambda _checked=False, value=name: self.answered.emit(value))
            row.addWidget(target, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(self.picture, 5)
        column.addWidget(self.question, 4)
        column.addLayout(row)

    def show_card(self, card: Card, texts: CardTexts) -> None:
        """Show a card; the keyboard rests on no answer, so that Enter pressed twice answers nothing."""
        self.picture.show_picture(card.picture)
        self.question.say(texts.question(card), FAMILIES[texts.words.script])
        set_icon(self.targets["skip"], SKIP_MIRRORED if texts.words.right_to_left else ICONS["skip"], size=TARGET_ICON)
        for name, target in self.targets.items():
            speaking(target, texts.line(name), texts)
