"""One place of the register, to read and to change, with what can be done there in one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.codes import Words
from ui.models.dates import ago_in_words
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_grid import FormGrid
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, words

USUAL_SETTING = "massage_parlour"
LATER_DAYS = 7
TEXTS = ("code", "note", "warning", "suspicion")


class PlaceDetail(QFrame):
    """Ends with ``written``; a place without an id is a new one. ``stays``: it is shown further."""

    written = Signal(object, bool)  # Place, stays
    closed = Signal()
    encounter_requested = Signal(str)

    def __init__(self, code_words: Words, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._today = today
        self._place = self._shown = Place("", "", USUAL_SETTING)
        self.heading = section_heading("")
        self.seen = words("", tone="muted")
        self.known_warning = Banner("notice")
        self.code, self.note, self.warning, self.suspicion = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(_("a code only you understand"))
        self.warning.setPlaceholderText(_("read before an encounter begins here"))
        self.suspicion.setPlaceholderText(_("why it should be seen again"))
        self.setting = CodeBox(code_words.choices("settings"))
        self.region = CodeBox(code_words.choices("regions"))
        self.revisit = DateField(today, offers=(7, 14, 30, 60))
        self.keep = primary_button(_("Keep"), "Ctrl+Return")
        self.encounter = button(_("New encounter here"), "Alt+N", icon="plus")
        self.been = button(_("Been there today"), "Alt+B")
        self.later = button(_("Go back in a week"), "Alt+W")
        self.back = quiet_button(_("Close"), icon="close")
        self.notes = ListCard(_("Notes here"), _("No note was written here yet."))
        for name in (*TEXTS, "setting", "region"):
            getattr(self, name).setObjectName(f"places.{name}")
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Ask for a new place."""
        self.show_place(Place("", "", USUAL_SETTING))
        self.heading.setText(_("New place"))
        self.code.setFocus()

    def show_place(self, place: Place) -> None:
        """Show a place."""
        self._place = place
        self.heading.setText(isolated(place.code))
        for name in TEXTS:
            getattr(self, name).setText(getattr(place, name))
        self.setting.set_value(place.setting)
        self.region.set_value(place.region)
        self.revisit.set_value(place.revisit_on)
        self.known_warning.say("notice", isolated(place.warning))
        self.known_warning.setVisible(bool(place.warning))
        self._show_seen(place)
        self.notes.show_rows(())
        for part in (self.encounter, self.been, self.later, self.seen, self.notes):
            part.setVisible(bool(place.id))
        self._allow()
        self._shown = self.place()  # a line shows line ends as blanks; that is no change

    @property
    def before(self) -> Place:
        """The place as it was shown, without what was written since."""
        return self._place

    @property
    def place_id(self) -> str:
        """The id of the place shown, '' for a new one."""
        return self._place.id

    def show_notes(self, rows: Sequence[ListRow]) -> None:
        """Show what was written here."""
        self.notes.show_rows(rows)

    def place(self) -> Place:
        """Return what is written."""
        return replace(
            self._place, code=self.code.text(), setting=self.setting.value(), region=self.region.value(),
            note=self.note.text(), warning=self.warning.text(), revisit_on=self.revisit.value(),
            suspicion=self.suspicion.text(),
        )  # fmt: skip

    def changed(self) -> bool:
        """Tell whether something was written since the place was shown."""
        return self.place() != self._shown

    def may_be_kept(self) -> bool:
        """Tell whether there is a code."""
        return bool(self.code.text().strip())

    def _tell(self) -> None:
        if self.may_be_kept():
            self.written.emit(self.place(), not self._place.id)

    def _allow(self) -> None:
        for each in (self.keep, self.been, self.later):
            each.setEnabled(self.may_be_kept())

    def _show_seen(self, place: Place) -> None:
        notes = ngettext("{count} note here", "{count} notes here", place.encounters).format(count=place.encounters)
        if place.last_seen is None:
            seen = _("Not seen yet")
        else:
            seen = _("Last seen {when}").format(when=ago_in_words(place.last_seen, self._today()))
        self.seen.setText(f"{seen} · {notes}")

    def _been_there(self) -> None:
        now, today = self.place(), self._today()
        over = now.revisit_on is not None and now.revisit_on <= today
        self.written.emit(replace(now, visited_on=today, revisit_on=None if over else now.revisit_on), True)

    def _go_back_later(self) -> None:
        day = self._today() + timedelta(days=LATER_DAYS)
        self.written.emit(replace(self.place(), revisit_on=day), True)

    def _connect(self) -> None:
        self.keep.clicked.connect(self._tell)
        self.code.returnPressed.connect(self._tell)
        self.back.clicked.connect(self.closed)
        self.encounter.clicked.connect(lambda: self.encounter_requested.emit(self._place.id))
        self.been.clicked.connect(self._been_there)
        self.later.clicked.connect(self._go_back_later)
        self.code.textChanged.connect(self._allow)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.back)
        actions = FlowLayout(gap=SPACE_2)
        for each in (self.encounter, self.been, self.later):
            actions.addWidget(each)
        scroll = ScrollColumn(gap=SPACE_3)
        for part in (self.known_warning, self.seen):
            scroll.add(part)
        scroll.column.addLayout(actions)
        scroll.add(self._fields())
        scroll.add(words(_("Never write an address. Codes and regions are all that leaves."), tone="muted"))
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        scroll.column.addLayout(row)
        scroll.add(self.notes)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(scroll, 1)

    def _fields(self) -> FormGrid:
        grid = FormGrid()
        for name, field in (
            (_("Code"), self.code), (_("Setting"), self.setting), (_("Region"), self.region), (_("Note"), self.note),
            (_("Warning"), self.warning), (_("Go back"), self.revisit), (_("Suspicion"), self.suspicion),
        ):  # fmt: skip
            grid.add(name, field)
        return grid
