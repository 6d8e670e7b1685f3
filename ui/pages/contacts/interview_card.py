"""The basis for the CMM interview: her story under its topics, kept as it is written, and printed on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.i18n import language
from ui.context import Context
from ui.models.papers import set_interview_paper
from ui.pages.contacts.paper_row import PaperRow
from ui.tokens import SPACE_3
from ui.widgets.buttons import button
from ui.widgets.disclosure import Disclosure
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import words
from ui.widgets.words_field import WordsField


class InterviewCard(QWidget):
    """Read only when it is opened; what is half written is kept when the window is left or locked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._contact_id = context, ""
        self._read: dict[str, str] = {}
        offered = context.program.code_lists["interview_topics"].offered()
        tongue = language()[:2]
        self.fields = {
            each.code: WordsField(each.labels.get(tongue, each.labels["en"])) for each in offered
        }
        self.keep = button(_("Keep what she told"), icon="save")
        self.papers = PaperRow(
            context, "interview_paper",
            lambda session, contact_id: partial(set_interview_paper, session.papers.interview_basis(contact_id)),
        )  # fmt: skip
        self.opener = Disclosure(_("Basis for the interview with CMM"), self._inside())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.opener)
        self.opener.opened.connect(self._ask)
        self.keep.clicked.connect(lambda _on: self._keep(told=True))

    def show_contact(self, contact_id: str) -> None:
        """Close the basis of whoever was shown before; it is read when it is opened."""
        self._contact_id, self._read = contact_id, {}
        self.opener.set_open(False)
        for field in self.fields.values():
            field.set_words("")
        self.papers.show_contact(contact_id)

    def keep_draft_now(self) -> None:
        """Keep what is half written."""
        if self.opener.button.isChecked() and self._written() != self._read:
            self._keep(told=False)

    def _ask(self) -> None:
        contact_id = self._contact_id
        self._context.ask(lambda session: session.interviews.find_topics(contact_id), self._show, owner=self)

    def _show(self, topics: Mapping[str, str]) -> None:
        self._read = dict(topics)
        for code, field in self.fields.items():
            field.set_words(topics.get(code, ""))

    def _written(self) -> dict[str, str]:
        return {code: field.words() for code, field in self.fields.items() if field.words().strip()}

    def _keep(self, *, told: bool) -> None:
        contact_id, topics = self._contact_id, self._written()

        def kept(_changes: object) -> None:
            if contact_id == self._contact_id:
                self._read = dict(topics)
            if told:
                self._context.messages.say(_("What she told is kept."))

        self._context.change(
            lambda session: session.interviews.keep_topics(contact_id, topics), kept, self._context.messages.tell_error,
            owner=self,
        )  # fmt: skip

    def _inside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        hint = _("As far as she tells it, so that she need not tell it all again. Leave empty what she does not want.")
        column.addWidget(words(hint, tone="muted"))
        for field in self.fields.values():
            column.addWidget(LabelledField(field.accessibleName(), field))
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.papers)
        return inside
