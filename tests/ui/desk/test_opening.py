"""The opening page: the passphrase, its waits, a desk in use, and a folder without a centre."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app import i18n
from outreach_app.centre.desk.opening import open_desk
from outreach_app.settings import load_settings
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE
from tests.support.desk_window import make_centre, make_desk_shell
from ui.page import STANDS_FIRST


def type_passphrase(shell, words: str) -> None:
    shell.wait(shell.window.opening.open_button.isEnabled)
    line = shell.window.opening.entry.line
    line.clear()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)
    shell.settle()


def wait_a_moment(shell) -> None:
    QTest.qWait(STANDS_FIRST + 30)
    shell.settle()


def test_four_letters_of_each_word_open_the_desk(qapp, tmp_path, clock):
    make_centre(tmp_path / "centre", clock, passphrase="cabin gentle napkin orbit wagon")
    shell = make_desk_shell(qapp, tmp_path / "centre", clock)
    try:
        wait_a_moment(shell)
        type_passphrase(shell, "cabi gent napk orbi wago")
        assert shell.window.frame is not None
        assert shell.window.frame.current_name == "incoming"
        assert shell.window.opening is None
    finally:
        shell.end()


def test_a_wrong_passphrase_is_said_in_the_desks_words_and_waited_for(shell, clock):
    wait_a_moment(shell)
    page = shell.window.opening
    for _try in range(2):
        type_passphrase(shell, "quite another five words here")
    assert "does not open the desk" in page.told.text()
    QTest.keyClick(page.entry.line, Qt.Key.Key_End)
    QTest.keyClicks(page.entry.line, "x")
    assert "Four letters" in page.told.text()
    type_passphrase(shell, "quite another five words here")
    assert "next try is possible in 2 seconds" in page.told.text()
    assert not page.open_button.isEnabled()
    clock.advance(3)
    shell.wait(page.open_button.isEnabled)
    assert "Four letters" in page.told.text()
    type_passphrase(shell, PASSPHRASE)
    assert shell.window.frame is not None


def test_a_desk_in_use_says_so(shell, centre):
    wait_a_moment(shell)
    with open_desk(centre, PASSPHRASE, clock=FakeClock()):
        type_passphrase(shell, PASSPHRASE)
        assert "in use" in shell.window.opening.told.text()
    type_passphrase(shell, PASSPHRASE)
    assert shell.window.frame is not None


def test_a_damaged_register_says_its_own_sentence(shell, centre):
    wait_a_moment(shell)
    (centre / "desk" / "vault.db").write_bytes(b"")
    type_passphrase(shell, PASSPHRASE)
    told = shell.window.opening.told.text()
    assert told
    assert "traceback" not in told.casefold()
    assert shell.window.frame is None


def test_caps_lock_is_noticed(shell):
    page = shell.window.opening
    QTest.keyClick(page.entry.line, "A")
    assert page.caps.isVisible()
    QTest.keyClick(page.entry.line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not page.caps.isVisible()


def test_nothing_typed_tries_nothing(shell):
    QTest.keyClick(shell.window.opening.entry.line, Qt.Key.Key_Return)
    assert not shell.window.opening.progress.isVisible()


@pytest.fixture
def nowhere(qapp, tmp_path):
    made = make_desk_shell(qapp, tmp_path / "nothing")
    yield made
    made.end()


def test_without_a_centre_the_page_says_how_one_is_made(nowhere, centre, monkeypatch):
    wait_a_moment(nowhere)
    page = nowhere.window.opening
    assert page.heading.text() == "No centre here"
    assert "outreach centre init" in page.told.text()
    assert not page.entry.isVisible()
    assert page.folder.hasFocus()
    monkeypatch.setattr("ui.desk.opening.choose_folder", lambda *_asked: centre)
    page.folder.click()
    wait_a_moment(nowhere)
    assert page.entry.isVisible()
    assert page.where.text() == str(centre)
    type_passphrase(nowhere, PASSPHRASE)
    assert nowhere.window.frame is not None


def test_choosing_no_folder_changes_nothing(nowhere, monkeypatch):
    wait_a_moment(nowhere)
    monkeypatch.setattr("ui.desk.opening.choose_folder", lambda *_asked: None)
    before = nowhere.window.opening.where.text()
    nowhere.window.opening.folder.click()
    assert nowhere.window.opening.where.text() == before


def test_a_bug_of_ours_is_one_calm_sentence(shell, monkeypatch):
    def broken() -> None:
        raise RuntimeError("fictional")

    monkeypatch.setattr(shell.context.home, "check", broken)
    shell.window.begin()
    wait_a_moment(shell)
    assert "mistake" in shell.window.opening.told.text()


def test_the_language_is_chosen_and_kept(shell, centre, interface_language):
    assert interface_language
    page = shell.window.opening
    page.languages._buttons["da"].click()
    assert i18n.language() == "da"
    assert shell.window.opening is not page
    assert load_settings(centre / "desk").language == "da"


def test_a_lock_while_it_opens_locks_at_once(shell):
    wait_a_moment(shell)
    line = shell.window.opening.entry.line
    QTest.keyClicks(line, PASSPHRASE)
    QTest.keyClick(line, Qt.Key.Key_Return)
    shell.window.lock_now()
    assert shell.window.covering.covered
    shell.wait(lambda: shell.ended)
    assert not shell.context.sessions.is_open
    assert shell.window.frame is None
