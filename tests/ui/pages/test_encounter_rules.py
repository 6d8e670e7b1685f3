"""The encounter page and its rules: consent, a child first, signs and their lists, what stays shut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app.domain.consent import ConsentLevel
from tests.support.window_parts import make_parts
from tests.ui.pages.encounter_driving import Keys, begin_at, drafts, notes, result, shown_page
from ui.models.today_rows import TodayRows


@pytest.fixture
def page(filled, qtbot):
    return shown_page(filled, qtbot)


def test_write_nothing_only_lets_the_count_grow(filled, page):
    before, contacts = notes(filled), filled.ask(lambda session: len(session.contacts.list_contacts()))
    begin_at(page, "Station")
    page.form_view.who.contact_way._choose("provisional")
    Keys().type("blue scarf")
    page.form_view.seen.consent._choose("write_nothing")
    page.form_view.finish.click()
    filled.settle()
    assert notes(filled) == before
    assert filled.ask(lambda session: len(session.contacts.list_contacts())) == contacts
    assert "Nothing about her" in filled.said[-1][1]


def test_consent_above_coded_is_not_offered_when_she_could_not_speak_freely(page):
    begin_at(page, "Station")
    seen = page.form_view.seen
    seen.consent._choose("follow_up")
    seen.speaking.set_value("companion_interpreted")
    seen.speaking.chosen.emit("companion_interpreted")
    assert page.form().content.consent is ConsentLevel.CODED
    assert list(seen.consent._buttons) == ["write_nothing", "coded"]
    assert "Ask again when she is alone" in seen.meaning.text()


def test_a_referral_without_recipient_is_refused_calmly_and_nothing_is_lost(filled, page):
    before = notes(filled)
    begin_at(page, "Station")
    page.form_view.who.contact_way._choose("new")
    Keys().type("blue scarf")
    page.form_view.seen.consent._choose("referral")
    assert page.form_view.seen.recipient.isVisible()
    page.form_view.finish.click()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert notes(filled) == before
    assert filled.ask(lambda session: session.contacts.find_contact_by_name("blue scarf")) is None
    assert page.form_view.finish.isEnabled()
    assert len(drafts(filled)) == 1


def test_a_child_who_may_sell_sex_comes_first_with_numbers_to_call(filled, page):
    begin_at(page, "Station")
    page.form_view.who.age_band._choose("maybe_under_18")
    page.form_view.more.sells_sex.toggle("sells_sex")
    said = result(page)
    assert said.index("Child: act now") < said.index("Indicators prove nothing")
    assert "70" in said
    assert "112" in said
    assert page.form().content.profile == "child_sexual"


def test_a_child_nobody_was_called_for_is_said_on_finishing_with_the_numbers_and_stays_on_today(filled, page):
    begin_at(page, "Station")
    page.form_view.who.age_band._choose("maybe_under_18")
    page.form_view.more.sells_sex.toggle("sells_sex")
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    QApplication.processEvents()
    headings = page.form_view.adds_up._card.findChildren(QLabel)
    assert all(each.property("kind") != "section" for each in headings), "nothing large and calm below it"
    page.form_view.finish.click()
    filled.settle()
    tone, said = filled.said[-1]
    assert (tone, said.startswith("Child: act now"), "112" in said) == ("urgent", True, True)
    first = filled.ask(lambda session: session.follow_ups.list_due())[0]
    row = TodayRows(None, filled.clock.local_now, lambda *_where: None).follow_up(first, lambda: None, lambda: None)
    assert (row.first, row.tone) == ("Child: call now", "urgent")


def test_signs_move_to_the_list_of_the_new_age(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    (adult,) = page.form().content.answers
    page.form_view.who.age_band._choose("15_17")
    (child,) = page.form().content.answers
    assert adult.partition(".")[2] == child.partition(".")[2]
    assert child.startswith("cs.")


def test_the_result_says_why_and_that_indicators_prove_nothing(page):
    begin_at(page, "Station")
    assert "Nothing to add up yet" in result(page)
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o1o")
    said = result(page)
    assert "two or more strong signs" in said
    assert "prove nothing" in said


def test_alt_and_a_letter_take_the_marked_sign_and_answer_it(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    keys = Keys()
    keys.type("debt")
    keys.press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert list(page.form().content.answers.values()) == ["told"]
    assert page.form_view.seen.signs.entry.text() == ""


def test_tab_out_of_the_empty_entry_notes_nothing(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    Keys().press(Qt.Key.Key_Tab)
    assert page.form().content.answers == {}


def test_a_sign_is_taken_away_by_delete(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    keys = Keys()
    keys.type("1")
    keys.press(Qt.Key.Key_Delete)
    assert page.form().content.answers == {}
    assert QApplication.focusWidget() is page.form_view.seen.signs.entry


def test_identity_needs_a_reason_and_a_contact(filled, page):
    begin_at(page, "Station")
    identity = page.form_view.identity
    assert not identity.name.isEnabled()
    page.form_view.identity_opener.set_open(True)
    identity.reason.setFocus()
    Keys().type("asked for a lawyer")
    identity.name.setFocus()
    Keys().type("Ana Example")
    page.form_view.finish.click()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert len(drafts(filled)) == 1


def test_only_health_workers_see_the_health_block(filled, page, qtbot, tmp_path):
    begin_at(page, "Station")
    assert not page.form_view.health_opener.isVisible()
    nurse = make_parts(tmp_path / "nurse", role="health", filled=True)
    try:
        theirs = shown_page(nurse, qtbot)
        begin_at(theirs, "Station")
        assert theirs.form_view.health_opener.isVisible()
        theirs.form_view.health_opener.set_open(True)
        theirs.form_view.health.kinds.toggle("sti_test")
        theirs.form_view.finish.click()
        nurse.settle()
        note = nurse.ask(
            lambda session: session.encounters.find_encounter(session.encounters.list_encounters()[0].id)
        )
        assert note.current.content.health.sti_test
        theirs.close()
    finally:
        nurse.end()


def test_the_worker_may_see_it_differently_and_says_why(filled, page):
    begin_at(page, "Station")
    view = page.form_view.adds_up.view
    assert not view.isVisible()
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    assert view.isVisible()
    view.choice._choose("differs")
    Keys().type("knows her brother")
    page.form_view.finish.click()
    filled.settle()
    note = filled.ask(lambda session: session.encounters.find_encounter(session.encounters.list_encounters()[0].id))
    assert (note.current.content.view.agrees, note.current.content.view.reason) == (False, "knows her brother")
