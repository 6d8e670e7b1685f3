"""One place of the register, to read and to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.form_grid import FormGrid
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, words

USUAL_SETTING = "massage_parlour"


class PlaceDetail(QFrame):
    """Ends with ``written``; a place without an id is a new one."""

    written = Signal(object)  # Place
    closed = Signal()
    encounter_requested = Signal(str)

    def __init__(self, code_words: Words, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._id = ""
        self.heading = section_heading("")
        self.code, self.note, self.warning = QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(_("a code only you understand"))
        self.warning.setPlaceholderText(_("read before an encounter begins here"))
        self.setting = CodeBox(code_words.choices("settings"))
        self.region = CodeBox(code_words.choices("regions"))
        self.revisit = DateField(today, offers=(7, 14, 30, 60))
        self.keep = primary_button(_("Keep"))
        self.encounter = button(_("New encounter here"), icon="plus")
        self.back = quiet_button(_("Close"), icon="close")
        for name in ("code", "note", "warning", "setting", "region"):
            getattr(self, name).setObjectName(f"places.{name}")
        self._lay_out()
        self.keep.clicked.connect(self._tell)
        self.code.returnPressed.connect(self._tell)
        self.back.clicked.connect(self.closed)
        self.encounter.clicked.connect(lambda: self.encounter_requested.emit(self._id))
        self.code.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))

    def begin(self) -> None:
        """Ask for a new place."""
        self.show_place(Place("", "", USUAL_SETTING))
        self.heading.setText(_("New place"))
        self.code.setFocus()

    def show_place(self, place: Place) -> None:
        """Show a place."""
        self._id = place.id
        self.heading.setText(isolated(place.code))
        self.code.setText(place.code)
        self.setting.set_value(place.setting)
        self.region.set_value(place.region)
        self.note.setText(place.note)
        self.warning.setText(place.warning)
        self.revisit.set_value(place.revisit_on)
        self.encounter.setVisible(bool(place.id))
        self.keep.setEnabled(bool(place.code.strip()))

    def _tell(self) -> None:
        if self.keep.isEnabled():
            self.written.emit(Place(
                self._id, self.code.text(), self.setting.value(), self.region.value(), self.note.text(),
                self.warning.text(), self.revisit.value(),
            ))  # fmt: skip

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.encounter)
        top.addWidget(self.back)
        grid = FormGrid()
        for name, field in (
            (_("Code"), self.code), (_("Setting"), self.setting), (_("Region"), self.region), (_("Note"), self.note),
            (_("Warning"), self.warning), (_("Go back"), self.revisit),
        ):  # fmt: skip
            grid.add(name, field)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(words(_("Never write an address. Codes and regions are all that leaves."), tone="muted"))
        scroll.add(grid)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        scroll.column.addLayout(row)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(scroll, 1)
