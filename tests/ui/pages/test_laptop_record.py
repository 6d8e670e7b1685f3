"""The record of use: in words, newest first, page by page, one worker's alone, and verified."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.services.auditing import AuditReport
from outreach_app.vault.audit import ACTIONS
from tests.ui.pages.laptop_driving import open_view
from ui.models.audit_words import ACTION_WORDS, action_words
from ui.models.paged_rows import PAGE_ROWS
from ui.pages.laptop.record import verdict

OTHER = "meadow copper lantern violin basket thunder"
MANY = 20_000


def texts(view, row):
    return [view.rows.data(view.rows.index(row, column)) for column in range(view.rows.columnCount())]


@pytest.fixture
def view(filled, qtbot):
    filled.ask(lambda session: session.encounters.find_encounter(session.encounters.list_encounters()[0].id))
    return open_view(filled, qtbot, "record")


def test_every_action_has_words():
    assert set(ACTION_WORDS) == ACTIONS
    assert action_words("of a newer version") == "of a newer version"


def test_who_did_what_when_and_about_what_in_words(view):
    when, who, what, about = texts(view, 0)
    assert when.startswith("today ")
    assert who == "\u2068AM\u2069"
    assert what == "read"
    assert about == "note of today · \u2068Maria P.\u2069"
    assert view.verify.isVisible()


def test_enter_opens_the_note_an_entry_is_about(filled, view):
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    note = filled.ask(lambda session: session.encounters.list_encounters()[0].id)
    assert filled.went[-1] == ("encounters", {"encounter_id": note})


def test_a_whole_chain_is_said_to_be_whole(filled, view):
    QTest.keyClick(view.verify, Qt.Key.Key_Return)
    filled.settle()
    assert view.result.isVisible()
    assert "whole and in order" in view.result.text()
    assert view.verify.isEnabled()


@pytest.mark.parametrize(
    ("entries", "first_bad", "part"), [(9, 4, "Entry 4 is not what was written"), (9, 10, "missing at the end, after number 9")]
)
def test_the_first_bad_entry_is_named(entries, first_bad, part):
    tone, sentence = verdict(AuditReport(entries, first_bad, ""))
    assert tone == "urgent"
    assert part in sentence


def test_a_changed_entry_is_found(filled, view):
    def forge(session):
        session._vault.connection.execute("UPDATE audit SET detail = 'forged' WHERE seq = 2")

    filled.ask(forge)
    view.verify.click()
    filled.settle()
    assert view.result.text().startswith("Entry 2 is not")


def test_one_workers_entries_alone(filled, view, qtbot):
    def enter_another(session):
        session.workers.add_worker("BK", "outreach", OTHER)
        filled.context.sessions.close()
        again = filled.context.program.unlock(OTHER)
        filled.context.sessions.put(again)
        return again.worker.id

    other = filled.ask(enter_another)
    view.shown({})
    filled.settle()
    view.filter.set_value(other)
    view.filter.chosen.emit(other)
    filled.settle()
    whose = {texts(view, row)[1] for row in range(view.rows.rowCount())}
    assert whose == {"\u2068BK\u2069"}


def test_a_worker_without_entries_is_told_so(filled, view):
    view.filter.set_options([("", "Everyone"), ("f" * 32, "Nobody")])
    view.filter.set_value("f" * 32)
    view.filter.chosen.emit("f" * 32)
    filled.settle()
    assert view._empty.isVisible()


def test_twenty_thousand_entries_come_page_by_page_without_lag(filled, view):
    def fill(session):
        with session._vault.transaction():
            for _each in range(MANY):
                session._vault.audit("printed")

    filled.ask(fill)
    began = time.perf_counter()
    view.shown({})
    filled.settle()
    assert time.perf_counter() - began < 2  # seconds; generous, several builds share a machine
    assert view.rows.rowCount() == PAGE_ROWS
    view.rows.fetchMore(view.rows.index(-1, -1))
    filled.settle()
    assert view.rows.rowCount() == 2 * PAGE_ROWS
    sequence = [int(view.rows.id_at(row)) for row in range(view.rows.rowCount())]
    assert sequence == list(range(sequence[0], sequence[0] - 2 * PAGE_ROWS, -1))
    assert view.rows.canFetchMore(view.rows.index(-1, -1))
