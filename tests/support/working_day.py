"""A worker's whole day in the real window, in a process of its own: everything she types holds a word to search for.

``python -m tests.support.working_day VAULT STICK`` starts the program as its entry does and works it by widgets and keys: first
run, a contact at a place, a note, a draft left half written, a search, a leaflet saved, the request to the centre saved
on a stick, something copied, a look at every page, and the lock with a real successor.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORKER = "Pilefinkmaerke"
PASSPHRASE = "zinnoberkrage kvartsurfugl pelikandryp wolframtud tordenaks"
PLACE = "HJ\u00d8RNE-Qvist"
WARNING = "vrangd\u00f8rsgaard"
CONTACT = "Zebrajakke"
IDENTITY = "Anna Hvidtj\u00f8rnsen"
NOTE = "havregr\u00f8dssnefnug"
DRAFT = "uf\u00e6rdigs\u00e6tningsrest"
FOLDER = "Vesterbromarkering"
MARKERS = (WORKER, PASSPHRASE, PLACE, WARNING, CONTACT, IDENTITY, NOTE, DRAFT, FOLDER, *PASSPHRASE.split())
DONE = "the day is done"
SECONDS = 60


def main(day: type[Day] | None = None) -> None:
    """Start the window and let the day run in it."""
    from outreach_app import __main__ as entry
    from ui import app

    build = app.build_window

    def build_and_work(*parts: Any, **named: Any) -> Any:
        from PySide6.QtCore import QTimer

        window = build(*parts, **named)
        QTimer.singleShot(0, lambda: _work((day or Day)(window, Path(sys.argv[2]))))
        return window

    app.build_window = build_and_work
    sys.exit(entry.main(["window", "--vault", sys.argv[1]]))


def _work(day: Day) -> None:
    try:
        day.run()
    except BaseException:  # noqa: BLE001 - whatever it was: the window must not stand for ever
        traceback.print_exc()
        os._exit(9)


class Day:
    """One step after the other, each waited for."""

    def __init__(self, window: Any, stick: Path) -> None:
        self.window = window
        self.stick = stick

    def run(self) -> None:
        """Work through the day; ends with the lock under way."""
        self.first_run()
        self.place_and_note()
        self.identity()
        self.search()
        self.leaflet()
        self.request()
        self.half_a_draft()
        self.look_at_every_page()
        self.copy_something()
        print(DONE, flush=True)
        self.window.lock_now()

    def first_run(self) -> None:
        """Make the vault with a passphrase of her own."""
        from outreach_app.vault.argon import FLOOR

        self.window.context.program._cost = FLOOR  # the least that is allowed: a test opens it many times
        wait(lambda: self.window.first_run is not None)
        wizard = self.window.first_run
        type_into(wizard.about.name, WORKER)
        wizard.about.role.set_value("supervisor")
        wizard.on.click()
        wizard.new_words._change_way(1)
        type_into(wizard.new_words.own, PASSPHRASE)
        wizard.on.click()
        type_into(wizard.type_back.entry.line, PASSPHRASE)
        wizard.on.click()
        wait(lambda: self.window.frame is not None and self.window.context.unlocked)
        self.settle()

    def place_and_note(self) -> None:
        """Meet someone at a new place and finish a note."""
        page = self.begin_encounter()
        type_into(page.place_step.entry, PLACE)
        press(page.place_step.entry, "Key_Return")
        self.settle()
        page.place_step.settings._choose("street")
        self.settle()
        form = page.form_view
        form.who.contact_way._choose("provisional")
        type_into(form.who.contact, CONTACT)
        type_into(form.seen.note, NOTE)
        self.settle()
        form.finish.click()
        wait(lambda: len(self.ask(lambda session: session.encounters.list_encounters())) == 1)
        place = self.ask(lambda session: session.places.list_places())[0]
        self.ask(lambda session: session.places.amend_place(_replaced(place, warning=WARNING)))

    def identity(self) -> None:
        """Write a name down behind its guard."""
        from outreach_app.domain.contact import Identity

        contact = self.ask(lambda session: session.contacts.list_contacts())[0]
        self.ask(lambda session: session.contacts.record_identity(contact.id, Identity(IDENTITY, "wants help")))
        page = self.window.frame.go_to("contacts", {"contact_id": contact.id})
        self.settle()
        page.detail.views.open_view("data").identity_opener.set_open(True)
        self.settle()

    def search(self) -> None:
        """Search for words of the note in the top bar and open what is found."""
        line = self.window.frame.top_bar.search
        type_into(line, NOTE)
        self.settle()
        page = self.window.frame.current()
        wait(lambda: page.rows.rowCount() == 1)
        page.table.selectRow(0)
        press(page.table, "Key_Return")
        self.settle()
        line.clear()

    def leaflet(self) -> None:
        """Look at a leaflet, save it where she chooses by the real dialog, and print it."""
        page = self.window.frame.go_to("leaflets")
        card = page.board.card
        wait(lambda: page.made is not None and page.made.wanted == page.wanted())
        page.board.languages.set_value("ro")
        wait(lambda: page.made is not None and page.made.wanted == page.wanted())
        in_dialog(self.stick / "leaflet.pdf")
        card.save_it.click()
        wait((self.stick / "leaflet.pdf").exists)
        self.settle()
        wait(card.print_it.isEnabled)
        card.print_it.click()
        card.drafts.go_on.click()
        self.settle()
        wait(lambda: not page.ordering.press.busy)
        self.settle()

    def request(self) -> None:
        """Save the request to the centre on the stick."""
        page = self.window.frame.go_to("sending").view("send")
        self.settle()
        in_dialog(self.stick / "request.json")
        page.enrolment.request.click()
        wait((self.stick / "request.json").exists)
        self.settle()

    def half_a_draft(self) -> None:
        """Leave an encounter half written."""
        page = self.begin_encounter()
        page.place_step.offer(next(each for each in page._book.places if each.code == PLACE))
        self.settle()
        if page._stack.currentWidget() is page.place_step:  # the warning is read first
            page.place_step.go_on.click()
            self.settle()
        type_into(page.form_view.seen.note, DRAFT)
        page.keep_draft_now()
        self.settle()
        assert len(self.ask(lambda session: session.drafts.list_drafts())) == 1

    def look_at_every_page(self) -> None:
        """Show each page there is while unlocked, with each part it has (a supervisor sees all)."""
        from ui.page_table import rows_for

        for row in rows_for(unlocked=True):
            page = self.window.frame.go_to(row.name)
            self.settle()
            for place in page.tour():
                self.window.frame.go_to(row.name, place)
                self.settle()

    def copy_something(self) -> None:
        """Select and copy a word, as anybody does."""
        page = self.window.frame.go_to("encounter", {"draft_id": self.draft_id()})
        self.settle()
        wait(lambda: page.form_view.seen.note.toPlainText() == DRAFT)
        page.form_view.seen.note.selectAll()
        page.form_view.seen.note.copy()
        self.settle()

    def begin_encounter(self) -> Any:
        """Return the page of a new encounter."""
        page = self.window.frame.go_to("encounter", {"new": "1"})
        self.settle()
        return page

    def draft_id(self) -> str:
        """Return the draft's id."""
        return str(self.ask(lambda session: session.drafts.list_drafts())[0].id)

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Ask the session on its own thread."""
        context = self.window.context
        return context.tasks.call_vault(lambda: question(context.sessions.session))

    def settle(self) -> None:
        """Let what was asked and answered arrive."""
        tasks = self.window.context.tasks
        for _turn in range(3):
            tasks.call_vault(lambda: None)
            turn()
            wait(lambda: tasks._running == 0)


def type_into(field: Any, text: str) -> None:
    """Type a text by keys into a field."""
    from PySide6.QtTest import QTest

    field.setFocus()
    line = field.focusProxy() or field
    QTest.keyClicks(line, text)


def press(field: Any, key: str) -> None:
    """Press one key in a field."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(field.focusProxy() or field, getattr(Qt.Key, key))


def in_dialog(file: Path) -> None:
    """When the next file dialog stands, go to the file's folder, name it and accept."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(50, act)
            return
        dialog.setDirectory(str(file.parent))
        dialog.findChild(QLineEdit, "fileNameEdit").setText(file.name)
        dialog.accept()

    QTimer.singleShot(50, act)


def wait(condition: Callable[[], Any]) -> None:
    """Turn the event loop until the condition holds."""
    from PySide6.QtCore import QDeadlineTimer

    deadline = QDeadlineTimer(SECONDS * 1000)
    while not condition():
        if deadline.hasExpired():
            raise TimeoutError
        turn()


def turn() -> None:
    """Let the event loop do what is due."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _replaced(place: Any, **values: Any) -> Any:
    from dataclasses import replace

    return replace(place, **values)


if __name__ == "__main__":
    main()
