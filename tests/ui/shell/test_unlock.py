"""Unlocking with four letters a word; wrong ones answered calmly; what needs no passphrase stays open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.shell import PASSPHRASE, make_shell


@pytest.fixture
def locked(shell, qapp, tmp_path):
    """A window before a vault that another process made."""
    shell.open()
    shell.context.tasks.call_vault(shell.context.sessions.close)
    made = make_shell(qapp, tmp_path)
    made.window.begin()
    made.wait(lambda: made.window.frame.current()._passphrases is not None)
    yield made
    made.end()


def _page(locked):
    return locked.window.frame.current()


def _type(locked, text: str) -> None:
    QTest.keyClicks(_page(locked).entry.line, text)
    QTest.keyClick(_page(locked).entry.line, Qt.Key.Key_Return)


def test_four_letters_of_each_word_unlock(locked):
    entry = _page(locked).entry
    cleared: list[str] = []
    entry.line.textChanged.connect(cleared.append)
    _type(locked, " ".join(word[:4] for word in PASSPHRASE.split()))
    assert _page(locked).progress.isVisible()
    locked.wait(lambda: locked.window.frame.current_name == "today")
    locked.settle()
    assert locked.context.unlocked
    assert cleared[-1] == ""
    assert locked.window.frame.top_bar.initials.text() == "AM"


def test_the_whole_words_in_any_case_unlock(locked):
    _type(locked, "  " + PASSPHRASE.upper() + " ")
    locked.wait(lambda: locked.context.unlocked)


def test_a_wrong_passphrase_is_said_calmly_and_typing_takes_it_away(locked):
    page = _page(locked)
    _type(locked, "cabi gent napk orbi wago never")
    locked.wait(page.entry.isEnabled)
    assert "does not open the vault" in page.told.text()
    assert page.told.property("tone") == "notice"
    assert page.entry.line.hasSelectedText(), "the next key starts over"
    QTest.keyClicks(page.entry.line, "cabi")
    assert page.entry.typed() == "cabi"
    assert page.told.property("tone") == "muted"
    assert not locked.context.unlocked


def test_the_wait_grows_and_is_counted_down(locked):
    page, backoff = _page(locked), locked.context.program.backoff
    for _try in range(3):
        backoff.note_wrong()
    _type(locked, "wrong words all of them")
    locked.wait(page.entry.isEnabled)
    assert not page.open_button.isEnabled()
    assert "seconds" in page.told.text()
    before = page.entry.typed()
    QTest.keyClick(page.entry.line, Qt.Key.Key_Return)
    assert page.entry.typed() == before, "nothing is tried meanwhile"
    locked.clock.advance(60)
    page._wait.look()
    assert page.open_button.isEnabled()
    assert "Four letters" in page.told.text()


def test_an_empty_line_is_not_a_try(locked):
    _type(locked, "   ")
    locked.settle()
    assert locked.context.program.backoff.wrong_tries == 0


def test_caps_lock_is_hinted_at(locked):
    page = _page(locked)
    QTest.sendKeyEvent(QTest.KeyAction.Click, page.entry.line, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier)
    assert page.caps.isVisible()
    QTest.keyClicks(page.entry.line, "a")
    assert not page.caps.isVisible()


def test_leaflets_and_help_lines_open_without_it(locked):
    frame = locked.window.frame
    QTest.keyClick(locked.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert frame.current_name == "help_lines"
    locked.wait(lambda: "112" in [label.text() for label in frame.current().findChildren(QLabel)])
    locked.context.go_to("leaflets")
    assert frame.current_name == "leaflets"
    assert frame.top_bar.unlock.isVisible()
    frame.top_bar.unlock.click()
    assert frame.current_name == "unlock"
    assert not frame.top_bar.unlock.isVisible()


@pytest.mark.parametrize("name", ["today", "encounters", "settings", "encounter", "nowhere"])
def test_nothing_else_opens_without_it(locked, name):
    locked.context.go_to(name)
    assert locked.window.frame.current_name == "unlock"
    assert not locked.window.frame.top_bar.search.isVisible()


def test_what_cannot_be_opened_is_said_where_it_was_asked(locked, tmp_path):
    (tmp_path / "vault" / "vault.db").write_bytes(b"")
    page = _page(locked)
    _type(locked, PASSPHRASE)
    locked.wait(page.entry.isEnabled)
    assert "empty" in page.told.text()


def test_a_bug_is_said_in_the_banner(locked, monkeypatch):
    monkeypatch.setattr(locked.context.program, "unlock", lambda _passphrase: 1 // 0)
    page = _page(locked)
    _type(locked, PASSPHRASE)
    locked.wait(page.entry.isEnabled)
    assert "mistake" in locked.window.frame.banner.text()


def test_a_window_that_began_covered_gives_the_keyboard_to_the_passphrase(shell, qapp, tmp_path):
    shell.open()
    shell.context.tasks.call_vault(shell.context.sessions.close)
    made = make_shell(qapp, tmp_path)
    window = made.window
    window.cover_now()
    window.begin()
    window.activateWindow()
    QTest.keyClick(window._cover, Qt.Key.Key_Space)
    assert not window.covering.covered
    assert QApplication.focusWidget() is _page(made).entry.line
    made.end()


@pytest.fixture
def key_file_slot(locked, tmp_path):
    """The slot asks for a key file from now on; a second worker without one is the other way in."""
    file = tmp_path / "stick.key"

    def work(session):
        session.workers.add_worker("Bo Iversen", "outreach", "meadow lantern copper violin basket")
        content = session.workers.new_key_file()
        session.workers.set_key_file(PASSPHRASE, content)
        file.write_bytes(content)

    session = locked.context.program.unlock(PASSPHRASE)
    try:
        work(session)
    finally:
        session.close()
    return file


def test_without_key_files_nobody_is_asked_for_one(locked):
    locked.wait(lambda: not locked.context.tasks.busy)
    assert not _page(locked).key_file.isVisible()


def test_a_key_file_is_chosen_beside_the_passphrase(locked, key_file_slot):
    page = _page(locked)
    page.shown({})
    locked.wait(page.key_file.isVisible)
    _type(locked, PASSPHRASE)
    locked.wait(page.entry.isEnabled)
    assert "key file" in page.told.text()
    assert not locked.context.unlocked
    page.use_key_file(key_file_slot)
    assert key_file_slot.name in page.key_file.text()
    page.entry.clear()
    _type(locked, PASSPHRASE)
    locked.wait(lambda: locked.context.unlocked)


def test_a_stick_that_is_gone_is_said_calmly(locked, key_file_slot):
    page = _page(locked)
    page.use_key_file(key_file_slot)
    key_file_slot.unlink()
    _type(locked, PASSPHRASE)
    locked.wait(page.entry.isEnabled)
    assert key_file_slot.name in page.told.text()
    assert locked.context.program.backoff.wrong_tries == 0


def test_another_file_is_no_wrong_try(locked, key_file_slot):
    page = _page(locked)
    key_file_slot.write_text("a shopping list")
    page.use_key_file(key_file_slot)
    _type(locked, PASSPHRASE)
    locked.wait(page.entry.isEnabled)
    assert "not a key file" in page.told.text()
    assert locked.context.program.backoff.wrong_tries == 0
