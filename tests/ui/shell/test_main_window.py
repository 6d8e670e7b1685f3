"""The frame around the pages: keys, search, counts, banner, language, and the way back."""

from __future__ import annotations

import importlib
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from outreach_app import i18n
from outreach_app.domain.changes import Changes
from tests.support.shell import make_shell
from ui.frame_words import held_words, initials
from ui.numbers import numbers_to_call
from ui.page import FocusPlace, Page
from ui.page_table import PAGES, SEARCH_PAGE, rows_for
from ui.pages.settings import DRAFT_TEXTS
from ui.widgets.scroll_column import ScrollColumn

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_alt_and_a_number_go_to_a_page(open_shell):
    frame = open_shell.window.frame
    QTest.keyClick(open_shell.window, Qt.Key.Key_2, ALT)
    assert frame.current_name == "encounters"
    assert frame.rail.button("encounters").isChecked()
    QTest.keyClick(open_shell.window, Qt.Key.Key_5, ALT)
    assert frame.current_name == "settings"


def test_page_down_reads_on_though_the_keyboard_is_elsewhere(open_shell):
    window, frame = open_shell.window, open_shell.window.frame
    column = ScrollColumn(parent=frame.current())
    column.setGeometry(0, 0, 200, 100)
    tall = QLabel("Words")
    tall.setFixedHeight(900)
    column.add(tall)
    column.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(frame.rail.button("encounters"), Qt.Key.Key_PageDown)
    down = column.verticalScrollBar().value()
    assert down > 0
    QTest.keyClick(frame.rail.button("encounters"), Qt.Key.Key_PageUp)
    assert column.verticalScrollBar().value() < down


def test_leaving_a_page_keeps_its_draft(open_shell):
    frame = open_shell.window.frame
    QTest.keyClicks(frame.current().line, "half")
    QTest.keyClick(open_shell.window, Qt.Key.Key_2, ALT)
    open_shell.settle()
    assert frame.current().refreshed == [Changes(drafts=True)]


def test_the_title_says_nothing(open_shell):
    window = open_shell.window
    assert window.windowTitle() == "Notes"
    window.setWindowTitle("Red jacket")
    assert window.windowTitle() == "Notes"


def test_search_from_anywhere(open_shell):
    heard: list[str] = []
    open_shell.context.navigation.search_changed.connect(heard.append)
    window, frame = open_shell.window, open_shell.window.frame
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert QApplication.focusWidget() is frame.top_bar.search
    QTest.keyClicks(frame.top_bar.search, "ma")
    assert frame.current_name == "encounters"
    assert heard[-1] == "ma"
    QTest.keyClick(frame.top_bar.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is frame.current().line
    frame.top_bar.search.setFocus()
    frame.top_bar.search.clear()
    QTest.keyClick(frame.top_bar.search, Qt.Key.Key_Return)
    assert not frame.top_bar.search.hasFocus(), "an empty line leads into the page, too"
    frame.top_bar.search.setFocus()
    frame.top_bar.search.setText("ma")
    QTest.keyClick(frame.top_bar.search, Qt.Key.Key_Escape)
    assert heard[-1] == ""
    assert QApplication.focusWidget() is frame.current().line
    open_shell.context.navigation.search_set.emit("kept words")
    assert (frame.top_bar.search.text(), heard[-1]) == ("kept words", "")


def test_a_word_is_typed_into_the_search_to_its_end_though_the_page_changes(open_shell, monkeypatch):
    frame = open_shell.window.frame
    page = frame.go_to(SEARCH_PAGE)
    monkeypatch.setattr(page, "shown", lambda _place: page.setFocus())  # as a list does
    frame.go_to("today")
    open_shell.window.activateWindow()
    frame.top_bar.search.setFocus()
    for letter in "tha":
        QTest.keyClick(QApplication.focusWidget(), letter)
    assert (frame.current_name, frame.top_bar.search.text()) == (SEARCH_PAGE, "tha")


def test_f1_shows_the_keys_and_goes_back(open_shell):
    window, frame = open_shell.window, open_shell.window.frame
    QTest.keyClick(window, Qt.Key.Key_2, ALT)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert frame.current_name == "keys"
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert frame.current_name == "encounters"
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.keyClick(frame.current(), Qt.Key.Key_Escape)
    assert frame.current_name == "encounters"


def test_f12_covers(open_shell):
    open_shell.wait_a_moment()
    QTest.keyClick(open_shell.window, Qt.Key.Key_F12)
    assert open_shell.window.covering.covered


def test_a_sentence_with_undo(open_shell):
    undone: list[int] = []
    frame, messages = open_shell.window.frame, open_shell.context.messages
    messages.say("The draft was thrown away.", undo=lambda: undone.append(1))
    assert frame.banner.isVisible()
    frame.banner._action.click()
    assert undone == [1]
    assert not frame.banner.isVisible()
    messages.say("Kept.")
    assert not frame.banner._action.isVisible()
    QTest.keyClick(frame.current(), Qt.Key.Key_Escape)
    assert not frame.banner.isVisible()
    messages.say("Kept.")
    messages.clear()
    assert not frame.banner.isVisible()


def test_escape_is_the_pages_first(open_shell, monkeypatch):
    frame = open_shell.window.frame
    open_shell.context.messages.say("Kept.")
    monkeypatch.setattr(frame.current(), "go_back", lambda: True, raising=False)
    QTest.keyClick(frame.current(), Qt.Key.Key_Escape)
    assert frame.banner.isVisible()


def test_the_line_at_the_bottom(open_shell):
    assert open_shell.window.frame.status.text() == "This laptop holds no notes · no receipt yet · no backup yet"
    assert held_words(23, 9, date(2025, 11, 14)) == (
        "This laptop holds 23 notes, oldest 9 days · last receipt 14 Nov 2025"
    )
    assert held_words(1, 1, datetime(2025, 11, 14, 12, tzinfo=UTC)).startswith("This laptop holds 1 note, oldest 1 day ·")


def test_a_change_of_look_and_language_is_seen_at_once(open_shell, interface_language):
    settings = open_shell.context.program.settings
    page = open_shell.window.frame.go_to("settings")
    page.look._buttons["dark"].click()
    assert open_shell.context.program.settings.theme == "dark"
    assert QApplication.palette().window().color().lightness() < 60
    page.times["lock_after"].setCurrentIndex(page.times["lock_after"].findData(600))
    page.times["lock_after"].activated.emit(page.times["lock_after"].currentIndex())
    assert open_shell.context.program.settings.lock_after == 600
    page.language._buttons["da"].click()
    open_shell.settle()
    assert i18n.language() == "da"
    assert open_shell.window.frame.current_name == "settings"
    open_shell.window._parts.theme.apply("light")
    assert open_shell.context.program.settings == settings.changed(theme="dark", lock_after=600, language="da")


def test_a_machine_made_language_says_that_it_is_a_draft(open_shell, interface_language):
    page = open_shell.window.frame.go_to("settings")
    assert DRAFT_TEXTS not in {label.text() for label in page.findChildren(QLabel)}
    page.language._buttons["da"].click()
    open_shell.settle()
    page = open_shell.window.frame.current()
    assert i18n.gettext(DRAFT_TEXTS) in {label.text() for label in page.findChildren(QLabel)}


def test_what_a_slot_raises_is_said(open_shell):
    open_shell.context.tell_unexpected(ValueError("x"))
    assert "mistake" in open_shell.window.frame.banner.text()
    with pytest.raises(KeyboardInterrupt):
        open_shell.context.tell_unexpected(KeyboardInterrupt())


def test_a_page_without_its_draft_is_not_come_back_to(open_shell, qapp, tmp_path):
    open_shell.context.tasks.call_vault(open_shell.context.sessions.close)
    again = make_shell(qapp, tmp_path, page="encounter")
    try:
        again.open()
        again.settle()
        assert again.window.frame.current_name == "today"
    finally:
        again.end()


def test_a_page_of_the_rail_is_come_back_to_without_a_draft(open_shell, qapp, tmp_path):
    open_shell.context.tasks.call_vault(open_shell.context.sessions.close)
    again = make_shell(qapp, tmp_path, page="encounters")
    try:
        again.open()
        again.wait(lambda: again.window.frame.current_name == "encounters")
        assert again.window.frame.current().restored is None
    finally:
        again.end()


def test_a_page_off_the_rail_lights_its_home(open_shell):
    frame = open_shell.window.frame
    frame.go_to("encounter")
    assert frame.rail.button("today").isChecked(), "the row with the same icon"


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_every_row_of_the_table_names_a_page(row):
    module, name = row.made_by.split(":")
    assert issubclass(getattr(importlib.import_module(module), name), Page)


class Watcher(QObject):
    """Notes every window that is shown beside the one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(repr(watched))
        return False


def test_no_page_flashes_a_window_of_its_own(qapp, shell, tmp_path):
    shell.window._rows = PAGES
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    try:
        shell.open()
        for row in rows_for(unlocked=True):
            shell.window.frame.go_to(row.name)
            shell.settle()
    finally:
        qapp.removeEventFilter(watcher)
    assert watcher.seen == []
    assert shell.failures == []


def test_locked_there_are_few_pages():
    names = [row.name for row in rows_for(unlocked=False)]
    assert names == ["unlock", "restore", "recover", "leaflets", "cards", "help_lines", "keys"]
    assert "unlock" not in [row.name for row in rows_for(unlocked=True)]


def test_a_page_need_not_override_anything(qapp):
    page = Page()
    page.shown({})
    page.refresh(Changes())
    page.restore_place(FocusPlace("note"))
    page.keep_draft_now()
    assert (page.title(), page.focus_place(), page.go_back()) == ("", None, False)


@pytest.mark.parametrize(("name", "short"), [("Anna Meyer", "AM"), ("am", "am"), ("Li", "Li"), ("a b c d", "ABC"), ("", "")])
def test_initials(name, short):
    assert initials(name) == short


@pytest.mark.parametrize(("local", "state", "is_open"), [
    (datetime(2026, 3, 2, 10, 0), "open until 16:00", True),  # Monday
    (datetime(2026, 3, 2, 7, 0), "opens 8:30", False),
    (datetime(2026, 3, 2, 20, 0), "closed now", False),
    (datetime(2026, 3, 7, 14, 59), "open until 15:00", True),  # Saturday
])
def test_whether_the_hotline_answers_now(local, state, is_open):
    numbers = numbers_to_call(local)
    assert (numbers.state, numbers.is_open, numbers.emergency) == (state, is_open, "112")
    assert numbers.line == "Hotline 70\u00a020\u00a025\u00a050"
    assert "not confirmed" in numbers.tip
    assert numbers.hours == ("Sat–Sun 9:00–15:00" if local.weekday() == 5 else "Mon–Fri 8:30–16:00")
