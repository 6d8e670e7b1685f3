"""The wizard, with the keyboard alone: who, five words, typed back, and the vault is there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app import i18n
from outreach_app.errors import DiskFullError
from tests.support.shell import PASSPHRASE
from ui.passphrases import Passphrases, vault_passphrases


@pytest.fixture
def wizard(shell):
    shell.window.activateWindow()
    shell.window.begin()
    shell.wait(lambda: shell.window.first_run is not None)
    return shell.window.first_run


def _name(wizard, text: str = "AM") -> None:
    QTest.keyClicks(wizard.about.name, text)
    QTest.keyClick(wizard.about.name, Qt.Key.Key_Return)


def _step(wizard) -> int:
    return wizard._stack.currentIndex()


def test_from_nothing_to_the_first_page(shell, wizard):
    assert not wizard.on.isEnabled()
    wizard.about.role.set_value("health")
    _name(wizard)
    shown = " ".join(label.text() for label in wizard.new_words.findChildren(QLabel))
    words = wizard.new_words.passphrase().split()
    assert len(words) == 5
    assert all(word in shown for word in words)
    wizard.on.click()
    for word in words:
        QTest.keyClicks(wizard.type_back.entry.line, word[:4] + " ")
    assert wizard.on.isEnabled()
    QTest.keyClick(wizard.type_back.entry.line, Qt.Key.Key_Return)
    assert wizard._progress.isVisible()
    shell.wait(lambda: shell.window.frame is not None)
    shell.settle()
    assert shell.context.program.vault_exists()
    worker = shell.context.tasks.call_vault(lambda: shell.context.sessions.session.worker)
    assert (worker.name, worker.role) == ("AM", "health")
    assert shell.window.frame.current_name == "today"
    assert shell.context.tasks.call_vault(shell.context.sessions.close) is None
    shell.context.sessions.put(shell.context.tasks.call_vault(lambda: shell.context.program.unlock(" ".join(words))))


def test_enter_alone_goes_on_from_the_words(wizard):
    _name(wizard)
    QApplication.processEvents()
    words = wizard.new_words.passphrase()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert _step(wizard) == 2
    assert wizard.new_words.passphrase() == words


def test_enter_presses_the_button_that_has_the_keyboard(wizard):
    _name(wizard)
    words = wizard.new_words.passphrase()
    QTest.keyClick(wizard.new_words.other, Qt.Key.Key_Return)
    assert wizard.new_words.passphrase() != words
    QTest.keyClick(wizard.new_words.other, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _step(wizard) == 1


def test_other_words_are_other_words(wizard):
    _name(wizard)
    before = wizard.new_words.passphrase()
    wizard.new_words.other.click()
    assert wizard.new_words.passphrase() != before


def test_a_slip_is_found_while_it_can_be_mended(wizard):
    _name(wizard)
    wizard.on.click()
    QTest.keyClicks(wizard.type_back.entry.line, "cabin gentle napkin orbit wagon and some more words")
    assert not wizard.on.isEnabled()
    assert "Not the same yet" in wizard.type_back._field.hint.text()
    QTest.keyClick(wizard.type_back.entry.line, Qt.Key.Key_Return)
    assert _step(wizard) == 2
    QTest.keyClick(wizard.type_back.entry.line, Qt.Key.Key_Escape)
    assert _step(wizard) == 1
    assert wizard.type_back.entry.typed() == ""
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.about.name.text() == "AM"


def test_an_own_passphrase_must_be_strong(wizard):
    _name(wizard, "Anna Meyer")
    wizard.new_words._change_way(1)
    for weak in ("password123", "Anna Meyer 1990", "cabi gent napk orbi wago"):
        wizard.new_words.own.setText(weak)
        assert not wizard.on.isEnabled(), weak
        assert wizard.new_words._own_field.hint.text()
    wizard.new_words.own.setText("blåbær 7 tåge kran-fløjte under regnen")
    assert wizard.on.isEnabled()
    QTest.keyClick(wizard.new_words.own, Qt.Key.Key_Return)
    QTest.keyClicks(wizard.type_back.entry.line, "x")
    assert not wizard.on.isEnabled()
    wizard.type_back.entry.line.setText("blåbær 7 tåge  kran-fløjte under regnen")
    assert wizard.on.isEnabled()
    wizard._step(-1)
    wizard.new_words._change_way(0)
    assert len(wizard.new_words.passphrase().split()) == 5


def test_another_language_goes_on_with_what_was_said(shell, wizard, interface_language):
    QTest.keyClicks(wizard.about.name, "AM")
    wizard.about.language._buttons["da"].click()
    assert i18n.language() == "da"
    again = shell.window.first_run
    assert again is not wizard
    assert again.about.answers().name == "AM"
    assert again.about.language.value() == "da"
    assert shell.context.program.settings.language == "da"


def test_a_full_disk_is_said_and_can_be_tried_again(shell, wizard, monkeypatch):
    def full(_passphrase, **_who):
        raise DiskFullError

    monkeypatch.setattr(shell.context.program, "create_vault", full)
    _name(wizard)
    wizard.on.click()
    wizard.type_back.entry.line.setText(wizard.new_words.passphrase())
    wizard.on.click()
    shell.wait(wizard._fault.isVisible)
    assert wizard._fault.text() == DiskFullError().sentence()
    assert wizard.on.isEnabled()
    monkeypatch.undo()
    wizard.on.click()
    shell.wait(lambda: shell.window.frame is not None)


def test_the_keyboard_stands_in_the_first_field(wizard):
    assert QTest.qWaitForWindowActive(wizard.window())
    assert QApplication.focusWidget() is wizard.about.name


def test_caps_lock_is_hinted_at(wizard):
    _name(wizard)
    wizard.on.click()
    QTest.sendKeyEvent(
        QTest.KeyAction.Press, wizard.type_back.entry.line, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier
    )
    wizard.type_back._caps(True)
    assert "Caps Lock" in wizard.type_back._field.hint.text()
    wizard.type_back._caps(False)


def test_begun_words_are_written_out_only_if_all_are_known():
    rules = vault_passphrases()
    assert rules.written_out("cabi gent NAPK") == "cabin gentle napkin"
    assert rules.written_out(" cabi gent æble ") == "cabi gent æble"
    assert rules.written_out("") == ""
    assert rules.written_out(PASSPHRASE) == PASSPHRASE
    own = Passphrases(lambda: "", lambda _letters: None, lambda _text, _own: SimpleNamespace(enough=True, reason=""))
    assert own.written_out("a b") == "a b"


def test_every_choice_is_reached_by_tab_and_another_language_keeps_the_keyboard(shell, wizard, interface_language):
    assert QTest.qWaitForWindowActive(wizard.window())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is wizard.about.role._buttons["outreach"]
    wizard.about.language.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert i18n.language() == "da"
    assert QApplication.focusWidget() is shell.window.first_run.about.name


def test_after_a_cover_that_stood_first_the_keyboard_is_in_the_first_field(shell):
    shell.window.cover_now()
    shell.window.activateWindow()
    shell.window.begin()
    shell.wait(lambda: shell.window.first_run is not None)
    assert QTest.qWaitForWindowActive(shell.window)
    shell.window._dismissed()
    assert QApplication.focusWidget() is shell.window.first_run.about.name
