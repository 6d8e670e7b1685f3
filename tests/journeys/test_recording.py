"""A worker's note in the real window, by real keys only: twenty seconds, a child first, a companion who interprets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.support.shell import Shell, make_shell
from ui.page_table import PAGES
from ui.pages.encounter import EncounterPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOST_KEYS = 12


class Worker:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.pressed = 0

    def press(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or self.shell.window, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def choose_place(self, typed: str) -> EncounterPage:
        """From Today: a new encounter at a place; what is pressed from here on is counted."""
        self.press(Qt.Key.Key_N)
        self.shell.settle()
        self.type(typed)
        self.press(Qt.Key.Key_Return)
        self.shell.settle()
        self.pressed = 0
        page = self.shell.window.frame.current()
        assert isinstance(page, EncounterPage)
        return page

    def finish(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)
        self.shell.wait(lambda: self.shell.window.frame.current_name != "encounter")
        self.shell.settle()

    def ask(self, question: Any) -> Any:
        """Look into the vault behind the window."""
        return self.shell.context.tasks.call_vault(lambda: question(self.shell.context.sessions.session))

    def last_note(self) -> Any:
        return self.ask(lambda s: s.encounters.find_encounter(s.encounters.list_encounters()[0].id))

    def read(self, page: Any) -> str:
        QApplication.processEvents()
        text: str = page.form_view.adds_up.text()
        return text


@pytest.fixture
def worker(qapp: QApplication, tmp_path: Path) -> Iterator[Worker]:
    shell = make_shell(qapp, tmp_path, rows=PAGES)
    shell.open()
    person = Worker(shell)
    person.ask(lambda s: s.places.record_place("Station", "street", "hovedstaden"))
    person.ask(lambda s: s.places.record_place("Vester 12", "massage_parlour", "hovedstaden"))
    shell.wait_a_moment()
    shell.settle()
    yield person
    shell.end()
    assert not shell.failures


def test_a_street_contact_takes_at_most_twelve_keys_and_undo_brings_it_back(worker: Worker) -> None:
    page = worker.choose_place("stat")
    worker.press(Qt.Key.Key_S, ALT)
    for number, answer in (("1", "t"), ("2", "o"), ("1", "h")):
        worker.type(number + answer)
    worker.press(Qt.Key.Key_E, ALT)
    worker.press("3")
    worker.press(Qt.Key.Key_F, ALT)
    worker.press("3")
    worker.finish()
    assert worker.pressed <= MOST_KEYS
    note = worker.last_note()
    assert sorted(note.current.content.answers.values()) == ["observed", "told", "told_by_others"]
    assert len(note.current.content.leaflets) == 1
    assert note.current.content.follow_up.due_on == worker.shell.clock.local_now().date() + timedelta(days=3)
    assert note.place.code == "Station"
    worker.press(Qt.Key.Key_Z, CONTROL)
    worker.shell.wait(lambda: worker.shell.window.frame.current_name == "encounter")
    worker.shell.settle()
    assert worker.last_note().state == "taken_back"
    assert page.form().content.answers == note.current.content.answers, "every word is there again"
    assert page.form().reason, "finishing again asks nothing more"
    worker.finish()
    again = worker.last_note()
    assert (again.id, again.state, len(again.versions)) == (note.id, "amended", 3)
    assert again.current.content == note.current.content


def test_maybe_sixteen_in_a_parlour_who_sells_sex_is_a_child_to_act_for_now(worker: Worker) -> None:
    page = worker.choose_place("vester")
    for _tab in range(20):
        if page.form_view.who.age_band.isAncestorOf(QApplication.focusWidget()):
            break
        worker.press(Qt.Key.Key_Tab)
    for _arrow in range(8):
        if page.form().content.age_band == "maybe_under_18":
            break
        worker.press(Qt.Key.Key_Right)
    page.form_view.more_opener.set_open(True)
    page.form_view.more.sells_sex.setFocus()
    worker.press(Qt.Key.Key_Space)
    content = page.form().content
    assert (content.age_band, content.sells_sex, content.answers) == ("maybe_under_18", True, {})
    said = worker.read(page)
    assert said.index("Child: act now") < said.index("Indicators prove nothing")
    assert "70 20 25 50" in said
    assert "112" in said
    assert "victim" not in said.lower()
    worker.finish()
    note = worker.last_note()
    assert note.current.assessment.alerts[0] == "child_act_now"
    worker.shell.window.frame.go_to("encounters", {"encounter_id": note.id})
    worker.shell.settle()
    shown = worker.shell.window.frame.current().note.text()
    assert "Child: act now" in shown
    assert "prove nothing" in shown


def test_a_companion_interpreted_so_consent_is_kindly_refused_and_today_says_ask_again_alone(worker: Worker) -> None:
    page = worker.choose_place("stat")
    seen = page.form_view.seen
    seen.signs.entry.setFocus()
    worker.type("1n")
    seen.signs.entry.close_list()
    seen.speaking.setFocus()
    worker.type("compan")
    assert page.form().content.speaking == "companion_interpreted"
    assert "referral" not in seen.consent._buttons
    assert "Ask again when she is alone" in seen.meaning.text()
    assert "could not speak freely" in worker.read(page)
    worker.finish()
    note = worker.last_note()
    assert note.current.content.consent == "coded"
    worker.shell.window.frame.go_to("encounters", {"encounter_id": note.id})
    worker.shell.settle()
    assert "cannot be relied on" in worker.shell.window.frame.current().note.text()
    worker.shell.clock.advance(24 * 3600)
    worker.shell.window.frame.go_to("today")
    worker.shell.settle()
    assert "again alone" in _text(worker.shell.window.frame.current())


def _text(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_no_key_of_the_form_stands_for_two_things(worker: Worker) -> None:
    """A key that is ambiguous does nothing: every letter of the form must lead where the sheet says."""
    page = worker.choose_place("stat")
    seen, who, adds_up = page.form_view.seen, page.form_view.who, page.form_view.adds_up
    ways = {
        "P": who.place, "C": who.contact_way, "H": who.help_given, "E": who.leaflets, "F": seen.follow_up_on,
        "A": seen.consent, "S": seen.signs.entry,
    }  # fmt: skip
    for letter, field in ways.items():
        seen.note.setFocus()
        worker.press(getattr(Qt.Key, f"Key_{letter}"), ALT)
        focused = QApplication.focusWidget()
        assert field is focused or field.isAncestorOf(focused), letter
    seen.signs.entry.setFocus()
    worker.type("1o")
    seen.note.setFocus()
    worker.press(Qt.Key.Key_R, ALT)
    worker.type("two passports")
    (said,) = page.form().content.sign_words.values()
    assert said == "two passports"
    seen.note.setFocus()
    worker.press(Qt.Key.Key_W, ALT)
    worker.shell.wait(adds_up.changes.isVisible)
    worker.press(Qt.Key.Key_V, ALT)
    worker.shell.wait(seen.second.entry.hasFocus)
    worker.press("1")
    assert page.form().content.traits == ("earn_for_family",)
