"""The leaflets page: her language, the sheet, the format; the page as it will be printed; one print job of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from outreach_app.content import content_in_use
from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.context import Context
from ui.file_choosing import choose_file_to_save
from ui.models.codes import Words
from ui.models.files import write_file
from ui.models.leaflets_making import MadeLeaflet
from ui.models.leaflets_memory import MOST_RECENT, RunMemory
from ui.models.leaflets_reading import ReadingText, read_text
from ui.models.packs_words import age_words
from ui.page import Page
from ui.pages.leaflets.board import Board
from ui.pages.leaflets.choices import WALLET
from ui.pages.leaflets.ordering import Ordering
from ui.pages.leaflets.picking import Picking
from ui.pages.leaflets.reading import ReadingView
from ui.printing import list_printers

if TYPE_CHECKING:
    from outreach_app.services.packs import PacksState

BATCH_NAME = "leaflets.pdf"
TAB = Qt.FocusReason.TabFocusReason


class LeafletsPage(Page):
    """Needs no vault; what was printed is counted, while locked in a sealed record that the next unlocking takes in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reads = False
        self.memory = RunMemory()  # ends with this page: locking and unlocking both make another
        self.board = Board(self.title(), Words(context.program.code_lists).choices("regions"))
        self._hand: QWidget = self.board.read  # where it was before reading
        self.reading = ReadingView()
        self.reading.hide()
        self.picking = Picking(context, self.board, self)
        self.ordering = Ordering(context, self.board, self.picking, self.memory, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board, 1)
        column.addWidget(self.reading, 1)
        self._connect()
        self.setFocusProxy(self.board.languages)

    def title(self) -> str:
        return _("Leaflets")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - leaflets have no places within
        self.picking.begin()
        self._context.tasks.run_free(list_printers, self._show_printers, owner=self)
        self.board.languages.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_recent()
        self._show_age()

    def refresh(self, changes: Changes) -> None:
        if changes.leaflets:
            self.picking.renew()
            self._show_recent()
        if changes.leaflets or changes.sending:
            self._show_age()

    def go_back(self) -> bool:
        if self._reads:
            self._stop_reading()
            return True
        return self.ordering.step_back()

    def wanted(self) -> LeafletRequest:
        """Return what is chosen."""
        return self.picking.wanted()

    @property
    def made(self) -> MadeLeaflet | None:
        """The leaflet that is shown."""
        return self.picking.made

    def _show_printers(self, names: tuple[str, ...]) -> None:
        self.board.card.show_printers(names)
        self.ordering.allow()

    def _show_age(self) -> None:
        if self._context.unlocked:
            self._context.ask(lambda session: session.packs.state(), self._say_age, owner=self)
        else:
            self._context.tasks.run_free(content_in_use, lambda _read: self._say_age(None), owner=self)

    def _say_age(self, state: PacksState | None) -> None:
        """Say it of what is in use: a pack that was set aside is not."""
        today = self._context.program.clock.local_now().date()
        self.board.say_age(age_words(content_in_use().published_on, state, today))

    def _show_recent(self) -> None:
        if self.board.offer is None:
            return
        if self._context.unlocked:
            self._context.ask(lambda session: session.printing.recently_printed(MOST_RECENT), self._recent, owner=self)
        else:
            self._offer_recent(self.memory.recent)

    def _recent(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        self._offer_recent(tuple(LeafletRequest(*row) for row in rows))

    def _offer_recent(self, requests: tuple[LeafletRequest, ...]) -> None:
        offer = self.board.offer
        if offer is not None:
            self.board.recent.show_requests([each for each in requests if offer.has(each)], self.board.name_of)

    def _pick_again(self, wanted: LeafletRequest) -> None:
        """The notes do not keep whether both sides were printed; cards have their text on the back."""
        both = wanted.duplex or (self._context.unlocked and wanted.format == WALLET)
        self.picking.pick(replace(wanted, duplex=both))

    def _save(self) -> None:
        made = self.made
        if made is None:
            return
        name = f"leaflet-{made.wanted.language}-{made.wanted.format}.pdf"  # the subject is not for others to read
        file = self._ask_for_file(name)
        if file is not None:
            self._context.tasks.run_free(lambda: write_file(made.pdf, file), self._saved, owner=self)

    def _save_batch(self) -> None:
        file = self._ask_for_file(BATCH_NAME)
        if file is not None:
            self.ordering.save_batch(file)

    def _ask_for_file(self, name: str) -> Path | None:
        return choose_file_to_save(self, _("Save the leaflet"), _("PDF file (*.pdf)"), name)

    def _saved(self, file: Path) -> None:
        self._context.messages.say(_("Saved as {name}.").format(name=file.name))

    def _read(self) -> None:
        wanted, day = self.wanted(), self._context.program.clock.local_now().date()
        self._context.tasks.run_free(
            lambda: read_text(wanted, day), self._show_reading, self._context.messages.tell_error, owner=self
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Give rail and bar back when another page comes to the front."""
        super().hideEvent(event)
        if self._reads and not event.spontaneous():
            self._stop_reading()

    def _show_reading(self, text: ReadingText) -> None:
        self._reads = True
        focused = QApplication.focusWidget()
        self._hand = focused if focused is not None and self.board.isAncestorOf(focused) else self.board.read
        self._context.navigation.alone_requested.emit(True)
        self.board.hide()
        self.reading.show()
        self.reading.read(text)

    def _stop_reading(self) -> None:
        self._reads = False
        self._context.navigation.alone_requested.emit(False)
        self.reading.hide()
        self.board.show()
        self._hand.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.picking.ready.connect(self._show_recent)
        self.ordering.printed.connect(self._show_recent)
        self.board.recent.picked.connect(self._pick_again)
        self.board.languages.left.connect(lambda: self.board.card.choices.topics.setFocus(TAB))
        self.board.card.save_it.clicked.connect(self._save)
        self.board.read.clicked.connect(self._read)
        self.board.batch.save_all.clicked.connect(self._save_batch)
        self.reading.left.connect(self._stop_reading)
