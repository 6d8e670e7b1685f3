"""The middle of the page: what is chosen, what has to be said before it is printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.models.leaflets import Pair
from ui.pages.leaflets.choices import Choices
from ui.pages.leaflets.copies_box import CopiesBox
from ui.pages.leaflets.doubts import Doubts
from ui.pages.leaflets.drafts import DraftPanel
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button
from ui.widgets.code_box import CodeBox
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.progress_line import ProgressLine
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words

SHORT = 600  # pixels of the window; below it the whole card scrolls, and a question stands alone


class PrintCard(QFrame):
    """Holds the parts; the page says what they do."""

    def __init__(self, regions: Sequence[Pair], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._short, self._asking = False, False
        self._fields = ScrollColumn(gap=SPACE_3)
        self._column = QVBoxLayout(self)
        self.choices = Choices(regions)
        self.state = Banner("notice")
        self.left_out = Banner("notice")
        self.doubts = Doubts()
        self.drafts = DraftPanel()
        self.printer = CodeBox()
        self.printer.setAccessibleName(_("Printer"))
        self.print_it = primary_button(_("Print"), "Ctrl+P", icon="print")
        self.add = button(_("Add to the batch"), "Ctrl+B", icon="plus")
        self.save_it = button(_("Save PDF"), "Ctrl+S", icon="save")
        self.copies = CopiesBox()
        self.papers = words(tone="muted")
        self.chosen = words()
        self.progress = ProgressLine(_("Stop"))
        self.no_printer = words(_("No printer was found. Save the PDF and print it elsewhere."), tone="muted")
        self.spool = words(_("The printing system may keep a copy for about a day."), tone="muted")
        self._lay_out()

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these printers; without one only saving is left."""
        self.printer.set_options([(name, name) for name in names])
        if names and not self.printer.value():
            self.printer.set_value(names[0])
        self.printer.setVisible(len(names) > 1)
        self.spool.setVisible(bool(names))
        self.no_printer.setVisible(not names)

    def say(self, banner: Banner, sentence: str) -> None:
        """Show a sentence in one of the banners; empty takes it away."""
        banner.say("notice", sentence)
        banner.setVisible(bool(sentence))

    def show_ways(self, *, asking: bool, busy: bool) -> None:
        """Show the buttons, the question about drafts, or how far a job is."""
        self._asking = asking and not busy
        self.drafts.setVisible(self._asking)
        self.doubts.setVisible(bool(self.doubts.text()) and not asking)
        self.state.setVisible(bool(self.state.text()) and not asking)
        self.progress.setVisible(busy)
        self._ways.setVisible(not asking and not busy)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window let the foot scroll with the fields, and give a question all the room."""
        short = self.window().height() < SHORT
        if short != self._short:
            self._short = short
            focused = QApplication.focusWidget()
            (self._fields.column if short else self._column).addWidget(self._foot)
            self._foot.show()
            if focused is not None and self._foot.isAncestorOf(focused):
                focused.setFocus()
        for part in (self.choices, self.chosen, self._copies_line):
            part.setVisible(not (short and self._asking))

    def _lay_out(self) -> None:
        self._ways = QWidget()
        self.ways = row = FlowLayout(self._ways, SPACE_2)
        self.printer.setFixedWidth(150)
        for way in (self.print_it, self.printer, self.add, self.save_it):
            row.addWidget(way)
        self._fields.add(self.choices)
        self._fields.column.addStretch(1)
        self._column.setContentsMargins(SPACE_4, SPACE_3, SPACE_2, SPACE_3)
        self._column.setSpacing(SPACE_2)
        self._column.addWidget(self._fields, 1)
        self._column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        self._foot = QWidget()
        self._copies_line = self._how_many()
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for part in (self.state, self.left_out, self.doubts, self.chosen, self._copies_line, self.drafts, self.progress,
                     self._ways, self.no_printer, self.spool):  # fmt: skip
            column.addWidget(part)
            part.setVisible(part in (self.chosen, self._copies_line, self._ways))
        return self._foot

    def _how_many(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        name = QLabel(_("&Copies"))
        name.setProperty("tone", "muted")
        name.setBuddy(self.copies)
        self.copies.setAccessibleName(_("Copies"))
        row.addWidget(name)
        row.addWidget(self.copies)
        row.addWidget(self.papers, 1)
        return line
