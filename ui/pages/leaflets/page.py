"""The leaflets page: her language, the sheet, the format; the page as it will be printed; save or print from memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.i18n import language, ngettext
from ui.context import Context
from ui.file_choosing import choose_file_to_save
from ui.models.files import write_file
from ui.models.leaflets import FORMATS, MadeLeaflet, SheetChoice, Wanted, make, read_sheets
from ui.page import Page
from ui.pages.leaflets.language_list import LanguageList
from ui.printing import list_printers, print_pdf
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, primary_button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.form_grid import FormGrid
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.text import page_title, small_heading, words

MOST_COPIES = 200
LEFT_WIDTH = 220


class LeafletsPage(Page):
    """Needs no vault; what was printed is counted, while locked in a sealed record that the next unlocking takes in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._sheets: tuple[SheetChoice, ...] = ()
        self._made: MadeLeaflet | None = None
        self.languages = LanguageList()
        self.sheets = ChoiceRow([], may_be_empty=False)
        names = {"a4": _("A4 page"), "wallet": _("Wallet cards, ten on a page")}
        self.formats = ChoiceRow([(code, names[code]) for code in FORMATS], may_be_empty=False)
        self.formats.set_value(FORMATS[0])
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setMaximumWidth(96)
        self.printer = CodeBox()
        self.print_it = primary_button(_("Print"), "Ctrl+P", icon="print")
        self.save_it = button(_("Save PDF"), "Ctrl+S", icon="save")
        self.state = Banner("notice")
        self.preview = PdfPreview(_("Page before"), _("Next page"))
        self.no_printer = words(_("No printer was found. Save the PDF and print it elsewhere."), tone="muted")
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Leaflets")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - leaflets have no places within
        if not self._sheets:
            self._context.tasks.run_free(lambda: read_sheets(self._today()), self._show_sheets, owner=self)
        self._context.tasks.run_free(list_printers, self._show_printers, owner=self)
        self.languages.setFocus()

    def _today(self) -> date:
        return self._context.program.clock.local_now().date()

    def wanted(self) -> Wanted:
        """Return what is chosen."""
        return Wanted(self.sheets.value(), self.languages.value(), self.formats.value())

    def _show_sheets(self, sheets: tuple[SheetChoice, ...]) -> None:
        self._sheets = sheets
        self.languages.show_languages(sheets)
        titles = {each.sheet: each.title for each in reversed(sheets) if each.language in {"en", language()}}
        titles |= {each.sheet: each.title for each in sheets if each.language == language()}
        self.sheets.set_options(list(titles.items()))
        self.sheets.set_value(next(iter(titles), ""))
        self.languages.set_value("en")

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self.printer.set_options([(name, name) for name in names])
        if names and not self.printer.value():
            self.printer.set_value(names[0])
        self._grid.show_row(self.printer, shown=bool(names))
        self.no_printer.setVisible(not names)
        self._allow()

    def _ask(self) -> None:
        wanted = self.wanted()
        if wanted.sheet and wanted.language and wanted.format:
            self._context.tasks.run_free(lambda: make(wanted, self._today()), self._show_made, self._failed, owner=self)

    def _show_made(self, made: MadeLeaflet) -> None:
        if made.wanted != self.wanted():
            return  # another choice was made meanwhile
        self._made = made
        self.preview.set_pdf(made.pdf)
        self.preview.setAccessibleName(_("Preview of the leaflet"))
        draft = _("Draft: this text was not checked by the centre yet. The print says so, in her language.")
        expired = _("This text has expired. The print says so; ask the centre for a newer one.")
        self.state.say("notice", {"draft": draft, "expired": expired}.get(made.state, ""))
        self.state.setVisible(made.state in {"draft", "expired"})
        self._allow()

    def _failed(self, error: Exception) -> None:
        self._made = None
        self.preview.set_pdf(b"")
        self._allow()
        self._context.messages.tell_error(error)

    def _allow(self) -> None:
        self.save_it.setEnabled(self._made is not None)
        self.print_it.setEnabled(self._made is not None and bool(self.printer.value()))

    def _save(self) -> None:
        made = self._made
        if made is None:
            return
        name = f"{made.wanted.sheet}-{made.wanted.language}-{made.wanted.format}.pdf"
        file = choose_file_to_save(self, _("Save the leaflet"), _("PDF file (*.pdf)"), name)
        if file is not None:
            self._context.tasks.run_free(lambda: write_file(made.pdf, file), self._saved, owner=self)

    def _saved(self, file: Path) -> None:
        self._context.messages.say(_("Saved as {name}.").format(name=file.name))

    def _print(self) -> None:
        made, printer, copies = self._made, self.printer.value(), self.copies.value()
        if made is None:
            return
        self.print_it.setEnabled(False)
        self._context.tasks.run_free(
            lambda: print_pdf(made.pdf, printer, copies), lambda _none: self._printed(made.wanted, copies),
            self._not_printed, owner=self,
        )  # fmt: skip

    def _printed(self, wanted: Wanted, copies: int) -> None:
        self._allow()
        told = ngettext("{count} copy went to the printer.", "{count} copies went to the printer.", copies)
        self._context.messages.say(told.format(count=copies))
        job = (wanted.sheet, wanted.language, wanted.format, copies)
        if self._context.unlocked and not self._context.tasks.stopping.is_set():
            self._context.change(lambda session: session.printing.count_printed(*job))
        elif self._context.program.vault_exists():
            program = self._context.program
            self._context.tasks.run_free(lambda: program.count_printed_while_locked(*job), lambda _counted: None)

    def _not_printed(self, error: Exception) -> None:
        self._allow()
        self._context.messages.tell_error(error)

    def _connect(self) -> None:
        self.languages.chosen.connect(lambda _code: self._ask())
        self.sheets.changed.connect(lambda _code: self._ask())
        self.formats.changed.connect(lambda _code: self._ask())
        self.save_it.clicked.connect(self._save)
        self.print_it.clicked.connect(self._print)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE_2)
        left.addWidget(small_heading(_("Language")))
        left.addWidget(self.languages, 1)
        self.languages.setFixedWidth(LEFT_WIDTH)
        across = QHBoxLayout()
        across.setSpacing(SPACE_4)
        across.addLayout(left)
        across.addWidget(self._choices(), 3)
        across.addWidget(self._paper(), 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(page_title(self.title()))
        column.addLayout(across, 1)
        self._allow()

    def _choices(self) -> QWidget:
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        inside.setSpacing(SPACE_3)
        self._grid = FormGrid(name_width=72)
        for name, field in (
            (_("Sheet"), self.sheets), (_("Format"), self.formats), (_("Copies"), self.copies),
            (_("Printer"), self.printer),
        ):  # fmt: skip
            self._grid.add(name, field)
        inside.addWidget(self._grid)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.print_it)
        row.addWidget(self.save_it)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addWidget(self.no_printer)
        inside.addWidget(self.state)
        inside.addWidget(words(_("Nothing stays on this laptop: the page is made in memory."), tone="muted"))
        inside.addStretch(1)
        return card

    def _paper(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inside.addWidget(self.preview)
        return card
