"""Only count: people met without a row each, no note; who of them is known stays on this laptop."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from outreach_app.domain.encounter import LeafletGiven
from outreach_app.domain.tally import Tally, UseFigures
from outreach_app.i18n import gettext as _
from ui.models.count_words import figures_words
from ui.pages.encounter.book import Book
from ui.pages.encounter.known_people import KnownPeople
from ui.pages.encounter.leaflets_given import LeafletsGiven
from ui.tokens import SPACE_2, SPACE_3, SPACE_5
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.form_grid import FormGrid
from ui.widgets.scroll_column import ScrollColumn, centred
from ui.widgets.text import QWIDGET_MOST, section_heading, set_tone, words
from ui.widgets.toggle_row import ToggleRow

MOST = 10_000
CARD_WIDTH = 620


class CountStep(QWidget):
    """Ends with ``counted`` or ``left``."""

    counted = Signal(object, object)  # Tally, {contact id: uses}
    left = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        lists = book.words
        self.day = DateField(book.today, offers=(0, -1, -2))
        self.setting = CodeBox(lists.choices("settings"))
        self.region = CodeBox(lists.choices("regions"))
        self.group = ChoiceRow(lists.choices("tally_groups"), may_be_empty=False)
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.count.lineEdit().setTextMargins(SPACE_2, 0, 0, 0)
        self.help_given = ToggleRow(lists.choices("help_kinds"), first=5, more_words=_("more …"))
        self.leaflets = LeafletsGiven(book)
        self._given: tuple[LeafletGiven, ...] = ()
        self.leaflets.changed.connect(self._take_leaflets)
        self.known = KnownPeople(book)
        self.sums = words("", tone="muted")
        self.sums.setMaximumWidth(QWIDGET_MOST)
        self.done = primary_button(_("Count"), "Ctrl+Return")
        self.back = quiet_button(_("Write a note instead"))
        self._lay_out()
        self.count.valueChanged.connect(self._show_sums)
        self.setting.currentIndexChanged.connect(self._show_sums)
        self.known.changed.connect(self._show_sums)
        self.done.clicked.connect(self.finish)
        self.back.clicked.connect(self.left)

    def begin(self, setting: str) -> None:
        """Ask for a count."""
        self.day.set_value(self._book.today())
        self.setting.set_value(setting)
        self.region.set_value("unknown")
        self.group.set_value("not_said")
        self.count.setValue(1)
        self.help_given.set_values(())
        self._given = ()
        self.leaflets.show_given(())
        self.known.clear()
        self.count.setFocus()
        self.count.selectAll()

    def tally(self) -> Tally:
        """Return what is written."""
        return Tally(
            shift_date=self.day.value() or self._book.today(), setting=self.setting.value(), region=self.region.value(),
            group=self.group.value() or "not_said", count=self.count.value(), leaflets=_by_language(self._given),
            help_given=self.help_given.values(),
        )  # fmt: skip

    def finish(self) -> None:
        """Hand the count over."""
        if self.leaflets.settled():
            self.counted.emit(self.tally(), self.known.uses())

    def _show_sums(self) -> None:
        uses = self.known.uses()
        figures = UseFigures(self.count.value(), len(uses), sum(uses.values()))
        if figures.uncoded < 0:
            said = _("The people you know make up {coded}, but only {count} were counted.")
            self.sums.setText(said.format(coded=figures.coded, count=figures.uses))
        else:
            self.sums.setText(figures_words(figures, self.setting.value()))
        set_tone(self.sums, "notice" if figures.uncoded < 0 else "muted")

    def _take_leaflets(self, given: tuple[LeafletGiven, ...]) -> None:
        self._given = given

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setFixedWidth(CARD_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        inside.setSpacing(SPACE_3)
        inside.addWidget(section_heading(_("Only count")))
        inside.addWidget(words(
            _("A number for the day. A batch holds the number alone; whom you know among them stays on this laptop."),
            tone="muted",
        ))
        inside.addWidget(self._fields())
        answers = QHBoxLayout()
        answers.setSpacing(SPACE_2)
        answers.addWidget(self.done)
        answers.addWidget(self.back)
        answers.addStretch(1)
        inside.addLayout(answers)
        scroll = ScrollColumn()
        scroll.column.addLayout(centred(card))  # no alignment: it would cost rows of buttons their height
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, SPACE_3, 0, 0)
        outer.addWidget(scroll)

    def _fields(self) -> FormGrid:
        grid = FormGrid()
        for name, field in (
            (_("How many"), self.count), (_("Whom you know"), self.known), ("", self.sums), (_("Group"), self.group),
            (_("Day"), self.day), (_("Setting"), self.setting),
            (_("Region"), self.region), (_("Leaflets given"), self.leaflets), (_("Help given"), self.help_given),
        ):  # fmt: skip
            grid.add(name, field)
        return grid


def _by_language(given: tuple[LeafletGiven, ...]) -> Mapping[str, int]:
    copies: dict[str, int] = {}
    for leaflet in given:
        copies[leaflet.language] = copies.get(leaflet.language, 0) + leaflet.copies
    return copies
