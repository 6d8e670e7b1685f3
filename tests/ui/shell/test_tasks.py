"""Work leaves the window thread and comes back to it, in order, once, and only while it is wanted."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from ui.tasks import TaskRunner, on_vault_thread


@pytest.fixture
def runner(qapp):
    made = TaskRunner()
    yield made
    made.shut_down()


def test_results_arrive_on_the_window_thread(qtbot, runner):
    seen: list[tuple[bool, bool]] = []
    runner.run_vault(on_vault_thread, lambda on_vault: seen.append((on_vault, on_vault_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(True, False)]


def test_vault_work_keeps_its_order(qtbot, runner):
    out: list[int] = []
    for number in range(50):
        runner.run_vault(lambda number=number: number, out.append)
    qtbot.waitUntil(lambda: len(out) == 50)
    assert out == list(range(50))


def test_free_work_does_not_wait_for_the_vault(qtbot, runner):
    gate, out = threading.Event(), []
    runner.run_vault(gate.wait, lambda _done: out.append("vault"))
    runner.run_free(lambda: None, lambda _done: out.append("free"))
    qtbot.waitUntil(lambda: out == ["free"])
    gate.set()
    qtbot.waitUntil(lambda: out == ["free", "vault"])


def test_a_failure_goes_to_its_asker_or_to_the_one_place(qtbot, runner):
    mine: list[Exception] = []
    runner.run_vault(lambda: 1 / 0, lambda _never: None, mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    assert isinstance(mine[0], ZeroDivisionError)
    with qtbot.waitSignal(runner.failed) as heard:
        runner.run_free(lambda: {}["x"], lambda _never: None)
    assert isinstance(heard.args[0], KeyError)


def test_a_callback_that_fails_is_heard(qtbot, runner):
    with qtbot.waitSignal(runner.failed) as heard:
        runner.run_vault(lambda: 0, lambda zero: 1 // zero)
    assert isinstance(heard.args[0], ZeroDivisionError)


def test_a_result_for_someone_gone_is_dropped(qtbot, runner):
    gone, out = QObject(), []
    gate = threading.Event()
    runner.run_vault(gate.wait, out.append, owner=gone)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)
    gate.set()
    runner.run_vault(lambda: "later", out.append)
    qtbot.waitUntil(lambda: bool(out))
    assert out == ["later"]


def test_progress_is_carried_to_the_window_thread(qtbot, runner):
    seen: list[tuple[int, bool]] = []
    tell = runner.marshalled(lambda count: seen.append((count, threading.current_thread() is threading.main_thread())))
    runner.run_free(lambda: [tell(number) for number in range(3)], lambda _all: None)
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [(0, True), (1, True), (2, True)]


def test_free_work_can_hand_a_step_to_the_vault(qtbot, runner):
    out: list[bool] = []
    runner.run_free(lambda: runner.call_vault(on_vault_thread), out.append)
    qtbot.waitUntil(lambda: out == [True])


def test_dropped_reads_never_run_but_changes_do(qtbot, runner):
    gate, ran, back = threading.Event(), [], []
    runner.run_vault(gate.wait, lambda _done: None)
    runner.run_vault(lambda: ran.append("read"), back.append, may_be_cut=True)
    runner.run_vault(lambda: ran.append("change"), lambda _done: back.append("change"))
    runner.mark_end()
    gate.set()
    qtbot.waitUntil(lambda: back == ["change"])
    assert ran == ["change"]


def test_only_what_may_be_cut_is_interrupted_at_once(qtbot, runner):
    gate, begun, cuts, back = threading.Event(), threading.Event(), [], []

    def work() -> None:
        begun.set()
        gate.wait(20)

    runner.run_vault(work, back.append)
    begun.wait(20)
    assert runner.cut_short(lambda: cuts.append("early"))
    assert cuts == [], "a change is given its moment"
    assert runner.cut_short(lambda: cuts.append("late"), changes=True)
    assert cuts == ["late"]
    gate.set()
    qtbot.waitUntil(lambda: back == [None])

    gate.clear()
    begun.clear()
    runner.run_vault(work, back.append, may_be_cut=True)
    begun.wait(20)
    runner.cut_short(gate.set)
    qtbot.waitUntil(lambda: back == [None, None])


def test_what_comes_after_the_mark_is_never_interrupted(qtbot, runner):
    gate, begun, cuts, back = threading.Event(), threading.Event(), [], []
    runner.mark_end()
    assert runner.stopping.is_set()

    def keeps_the_draft() -> None:
        begun.set()
        gate.wait(20)

    runner.run_vault(keeps_the_draft, back.append)
    begun.wait(20)
    assert not runner.cut_short(lambda: cuts.append(1), changes=True)
    gate.set()
    qtbot.waitUntil(lambda: back == [None])
    assert cuts == []


def test_once_a_lock_has_begun_no_question_is_asked(qtbot, runner):
    asked, back = [], []
    runner.mark_end()
    runner.run_vault(lambda: asked.append(1), back.append, back.append, may_be_cut=True)
    runner.run_vault(lambda: "change", back.append)
    qtbot.waitUntil(lambda: back == ["change"])
    assert asked == []


def test_the_lock_has_a_thread_when_both_pools_are_busy(qtbot, runner):
    gate, out = threading.Event(), []
    for _number in range(4):
        runner.run_free(gate.wait, lambda _done: None)
    runner.run_vault(gate.wait, lambda _done: None)
    runner.run_apart(lambda: "locked", out.append, out.append)
    qtbot.waitUntil(lambda: out == ["locked"])
    assert runner.busy
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy)


def test_busy_is_told_once_each_way(qtbot, runner):
    told: list[bool] = []
    runner.busy_changed.connect(told.append)
    out: list[int] = []
    gate = threading.Event()
    for number in range(3):
        runner.run_vault(lambda number=number: gate.wait() and number, out.append)
    gate.set()
    qtbot.waitUntil(lambda: len(out) == 3)
    assert told == [True, False]


def test_after_the_end_nothing_is_taken(qtbot, runner):
    runner.shut_down()
    runner.run_vault(lambda: 1, lambda _never: None)
    assert runner._running == 0
