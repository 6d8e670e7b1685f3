"""Today: drafts on top, what is due, and one key to the next encounter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app.domain.changes import Changes
from outreach_app.services.machine_check import MachineFinding, State
from tests.support.centre_box import enrol
from tests.support.custodians import CUSTODIANS
from ui.pages.today import TodayPage


@pytest.fixture
def page(filled, qtbot):
    filled.context.program.check_machine = lambda: ()  # whatever machine the tests run on
    return show(filled, qtbot)


def show(parts, qtbot):
    page = TodayPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    parts.settle()
    return page


def test_n_begins_an_encounter(filled, page, qtbot):
    QTest.keyClick(page, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: filled.went != [])
    assert filled.went == [("encounter", {"new": "1"})]


def test_what_is_due_is_listed_and_done_with_one_press(filled, page):
    assert len(page.follow_ups.rows()) == 1
    row = page.follow_ups.rows()[0]
    assert row.first.startswith("\u2068Maria P.")
    row.on_second()
    filled.settle()
    page.refresh(Changes(follow_ups=True))
    filled.settle()
    assert page.follow_ups.rows() == ()
    filled.undos[-1]()
    filled.settle()
    page.refresh(Changes(follow_ups=True))
    filled.settle()
    assert [each.first for each in page.follow_ups.rows()] == [row.first]


def test_places_to_go_back_to_begin_an_encounter_there(filled, page):
    (row,) = page.revisits.rows()
    row.on_action()
    assert filled.went[-1][0] == "encounter"
    assert "place_id" in filled.went[-1][1]


def test_unfinished_drafts_stand_on_top_and_go_on(filled, page):
    assert page.drafts.isHidden()
    filled.ask(lambda session: session.drafts.keep_draft(
        "d" * 32, {"content": {"setting": "street", "note": "Cold night."}}, page="encounter"
    ))  # fmt: skip
    page.refresh(Changes(drafts=True))
    filled.settle()
    (row,) = page.drafts.rows()
    assert "Cold night." in row.second_line
    row.on_action()
    assert filled.went[-1] == ("encounter", {"draft_id": "d" * 32})


def test_what_this_laptop_holds_is_said(page):
    rows = page.held.rows()
    assert [row.first for row in rows] == ["9 notes", "Not enrolled with the centre yet", "No backup yet"]
    assert rows[0].second_line == "the oldest 8 days; 9 held: follow-up open"
    assert rows[1].second_line.endswith("a forgotten passphrase cannot be recovered")


def test_an_empty_day_says_so(parts, qtbot):
    page = show(parts, qtbot)
    QApplication.processEvents()
    said = {label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)}
    assert {"Nothing is due.", "No place is due."} <= said


def test_counts_of_the_last_days_are_shown(page):
    assert [row.first for row in page.counted.rows()] == ["6 counted", "14 counted"]


def test_where_she_is_can_be_said_once_places_have_times(qtbot, parts):
    told: list[str] = []
    parts.context.navigation.setting_known.connect(told.append)
    page = TodayPage(parts.context)
    qtbot.addWidget(page)
    page.show()
    page.shown({})
    parts.settle()
    assert not page.where.isVisible(), "nothing to say while all places are alike"
    program = parts.context.program
    program.keep_settings(program.settings.with_time_at("prison", "lock_after", 60))
    page.shown({})
    parts.settle()
    assert page.where.isVisible()
    page.where.setCurrentIndex(page.where.findData("prison"))
    page.where.activated.emit(page.where.currentIndex())
    assert told == ["prison"]
    parts.context.navigation.setting_known.emit("street")
    assert page.where.value() == "street", "the note that is open says it too"


def test_a_computer_without_protection_is_named_with_a_way(filled, qtbot):
    filled.context.program.check_machine = lambda: (MachineFinding("disk", State.WARNING),)
    page = show(filled, qtbot)
    row = page.held.rows()[0]
    assert row.first == "This computer is not fully protected"
    row.on_action()
    assert filled.went[-1] == ("laptop", {"view": "protection"})


def test_a_disk_that_is_nearly_full_is_said(filled, qtbot):
    filled.context.program.check_machine = lambda: ()
    filled.ask(lambda session: setattr(session._vault, "reserve_given_up", True))
    page = show(filled, qtbot)
    assert page.held.rows()[0].first == "The disk is nearly full"


def test_an_enrolled_laptop_is_asked_to_rehearse(filled, qtbot):
    filled.context.program.check_machine = lambda: ()
    filled.ask(lambda session: enrol(session, custodians=[keys.public for keys in CUSTODIANS]))
    filled.ask(lambda session: session.backing_up.backup_now())
    page = show(filled, qtbot)
    firsts = [row.first for row in page.held.rows()]
    assert "A forgotten passphrase can be recovered" in firsts
    assert firsts[-1].startswith("Last good backup today")
