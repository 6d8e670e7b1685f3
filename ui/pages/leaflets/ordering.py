"""Printing, saving and the batch: what is ordered goes through one question about drafts and comes out as one job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest, Order
from ui.context import Context
from ui.messages import WayBack
from ui.models.leaflets_batch import MOST_COPIES, Batch, papers_of
from ui.models.leaflets_making import MadeJob, make
from ui.models.leaflets_memory import RunMemory
from ui.models.leaflets_words import made_words, most_words, papers_words, printed_words
from ui.pages.leaflets.board import Board
from ui.pages.leaflets.drafts import BILINGUAL, SAFER
from ui.pages.leaflets.picking import Picking
from ui.pages.leaflets.press import Orders, Press


class Ordering(QObject):
    """``printed``: a job went to the printer, so what was printed lately has changed."""

    printed = Signal()

    def __init__(self, context: Context, board: Board, picking: Picking, memory: RunMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._board = board
        self._card = board.card
        self._picking = picking
        self._memory = memory
        self._hand_back: QWidget = board.languages  # where the keyboard goes when the job has ended
        self._pages: dict[LeafletRequest, int] = {}
        self._doubts: dict[LeafletRequest, tuple[str, ...]] = {}
        self._focus_waits = False
        self._asking: tuple[Callable[[], Orders], bool] | None = None
        self.press = Press(context, memory, self)
        self._connect()
        self._allow()

    def print_current(self) -> None:
        """Print what is chosen, after the question about a draft."""
        self._ask_or_print(self._current, batch=False)

    def print_batch(self) -> None:
        """Print everything in the batch as one job."""
        self._ask_or_print(lambda: self._board.batch.batch().lines, batch=True)

    def add(self) -> None:
        """Put what is chosen into the batch."""
        made = self._picking.made
        if made is not None:
            self._pages[made.wanted] = made.pages
            self._doubts[made.wanted] = tuple(made.doubts)
            self._board.batch.add(made.wanted, self._card.copies.value())

    def step_back(self) -> bool:
        """Stop what runs, or leave the question; return whether there was anything."""
        if self.press.busy:
            self.press.cancel()
            return True
        if self._asking is not None:
            self._leave_question()
            return True
        return False

    def save_batch(self, file: Path) -> None:
        """Write the whole batch as one file."""
        self.press.save_orders(self._board.batch.batch().lines, file)
        self._begun(self._board.batch.save_all)

    def _current(self) -> Orders:
        made = self._picking.made
        return (Order(made.wanted, self._card.copies.value()),) if made is not None else ()

    def _ask_or_print(self, orders: Callable[[], Orders], *, batch: bool) -> None:
        drafts = self._drafts(orders())
        if not drafts:
            self._print(orders(), batch=batch)
            return
        self._asking = (orders, batch)
        self._show_ways()
        offer = self._board.offer
        asked = {code: offer.languages[code].names[0] if offer else code for code in drafts}
        old = [code for code in drafts if not self._any_unchecked(orders(), code)]
        plain = any(each.request.format not in SAFER for each in orders())
        self._card.drafts.begin(
            [asked[code] for code in drafts if code not in old], [asked[code] for code in old],
            [form for form in SAFER if plain and offer and form in offer.formats],
            self._doubts_of(orders()),
        )  # fmt: skip

    def _doubts_of(self, orders: Orders) -> list[str]:
        """Return what there is to know first about all of them, each once."""
        made = self._picking.made
        known = self._doubts if made is None else {**self._doubts, made.wanted: tuple(made.doubts)}
        return list(dict.fromkeys(each for order in orders for each in known.get(order.request, ())))

    def _drafts(self, orders: Orders) -> list[str]:
        """Return languages with a draft or an expired text among the orders that the worker has not said yes to."""
        memory = self._memory
        found = [
            language
            for each in orders
            for language in filter(None, (each.request.language, each.request.beside))
            if language not in (memory.warned if each.request.format in SAFER else memory.confirmed)
            and self._needs_a_yes(each.request.sheet, language)
        ]
        return list(dict.fromkeys(found))

    def _needs_a_yes(self, sheet: str, language: str) -> bool:
        standing = self._picking.standing(sheet, language)
        return standing is None or standing.unchecked or standing.state == "expired"

    def _any_unchecked(self, orders: Orders, language: str) -> bool:
        standings = [
            self._picking.standing(each.request.sheet, language)
            for each in orders
            if language in (each.request.language, each.request.beside)
        ]
        return any(standing is None or standing.unchecked for standing in standings)

    def _print_drafts(self) -> None:
        if self._asking is None:
            return
        orders = self._asking[0]()
        drafts, memory = self._drafts(orders), self._memory
        memory.warned.update(drafts)
        if any(each.request.format not in SAFER for each in orders):
            memory.confirmed.update(drafts)
        batch, self._asking = self._asking[1], None
        self._print(orders, batch=batch)
        self._show_ways()

    def _take_safer(self, form: str) -> None:
        """Change to the safer format and show it; the next press of Print prints it."""
        if self._asking is None:
            return
        orders, batch = self._asking
        drafts = set(self._drafts(orders()))
        beside = {each: self._card.choices.beside_of(each) if form == BILINGUAL else "" for each in drafts}
        self._memory.warned.update({*drafts, *beside.values()})
        self._leave_question()

        def safer(request: LeafletRequest) -> LeafletRequest:
            if request.language not in drafts or request.format in SAFER:
                return request
            return replace(request, format=form, cover=False, duplex=False, beside=beside[request.language])

        if batch:
            self._board.batch.show_batch(self._board.batch.batch().each(safer))
            self._board.batch.print_all.setFocus()
        else:
            self._focus_waits = True  # nothing can be printed, nor have the keyboard, before it is made
            self._picking.pick(safer(orders()[0].request))

    def _leave_question(self) -> None:
        batch = self._asking is not None and self._asking[1]
        self._asking = None
        self._show_ways()
        (self._board.batch.print_all if batch else self._card.print_it).setFocus()

    def _print(self, orders: Orders, *, batch: bool) -> None:
        if orders and self._card.printer.value() and not self.press.busy:
            self.press.print_orders(orders, self._card.printer.value())
            self._begun(self._board.languages if batch else self._card.print_it)

    def _begun(self, hand_back: QWidget) -> None:
        """Lay the hand on Stop; it goes to ``hand_back`` when the job has ended."""
        self._hand_back = hand_back
        self._show_ways()
        self._card.progress.setFocus()

    def _ended(self) -> None:
        focused = QApplication.focusWidget()
        on_stop = focused is None or self._card.progress.isAncestorOf(focused)
        self._show_ways()
        if on_stop:  # who has gone on to something else meanwhile stays there
            (self._hand_back if self._hand_back.isEnabled() else self._board.languages).setFocus()

    def _printed(self, orders: Orders, job: MadeJob, late: bool) -> None:
        told, tone = printed_words(sum(job.copies), job.papers), "calm"
        if late:
            told += " " + _("It was with the printer already, so it is counted; stop it at the printer itself.")
            tone = "notice"
        self._context.messages.say(told, tone, self._emptied(orders))
        self.printed.emit()

    def _emptied(self, orders: Orders) -> WayBack | None:
        """Empty a batch that was printed, and return what brings it back; None if it was something else."""
        batch = self._board.batch
        before = batch.batch()
        if orders != before.lines:
            return None
        batch.show_batch(Batch())
        return WayBack(lambda: batch.show_batch(before), _("Put the batch back"))

    def _stopped(self) -> None:
        self._context.messages.say(_("Stopped. Nothing was printed or saved."))

    def _taken_out(self, name: str, bring_back: Callable[[], None]) -> None:
        self._context.messages.say(_("Taken out of the batch: {name}").format(name=name), undo=bring_back)

    def _made(self, done: int, total: int) -> None:
        self._card.progress.set_progress(made_words(done, total), done, total)

    def _handing_over(self) -> None:
        self._card.progress.set_progress(_("Handing it over"))

    def _show_ways(self) -> None:
        busy = self.press.busy
        if busy:
            self._card.progress.set_progress(_("Making the leaflets"))
        self._board.show_ways(asking=self._asking is not None, busy=busy)

    def _allow(self) -> None:
        has = self._picking.made is not None
        for part in (self._card.add, self._card.save_it, self._board.read):
            part.setEnabled(has)
        self._card.print_it.setEnabled(has and bool(self._card.printer.value()))
        self._board.batch.print_all.setEnabled(bool(self._card.printer.value()))
        if has and self._focus_waits:
            self._focus_waits = False
            self._card.print_it.setFocus()
        self._say_total()

    def _say_total(self) -> None:
        batch, offer = self._board.batch.batch(), self._board.offer
        if offer is None or not batch.lines:
            return
        unknown = {each.request for each in batch.lines} - self._pages.keys()
        if unknown:  # a format was changed in the list: nobody has looked at these pages yet
            day = self._context.program.clock.local_now().date()
            self._board.batch.say_total("")
            self._context.tasks.run_free(lambda: _pages_of(unknown, day), self._learn_pages, owner=self)
            return
        papers = sum(
            papers_of(offer.formats[each.request.format], self._pages[each.request], each.copies,
                      duplex=each.request.duplex)
            for each in batch.lines
        )  # fmt: skip
        told = papers_words(batch.copies, papers, cards=False)
        cut_back = any(row.copies.cut_back for row in self._board.batch.rows())
        self._board.batch.say_total(f"{told} · {most_words(MOST_COPIES)}" if cut_back else told)

    def _learn_pages(self, pages: Mapping[LeafletRequest, int]) -> None:
        self._pages.update(pages)
        self._say_total()

    def _connect(self) -> None:
        card, batch, press = self._card, self._board.batch, self.press
        card.print_it.clicked.connect(self.print_current)
        card.add.clicked.connect(self.add)
        card.drafts.safer_chosen.connect(self._take_safer)
        card.drafts.confirmed.connect(self._print_drafts)
        card.drafts.left.connect(self._leave_question)
        card.progress.cancel_requested.connect(press.cancel)
        batch.print_all.clicked.connect(self.print_batch)
        batch.changed.connect(self._say_total)
        batch.taken_out.connect(self._taken_out)
        self._picking.changed.connect(self._allow)
        press.made.connect(self._made)
        press.handing_over.connect(self._handing_over)
        press.printed.connect(self._printed)
        press.stopped.connect(self._stopped)
        press.failed.connect(self._context.messages.tell_error)
        press.ended.connect(self._ended)
        press.saved.connect(lambda file: self._context.messages.say(_("Saved as {name}.").format(name=file.name)))

    def allow(self) -> None:
        """Look again at what can be done; printers have become known."""
        self._allow()


def _pages_of(requests: Iterable[LeafletRequest], day: date) -> dict[LeafletRequest, int]:
    return {request: make(request, day).pages for request in requests}
