"""Workers of this laptop: listed, added, removed and let into health parts, each with their own way in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.errors import KnownError
from tests.support.window_parts import PASSPHRASE, make_parts
from tests.ui.pages.laptop_driving import open_view, type_back

OTHER = "meadow copper lantern violin basket thunder"


@pytest.fixture
def made(qapp, tmp_path):
    kept = []

    def make(role):
        kept.append(make_parts(tmp_path, role=role))
        return kept[-1]

    yield make
    for each in kept:
        each.end()


@pytest.fixture
def view(parts, qtbot):
    return open_view(parts, qtbot, "workers")


def rows(view):
    return [(row.first, row.second_line, row.action, row.second) for row in view.list.rows()]


def add(parts, name="BK", role="outreach"):
    parts.ask(lambda session: session.workers.add_worker(name, role, OTHER))


def unlocks(parts, passphrase, key_file=None):
    """Close the vault and open it again with this passphrase; put the session back either way."""

    def again():
        parts.context.sessions.close()
        try:
            parts.context.sessions.put(parts.context.program.unlock(passphrase, key_file=key_file))
        except KnownError:
            return False
        return True

    return parts.context.tasks.call_vault(again)


def test_the_one_who_made_the_vault_is_listed_and_cannot_remove_herself(view):
    ((name, line, action, second),) = rows(view)
    assert name == "\u2068AM\u2069 (you)"
    assert line == "Outreach · since today"
    assert (action, second) == ("", "")


def test_a_worker_is_added_by_keyboard_and_can_unlock(parts, view):
    QTest.keyClick(view.add, Qt.Key.Key_Return)
    parts.settle()
    assert QApplication.focusWidget() is view.adding.name
    QTest.keyClicks(view.adding.name, "BK")
    view.adding.role.set_value("meeting_place")
    QTest.keyClick(view.adding.name, Qt.Key.Key_Return)
    words = type_back(view.adding.words)
    parts.settle()
    assert [row[:2] for row in rows(view)][1] == ("\u2068BK\u2069", "Meeting place · since today")
    assert not view.adding.isVisible()
    assert view.adding.words is None
    assert parts.said[-1][0] == "calm"
    assert QApplication.focusWidget() is view.add
    assert unlocks(parts, words)
    assert parts.ask(lambda session: session.worker.name) == "BK"


def test_esc_leaves_adding_step_by_step(parts, view):
    view.add.click()
    parts.settle()
    QTest.keyClicks(view.adding.name, "BK")
    QTest.keyClick(view.adding.name, Qt.Key.Key_Return)
    assert view.adding.words is not None
    assert view.go_back()
    assert view.adding.words is None
    assert view.adding.name.text() == "BK"
    assert view.go_back()
    assert not view.adding.isVisible()
    assert view.adding.name.text() == ""
    assert not view.go_back()


def test_a_worker_is_removed_and_her_passphrase_opens_nothing(parts, qtbot):
    add(parts)
    view = open_view(parts, qtbot, "workers")
    view.list.rows()[1].on_action()
    assert QApplication.focusWidget() is view.removing.leave
    QTest.keyClick(view.removing.act, Qt.Key.Key_Return)
    assert view.removing.progress.isVisible()
    parts.settle()
    assert len(rows(view)) == 1
    assert not view.removing.isVisible()
    assert QApplication.focusWidget() is view.add
    assert not unlocks(parts, OTHER)
    assert unlocks(parts, PASSPHRASE)


def test_the_only_health_worker_goes_only_when_health_parts_are_given_up(made, qtbot):
    parts = made("supervisor")
    parts.ask(lambda session: session.workers.add_worker("BK", "health", OTHER))
    view = open_view(parts, qtbot, "workers")
    view.list.rows()[1].on_action()
    assert view.give_up.isVisible()
    view.removing.act.click()
    parts.settle()
    assert "Nobody else can read the health parts" in view.removing.told.text()
    assert len(rows(view)) == 2
    view.give_up.toggle("give_up")
    view.removing.act.click()
    parts.settle()
    assert len(rows(view)) == 1


def test_where_there_is_a_supervisor_only_she_adds_and_removes(made, qtbot):
    parts = made("supervisor")
    add(parts)
    assert unlocks(parts, OTHER)
    view = open_view(parts, qtbot, "workers")
    assert not view.add.isEnabled()
    assert view.who_may.isVisible()
    assert all(not row[2] for row in rows(view))


def test_a_health_worker_lets_a_new_one_into_the_health_parts(made, qtbot):
    parts = made("health")
    parts.ask(lambda session: session.workers.add_worker("SU", "supervisor", "orbit wagon cabin gentle napkin"))
    assert unlocks(parts, "orbit wagon cabin gentle napkin")
    add(parts, "BK", "health")
    assert unlocks(parts, PASSPHRASE)
    view = open_view(parts, qtbot, "workers")
    waiting = next(row for row in view.list.rows() if "BK" in row.first)
    assert "waits until" in waiting.second_line
    waiting.on_second()
    parts.settle()
    assert all("waits until" not in row.second_line for row in view.list.rows())


def test_the_own_passphrase_is_changed_after_the_old_one_was_given(parts, view):
    view.own.change.click()
    parts.settle()
    new = type_back(view.own.words)
    proof = view.own.prove_change
    assert QApplication.focusWidget() is proof.entry.line
    QTest.keyClicks(proof.entry.line, "not what it is")
    QTest.keyClick(proof.entry.line, Qt.Key.Key_Return)
    parts.settle()
    assert proof.told.isVisible()
    proof.entry.line.setText(PASSPHRASE)
    QTest.keyClick(proof.entry.line, Qt.Key.Key_Return)
    parts.settle()
    assert not proof.isVisible()
    assert QApplication.focusWidget() is view.own.change
    assert proof.entry.typed() == ""
    assert view.own._new == ""
    assert not unlocks(parts, PASSPHRASE)
    assert unlocks(parts, new)


def test_esc_lets_go_of_a_new_passphrase(parts, view):
    view.own.change.click()
    parts.settle()
    type_back(view.own.words)
    assert view.own._new
    assert view.go_back()
    assert view.own._new == ""
    assert not view.own.prove_change.isVisible()
    assert unlocks(parts, PASSPHRASE)


def test_a_key_file_is_written_and_then_asked_for_and_taken_back(parts, tmp_path, qtbot):
    add(parts)  # somebody must be able to open the vault without a stick
    view = open_view(parts, qtbot, "workers")
    view.own.key_on.click()
    parts.settle()
    view.own.prove_on.entry.line.setText(PASSPHRASE)
    stick = tmp_path / "stick" / "notes.key"
    stick.parent.mkdir()
    view.own.use_key_file(stick)
    parts.settle()
    assert "with key file" in view.list.rows()[0].second_line
    assert not unlocks(parts, PASSPHRASE)
    assert unlocks(parts, PASSPHRASE, stick.read_bytes())
    view.shown({})
    parts.settle()
    view.own.key_off.click()
    parts.settle()
    proof = view.own.prove_off
    proof.entry.line.setText(PASSPHRASE)
    assert not proof.act.isEnabled()
    proof.take_key_file(stick)
    QTest.keyClick(proof.entry.line, Qt.Key.Key_Return)
    parts.settle()
    assert unlocks(parts, PASSPHRASE)


def test_a_key_file_that_may_not_be_used_is_taken_back_from_the_stick(parts, view, tmp_path):
    view.own.key_on.click()
    parts.settle()
    view.own.prove_on.entry.line.setText(PASSPHRASE)
    view.own.use_key_file(tmp_path / "notes.key")
    parts.settle()
    parts.settle()
    assert "must not be the only way in" in view.own.prove_on.told.text()
    assert not (tmp_path / "notes.key").exists()
    assert unlocks(parts, PASSPHRASE)


def test_a_question_stands_whole_in_view(parts, qtbot):
    for number in range(6):
        add(parts, f"W{number}")
    view = open_view(parts, qtbot, "workers")
    view.whole_page.resize(900, 480)
    view.own.change.click()
    parts.settle()
    go_on = view.own.words.on

    def shown_whole():
        return not go_on.visibleRegion().isEmpty() and go_on.visibleRegion().boundingRect() == go_on.rect()

    qtbot.waitUntil(shown_whole)
