"""What the law says for her, as cards by topic; under each sentence where it comes from and whether it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.pathway import Step
from outreach_app.i18n import gettext as _
from ui.models.pathway_words import TOPIC_WORDS, cited, sentence_of
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.disclosure import Disclosure
from ui.widgets.list_card import ListCard, ListRow

OPEN_TOPICS = ("child", "who_decides", "rights", "period")
"""Shown at once; the others open when they are needed."""


class LawCards(QWidget):
    """Built anew only when the sentences change; what was opened stays open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, ListCard] = {topic: ListCard(_(text), "") for topic, text in TOPIC_WORDS.items()}
        self.openers: dict[str, Disclosure] = {}
        self._shown: tuple[Step, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for topic in OPEN_TOPICS:
            column.addWidget(self.cards[topic])
        closed = QVBoxLayout()
        closed.setSpacing(SPACE_2)
        column.addLayout(closed)
        for topic, card in self.cards.items():
            if topic not in OPEN_TOPICS:
                card.heading.hide()
                self.openers[topic] = Disclosure(_(TOPIC_WORDS[topic]), card)
                closed.addWidget(self.openers[topic])

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these sentences under their topics; a topic without one is not shown."""
        if tuple(steps) == self._shown:
            return
        self._shown = tuple(steps)
        for topic, card in self.cards.items():
            rows = [_row(step) for step in steps if step.statement.topic == topic]
            card.show_rows(rows)
            self.openers.get(topic, card).setVisible(bool(rows))


def _row(step: Step) -> ListRow:
    return ListRow(sentence_of(step), cited(step), tone="muted" if step.confirmed else "notice")
