"""The three columns of the encounter form, two on a narrow window, and the line of keys below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.dialogs.alike_hint import AlikeHint
from ui.models.encounter_form import EncounterForm
from ui.pages.encounter.adds_up import AddsUpColumn
from ui.pages.encounter.book import Book
from ui.pages.encounter.card_answers import CardAnswersPanel
from ui.pages.encounter.guarded import HealthFields, IdentityFields
from ui.pages.encounter.hand_over import HandOverFields
from ui.pages.encounter.meanwhile import Meanwhile
from ui.pages.encounter.more import MoreFields
from ui.pages.encounter.seen import SeenColumn
from ui.pages.encounter.who import WhoColumn
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.banner import Banner
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.disclosure import Disclosure

NARROW = 1000  # pixels of the form; a window of 1200 leaves about this much beside the rail


class FormView(QWidget):
    """Shows a form and tells each change as a function of it."""

    edited = Signal(object)  # a function of the form
    profile_chosen = Signal(str)

    def __init__(self, book: Book, hint: AlikeHint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.who, self.seen, self.adds_up = WhoColumn(book, hint), SeenColumn(book), AddsUpColumn(book)
        self.more, self.health, self.identity = MoreFields(book), HealthFields(book), IdentityFields()
        self.hand_over = HandOverFields()
        self.more_opener = Disclosure(_("More, for statistics"), self.more)
        self.health_opener = Disclosure(_("Health"), self.health)
        self.hand_over_opener = Disclosure(_("Handed over by phone"), self.hand_over)
        self.identity_opener = Disclosure(_("Write down a name"), self.identity)
        self.cards = CardAnswersPanel(book)
        self.meanwhile = Meanwhile(book)
        self._shown: EncounterForm | None = None
        self.warning = Banner("notice")
        self.reason = QLineEdit()
        self.reason.setObjectName("encounter.reason")
        self.reason.setAccessibleName(_("Reason for the amendment"))
        self.reason.setPlaceholderText(_("why the note is amended"))
        self.kept = QLabel()
        self.kept.setProperty("tone", "muted")
        self.finish = primary_button(_("Finish"), "Ctrl+Return")
        self.discard = quiet_button(_("Discard"))
        self.count = quiet_button(_("Only count"))
        self._narrow: bool | None = None
        self._lay_out()
        for part in (self.who, self.seen, self.adds_up, self.more, self.health, self.hand_over, self.identity):
            part.edited.connect(self.edited)
        self.seen.profile_chosen.connect(self.profile_chosen)
        self.cards.edited.connect(self._edit_and_show)

    def show_form(self, form: EncounterForm) -> None:
        """Show everything of the form."""
        for part in (self.who, self.seen, self.adds_up, self.more, self.health, self.hand_over, self.identity):
            part.show_form(form)
        self.health_opener.setVisible(self._book.writes_health)
        self.identity_opener.set_open(form.identity is not None)
        self.hand_over_opener.set_open(form.content.hand_over is not None)
        amends = bool(form.note_id)
        self.reason.setText(form.reason)
        self.reason.setVisible(amends)
        self.count.setVisible(not amends)
        self.show_result(form)

    def show_result(self, form: EncounterForm) -> None:
        """Show what follows from the form: what it adds up to, the warning of the place, the offered consent."""
        self._shown = form
        self.cards.show_form(form)
        self.adds_up.show_content(form.content)
        self.seen.show_rules(form.content)
        self.hand_over.show_rules(form.content)
        place = self._book.place(form.content.place_id)
        self.warning.say("notice", isolated(place.warning) if place else "")
        self.warning.setVisible(bool(place and place.warning))
        if not form.note_id:  # amending is done later and elsewhere
            self._book.tell_setting(form.content.setting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < NARROW)

    def _edit_and_show(self, edit: object) -> None:
        """Let a change through that was not made in a field, and show what came of it in every field."""
        self.edited.emit(edit)
        if self._shown is not None:
            self.show_form(self._shown)

    def _lay_out(self) -> None:
        for opener in (self.more_opener, self.health_opener, self.hand_over_opener, self.identity_opener):
            self.who.add(opener)
        self.who.column.addStretch(1)
        self._columns = QGridLayout()
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(SPACE_3)
        self._cards = (_card(self.who), _card(self.seen))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_2)
        outer.addWidget(self.warning)
        outer.addWidget(self.meanwhile)
        outer.addWidget(self.cards)
        outer.addLayout(self._columns, 1)
        outer.addLayout(self._foot())
        QShortcut(QKeySequence("Alt+S"), self, self.seen.signs.entry.setFocus)
        QShortcut(QKeySequence("Alt+R"), self, self.seen.signs.write_words)
        self._arrange(narrow=False)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.kept)
        foot.addWidget(self.reason, 1)
        foot.addStretch(1)
        foot.addWidget(self.cards.ask)
        foot.addWidget(self.count)
        foot.addWidget(self.discard)
        foot.addWidget(self.finish)
        return foot

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        who, seen = self._cards
        for part in (who, seen, self.adds_up):
            self._columns.removeWidget(part)
        self._columns.addWidget(who, 0, 0, 2, 1)
        self._columns.addWidget(seen, 0, 1, 1 if narrow else 2, 1)
        self._columns.addWidget(self.adds_up, 1 if narrow else 0, 1 if narrow else 2, 1 if narrow else 2, 1)
        for column, share in enumerate((10, 11, 0 if narrow else 9)):
            self._columns.setColumnStretch(column, share)
        self._columns.setRowStretch(0, 3)
        self._columns.setRowStretch(1, 2 if narrow else 0)


def _card(inside: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_3, SPACE_3, SPACE_2, SPACE_2)
    column.addWidget(inside)
    card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return card
