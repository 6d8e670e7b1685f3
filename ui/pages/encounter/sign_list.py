"""Entering signs: type two or three letters or a number, then one key for how it is known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import Answer, Profile
from outreach_app.i18n import gettext as _
from ui.models.codes import ANSWER_KEYS, PROFILE_WORDS
from ui.models.signs import Signs
from ui.pages.encounter.sign_row import SignRow
from ui.tokens import SPACE_1, SPACE_2
from ui.widgets.code_box import CodeBox
from ui.widgets.numbered_type_ahead import NumberedTypeAhead
from ui.widgets.text import words
from ui.widgets.type_ahead import Choice

WAITING: Answer = "not_asked"
"""A sign that was picked but not answered yet: it is kept and counts as nothing."""
LONGEST_PROFILE = 14  # letters of its longest name, "Voksen, arbejde"


class SignList(QWidget):
    """The entry field, the choice of list, and a row for each sign, newest first."""

    answers_changed = Signal(object)  # dict of sign id -> answer
    words_changed = Signal(str, str)  # sign id, words
    profile_chosen = Signal(str)

    def __init__(self, signs: Signs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs = signs
        self._profile: Profile = "adult_sexual"
        self._answers: dict[str, Answer] = {}
        self._rows: dict[str, SignRow] = {}
        self.entry = NumberedTypeAhead(self._find, placeholder=_("type a sign, or its number"), letters="othn")
        self.entry.setObjectName("encounter.signs")
        self.entry.setAccessibleName(_("Signs"))
        self.entry.setToolTip(_("Alt+O, Alt+T, Alt+H or Alt+N takes the marked sign and answers it at once"))
        self.profile = CodeBox([(code, _(text)) for code, text in PROFILE_WORDS.items()])
        self.profile.setObjectName("encounter.profile")
        self.profile.setMinimumContentsLength(LONGEST_PROFILE)
        self.profile.setAccessibleName(_("List of signs"))
        self._nothing = words(_("What was seen or told goes here, one sign at a time."), tone="muted")
        self._lay_out()
        self.entry.picked.connect(self._picked)
        self.entry.picked_with.connect(lambda choice, letter: self._take(choice.key, ANSWER_KEYS[letter]))
        self.profile.chosen.connect(self.profile_chosen)

    def show_content(self, content: Encounter) -> None:
        """Show the answers and the list in use."""
        self._profile = content.profile
        self.profile.set_value(content.profile)
        self._answers = dict(content.answers)
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for sign_id, answer in self._answers.items():
            self._add_row(sign_id, answer, content.sign_words.get(sign_id, ""))
        self._nothing.setVisible(not self._rows)

    def answers(self) -> dict[str, Answer]:
        """Return what is answered, in the order it was entered."""
        return dict(self._answers)

    def write_words(self) -> None:
        """Open the line for words on the sign entered last."""
        if self._rows:
            next(reversed(self._rows.values())).write_words()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.entry, 3)
        top.addWidget(self.profile, 2)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_2)
        outer.addLayout(top)
        outer.addWidget(self._nothing)
        outer.addLayout(self._column)

    def _find(self, typed: str) -> tuple[Choice, ...]:
        found = self._signs.suggest(self._profile, typed, frozenset(self._answers))
        return tuple(Choice(sign.id, self._signs.label(sign.id)) for sign in found)

    def _picked(self, choice: Choice) -> None:
        self._take(choice.key, WAITING)
        self._rows[choice.key].setFocus()

    def _take(self, sign_id: str, answer: Answer) -> None:
        if sign_id not in self._rows:
            self._add_row(sign_id, answer)
        else:
            self._rows[sign_id].show_answer(answer)
        self._tell(sign_id, answer)

    def _tell(self, sign_id: str, answer: Answer) -> None:
        self._answers[sign_id] = answer
        self._nothing.hide()
        self.answers_changed.emit(self.answers())

    def _add_row(self, sign_id: str, answer: str, said: str = "") -> None:
        counts = sign_id in self._signs.ids(self._profile)
        row = SignRow(sign_id, self._signs.label(sign_id), answer, said, counts=counts)
        row.answered.connect(self._tell)
        row.worded.connect(self.words_changed)
        row.removed.connect(self._removed)
        row.left.connect(self.entry.setFocus)
        row.stepped.connect(lambda step: self._step(sign_id, step))
        self._rows[sign_id] = row
        self._column.insertWidget(0, row)
        QWidget.setTabOrder(self.profile, row)  # the newest on top, then the older ones, then the note
        row.show()  # now, not with the next layout: it may be given the keyboard at once

    def _removed(self, sign_id: str) -> None:
        row = self._rows.pop(sign_id)
        self._answers.pop(sign_id, None)
        self.entry.setFocus()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._nothing.setVisible(not self._rows)
        self.answers_changed.emit(self.answers())

    def _step(self, sign_id: str, step: int) -> None:
        shown = list(reversed(self._rows))
        at = shown.index(sign_id) + step
        if at < 0:
            self.entry.setFocus()
        elif at < len(shown):
            self._rows[shown[at]].setFocus()


def heading_row(heading: QLabel, hint: str) -> QHBoxLayout:
    """Return a heading with a quiet hint at the end of its line."""
    row = QHBoxLayout()
    quiet = QLabel(hint)
    quiet.setProperty("tone", "muted")
    row.addWidget(heading)
    row.addStretch(1)
    row.addWidget(quiet)
    return row
