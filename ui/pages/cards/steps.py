"""What is shown one after another: her language, the beginning, a question, the plain health page, the end."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from outreach_app.domain.cards import Card, CardLine
from outreach_app.i18n import gettext as _
from ui.icons import set_icon
from ui.models.cards import FAMILIES, CardTexts
from ui.pages.cards.picture import LinePicture
from ui.tokens import SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import button
from ui.widgets.fitting_words import FittingWords
from ui.widgets.text import page_title, words

QUESTION_SIZES = (40.0, 34.0, 28.0, 24.0, 20.0, 17.0)  # points
LINE_SIZES = (30.0, 26.0, 22.0, 18.0, 15.0, 13.0)
BUTTON_POINTS = 20.0
ANSWER_ICON = 32  # pixels
COLUMNS = 4
ANSWERS: tuple[CardLine, ...] = ("yes", "no", "skip")
SKIP_MIRRORED = "arrow-left"
ICONS = {"yes": "check", "no": "close", "skip": "arrow-right"}


class LanguageStep(QWidget):
    """All languages by their own names; she points, or the worker chooses."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.told = words("", tone="muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_3)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(page_title(_("Which language?")))
        column.addWidget(words(_("Let her point at hers. Arrows move, Enter begins, Esc leaves.")))
        column.addStretch(1)
        column.addLayout(self._grid)
        column.addStretch(1)
        column.addWidget(self.told)

    def offer(self, languages: Iterable[CardTexts]) -> None:
        """Offer these languages."""
        for at, texts in enumerate(languages):
            made = _speaking(_huge(), texts.words.own_name, texts)
            made.clicked.connect(lambda _checked=False, code=texts.words.language: self.chosen.emit(code))
            self._grid.addWidget(made, at // COLUMNS, at % COLUMNS)
            self.buttons[texts.words.language] = made


class LinesStep(QWidget):
    """A picture, a few lines in her language, and one target that goes on."""

    gone_on = Signal()

    def __init__(self, picture: str, lines: tuple[CardLine, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.picture = LinePicture()
        self.picture.show_picture(picture)
        self.words = FittingWords(LINE_SIZES)
        self.on = _huge()
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
        _speaking(self.on, texts.line("begin"), texts)
        self.on.setVisible(goes_on)


class QuestionStep(QWidget):
    """One card: picture, question, and three large targets."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture, self.question = LinePicture(), FittingWords(QUESTION_SIZES)
        self.targets = {name: _huge(ICONS[name]) for name in ANSWERS}
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
        set_icon(self.targets["skip"], SKIP_MIRRORED if texts.words.right_to_left else ICONS["skip"], size=ANSWER_ICON)
        for name, target in self.targets.items():
            _speaking(target, texts.line(name), texts)


def _huge(icon: str = "") -> QPushButton:
    target = button("", kind="huge")
    if icon:
        set_icon(target, icon, size=ANSWER_ICON)
    return target


def _speaking(target: QPushButton, text: str, texts: CardTexts) -> QPushButton:
    font = target.font()
    font.setFamilies(list(FAMILIES[texts.words.script]))
    font.setPointSizeF(BUTTON_POINTS)
    target.setFont(font)
    target.setText(text)
    target.setAccessibleName(text)
    right_to_left = Qt.LayoutDirection.RightToLeft if texts.words.right_to_left else Qt.LayoutDirection.LeftToRight
    target.setLayoutDirection(right_to_left)
    return target
