"""Today's lists: done and undone, put off with a reason and still counted, dates near, returned notes, calling in."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.changes import Changes
from outreach_app.domain.encounter import Encounter, FollowUp
from outreach_app.domain.pathway_case import DateName
from outreach_app.domain.plan import PlanStep
from outreach_app.records import follow_ups, reviews
from ui.models.pathway_words import DATE_WORDS
from ui.pages.today import TodayPage
from ui.pages.today.due_card import FIRST, MOST


@pytest.fixture
def page(filled, qtbot):
    filled.context.program.check_machine = lambda: ()  # whatever machine the tests run on
    made = TodayPage(filled.context)
    qtbot.addWidget(made)
    filled.context.changes_hub.changed.connect(made.refresh)
    made.resize(1146, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown({})
    filled.settle()
    return made


def again(parts, page, work):
    """Change something in the vault and let the page read it."""
    parts.ask(work)
    page.refresh(Changes(follow_ups=True))
    parts.settle()


def many(count):
    def work(session):
        today = session.today.overview().today
        for number in range(count):
            session.encounters.finish_encounter(Encounter(
                session.search._parts.clock.local_now(), "street",
                follow_up=FollowUp(today - timedelta(days=100 - number), f"ring {number}"),
            ))  # fmt: skip

    return work


def with_maria(session, work):
    work(session.contacts.find_contact_by_name("Maria P.").id, session.today.overview().today)


def firsts(card):
    return [row.first for row in card.rows()]


def test_it_is_put_off_with_the_keyboard_alone_counted_shown_and_brought_back(filled, page):
    (row,) = page.follow_ups.rows()
    later = page.follow_ups.buttons()[0]
    later.setFocus()
    QTest.keyClick(later, Qt.Key.Key_Return)
    card = page.follow_ups
    assert (card.asking, QApplication.focusWidget()) == (True, card.until.edit)
    assert card.until.edit.selectedText() == card.until.edit.text() != "", "the day is written over"
    assert not card.ask.act.isEnabled(), "not without a reason"
    QTest.keyClicks(card.reason, "she is away")
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    filled.settle()
    assert (firsts(card), card.asking) == (["1 put off"], False)
    assert filled.said[-1] == ("calm", "Put off until 5 Mar 2026.")
    card.rows()[0].on_action()
    filled.settle()
    assert firsts(card)[1:] == [row.first]
    assert card.rows()[1].second_line.startswith("until Thu 5 Mar · \u2068she is away\u2069")
    card.rows()[1].on_second()
    filled.settle()
    assert firsts(card) == [row.first], "what is brought back is due again, and nothing is put off any more"


def test_putting_off_can_be_taken_back_at_once_and_left_with_esc(filled, page):
    card = page.follow_ups
    row = card.rows()[0]
    row.on_third()
    card.reason.setText("away")
    QTest.keyClick(card.reason, Qt.Key.Key_Escape)
    assert (card.asking, card.reason.text()) == (False, "")
    assert card.buttons()[0].hasFocus()
    row.on_third()
    assert page.go_back(), "as from anywhere else on the page"
    assert not page.go_back()
    row.on_third()
    card.reason.setText("away")
    card.until.set_value(None)
    card.ask.look()
    assert not card.ask.act.isEnabled(), "not without a day"
    card.until.set_value(card._today() + timedelta(days=1))
    card.ask.look()
    card.ask.act.click()
    filled.settle()
    filled.undos[-1]()
    filled.settle()
    assert firsts(card) == [row.first]


def test_a_long_list_shows_the_most_urgent_and_the_rest_on_request(filled, page):
    again(filled, page, many(MOST + 9))
    card = page.follow_ups
    assert firsts(card)[:2] == ["\u2068ring 0\u2069", "\u2068ring 1\u2069"]
    assert (len(card.rows()), firsts(card)[-1]) == (FIRST + 1, f"and {MOST + 10 - FIRST} more")
    card.rows()[-1].on_action()
    filled.settle()
    assert (len(card.rows()), firsts(card)[-1], card.rows()[-1].action) == (MOST + 1, "and 10 more", "")


def test_to_ask_again_alone_is_said_in_words(filled, page):
    def work(session):
        note = session.encounters.list_encounters(limit=1)[0].id
        with session._vault.transaction() as db:
            follow_ups.add_follow_up(db, "a" * 32, note, FollowUp(session.today.overview().today), kind="ask_alone")

    again(filled, page, work)
    assert "\u2068Maria P.\u2069 · Ask again alone" in firsts(page.follow_ups)


def test_dates_of_pathways_and_late_steps_stand_together_and_lead_to_her(filled, page):
    def work(session):
        def about(maria, today):
            session.pathways.set_letter_date(maria, "granted_until", today + timedelta(days=6), "letter")
            session.pathways.finish_date(maria, "ask_extension_by")  # another date, from the same letter
            session.plans.add_step(maria, PlanStep("a doctor", due_on=today - timedelta(days=2), responsible="AM"))

        with_maria(session, about)

    assert firsts(page.dates) == []
    again(filled, page, work)
    step, granted = page.dates.rows()
    assert (step.first, step.second_line) == (
        "\u2068Maria P.\u2069 · \u2068a doctor\u2069", "2 days late · step of her plan · \u2068AM\u2069",
    )  # fmt: skip
    assert granted.second_line == "in 6 days · Sun 8 Mar · from her letter"
    for row, view in ((step, "plan"), (granted, "pathway")):
        row.on_action()
        assert (filled.went[-1][0], filled.went[-1][1]["view"]) == ("contacts", view)
    granted.on_third()
    page.dates.reason.setText("her lawyer asks")
    page.dates.ask.act.click()
    filled.settle()
    assert firsts(page.dates) == [step.first, "1 put off"]
    page.dates.rows()[1].on_action()
    filled.settle()
    page.dates.rows()[2].on_second()
    filled.settle()
    page.dates.rows()[1].on_second()
    filled.settle()
    assert firsts(page.dates) == [step.first]
    filled.undos[-1]()
    filled.settle()
    assert firsts(page.dates) == [step.first, granted.first]
    page.dates.wants_all = True
    page._ask()
    filled.settle()
    assert firsts(page.dates) == [step.first, granted.first]


def test_she_is_told_ten_days_before_what_has_to_be_asked_for_and_as_long_as_it_is_not_done(filled, page):
    for days_away, shown in ((11, False), (10, True), (3, True), (-1, True)):
        again(filled, page, lambda session, days=days_away: with_maria(
            session, lambda maria, today: session.pathways.set_letter_date(
                maria, "ask_extension_by", today + timedelta(days=days - 1), "letter"
            ),
        ))  # fmt: skip
        assert ("\u2068Maria P.\u2069 · Ask for more time" in firsts(page.dates)) is shown, days_away


def test_a_returned_note_and_calling_in_stand_on_top(filled, page):
    def work(session):
        note = session.encounters.list_encounters(limit=1)[0]
        with session._vault.transaction() as db:
            reviews.add_verdict(db, note.id, 1, "returned", "Which street?\n" * 50, session.worker.id, "2026-03-02T20:00:00+00:00")
        session.check_ins.set_for(session.search._parts.clock.now() + timedelta(hours=1))

    again(filled, page, work)
    call, returned = page.drafts.rows()
    assert (call.first, call.action) == ("Call in today 22:00", "I called in")
    assert returned.first.startswith("Came back: today · \u2068Vesterbro 12\u2069")
    assert returned.second_line.startswith("\u2068Which street?")
    assert len(returned.second_line) <= 162
    returned.on_action()
    assert filled.went[-1][0] == "encounters"
    call.on_action()
    filled.settle()
    assert firsts(page.drafts) == [returned.first]


def test_a_suspicion_says_why_to_go_back(filled, page):
    again(filled, page, lambda session: session.places.record_place("Havn 9", "bar", suspicion="new \u202eguards"))
    (row,) = [row for row in page.revisits.rows() if "Havn 9" in row.first]
    assert row.second_line.endswith(" · \u2068new \u202eguards\u2069")


def test_a_wrong_clock_is_said_and_nothing_is_blocked(filled, page):
    filled.clock.set_wall(filled.clock.now() + timedelta(days=3652))
    again(filled, page, lambda _session: None)
    row = page.held.rows()[0]
    assert row.first == "Is the clock of this computer right?"
    assert "1 Mar 2036" in row.second_line
    assert page.new.isEnabled()


def test_tab_goes_through_the_lists_as_they_stand(filled, page):
    again(filled, page, many(3))
    wanted = [
        button for card in (page.drafts, page.follow_ups, page.dates, page.counted, page.revisits, page.held)
        for button in card.buttons()
    ]  # fmt: skip
    found = []
    page.new.setFocus()
    for _each in range(len(wanted) + 4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    assert [each for each in found if each in wanted][: len(wanted)] == wanted


def test_every_date_of_a_pathway_has_words():
    assert set(DATE_WORDS) == set(get_args(DateName))
