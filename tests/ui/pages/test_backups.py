"""Backups in the window: made at a press with progress, stopped at a press, refused in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.domain.changes import Changes
from outreach_app.vault import backups
from ui.pages.laptop.backups import BackupsView


@pytest.fixture
def view(filled, qtbot):
    made = BackupsView(filled.context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown({})
    filled.settle()
    return made


def made_here(parts):
    return backups.list_backups(parts.context.program.folder)


def test_before_the_first_backup_it_says_that_one_comes_by_itself(view):
    assert "No backup was made yet" in view.state.sentence.text()
    assert view.kept.rows() == ()


def test_a_backup_is_made_by_keyboard_and_listed(view, filled):
    view.begin.setFocus()
    QTest.keyClick(view.begin, Qt.Key.Key_Return)
    assert view.progress.isVisible()
    assert not view.begin.isEnabled()
    filled.settle()
    assert len(made_here(filled)) == 1
    (row,) = view.kept.rows()
    assert row.first.startswith("today ")
    assert row.second_line.startswith("the day's backup")
    assert "The last good backup was made today" in view.state.sentence.text()
    assert filled.said[-1] == ("calm", "A backup was made and read back.")
    assert view.begin.hasFocus()


def test_progress_is_told_in_per_cent(view):
    view._tell((50, 200))
    assert view.progress.text() == "25 % copied and read back"


def test_a_backup_that_is_stopped_leaves_nothing_and_says_nothing(view, filled):
    view.begin.click()
    view.progress.cancel_requested.emit()
    filled.settle()
    assert len(made_here(filled)) in {0, 1}, "one that was whole before the press may stay"
    assert view.begin.isEnabled()


def test_a_refusal_is_told(view, filled):
    (filled.context.program.folder / "backups").write_bytes(b"a file where the folder belongs")
    view.begin.click()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert view.begin.isEnabled()


def test_a_backup_made_elsewhere_is_listed(view, filled):
    filled.ask(lambda session: session.backing_up.backup_now())
    view.refresh(Changes(backups=True))
    filled.settle()
    assert len(view.kept.rows()) == 1
