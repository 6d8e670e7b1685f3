"""A damaged vault in the window: what is offered, what it costs, and that it is put in place with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.support.window_parts import PASSPHRASE
from ui.pages.restore import RestorePage
from ui.pages.unlock import UnlockPage


@pytest.fixture
def damaged(filled):
    """A vault with a backup, locked, and then a page of it overwritten."""
    filled.ask(lambda session: session.backing_up.backup_now())
    filled.ask(lambda session: session.follow_ups.close_follow_up("ab" * 16))
    filled.context.tasks.call_vault(filled.context.sessions.close)
    database = filled.context.program.folder / "vault.db"
    content = bytearray(database.read_bytes())
    content[100:200] = bytes(100)
    database.write_bytes(content)
    return filled


@pytest.fixture
def page(damaged, qtbot):
    page = RestorePage(damaged.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({"sentence": "The vault is damaged."})
    damaged.settle()
    return page


def test_the_unlock_page_leads_here_with_its_sentence(damaged, qtbot):
    unlock = UnlockPage(damaged.context)
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.shown({})
    damaged.settle()
    assert not unlock.restore.isVisible()
    unlock.entry.line.setText(PASSPHRASE)
    unlock.open_button.click()
    damaged.settle()
    assert unlock.restore.isVisible()
    unlock.restore.click()
    name, place = damaged.went[-1]
    assert name == "restore"
    assert place["sentence"] == unlock.told.text()


def test_it_says_when_the_backup_was_made_and_what_is_not_in_it(page):
    assert page.wrong.text() == "The vault is damaged."
    assert page.backups.count() == 1
    assert page.backups.currentText().startswith("today ")
    assert page.lost.text() == f"What was written after {page.backups.currentText().partition(' · ')[0]} is not in it."


def test_the_backup_takes_its_place_by_keyboard(page, damaged):
    opened = []
    damaged.context.navigation.unlocked.connect(lambda: opened.append(True))
    QTest.keyClicks(page.entry.line, PASSPHRASE)
    QTest.keyClick(page.entry.line, Qt.Key.Key_Return)
    damaged.settle()
    assert opened == [True]
    assert damaged.ask(lambda session: session.today.overview().held) == 9
    kept = damaged.context.program.folder / "kept"
    assert list(kept.rglob("vault.db")), "the damaged file is not there any more"
    assert "kept" in damaged.said[-1][1]


def test_a_wrong_passphrase_is_said_and_nothing_is_changed(page, damaged):
    before = (damaged.context.program.folder / "vault.db").read_bytes()
    QTest.keyClicks(page.entry.line, "wrong words for this vault")
    QTest.keyClick(page.entry.line, Qt.Key.Key_Return)
    damaged.settle()
    assert "does not open" in page.told.text()
    assert page.begin.isEnabled()
    assert (damaged.context.program.folder / "vault.db").read_bytes() == before


def test_without_a_backup_it_says_so(filled, qtbot):
    page = RestorePage(filled.context)
    qtbot.addWidget(page)
    page.shown({})
    assert "no backup" in page.lost.text()
    assert not page.begin.isEnabled()


def test_escape_goes_back_to_unlocking(page, damaged):
    assert page.go_back()
    assert damaged.went[-1][0] == "unlock"
