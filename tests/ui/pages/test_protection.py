"""The limits in the window: all of them, and what this computer lacks."""

from __future__ import annotations

import pytest

from outreach_app.services.machine_check import MachineFinding, State
from outreach_app.services.not_protected import list_not_protected
from ui.pages.laptop import protection
from ui.pages.laptop.protection import ProtectionView


@pytest.fixture
def view(parts, qtbot):
    made = ProtectionView(parts.context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.shown({})
    parts.settle()
    return made


def test_every_limit_is_listed(view):
    assert [row.first for row in view.limits.rows()] == [limit.heading for limit in list_not_protected()]


def test_this_computer_is_asked_and_answers_in_sentences(view):
    rows = view.computer.rows()
    assert len(rows) == 3
    assert all(row.first.endswith(".") for row in rows)


def test_a_warning_and_a_fine_answer_have_marks_of_their_own(view):
    view._show([MachineFinding("disk", State.WARNING), MachineFinding("swap", State.FINE)])
    assert [row.icon for row in view.computer.rows()[:2]] == ["notice", "check"]


def test_what_is_said_of_screenshots_follows_the_system(monkeypatch):
    assert "cannot be prevented" in protection.screenshot_row().first
    monkeypatch.setattr(protection, "can_keep_off_screenshots", lambda: True)
    assert "leave this window out" in protection.screenshot_row().first
