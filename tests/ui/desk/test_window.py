"""The desk's window: keys, lock, cover, the line at the bottom, and what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.errors import BugError
from outreach_app.settings import load_settings
from tests.support.desk_window import make_desk_shell
from ui.desk.app import build_window, read_arguments
from ui.desk.page_rows import DESK_PAGES


def press(shell, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or shell.window, key, modifier)
    shell.settle()


def test_alt_and_a_number_lead_to_each_page(desk):
    for place in (5, 4, 3, 2, 1, 0):
        press(desk, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.AltModifier)
        assert desk.window.frame.current_name == DESK_PAGES[place].name


def test_the_keys_come_and_go_with_f1_and_esc(desk):
    press(desk, Qt.Key.Key_F1)
    assert desk.window.frame.current_name == "keys"
    press(desk, Qt.Key.Key_F1)
    assert desk.window.frame.current_name == "incoming"
    press(desk, Qt.Key.Key_F1)
    press(desk, Qt.Key.Key_Escape)
    assert desk.window.frame.current_name == "incoming"


def test_the_keyboard_is_where_it_was_after_a_look_at_the_keys(desk):
    desk.show("publishing")
    rotate = desk.show("publishing").key.rotate
    rotate.setFocus()
    press(desk, Qt.Key.Key_F1)
    press(desk, Qt.Key.Key_Escape)
    assert rotate.hasFocus()
    press(desk, Qt.Key.Key_F1)
    press(desk, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert desk.window.frame.current().enrol.hasFocus(), "another page begins where it begins"


def test_the_rail_counts_what_somebody_should_look_at(filled):
    frame = filled.window.frame
    assert [frame.rail.button(name).accessibleName() for name in ("incoming", "quarantine", "laptops")] == [
        "Incoming (1)", "Put aside (1)", "Laptops (1)",
    ]  # fmt: skip
    assert frame.status.text() == "3 laptops enrolled · 1 batch waits"


def test_ctrl_l_closes_the_register_and_starts_anew_at_the_opening_page(desk, centre):
    desk.show("laptops")
    press(desk, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: desk.ended)
    assert desk.ended == [0]
    assert not desk.context.sessions.is_open
    with pytest.raises(BugError):
        desk.ask(lambda opened: opened)
    arguments = desk.successors[0].standing.arguments()
    assert arguments[:5] == ["centre", "--centre", str(centre), "window", "--locked"]
    given = read_arguments([f"--centre={centre}", *arguments[4:]])
    assert (given.locked, given.page, given.geometry[2:]) == (True, "laptops", (1366, 768))


def test_a_maximised_window_comes_back_maximised(desk):
    desk.window.setWindowState(Qt.WindowState.WindowMaximized)
    assert "--maximised" in desk.window.standing().arguments()


def test_five_idle_minutes_lock(desk, clock):
    clock.advance(295)
    desk.window.auto_lock.tick()
    assert desk.window.covering.covered
    clock.advance(6)
    desk.window.auto_lock.tick()
    desk.wait(lambda: desk.ended)
    assert not desk.context.sessions.is_open


def test_one_key_covers_and_any_other_goes_on(desk):
    desk.window.cover_now()
    press(desk, Qt.Key.Key_F12)
    assert desk.window.covering.covered
    QTest.keyClick(desk.window._cover, Qt.Key.Key_Space)
    assert not desk.window.covering.covered
    assert desk.context.sessions.is_open


def test_the_cover_stays_while_a_lock_is_under_way(desk):
    desk.window.lock_now()
    desk.window._dismissed()
    assert desk.window.covering.covered
    desk.wait(lambda: desk.ended)


def test_closing_the_window_closes_the_register_and_keeps_its_place(desk, centre):
    desk.window.resize(1100, 700)
    desk.window.close()
    assert not desk.context.sessions.is_open
    assert load_settings(centre / "desk").window[2:] == (1100, 700)


def test_what_is_said_stands_over_the_page_and_can_be_taken_up(desk):
    frame, taken = desk.window.frame, []
    desk.context.messages.say("Something happened.", "notice", lambda: taken.append(1))
    assert frame.banner.text() == "Something happened."
    frame.banner._action.click()
    assert taken == [1]
    assert not frame.banner.isVisible()
    desk.context.messages.say("Good.")
    press(desk, Qt.Key.Key_Escape)
    assert not frame.banner.isVisible()
    desk.context.messages.say("Good.")
    desk.context.messages.clear()
    assert not frame.banner.isVisible()
    frame.take_back()
    assert taken == [1]


def test_a_slot_that_fails_says_one_sentence(desk):
    desk.context.tell_unexpected(RuntimeError("fictional"))
    assert "mistake" in desk.window.frame.banner.text()
    with pytest.raises(KeyboardInterrupt):
        desk.context.tell_unexpected(KeyboardInterrupt())


def test_the_window_comes_back_to_its_page(qapp, centre, clock):
    shell = make_desk_shell(qapp, centre, clock, page="figures")
    try:
        assert shell.window.standing().page == "figures"
        shell.open()
        assert shell.window.frame.current_name == "figures"
        shell.show("no page of ours")
        assert shell.window.frame.current_name == "incoming"
    finally:
        shell.end()


def test_words_without_a_field_are_read_on_by_page_down(desk):
    desk.window.resize(910, 512)
    desk.show("keys")
    desk.show("incoming")
    press(desk, Qt.Key.Key_PageDown)
    bar = desk.window.frame.current().cards.verticalScrollBar()
    assert bar.value() > 0
    press(desk, Qt.Key.Key_A)


def test_the_parts_fit_together(qapp, tmp_path, clock, monkeypatch, interface_language):
    assert interface_language
    monkeypatch.setattr("sys.excepthook", lambda *_any: None)
    window = build_window(qapp, tmp_path / "nothing", clock, page="laptops")
    try:
        window.begin()
        assert window.opening is not None
        window.context.go_to("laptops")
        window.context.navigation.changed.emit()
        window.context.messages.say("Nobody is there yet.")
        assert window.opening.told.text() == "Nobody is there yet."
        window.context.messages.clear()
        window.context.home.keep_settings(window.context.home.settings.changed(theme="dark"))
        assert not (tmp_path / "nothing").exists()
    finally:
        window.context.tasks.shut_down()
        window.deleteLater()
        qapp.setStyleSheet("")


def test_its_own_arguments_are_read():
    given = read_arguments(["--centre=x", "--geometry=1,2,3,4", "--tell-covered"])
    assert (given.geometry, given.tell_covered, given.locked) == ((1, 2, 3, 4), True, False)
