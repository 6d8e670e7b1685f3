"""A countdown tells each second what is left, once when nothing is, and goes on when there is more again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.widgets.countdown import Countdown


def test_it_counts_down_ends_once_and_may_begin_again(qapp):
    owner, left, counted, ended = QObject(qapp), [1.2], [], []
    countdown = Countdown(lambda: left[0], owner)
    countdown.counted.connect(counted.append)
    countdown.ended.connect(lambda: ended.append(True))
    for seconds in (0, 1.2, 0.3, 0, 0, 4):
        left[0] = seconds
        countdown.look()
    assert (counted, ended, countdown.runs) == ([2, 1, 4], [True], True)
    owner.deleteLater()
