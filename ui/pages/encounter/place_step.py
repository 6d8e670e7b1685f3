"""The first step of an encounter: where. A place's warning is read here, before the form opens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.pages.encounter.book import NEW_PLACE, Book, find_places
from ui.tokens import SPACE_2, SPACE_3, SPACE_5
from ui.widgets.banner import Banner
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.scroll_column import centred
from ui.widgets.text import section_heading, small_heading, words
from ui.widgets.type_ahead import Choice, TypeAhead

CARD_WIDTH = 620
RECENT = 8  # places offered without typing, the last seen first


class PlaceStep(QWidget):
    """Ends with ``chosen``: a place of the register, or only a setting."""

    chosen = Signal(object)  # Place, or the code of a setting
    new_place_wanted = Signal(str, str)  # code, setting
    count_wanted = Signal()
    police_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._place: Place | None = None
        self._new_code = ""
        self.entry = TypeAhead(self._find, placeholder=_("code of the place"))
        self.recent = ChoiceRow([], arrows_choose=False)
        self.entry.setObjectName("encounter.where")
        self.entry.setAccessibleName(_("Place"))
        self.settings = ChoiceRow(book.words.choices("settings"), arrows_choose=False)
        self.warning = Banner("notice")
        self.go_on = primary_button(_("I have read it, go on"))
        self.other = quiet_button(_("Another place"))
        self.count = quiet_button(_("Only count people, no note"))
        self.police = quiet_button(_("Called to a police action"))
        self.another = quiet_button(_("Another place"))
        self._entry_heading, self._settings_heading = small_heading(_("A place of the register")), small_heading("")
        self._entry_hint = words(_("Type a code that is not there yet, and it is put into the register."), tone="muted")
        self._lay_out()
        self.entry.picked.connect(self._picked)
        self.recent.changed.connect(self._place_picked)
        self.settings.changed.connect(self._setting_chosen)
        self.go_on.clicked.connect(lambda: self.chosen.emit(self._place))
        self.other.clicked.connect(self.begin)
        self.another.clicked.connect(self.begin)
        self.count.clicked.connect(self.count_wanted)
        self.police.clicked.connect(self.police_wanted)

    def begin(self) -> None:
        """Ask for the place."""
        self._place = None
        self._ask_setting_of("")
        self.entry.clear()
        self.recent.set_options([(place.id, isolated(place.code)) for place in self._book.places[:RECENT]])
        self.recent.set_value("")
        self._recently.setVisible(bool(self._book.places))
        self.settings.set_value("")
        self._show_warning("")
        self.entry.setFocus(Qt.FocusReason.TabFocusReason)

    def offer(self, place: Place) -> None:
        """Go on with a place, by way of its warning if it has one."""
        self._place = place
        if not place.warning:
            self.chosen.emit(place)
            return
        self._show_warning(f"{isolated(place.code)}: {isolated(place.warning)}")
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_warning(self, sentence: str) -> None:
        self.warning.say("notice", sentence)
        for part in (self.warning, self.go_on, self.other):
            part.setVisible(bool(sentence))
        self._asking.setVisible(not sentence)

    def _picked(self, choice: Choice) -> None:
        if choice.key == NEW_PLACE:
            self._ask_setting_of(str(choice.value))
            self.settings.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._place_picked(choice.key)

    def _ask_setting_of(self, new_code: str) -> None:
        """Ask what kind of place a new one is: a wrong setting in the register would stay there."""
        self._new_code = new_code
        asked = _("What kind of place is {place}?").format(place=isolated(new_code))
        self._settings_heading.setText(asked if new_code else _("Or only a setting"))
        for part in (self.entry, self._recently, self._entry_heading, self._entry_hint, self.count, self.police):
            part.setVisible(not new_code)
        self.another.setVisible(bool(new_code))

    def _setting_chosen(self, code: str) -> None:
        if code and self._new_code:
            self.new_place_wanted.emit(self._new_code, code)
        elif code:
            self.chosen.emit(code)

    def _place_picked(self, place_id: str) -> None:
        place = self._book.place(place_id)
        if place is not None:
            self.offer(place)

    def _find(self, typed: str) -> tuple[Choice, ...]:
        return find_places(self._book, typed)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_3)
        inside.addWidget(section_heading(_("Where are you?")))
        inside.addWidget(self._questions())
        inside.addWidget(self.warning)
        answers = QHBoxLayout()
        answers.setSpacing(SPACE_2)
        answers.addWidget(self.go_on)
        answers.addWidget(self.other)
        answers.addStretch(1)
        inside.addLayout(answers)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_5, 0, 0)
        outer.addLayout(centred(card))  # no alignment: it would cost rows of buttons their height
        outer.addStretch(1)

    def _questions(self) -> QWidget:
        self._asking = QWidget()
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._entry_heading)
        column.addWidget(self.entry)
        self._recently = QWidget()
        recently = QVBoxLayout(self._recently)
        recently.setContentsMargins(0, 0, 0, 0)
        recently.addWidget(self.recent)
        column.addWidget(self._recently)
        column.addWidget(self._entry_hint)
        column.addSpacing(SPACE_3)
        column.addWidget(self._settings_heading)
        column.addWidget(self.settings)
        column.addSpacing(SPACE_3)
        for each in (self.count, self.police, self.another):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        return self._asking
