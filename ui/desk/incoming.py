"""Incoming: take in from the mailbox or from a stick, what is missing, what does not fit, and what came last."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.conflicts import Conflict, list_conflicts
from outreach_app.centre.desk.facts import mailbox_address
from outreach_app.centre.desk.incoming import Incoming, read_incoming
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.receipts_given import LogReport, verify_given
from outreach_app.centre.desk.words import ingest_lines, ingest_numbers
from outreach_app.errors import CancelledError
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from outreach_app.sync.carriers.stick import StickFolder, damaged_files
from ui.desk.context import DeskContext
from ui.desk.desk_page import CardsPage
from ui.desk.incoming_rows import conflict_rows, gap_rows, key_lines, settled_rows
from ui.desk.taking_in_card import TakingInCard
from ui.file_choosing import choose_folder
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard
from ui.widgets.text import set_tone, words

MOST_CONFLICTS = 20
Round = Callable[[Desk, Callable[[int], None]], Mapping[str, Any]]
"""Takes in, telling how many batches were looked at; gives the numbers of ``centre ingest --json``."""


class IncomingPage(CardsPage):
    """A round goes on while other pages are looked at; it may be stopped between two batches."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Incoming"))
        self._context = context
        self._stop = threading.Event()
        self.taking_in = TakingInCard()
        self.missing = ListCard(_("Waiting and missing"), _("Nothing is missing: no batch waits for an earlier one."))
        self.odd = ListCard(_("Does not fit"), _("Every batch fitted the ones before it."))
        self.last = ListCard(_("Taken in last"), _("Nothing was taken in yet."))
        self.log = Card(_("Receipts"))
        self.check = button(_("Check the log of receipts"), icon="check")
        self.checked = words()
        self.checked.hide()
        self.log.add_row(self.check)
        self.log.add(self.checked)
        for card in (self.taking_in, self.missing, self.odd, self.last, self.log):
            self.add(card)
        self.setFocusProxy(self.taking_in.mailbox)
        self.taking_in.mailbox_wanted.connect(self._from_mailbox)
        self.taking_in.stick_wanted.connect(self._choose_stick)
        self.taking_in.stop_wanted.connect(self._stop.set)
        self.check.clicked.connect(self._check_log)

    def reread(self) -> None:
        self._context.ask(read_incoming, self._show, owner=self)
        self._context.ask(list_conflicts, self._show_conflicts, owner=self)
        self._context.ask(mailbox_address, self.taking_in.suggest_address, owner=self)

    def take_in_stick(self, stick: Path) -> None:
        """Take in every batch on a stick."""

        def stick_round(desk: Desk, progress: Callable[[int], None]) -> Mapping[str, Any]:
            collected = collect_from_stick(desk, StickFolder(stick), progress=progress)
            return ingest_numbers(collected, damaged_files(stick))

        self._run(stick_round)

    def _from_mailbox(self, address: str, trust: Path | None) -> None:
        folder = self._context.home.folder

        def mailbox_round(desk: Desk, progress: Callable[[int], None]) -> Mapping[str, Any]:
            halves = importlib.import_module("outreach_app.centre.halves")  # brings the mailbox's database along
            return ingest_numbers(halves.collect(folder, desk, address, trust, progress=progress))

        self._run(mailbox_round)

    def _choose_stick(self) -> None:
        stick = choose_folder(self, _("The stick with batches"))
        if stick is not None:
            self.take_in_stick(stick)

    def _run(self, work: Round) -> None:
        self._stop.clear()
        tasks = self._context.tasks
        shown = tasks.marshalled(self._show_progress, self)

        def progress(seen: int) -> None:
            if self._stop.is_set() or tasks.stopping.is_set():
                raise CancelledError
            shown(seen)

        self.taking_in.begin()
        self._context.change(lambda desk: work(desk, progress), self._taken, self._failed, owner=self)

    def _show_progress(self, seen: int) -> None:
        said = ngettext("{count} batch looked at", "{count} batches looked at", seen)
        self.taking_in.progress.set_progress(said.format(count=seen))

    def _taken(self, numbers: Mapping[str, Any]) -> None:
        lines = (*ingest_lines({**numbers, "new_key": ""}), *key_lines(numbers["new_key"]))
        odd = ("not_ingested", "damaged", "gaps", "quarantined", "packs_problem", "at_mailbox", "owed", "put_back")
        good = not any(numbers[name] for name in odd)
        self.taking_in.end(lines, "calm" if good else "notice")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            self.taking_in.end((_("Stopped. What was taken in stays. Take in again to go on."),), "notice")
        else:
            self.taking_in.end((self._context.messages.sentence(error),), "notice")

    def _show(self, incoming: Incoming) -> None:
        now = self._context.home.clock.local_now()
        waiting = ngettext(
            "{count} batch waits here, sealed, for the ones before it.",
            "{count} batches wait here, sealed, for the ones before them.",
            incoming.waiting,
        ).format(count=incoming.waiting)
        self.missing.show_rows(gap_rows(incoming.gaps, waiting if incoming.waiting else "", self._to_laptop))
        self.last.show_rows(settled_rows(incoming.settled, now))
        given = ngettext(
            "{count} receipt was given. A log keeps it so that a later change would be seen.",
            "{count} receipts were given. A log keeps them so that a later change would be seen.",
            incoming.receipts,
        )
        self.log.say(given.format(count=incoming.receipts))
        self.check.setEnabled(incoming.receipts > 0)

    def _show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        now = self._context.home.clock.local_now()
        self.odd.setVisible(bool(conflicts))
        self.odd.show_rows(conflict_rows(conflicts[:MOST_CONFLICTS], now, self._to_laptop))

    def _to_laptop(self, device: str) -> None:
        self._context.go_to("laptops", {"device": device})

    def _check_log(self) -> None:
        self.check.setEnabled(False)
        self._context.ask(verify_given, self._log_checked, owner=self)

    def _log_checked(self, report: LogReport) -> None:
        if report.is_whole:
            sentence = ngettext(
                "The log is whole: {count} receipt.", "The log is whole: {count} receipts.", report.receipts
            ).format(count=report.receipts)
        elif report.first_wrong is not None:
            sentence = _(
                "Entry {number} of the log does not fit: the register was changed from outside. "
                "Put the last good backup of the centre's folder back, and ask who had access."
            ).format(number=report.first_wrong)
        else:
            sentence = _(
                "Receipts that differ from the log: {differing}; batches without one: {unanswered}. The register was "
                "changed from outside. Put the last good backup of the centre's folder back, and ask who had access."
            ).format(differing=len(report.differing), unanswered=len(report.unanswered))
        self.checked.setText(sentence)
        set_tone(self.checked, "calm" if report.is_whole else "urgent")
        self.checked.show()
        self.check.setEnabled(True)
        self.check.setFocus()
