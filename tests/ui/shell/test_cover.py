"""The cover stands at once, over everything, lets nothing through, and gives the keyboard back."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QMenu

CONTROL = Qt.KeyboardModifier.ControlModifier


def _page(shell):
    return shell.window.frame.current()


def test_it_covers_within_a_tenth_of_a_second(open_shell):
    window = open_shell.window
    begun = time.perf_counter()
    window.cover_now()
    taken = time.perf_counter() - begun
    assert window.covering.covered
    assert taken < 0.1
    assert window._cover.geometry() == window.rect()
    window.resize(1100, 700)
    assert window._cover.geometry() == window.rect()


def test_the_key_that_uncovers_goes_no_further(open_shell):
    window, line = open_shell.window, _page(open_shell).line
    window.activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "half a sen")
    window.cover_now()
    QTest.keyClick(window._cover, Qt.Key.Key_Shift)
    assert window.covering.covered, "a lone Shift is no answer"
    QTest.keyClick(window._cover, Qt.Key.Key_X)
    assert not window.covering.covered
    assert line.text() == "half a sen"
    QTest.keyClicks(line, "tence")
    assert line.text() == "half a sentence"


def test_keys_of_the_page_are_dead_under_it(open_shell):
    window = open_shell.window
    window.cover_now()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.frame.current_name == "today"
    assert not window._screens.isEnabled()


def test_a_click_uncovers_too(open_shell):
    open_shell.window.cover_now()
    QTest.mouseClick(open_shell.window._cover, Qt.MouseButton.LeftButton)
    assert not open_shell.window.covering.covered


def test_the_cover_key_pressed_twice_in_a_hurry_keeps_the_cover(open_shell):
    window = open_shell.window
    open_shell.wait_a_moment()
    QTest.keyClick(window, Qt.Key.Key_F12)
    QTest.keyClick(window._cover, Qt.Key.Key_F12)
    assert window.covering.covered
    assert not window.locking.begun


def test_the_lock_key_locks_under_the_cover_too(open_shell):
    window = open_shell.window
    open_shell.wait_a_moment()
    window.cover_now()
    QTest.keyClick(window._cover, Qt.Key.Key_L, CONTROL)
    assert window.covering.covered, "it never uncovers"
    assert window.locking.begun
    open_shell.wait(lambda: open_shell.ended)


def test_cover_and_lock_answer_while_a_list_hangs_open(open_shell):
    window = open_shell.window
    open_shell.wait_a_moment()
    box = QComboBox(window)
    box.addItems(["a", "b"])
    box.show()
    for key, modifier in ((Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_L, CONTROL)):
        box.showPopup()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_A)
        assert not window.covering.covered, "other keys stay with the list"
        QTest.keyClick(popup, key, modifier)
        assert window.covering.covered
        assert QApplication.activePopupWidget() is None
        if not window.locking.begun:
            window.covering.uncover()
    assert window.locking.begun
    open_shell.wait(lambda: open_shell.ended)


def test_the_lock_answers_while_a_dialog_stands(open_shell):
    window = open_shell.window
    open_shell.wait_a_moment()
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_L, CONTROL)
    assert window.covering.covered
    assert not dialog.isVisible()
    open_shell.wait(lambda: open_shell.ended)


def test_menus_close_and_other_windows_hide(open_shell):
    window = open_shell.window
    dialog = QDialog(window)
    dialog.show()
    menu = QMenu(window)
    menu.addAction("Red jacket")
    menu.popup(window.pos())
    window.cover_now()
    assert not menu.isVisible()
    assert not dialog.isVisible()
    window.covering.uncover()
    assert dialog.isVisible()
    dialog.close()


def test_the_cover_says_nothing_of_the_work(open_shell):
    open_shell.window.cover_now()
    words = " ".join(label.text() for label in open_shell.window._cover.findChildren(QLabel))
    assert "Supplies" in words
    assert not any(word in words.lower() for word in ("contact", "encounter", "note", "hotline"))


def test_another_cover_can_be_chosen(open_shell):
    window, program = open_shell.window, open_shell.context.program
    program.keep_settings(type(program.settings)(cover="plain"))
    window.cover_now()
    texts = {label.text() for label in window._cover._sheet.findChildren(QLabel)}
    assert texts == {"Notes", "Any key goes on"}


def test_idle_dims_and_any_sign_of_life_brightens(open_shell):
    window = open_shell.window
    window.auto_lock.dimmed.emit(True)
    assert window.dimmer.isVisible()
    window.grab()
    window.auto_lock.dimmed.emit(False)
    assert not window.dimmer.isVisible()
