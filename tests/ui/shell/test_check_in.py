"""The reminder to call in: set in two keys, also shown while covered or locked, put off, done; it blocks nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app import i18n
from tests.support.shell import make_shell

CTRL = Qt.KeyboardModifier.ControlModifier
HOUR = 3600


def kept(shell):
    def read():  # the session is looked into on the vault's thread only
        return shell.context.sessions.session.check_ins.open()

    return shell.context.tasks.call_vault(read)


def at_work(shell):
    """The window in front, with the keyboard in the page's line."""
    shell.window.activateWindow()
    assert QTest.qWaitForWindowActive(shell.window)
    line = shell.window.frame.current().line
    line.setFocus()
    return line


def ask_by_key(shell):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, CTRL)
    return shell.window.check_in.strip


def set_for(shell, key):
    strip = ask_by_key(shell)
    QTest.keyClick(QApplication.focusWidget(), key)
    shell.settle()
    return strip


def after(shell, seconds):
    shell.clock.advance(seconds)
    shell.window.check_in.tick()


def test_two_keys_set_it_and_it_reminds_without_taking_the_keyboard(open_shell):
    line = at_work(open_shell)
    strip = set_for(open_shell, "2")
    assert kept(open_shell).due_at == open_shell.clock.now() + timedelta(hours=1)
    assert strip.isHidden()
    assert QApplication.focusWidget() is line
    after(open_shell, HOUR - 1)
    assert strip.isHidden()
    QTest.keyClicks(line, "half a wo")
    after(open_shell, 1)
    assert strip.reminding
    assert strip.text() == "Time to call in"
    QTest.keyClicks(QApplication.focusWidget(), "rd")
    assert line.text() == "half a word"


def test_done_by_keyboard_ends_it(open_shell):
    line = at_work(open_shell)
    strip = set_for(open_shell, "1")
    after(open_shell, HOUR)
    ask_by_key(open_shell)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    open_shell.settle()
    assert strip.isHidden()
    assert kept(open_shell) is None
    assert QApplication.focusWidget() is line
    after(open_shell, 10 * HOUR)
    assert strip.isHidden()


def test_put_off_it_comes_again(open_shell):
    at_work(open_shell)
    strip = set_for(open_shell, "1")
    after(open_shell, HOUR)
    strip.press("later")
    open_shell.settle()
    assert strip.isHidden()
    assert kept(open_shell).due_at == open_shell.clock.now() + timedelta(minutes=10)
    after(open_shell, 599)
    assert strip.isHidden()
    after(open_shell, 1)
    assert strip.reminding


def test_an_hour_may_be_typed_and_what_is_set_moved_or_taken_away(open_shell):
    line = at_work(open_shell)
    strip = ask_by_key(open_shell)
    strip.hour.setFocus()
    QTest.keyClicks(strip.hour, "25")
    QTest.keyClick(strip.hour, Qt.Key.Key_Return)
    assert strip.asking
    strip.hour.setText("7")  # over for today, so tomorrow's
    QTest.keyClick(strip.hour, Qt.Key.Key_Return)
    open_shell.settle()
    assert kept(open_shell).due_at == datetime(2026, 3, 3, 6, tzinfo=UTC)
    strip = ask_by_key(open_shell)
    assert "07:00" in strip.text()
    QTest.keyClick(QApplication.focusWidget(), "3")
    open_shell.settle()
    assert kept(open_shell).due_at == open_shell.clock.now() + timedelta(hours=2)
    strip = ask_by_key(open_shell)
    QTest.keyClick(QApplication.focusWidget(), "0")
    open_shell.settle()
    assert kept(open_shell) is None
    strip = ask_by_key(open_shell)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert QApplication.focusWidget() is line


def test_undo_goes_back_to_what_was_set_before(open_shell):
    at_work(open_shell)
    undos = []
    open_shell.context.messages.said.connect(lambda _tone, _text, undo: undos.append(undo))
    set_for(open_shell, "4")
    first = kept(open_shell).due_at
    set_for(open_shell, "1")
    undos[-1]()
    open_shell.settle()
    assert kept(open_shell).due_at == first
    undos[0]()
    open_shell.settle()
    assert kept(open_shell) is None


def test_the_cover_stands_beside_it_and_the_key_reaches_it(open_shell):
    at_work(open_shell)
    window = open_shell.window
    strip = set_for(open_shell, "1")
    window.cover_now()
    ask_by_key(open_shell)
    assert strip.isHidden(), "under the cover nothing is asked"
    after(open_shell, HOUR)
    assert strip.isVisible()
    assert window.covering.covered
    assert not window._cover.geometry().intersects(strip.geometry())
    window.resize(1100, 700)
    assert not window._cover.geometry().intersects(strip.geometry())
    ask_by_key(open_shell)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    open_shell.settle()
    assert window.covering.covered
    assert QApplication.focusWidget() is window._cover
    assert window._cover.geometry() == window.rect()
    assert kept(open_shell) is None


def test_a_clock_set_back_does_not_silence_it_and_one_set_forward_is_early_at_worst(open_shell):
    at_work(open_shell)
    strip = set_for(open_shell, "2")
    open_shell.clock.advance(HOUR)
    open_shell.clock.set_wall(datetime(2016, 3, 2, tzinfo=UTC))
    open_shell.window.check_in.tick()
    assert strip.reminding
    strip.press("done")
    open_shell.settle()
    set_for(open_shell, "2")
    open_shell.clock.set_wall(datetime(2036, 3, 2, tzinfo=UTC))
    open_shell.window.check_in.tick()
    assert strip.reminding


@pytest.fixture
def successor(open_shell, qapp):
    """The window that stands locked after a lock, handed what a successor is handed."""
    at_work(open_shell)
    set_for(open_shell, "2")
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended)
    standing = open_shell.successors[0].standing
    assert any(argument.startswith("--remind-at=") for argument in standing.arguments())
    folder = open_shell.context.program.folder
    made = make_shell(qapp, folder.parent, clock=open_shell.clock)
    made.window.check_in.carry_on(standing.remind_at)
    made.window.begin()
    made.settle()
    yield made
    made.end()


def test_it_reminds_while_locked_and_what_was_answered_is_kept_at_the_next_unlocking(successor):
    strip_before = vars(successor.window.check_in).get("strip")
    assert strip_before is None or strip_before.isHidden()
    after(successor, HOUR)
    strip = successor.window.check_in.strip
    assert strip.reminding
    strip.press("done")
    assert strip.isHidden()
    successor.open()
    assert kept(successor) is None


def test_put_off_while_locked_it_comes_again_and_the_vault_hears_of_it(successor):
    after(successor, HOUR)
    strip = successor.window.check_in.strip
    strip.press("later")
    due = successor.clock.now() + timedelta(minutes=10)
    successor.open()
    assert kept(successor).due_at == due
    after(successor, 600)
    assert strip.reminding


def test_after_a_restart_the_vault_alone_knows_and_says_it_once_open(open_shell, qapp):
    at_work(open_shell)
    set_for(open_shell, "1")
    open_shell.context.tasks.call_vault(open_shell.context.sessions.close)
    open_shell.clock.advance(HOUR)
    again = make_shell(qapp, open_shell.context.program.folder.parent, clock=open_shell.clock)
    again.window.check_in.carry_on(None)
    again.window.begin()
    again.settle()
    again.window.check_in.tick()
    assert "strip" not in vars(again.window.check_in), "locked, nothing is known of it"
    again.window.check_in.press()
    assert "strip" not in vars(again.window.check_in)
    again.open()
    assert again.window.check_in.strip.reminding
    again.end()


def test_it_is_said_in_the_language_chosen(open_shell):
    at_work(open_shell)
    strip = set_for(open_shell, "1")
    after(open_shell, HOUR)
    settings = open_shell.context.program.settings.changed(language="da")
    open_shell.context.navigation.settings_changed.emit(settings)
    open_shell.settle()
    try:
        assert strip.reminding
        assert i18n.language() == "da"
    finally:
        i18n.use_language("en")
