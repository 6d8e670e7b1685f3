"""What pages ask for is answered only while they are there; whoever changed the register, everybody hears of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from outreach_app.errors import BugError, DiskFullError


def full_disk(_desk):
    raise DiskFullError


@pytest.fixture
def heard(desk):
    changes = []
    desk.context.navigation.changed.connect(lambda: changes.append(1))
    return changes


def test_a_page_that_is_gone_gets_no_answer(desk, heard):
    answers = []
    for work in (lambda _desk: "done", full_disk):
        gone = QObject()
        desk.context.change(work, answers.append, answers.append, owner=gone)
        delete(gone)
        desk.settle()
    assert (answers, heard) == ([], [1, 1])


def test_a_fault_nobody_waits_for_is_one_sentence(desk, heard):
    desk.context.change(full_disk, lambda _result: None)
    desk.settle()
    assert "disk is full" in desk.window.frame.banner.text()
    assert heard == [1]


def test_the_desk_is_used_on_its_own_thread_alone(desk):
    assert desk.context.sessions.is_open
    with pytest.raises(BugError):
        assert desk.context.sessions.desk


def test_a_register_that_is_busy_is_interrupted(desk):
    desk.context.sessions.interrupt()
    desk.ask(lambda opened: opened.vault.check())
    desk.context.tasks.call_vault(desk.context.sessions.close)
    desk.context.sessions.interrupt()
    assert not desk.context.sessions.is_open
