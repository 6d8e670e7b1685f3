"""The middle column of the encounter page: signs, the note, the follow-up, how freely she spoke, her consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.consent import RECIPIENTS, ConsentLevel, offered_levels
from outreach_app.domain.encounter import Encounter, FollowUp
from outreach_app.domain.errors import TextTooLongError
from outreach_app.domain.texts import NOTE_LIMIT
from outreach_app.i18n import gettext as _
from ui.models.codes import CONSENT_MEANINGS, RECIPIENT_WORDS, consent_words
from ui.models.encounter_form import EncounterForm, with_content
from ui.pages.encounter.book import Book
from ui.pages.encounter.second_view import SecondView
from ui.pages.encounter.sign_list import SignList, heading_row
from ui.tokens import SPACE_1
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.disclosure import Disclosure
from ui.widgets.form_grid import FormGrid
from ui.widgets.note_field import NoteField
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, words

Edit = Callable[[EncounterForm], EncounterForm]
NOTE_HEIGHT = 104
USUAL_DAYS = 3  # until a follow-up for which only words were typed


class SeenColumn(ScrollColumn):
    """Emits each change as a function of the form; shows what it is given without emitting."""

    edited = Signal(object)  # Edit
    profile_chosen = Signal(str)
    refused = Signal(object)  # the error

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._offered: tuple[ConsentLevel, ...] = ()
        self.signs = SignList(book.signs)
        self.second = SecondView(book)
        self.second_opener = Disclosure(_("Second &view: traits and red flags"), self.second)
        self.note = NoteField(_("Note"), NOTE_LIMIT, NOTE_HEIGHT)
        self.note.setPlaceholderText(_("Note, in your own words"))
        self.follow_up_on = DateField(book.today, offers=(1, 3, 7, 14, 30))
        self.follow_up_what = QLineEdit()
        self.follow_up_what.setPlaceholderText(_("what to do"))
        self.speaking = CodeBox(book.words.choices("speaking_situations"))
        self.consent = ChoiceRow([], may_be_empty=False)
        self.meaning = words(tone="muted")
        self.recipient = CodeBox([(code, _(RECIPIENT_WORDS[code])) for code in RECIPIENTS])
        for name in ("note", "follow_up_what", "speaking", "consent", "recipient"):
            getattr(self, name).setObjectName(f"encounter.{name}")
        self.follow_up_on.edit.setObjectName("encounter.follow_up_on")
        self._lay_out()
        self._connect()

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        content = form.content
        self.signs.show_content(content)
        self.second.show_traits(content.traits)
        self.second_opener.set_open(bool(content.traits))
        if self.note.toPlainText() != content.note:
            self.note.setPlainText(content.note)
        self.follow_up_on.set_value(content.follow_up.due_on if content.follow_up else None)
        self.follow_up_what.setText(content.follow_up.what if content.follow_up else "")
        self.speaking.set_value(content.speaking)
        self.show_rules(content)

    def show_rules(self, content: Encounter) -> None:
        """Offer the consent levels that fit how freely she spoke, and say what the chosen one means."""
        offered = offered_levels(free_to_speak=content.free_to_speak)
        if offered != self._offered:
            self._offered = offered
            self.consent.blockSignals(True)
            self.consent.set_options([(level.value, consent_words(level)) for level in offered])
            self.consent.blockSignals(False)
        self.consent.set_value(content.consent.value)
        kind = "" if content.free_to_speak else " " + _(
            "More is not offered now, because she could not speak freely. Ask again when she is alone."
        )
        self.meaning.setText(_(CONSENT_MEANINGS[content.consent]) + kind)
        self._grid.show_row(self.recipient, shown=content.consent is ConsentLevel.REFERRAL)
        self.recipient.set_value(content.recipient)

    def _lay_out(self) -> None:
        self.column.addLayout(heading_row(section_heading(_("What was seen or told")), _("Alt+S")))
        self.add(self.signs)
        self.add(self.note)
        self._grid = FormGrid()
        follow = QWidget()
        follow.setFocusProxy(self.follow_up_on)
        rows = QVBoxLayout(follow)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE_1)
        rows.addWidget(self.follow_up_on)
        rows.addWidget(self.follow_up_what)
        self.follow_up_on.setAccessibleName(_("Follow-up"))
        self.follow_up_what.setAccessibleName(_("What to do"))
        self._grid.add(_("&Follow-up"), follow)
        self._grid.add(_("Could she speak freely?"), self.speaking)
        self._grid.add(_("She &agreed to"), self.consent)
        self._grid.add(_("Recipient"), self.recipient)
        self._grid.add_wide(self.meaning)
        self.add(self._grid)
        self.add(self.second_opener)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.signs.answers_changed.connect(lambda answers: self._content(answers=answers))
        self.signs.words_changed.connect(self._worded)
        self.signs.profile_chosen.connect(self.profile_chosen)
        self.second_opener.button.clicked.connect(self._to_second)
        self.second.changed.connect(lambda traits: self._content(traits=traits))
        self.note.too_long.connect(lambda: self.refused.emit(TextTooLongError(field=_("Note"), limit=NOTE_LIMIT)))
        self.note.textChanged.connect(lambda: self._content(note=self.note.toPlainText()))
        self.follow_up_on.changed.connect(lambda _day: self._follow_up())
        self.follow_up_what.textEdited.connect(self._what_typed)
        self.speaking.chosen.connect(lambda code: self._content(speaking=code))
        self.consent.changed.connect(self._consent_chosen)
        self.recipient.chosen.connect(lambda code: self._content(recipient=code))

    def _content(self, **changes: object) -> None:
        self.edited.emit(lambda form: with_content(form, **changes))

    def _to_second(self, opened: bool) -> None:
        if opened:
            QTimer.singleShot(0, self, self._into_second)  # once it has its place

    def _into_second(self) -> None:
        self.ensureWidgetVisible(self.second)
        self.second.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _worded(self, sign_id: str, said: str) -> None:
        def edit(form: EncounterForm) -> EncounterForm:
            others = {sign: text for sign, text in form.content.sign_words.items() if sign != sign_id}
            return with_content(form, sign_words={**others, sign_id: said} if said else others)

        self.edited.emit(edit)

    def _consent_chosen(self, level: str) -> None:
        self._content(consent=ConsentLevel(level))

    def _what_typed(self, text: str) -> None:
        if text.strip() and self.follow_up_on.value() is None and self.follow_up_on.understood():
            self.follow_up_on.set_value(self._book.today() + timedelta(days=USUAL_DAYS))  # else it would not be kept
        self._follow_up()

    def _follow_up(self) -> None:
        day = self.follow_up_on.value()
        what = self.follow_up_what.text()
        self._content(follow_up=None if day is None else FollowUp(day, what))
