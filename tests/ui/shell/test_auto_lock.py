"""Dim, cover, lock: each at its time, once, and begun anew by every key and mouse move."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from outreach_app.settings import Settings, Times
from tests.support.clock import FakeClock
from ui.auto_lock import AutoLock


class Watched:
    def __init__(self, qapp, times: Times | None = None) -> None:
        self.clock = FakeClock()
        self.told: list[str] = []
        self.covered = False
        self.times = times or Settings().times_at()
        self.auto = AutoLock(self.clock, lambda: self.times, qapp, covered=lambda: self.covered)
        self.auto.dimmed.connect(lambda on: self.told.append("dim" if on else "bright"))
        self.auto.cover_due.connect(lambda: self.told.append("cover"))
        self.auto.lock_due.connect(lambda: self.told.append("lock"))
        self.auto.watch()

    def idle(self, seconds: int) -> list[str]:
        self.told.clear()
        for _second in range(seconds // 10):
            self.clock.advance(10)
            self.auto.tick()
        return list(self.told)


@pytest.fixture
def watched(qapp):
    made = Watched(qapp)
    yield made
    made.auto.rest()


def test_each_step_comes_once_at_its_time(watched):
    assert watched.idle(80) == []
    assert watched.idle(10) == ["dim"]
    assert watched.idle(30) == ["cover"]
    assert watched.idle(170) == []
    assert watched.idle(10) == ["lock"]
    assert watched.idle(600) == []


def test_a_key_begins_the_time_anew(watched, qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    watched.idle(100)
    QTest.keyClick(line, Qt.Key.Key_A)
    assert watched.told[-1] == "bright"
    assert watched.idle(80) == []
    QTest.mouseMove(line)
    watched.auto.eventFilter(line, QEvent(QEvent.Type.MouseMove))
    assert watched.idle(80) == []
    assert watched.idle(10) == ["dim"]


def test_what_is_no_sign_of_life_does_not_count(watched):
    watched.idle(80)
    for kind in (QEvent.Type.Paint, QEvent.Type.Timer, QEvent.Type.Enter, QEvent.Type.HoverMove):
        watched.auto.eventFilter(watched.auto, QEvent(kind))
    assert watched.idle(10) == ["dim"]


def test_after_sleep_it_locks_at_once(watched):
    watched.clock.set_wall(watched.clock.now() + timedelta(hours=8))  # running time stood still under the closed lid
    watched.auto.tick()
    assert watched.told == ["lock"]


def test_after_sleep_where_running_time_goes_on_it_locks_too(watched):
    watched.clock.advance(60)
    watched.auto.tick()
    assert watched.told == ["lock"]


def test_a_clock_set_back_does_not_lock(watched):
    watched.clock.set_wall(watched.clock.now() - timedelta(hours=1))
    watched.auto.tick()
    assert watched.told == []


def test_zero_means_never(qapp):
    made = Watched(qapp, Times(dim_after=0, cover_after=0, lock_after=0))
    assert made.idle(10_000) == []
    made.auto.rest()


def test_at_rest_no_key_is_looked_at(watched, qtbot):
    watched.auto.rest()
    before = watched.auto._last_life
    watched.clock.advance(5)
    line = QLineEdit()
    qtbot.addWidget(line)
    QTest.keyClick(line, Qt.Key.Key_A)
    assert watched.auto._last_life == before


def test_a_mouse_that_moves_over_the_cover_does_not_put_the_lock_off(watched):
    watched.idle(120)
    watched.covered = True
    for _move in range(17):
        assert watched.idle(10) == []
        watched.auto.eventFilter(watched.auto, QEvent(QEvent.Type.MouseMove))
    assert watched.idle(10) == ["lock"]


def test_taking_the_cover_away_begins_the_times_anew(watched):
    watched.idle(120)
    watched.covered = True
    watched.idle(100)
    watched.covered = False
    watched.auto.touch()
    assert watched.idle(80) == []
    assert watched.idle(10) == ["dim"]


def test_nothing_is_dimmed_under_the_cover(watched):
    watched.covered = True
    assert watched.idle(100) == []


def test_times_that_change_hold_at_once(watched):
    watched.idle(50)
    watched.times = Times(dim_after=0, cover_after=30, lock_after=60)
    assert watched.idle(10) == ["lock"]
