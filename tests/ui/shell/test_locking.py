"""A lock covers, keeps the draft, closes the vault, waits for its successor and ends the process; nothing is lost."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.errors import CancelledError
from tests.support.shell import make_shell


def test_ctrl_l_keeps_the_draft_and_ends_the_process(open_shell, qapp, tmp_path):
    window = open_shell.window
    page = window.frame.go_to("encounter")
    QTest.keyClicks(page.line, "she said she")
    page.line.setCursorPosition(4)
    QTest.mouseClick(window.frame.top_bar.lock, Qt.MouseButton.LeftButton)
    assert window.covering.covered, "covered before anything else"
    open_shell.wait(lambda: open_shell.ended)
    assert not open_shell.context.unlocked
    standing = open_shell.successors[0].standing
    assert (standing.page, standing.vault) == ("encounter", tmp_path / "vault")

    again = make_shell(qapp, tmp_path, page=standing.page)
    try:
        again.open()
        again.wait(lambda: again.window.frame.current_name == "encounter")
        place, draft_id = again.window.frame.current().restored
        assert (place.field, place.cursor, draft_id) == ("line", 4, "d" * 32)
        draft = again.drafts()[0]
        assert draft.fields == {"note": "she said she"}
    finally:
        again.end()


def test_locking_twice_is_locking_once(open_shell):
    open_shell.window.lock_now()
    open_shell.window.lock_now()
    open_shell.window.locking.close_down()
    open_shell.wait(lambda: open_shell.ended)
    assert len(open_shell.successors) == 1
    assert open_shell.ended == [0]


def test_while_locking_no_key_uncovers(open_shell):
    window = open_shell.window
    window.lock_now()
    QTest.keyClick(window._cover, Qt.Key.Key_A)
    assert window.covering.covered
    open_shell.wait(lambda: open_shell.ended)


def test_questions_still_waiting_do_not_hold_the_lock_up(open_shell):
    gate, asked = threading.Event(), []
    open_shell.context.tasks.run_vault(gate.wait, lambda _done: None)
    for _number in range(5):
        open_shell.context.ask(asked.append, lambda _none: None)
    open_shell.window.lock_now()
    gate.set()
    open_shell.wait(lambda: open_shell.ended)
    assert asked == []


def test_a_vault_that_is_busy_is_interrupted(open_shell, monkeypatch):
    interrupted = threading.Event()
    monkeypatch.setattr(open_shell.context.sessions, "interrupt", interrupted.set)
    open_shell.context.tasks.run_vault(lambda: interrupted.wait(20), lambda _done: None)
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended)
    assert interrupted.is_set()


def test_a_long_read_is_interrupted_at_once(open_shell):
    """The statement is real: a join of a table with itself that would go on for hours."""
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT count(*) FROM n a, n b, n c"
    begun, ended = threading.Event(), []

    def ask(session):
        begun.set()
        with session._vault.read() as db:
            return db.execute(rows).fetchone()

    open_shell.context.ask(ask, ended.append, ended.append)
    assert begun.wait(20)
    time.sleep(0.05)
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended, seconds=5)
    assert not open_shell.context.unlocked
    assert all(isinstance(each, CancelledError) for each in ended)


def test_long_work_hears_that_it_should_stop(open_shell):
    begun, told = threading.Event(), []

    def back_up(_session, stopped):
        begun.set()
        while not stopped():
            time.sleep(0.001)
        told.append("stopped")

    open_shell.context.change_at_length(back_up)
    assert begun.wait(20)
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended, seconds=5)
    assert told == ["stopped"]


def test_a_change_that_hangs_is_rolled_back_and_the_draft_is_kept(open_shell, qapp, tmp_path):
    window = open_shell.window
    window.frame.current().line.setText("the last word")
    begun = threading.Event()

    def hang(session):
        with session._vault.transaction() as db:
            db.execute("DELETE FROM drafts")
            begun.set()
            db.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT count(*) FROM n a, n b, n c"
            ).fetchone()

    open_shell.context.change(hang, on_failure=lambda _error: None)
    assert begun.wait(20)
    window.lock_now()
    open_shell.wait(lambda: open_shell.ended, seconds=8)
    again = make_shell(qapp, tmp_path)
    try:
        again.open()
        assert [draft.fields for draft in again.drafts()] == [{"note": "the last word"}]
    finally:
        again.end()


def test_a_send_and_a_print_that_run_do_not_hold_the_lock_up(open_shell):
    gate = threading.Event()
    for _number in range(3):
        open_shell.context.tasks.run_free(lambda: gate.wait(30), lambda _done: None)
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended, seconds=5)
    assert not gate.is_set()
    gate.set()


def test_without_a_successor_the_process_ends_all_the_same(open_shell):
    def broken(_standing):
        raise OSError("no more processes")

    locking = open_shell.window.locking
    locking._steps = locking._steps._replace(start_successor=broken)
    open_shell.window.lock_now()
    open_shell.wait(lambda: open_shell.ended)
    assert not open_shell.context.unlocked


def test_closing_the_window_keeps_the_draft(open_shell, qapp, tmp_path):
    page = open_shell.window.frame.current()
    QTest.keyClicks(page.line, "half")
    open_shell.window.close()
    assert not open_shell.context.unlocked
    again = make_shell(qapp, tmp_path)
    try:
        again.open()
        drafts = again.drafts()
        assert [draft.fields for draft in drafts] == [{"note": "half"}]
        assert again.context.program.settings.window is not None
    finally:
        again.end()


def test_a_locked_window_only_covers(shell):
    shell.open()
    shell.context.tasks.call_vault(shell.context.sessions.close)
    shell.window.lock_now()
    assert shell.window.covering.covered
    assert shell.ended == []


def test_the_times_follow_the_place(open_shell):
    window, program = open_shell.window, open_shell.context.program
    program.keep_settings(program.settings.with_time_at("street", "lock_after", 60))
    open_shell.context.navigation.setting_known.emit("street")
    open_shell.clock.advance(15)
    window.auto_lock.tick()
    for _step in range(4):
        open_shell.clock.advance(12)
        window.auto_lock.tick()
    open_shell.wait(lambda: open_shell.ended)


def test_in_another_place_the_usual_times_hold(open_shell):
    window, program = open_shell.window, open_shell.context.program
    program.keep_settings(program.settings.with_time_at("street", "lock_after", 60))
    open_shell.context.navigation.setting_known.emit("meeting_place")
    for _step in range(8):
        open_shell.clock.advance(12)
        window.auto_lock.tick()
    assert not window.locking.begun


def test_uncovering_counts_as_life(open_shell):
    window = open_shell.window
    for _step in range(12):
        open_shell.clock.advance(10)
        window.auto_lock.tick()
    assert window.covering.covered
    QTest.keyClick(window._cover, Qt.Key.Key_A)
    window.auto_lock.tick()
    assert not window.covering.covered


def test_a_lock_asked_for_while_the_vault_is_being_opened_comes_right_after(shell):
    shell.window.begin()
    shell.window.lock_now()
    assert shell.ended == []
    shell.open()
    shell.wait(lambda: shell.ended)
    assert not shell.context.unlocked


def test_a_lock_answered_with_a_key_is_forgotten(shell):
    shell.window.begin()
    shell.window.lock_now()
    QTest.keyClick(shell.window._cover, Qt.Key.Key_A)
    shell.open()
    assert shell.context.unlocked
    assert not shell.window.locking.begun


def test_five_minutes_without_a_key_lock(open_shell):
    for _step in range(30):
        open_shell.clock.advance(10)
        open_shell.window.auto_lock.tick()
    open_shell.wait(lambda: open_shell.ended)
    assert not open_shell.context.unlocked
