"""The pathway of a contact as a worker uses it: facts by keyboard, letters before our dates, decisions, the law's cards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from outreach_app import i18n
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.texts import isolated
from tests.support.cut_text import cut_texts
from tests.ui.pages.pathway_driving import DECIDED, TODAY, begin, kept, key, name_person, sentences, shown_view, typed
from tests.ui.pages.test_no_cut_text import Longer
from ui.models.today_rows import TodayRows
from ui.theme import Theme


@pytest.fixture
def view(parts, qtbot):
    return shown_view(parts, qtbot)


def test_nothing_known_says_where_it_begins_and_never_thirty_days(view):
    assert view.facts.stay.value() == "unknown"
    assert view.facts.sentence.isHidden()
    assert view.standing.heading.text() == "Nobody has decided yet"
    assert view.dates.rows() == ()
    assert "They begin with a decision" in view.dates._nothing.text()
    told = "\n".join(row.first for card in view.law.cards.values() for row in card.rows())
    assert "depends on your stay; CMM can tell you" in told
    assert "30" not in told
    assert all(part.isHidden() for part in (view.law.openers["permits"], view.law.cards["child"], view.state))
    assert view.standing.name_person.isVisible()


def test_what_her_notes_say_is_shown_as_such_until_the_first_change(parts, view):
    content = Encounter(parts.clock.local_now(), "street", contact_id=view.contact_id, stay="asylum")
    parts.ask(lambda session: session.encounters.finish_encounter(content))
    view._ask()
    parts.settle()
    assert view.facts.stay.value() == "asylum"
    assert "Taken from her notes" in view.facts.sentence.text()
    view.facts.age._choose("of_age")
    parts.settle()
    assert (kept(parts, view).facts.stay, view.facts.sentence.isHidden()) == ("asylum", True)


def test_facts_are_kept_by_keyboard_as_they_are_chosen(parts, view):
    view.focus_first()
    for _step in range(20):
        key(Qt.Key.Key_Left)  # from unknown to the first, which is no lawful stay
    parts.settle()
    assert kept(parts, view).state is None  # nothing is kept on passing
    key(Qt.Key.Key_Space)
    parts.settle()
    assert kept(parts, view).facts.stay == "none"
    assert "Immigration Service decides" in view.standing.told.text()
    assert not view.law.openers["permits"].isHidden()
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Space)
    key(Qt.Key.Key_Tab)
    typed("30, 90")
    key(Qt.Key.Key_Return)
    parts.settle()
    facts = kept(parts, view).facts
    assert (facts.age, facts.return_agreed, facts.requested_days) == ("under_18", True, (30, 90))
    assert any("Never promise a child secrecy" in told for told in sentences(view, "child"))
    key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed("400")
    key(Qt.Key.Key_Return)
    parts.settle()
    assert "between 1 and 366" in view.facts.wrong_days.text()
    assert kept(parts, view).facts.requested_days == (30, 90)


def test_quick_choices_are_all_kept_whatever_is_read_in_between(parts, view):
    before = kept(parts, view)
    view.facts.stay._choose("eu")
    view._show(before)  # read before the choice, arriving after it
    view.facts.age._choose("of_age")
    parts.settle()
    facts = kept(parts, view).facts
    assert (facts.stay, facts.age) == ("eu", "of_age")
    assert (view.facts.stay.value(), view.facts.age.value()) == ("eu", "of_age")


def test_the_return_is_planned_where_it_opens(parts, view):
    begin(parts, view)
    view.facts.more.set_open(True)
    view.facts.returned._take(TODAY)
    view.facts.partner._choose("drc")
    view.facts.risk.changed.emit(("return_risk_assessed",))
    view.facts.country.setFocus()
    typed("nigeri")
    key(Qt.Key.Key_Return)
    parts.settle()
    facts = kept(parts, view).facts
    assert (facts.returned_on, facts.return_partner, facts.return_country) == (TODAY, "drc", "NG")
    assert facts.return_risk_assessed
    assert any(row.first.startswith("Help after the return ends") for row in view.dates.rows())
    key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(Qt.Key.Key_Delete)
    parts.settle()
    assert kept(parts, view).facts.return_country == ""
    view.facts.returned._take(DECIDED - timedelta(days=9))
    parts.settle()
    assert parts.said[-1] == ("notice", "The return lies before the decision. Check both dates.")
    assert view.facts.returned.value() == TODAY


def test_days_that_nobody_granted_are_not_counted_and_the_row_says_so(parts, view):
    begin(parts, view, requested_days=(30, 90), return_agreed=True)
    row = next(row for row in view.dates.rows() if row.first.startswith("Granted until"))
    assert row.second_line == "Our count, without the days that nobody has granted yet."


def test_a_period_with_an_unknown_stay_asks_for_her_letter_on_the_page_and_on_today(parts, view):
    name_person(parts, view.contact_id)
    parts.ask(lambda session: session.pathways.record_decision(view.contact_id, "dis", "period_given", DECIDED))
    view._ask()
    parts.settle()
    (row,) = view.dates.rows()
    assert (row.first, row.tone) == ("Set the date from her letter", "notice")
    row.on_action()
    assert view.dates.ask.isVisible()
    (near,) = parts.ask(lambda session: session.pathways.dates_near(TODAY))
    made = TodayRows(None, parts.clock.local_now, parts.context.go_to).date_near(near, print, print)
    assert made.first == "\u2068Red jacket\u2069 · Set the date from her letter"
    assert "nothing is counted while her stay is not noted" in made.second_line


def test_a_letters_date_goes_first_and_ours_stays_to_be_seen(parts, view):
    begin(parts, view)
    assert view.dates.column.indexOf(view.dates._rows) < view.dates.column.indexOf(view.dates.new_letter)
    row = next(row for row in view.dates.rows() if row.first.startswith("First period ends"))
    assert row.second_line.startswith("Our count")
    row.on_action()
    assert view.dates.day.edit.hasFocus()
    typed("12/3/2026")
    key(Qt.Key.Key_Tab)
    typed("letter B")
    key(Qt.Key.Key_Return)
    parts.settle()
    row = next(row for row in view.dates.rows() if row.first.startswith("First period ends"))
    assert "12 Mar" in row.first
    assert isolated("letter B") in row.second_line
    assert "Our count: Sun 22 Mar" in row.second_line
    follows = next(row for row in view.dates.rows() if row.first.startswith("Ask for more time"))
    assert "11 Mar" in follows.first
    assert follows.second_line.startswith("Follows from the date in her letter")
    assert (follows.tone, follows.icon) == ("notice", "clock")
    row.on_action()  # take it away
    parts.settle()
    assert "22 Mar" in next(row for row in view.dates.rows() if row.first.startswith("First period ends")).first
    parts.undos[-1]()
    parts.settle()
    assert kept(parts, view).letters["first_period_ends"].words == "letter B"


def test_a_date_is_dealt_with_and_taken_back(parts, view):
    begin(parts, view)
    view.dates.rows()[0].on_second()
    parts.settle()
    assert "done" in view.dates.rows()[0].first
    assert view.dates.rows()[0].second == "Open again"
    parts.undos[-1]()
    parts.settle()
    assert view.dates.rows()[0].second == "Done"


def test_a_decision_has_its_maker_and_date_and_needs_a_contact_person(parts, view):
    view.decisions.new.setFocus()
    key(Qt.Key.Key_Return)
    assert not view.decisions.ask.act.isEnabled()
    key(Qt.Key.Key_Right)  # the Immigration Service
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Right)  # period given
    key(Qt.Key.Key_Tab)
    typed("20/2/2026")
    key(Qt.Key.Key_Tab)
    typed("letter A")
    key(Qt.Key.Key_Return)
    parts.settle()
    assert "contact person" in view.decisions.ask.told.text()
    view.standing.name_person.click()
    assert parts.went[-1] == ("contacts", {"contact_id": view.contact_id, "view": "plan", "form": "person"})
    name_person(parts, view.contact_id)
    key(Qt.Key.Key_Return)
    parts.settle()
    assert view.decisions.ask.isHidden()
    assert view.decisions.new.hasFocus()
    assert view.decisions.rows()[0].first == "Fri 20 Feb · Immigration Service · Reflection or restitution period given"
    assert view.standing.heading.text() == "In her period"
    assert isolated("Bo Lind") in view.standing.person.text()
    view.decisions.rows()[0].on_action()
    parts.settle()
    assert "taken back today" in view.decisions.rows()[0].second_line
    assert view.standing.heading.text() == "Nobody has decided yet"
    view.decisions.rows()[0].on_action()  # put back
    parts.settle()
    parts.undos[-1]()
    parts.settle()
    assert view.standing.heading.text() == "Nobody has decided yet"


def test_esc_leaves_a_form_and_loses_nothing_else(parts, view):
    begin(parts, view)
    view.dates.new_letter.click()
    assert view.go_back()
    assert view.dates.ask.isHidden()
    view.decisions.new.click()
    assert view.go_back()
    assert not view.go_back()
    view.dates.new_letter.click()
    view.keep_draft_now()
    assert view.dates.ask.isHidden()


def test_the_pathway_is_closed_and_opened_again(parts, view):
    begin(parts, view, in_trial=True)
    assert "a court may decide too" in view.standing.told.text()
    assert "her notes stay on this laptop" in view.standing.told.text()
    view.state.click()
    parts.settle()
    assert "this pathway is closed" in view.standing.told.text()
    assert view.state.text() == "Open the pathway again"
    view.state.click()
    parts.settle()
    assert kept(parts, view).state == "open"
    parts.undos[-1]()
    parts.settle()
    assert kept(parts, view).state == "closed"


def test_every_sentence_stands_with_source_date_and_whether_it_is_confirmed(parts, view):
    begin(parts, view, age="maybe_under_18")
    rows = [row for card in view.law.cards.values() for row in card.rows()]
    assert all(row.second_line.startswith(("confirmed · ", "not confirmed · ")) for row in rows)
    assert all("as of" in row.second_line for row in rows)
    assert {row.tone for row in rows if row.second_line.startswith("not confirmed")} == {"notice"}
    assert any("compensation fund" in told for told in sentences(view, "rights"))
    assert any("Ask a lawyer" in told for told in sentences(view, "permits"))
    assert view.law.layout().itemAt(0).widget() is view.law.cards["child"]  # a child comes first
    before = view.law.cards["rights"].findChildren(QPushButton)
    view._ask()
    parts.settle()
    assert view.law.cards["rights"].findChildren(QPushButton) == before


def test_no_word_is_cut_on_the_smallest_window_though_a_third_longer(parts, qtbot, monkeypatch):
    app = QApplication.instance()
    Theme(app, "dark").apply()
    monkeypatch.setattr(i18n, "_current", Longer())
    made = shown_view(parts, qtbot, (560, 600))
    begin(parts, made, age="maybe_under_18", in_trial=True)
    made.facts.more.set_open(True)
    made.dates.new_letter.click()
    made.decisions.new.click()
    for opener in made.law.openers.values():
        opener.set_open(True)
    for _turn in range(3):
        parts.settle()
    cut = cut_texts(made)
    app.setStyleSheet("")
    assert cut == []


def test_a_choice_before_anything_was_read_keeps_nothing(parts, view):
    begin(parts, view)
    view._found = None
    view.facts.stay._choose("eu")
    view._ask()
    parts.settle()
    assert (kept(parts, view).facts.stay, view.facts.stay.value()) == ("none", "none")


def test_an_answer_about_somebody_shown_before_is_let_go(parts, view):
    old = kept(parts, view)
    view.show_contact(parts.ask(lambda session: session.contacts.record_contact("Blue hat")))
    view._show(old)
    assert view._found is None
    parts.settle()
