"""Her referrals, the basis for the interview and her plan, worked through with the keyboard as a worker would."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach_app.domain.encounter import WorkerView
from outreach_app.domain.plan import ContactPerson, PlanStep
from outreach_app.domain.referral import Asked
from tests.ui.pages.casework_driving import open_desk
from ui.pages.contacts import paper_row

AGREES = WorkerView(agrees=True)


@pytest.fixture
def desk(qtbot, parts):
    return open_desk(qtbot, parts)


def test_a_referral_says_on_what_it_rests_and_asks_for_a_choice(desk):
    desk.note(age=24)
    desk.agrees("cmm")
    view = desk.open("referrals")
    view.focus_first()
    desk.press(Qt.Key.Key_Space)
    form = view.form
    form.recipient.set_value("police")
    form._changed()
    assert "has not agreed" in form.rests_on.text()
    assert form._because_row.isHidden()
    form.recipient.set_value("cmm")
    form.purpose.set_value("cmm_interview")
    form._changed()
    assert "She agreed" in form.rests_on.text()
    assert not form.act.isEnabled()  # nobody has said what they make of the assessment
    assert "Indicators prove nothing" in form._choice_row.name.text()
    form.choice.set_value("differs")
    form._changed()
    assert not form.act.isEnabled()
    form.why.setText("she said more than it weighs")
    assert form.act.isEnabled()
    form.act.click()
    desk.parts.settle()
    assert [row.first for row in view.list.rows()] == ["CMM · Interview with CMM"]
    note = desk.ask(lambda session: session.encounters.list_encounters(contact_id=desk.id)[0].id)
    current = desk.ask(lambda session: session.encounters.find_encounter(note).current)
    assert current.content.view == WorkerView(agrees=False, reason="she said more than it weighs")


def test_a_child_is_referred_without_her_yes_with_a_reason(desk):
    desk.note(age_band="maybe_under_18", view=AGREES)
    view = desk.open("referrals")
    view.new.click()
    desk.parts.settle()
    form = view.form
    form.recipient.set_value("municipality")
    form.purpose.set_value("child_protection")
    form._changed()
    assert not form.act.isEnabled()
    form.because.setText("maybe 16")
    assert form.act.isEnabled()
    form.act.click()
    desk.parts.settle()
    assert "Without her consent: \u2068maybe 16\u2069" in view.list.rows()[0].second_line


def test_without_a_note_the_form_says_what_comes_first(desk):
    view = desk.open("referrals")
    view.new.click()
    desk.parts.settle()
    assert "Write one first" in view.form.rests_on.text()
    assert not view.form.act.isEnabled()
    assert desk.page.go_back()
    assert not view.new.isHidden()


def test_what_became_of_a_referral_is_typed_in_and_can_be_taken_back(desk):
    desk.note(view=AGREES)
    desk.agrees("partner", partner="Lighthouse")
    asked = Asked("partner", "shelter", "a bed", desk.today, partner="Lighthouse")
    desk.ask(lambda session: session.referrals.make_referral(desk.id, asked))
    view = desk.open("referrals")
    view.list.focus_first()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Right)  # from received to accepted
    view.step.words.setFocus()
    desk.type("a room from Friday")
    desk.press(Qt.Key.Key_Return)
    assert "accepted today · \u2068a room from Friday\u2069" in view.list.rows()[0].second_line
    desk.parts.undos[-1]()
    desk.parts.settle()
    assert "accepted" not in view.list.rows()[0].second_line


def test_the_basis_is_read_when_opened_and_kept_when_the_window_is_left(desk):
    desk.ask(lambda session: session.interviews.keep_topics(desk.id, {"home": "a son"}))
    card = desk.open("referrals").interview
    assert card.fields["home"].words() == ""
    card.opener.button.click()
    desk.parts.settle()
    assert card.fields["home"].words() == "a son"
    card.fields["journey"].setFocus()
    desk.type("by bus")
    desk.page.keep_draft_now()
    desk.parts.settle()
    topics = desk.ask(lambda session: session.interviews.find_topics(desk.id))
    assert topics == {"home": "a son", "journey": "by bus"}
    card.fields["home"].set_words("")
    card.keep.click()
    desk.parts.settle()
    assert desk.ask(lambda session: session.interviews.find_topics(desk.id)) == {"journey": "by bus"}
    assert desk.said() == "What she told is kept."


def test_a_plan_is_made_with_her_and_a_step_done_can_be_undone(desk):
    view = desk.open("plan")
    view.focus_first()
    desk.type("a flat")
    view.keep_goals.click()
    desk.parts.settle()
    view.new.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is view.form.what
    desk.type("papers")
    view.form.due_on.set_value(desk.today - timedelta(days=3))
    view.form.support.set_value("legal")
    desk.press(Qt.Key.Key_Return)
    (row,) = view.list.rows()
    assert row.second_line.startswith("overdue since")
    assert row.tone == "notice"
    row.on_action()
    desk.parts.settle()
    assert view.list.rows()[0].second_line.startswith("done today")
    desk.parts.undos[-1]()
    desk.parts.settle()
    assert view.list.rows()[0].second_line.startswith("overdue")
    view.list.rows()[0].on_second()
    view.form.what.setText("new papers")
    view.form.confirmed.emit()
    desk.parts.settle()
    view.list.rows()[0].on_third()
    desk.parts.settle()
    assert view.list.rows() == ()
    desk.parts.undos[-1]()
    desk.parts.settle()
    plan = desk.ask(lambda session: session.plans.find_plan(desk.id))
    assert (plan.goals, [step.what for step in plan.steps]) == ("a flat", ["new papers"])


def test_goals_half_written_are_kept_when_the_window_is_left(desk):
    view = desk.open("plan")
    view.goals.setFocus()
    desk.type("a school")
    desk.ask(lambda session: session.plans.add_step(desk.id, PlanStep("x")))
    desk.parts.context.changes_hub.changed.emit(desk.ask(lambda session: session.plans.set_contact_person(desk.id, None)))
    desk.parts.settle()
    assert view.goals.words() == "a school"
    desk.page.keep_draft_now()
    desk.parts.settle()
    assert desk.ask(lambda session: session.plans.find_plan(desk.id)).goals == "a school"


def test_somebody_who_stands_by_her_is_named_in_place(desk):
    view = desk.open("plan")
    view.person.change.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.type("Bo Andersen")
    view.person.organisation.setText("Lighthouse")
    assert not view.person.ask.act.isEnabled()
    assert view.go_back()
    assert QApplication.focusWidget() is view.person.change
    view.person.open_form()
    for line, words in ((view.person.name, "Bo"), (view.person.organisation, "Lighthouse"), (view.person.phone, "+45 1")):
        line.setText(words)
    desk.press(Qt.Key.Key_Return)
    person = desk.ask(lambda session: session.plans.find_contact_person(desk.id))
    assert person == ContactPerson("Bo", "Lighthouse", "+45 1")
    assert "Bo" in view.person.sentence.text()


def test_naming_somebody_from_the_pathway_lands_in_the_form(desk):
    desk.ask(lambda session: session.plans.set_contact_person(desk.id, ContactPerson("Bo", "CMM", "1")))
    desk.open("plan")
    desk.id = desk.ask(lambda session: session.contacts.record_contact("Blue hat").id)
    desk.open("pathway").standing.name_person.setFocus()
    desk.press(Qt.Key.Key_Space)
    _page, place = desk.parts.went[-1]
    desk.page.shown(place)
    desk.parts.settle()
    plan = desk.page.detail.views.view("plan")
    assert plan.person.name.text() == ""  # nobody else's
    assert QApplication.focusWidget() is plan.person.name
    desk.type("Ann")
    assert plan.person.name.text() == "Ann"


def test_a_paper_is_printed_from_memory_or_saved_where_she_chose(desk, monkeypatch, tmp_path):
    printed: list[tuple[bytes, str]] = []
    monkeypatch.setattr(paper_row, "list_printers", lambda: ("Office",))
    monkeypatch.setattr(paper_row, "print_pdf", lambda pdf, printer: printed.append((pdf, printer)))
    file: list[Path | None] = [tmp_path / "plan.pdf", None]
    monkeypatch.setattr(paper_row, "choose_file_to_save", lambda *_given: file.pop(0))
    papers = desk.open("plan").papers
    papers.print_it.click()
    desk.parts.settle()
    assert (printed[0][0][:5], printed[0][1]) == (b"%PDF-", "Office")
    papers.save_it.click()
    desk.parts.settle()
    assert (tmp_path / "plan.pdf").read_bytes() == printed[0][0]
    papers.save_it.click()  # she thinks better of it
    desk.parts.settle()
    entries = desk.ask(lambda session: session.auditing.list_entries())[:2]
    assert [(entry.action, entry.detail) for entry in entries] == [("exported", "plan_paper"), ("printed", "plan_paper")]


def test_goals_too_long_to_keep_stay_in_the_field_and_are_tried_again(desk):
    view = desk.open("plan")
    view.goals.set_words("x" * 100_001)
    view.keep_goals.click()
    desk.parts.settle()
    assert desk.parts.said[-1][0] != "calm"
    assert len(view.goals.words()) == 100_001
    view.goals.set_words("shorter")
    desk.page.keep_draft_now()
    desk.parts.settle()
    assert desk.ask(lambda session: session.plans.find_plan(desk.id)).goals == "shorter"
