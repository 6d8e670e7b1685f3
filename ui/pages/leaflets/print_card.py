"""The middle of the page: what is chosen, what has to be said before it is printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.models.leaflets import Pair
from ui.pages.leaflets.choices import Choices
from ui.pages.leaflets.copies_box import CopiesBox
from ui.pages.leaflets.drafts import DraftPanel
from ui.tokens import SPACE_2, SPACE_3, SPACE_4
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button
from ui.widgets.code_box import CodeBox
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.progress_line import ProgressLine
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import words


class PrintCard(QFrame):
    """Holds the parts; the page says what they do."""

    def __init__(self, regions: Sequence[Pair], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.choices = Choices(regions)
        self.state = Banner("notice")
        self.left_out = Banner("notice")
        self.drafts = DraftPanel()
        self.printer = CodeBox()
        self.printer.setAccessibleName(_("Printer"))
        self.print_it = primary_button(_("Print"), "Ctrl+P", icon="print")
        self.add = button(_("Add to the batch"), "Ctrl+B", icon="plus")
        self.save_it = button(_("Save PDF"), "Ctrl+S", icon="save")
        self.copies = CopiesBox()
        self.papers = words(tone="muted")
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
        self.drafts.setVisible(asking and not busy)
        self.state.setVisible(bool(self.state.text()) and not asking)
        self.progress.setVisible(busy)
        self._ways.setVisible(not asking and not busy)

    def _lay_out(self) -> None:
        self._ways = QWidget()
        row = FlowLayout(self._ways, SPACE_2)
        self.printer.setFixedWidth(150)
        for way in (self.print_it, self.printer, self.add, self.save_it):
            row.addWidget(way)
        fields = ScrollColumn(gap=SPACE_3)
        fields.add(self.choices)
        fields.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_2, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(fields, 1)
        for banner in (self.state, self.left_out):
            column.addWidget(banner)
            banner.hide()
        column.addWidget(self._how_many())
        for part in (self.drafts, self.progress, self._ways, self.no_printer, self.spool):
            column.addWidget(part)
            part.setVisible(part is self._ways)

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
