"""The encounter page by keyboard: a whole street contact, drafts, consent, a child, amending, counting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.consent import ConsentLevel
from tests.support.window_parts import fill, make_parts
from ui.page import FocusPlace
from ui.pages.encounter import EncounterPage


class Keys:
    """Counts what a worker presses."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        QApplication.processEvents()

    def type(self, text):
        for letter in text:
            self.press(letter)


@pytest.fixture
def page(filled, qtbot):
    return shown_page(filled, qtbot)


def shown_page(parts, qtbot, **place):
    page = EncounterPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    parts.settle()
    page.shown(place or {"new": "1"})
    parts.settle()
    return page


def begin_at(page, code):
    place = next(each for each in page._book.places if each.code == code)
    page.place_step.offer(place)
    return place


def result(page):
    QApplication.processEvents()
    return page.form_view.adds_up.text()


def notes(parts):
    return parts.ask(lambda session: session.encounters.list_encounters(limit=500))


def test_a_street_contact_with_three_signs_and_a_leaflet_takes_at_most_twelve_keys(filled, page, qtbot):
    before = len(notes(filled))
    keys = Keys()
    begin_at(page, "Station")
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    for number, answer in (("1", "t"), ("2", "o"), ("1", "h")):
        keys.type(number + answer)
    keys.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    keys.type("3")
    assert page.form().content.leaflets[0].language == "ro"
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(notes(filled)) == before + 1)  # a key presses its button for a moment
    filled.settle()
    assert keys.pressed <= 12
    found = notes(filled)
    note = filled.ask(lambda session: session.encounters.find_encounter(found[0].id))
    assert sorted(note.current.content.answers.values()) == ["observed", "told", "told_by_others"]
    assert note.place.code == "Station"
    assert filled.went[-1] == ("today", {})


def test_the_warning_of_a_place_is_read_before_the_form_opens(page):
    begin_at(page, "Vesterbro 12")
    assert page._stack.currentWidget() is page.place_step
    assert "Do not go alone" in page.place_step.warning.text()
    Keys().press(Qt.Key.Key_Space)
    assert page._stack.currentWidget() is page.form_view
    assert page.form_view.warning.isVisible()


def test_a_new_code_goes_into_the_register(filled, page):
    keys = Keys()
    page.place_step.entry.setFocus()
    keys.type("Kaj 9")
    keys.press(Qt.Key.Key_Return)
    filled.settle()
    assert page._stack.currentWidget() is page.form_view
    places = filled.ask(lambda session: session.places.list_places("Kaj 9"))
    assert [place.code for place in places] == ["Kaj 9"]
    assert page.form().content.place_id == places[0].id


def test_what_is_typed_is_kept_within_two_seconds(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.seen.note.setFocus()
    Keys().type("Cold night.")
    qtbot.waitUntil(lambda: len(drafts(filled)) == 1, timeout=2000)
    draft = drafts(filled)[0]
    assert draft.fields["content"]["note"] == "Cold night."
    filled.settle()
    assert page.form_view.kept.text().endswith("21:00")


def drafts(parts):
    parts.settle()
    return parts.ask(lambda session: session.drafts.list_drafts())


def test_nothing_is_kept_while_nothing_was_written(filled, page):
    begin_at(page, "Station")
    page.keep_draft_now()
    assert drafts(filled) == ()


def test_esc_keeps_the_draft_and_goes_on_later_in_the_same_field(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.seen.note.setFocus()
    Keys().type("Cold night.")
    page.form_view.seen.note.moveCursor(page.form_view.seen.note.textCursor().MoveOperation.Left)
    assert page.go_back()
    draft = drafts(filled)[0]
    assert (draft.page, draft.field, draft.cursor) == ("encounter", "encounter.note", 10)
    later = shown_page(filled, qtbot)
    later.restore_place(FocusPlace(draft.field, draft.cursor), draft.id)
    filled.settle()
    assert QApplication.focusWidget() is later.form_view.seen.note
    assert later.form_view.seen.note.textCursor().position() == 10
    assert later.form().content == page.form().content
    assert later.drafts.draft_id == draft.id


def test_esc_first_closes_an_open_list(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    assert page.form_view.seen.signs.entry.offered()
    assert page.go_back()
    assert page.form_view.seen.signs.entry.offered() == ()
    assert page._stack.currentWidget() is page.form_view


def test_discarding_can_be_undone(filled, page):
    begin_at(page, "Station")
    page.form_view.seen.note.setPlainText("Cold night.")
    page.keep_draft_now()
    page.form_view.discard.click()
    assert drafts(filled) == ()
    filled.undos[-1]()
    kept = drafts(filled)
    assert [each.fields["content"]["note"] for each in kept] == ["Cold night."]
    assert filled.went[-1] == ("encounter", {"draft_id": kept[0].id})


def test_a_provisional_contact_is_made_with_the_note(filled, page):
    begin_at(page, "Station")
    keys = Keys()
    page.form_view.who.contact_way._choose("provisional")
    keys.type("blue scarf")
    page.form_view.finish.click()
    filled.settle()
    row = notes(filled)[0]
    assert row.contact_name == "blue scarf"
    contact = filled.ask(lambda session: session.contacts.find_contact_by_name("blue scarf"))
    assert contact.provisional


def test_a_known_contact_is_found_by_typing(filled, page):
    begin_at(page, "Station")
    page.form_view.who.contact_way._choose("known")
    keys = Keys()
    keys.type("mar")
    keys.press(Qt.Key.Key_Return)
    assert page.form().contact_name == "Maria P."
    page.form_view.finish.click()
    filled.settle()
    assert notes(filled)[0].contact_name == "Maria P."


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


def test_a_note_is_amended_with_a_reason_only(filled, qtbot):
    note_id = notes(filled)[0].id
    page = shown_page(filled, qtbot, amend=note_id)
    page.form_view.seen.note.setPlainText("She came back.")
    page.form_view.finish.click()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    page.form_view.reason.setFocus()
    Keys().type("heard more")
    page.form_view.finish.click()
    filled.settle()
    note = filled.ask(lambda session: session.encounters.find_encounter(note_id))
    assert [version.reason for version in note.versions] == ["", "heard more"]
    assert note.versions[0].content.note != note.current.content.note == "She came back."
    assert drafts(filled) == ()
    assert filled.went[-1] == ("encounters", {"encounter_id": note_id})


def test_only_counting_keeps_a_number(filled, qtbot):
    page = shown_page(filled, qtbot, count="1")
    assert page._stack.currentWidget() is page.count_step
    page.count_step.count.setValue(7)
    page.count_step.group._choose("women")
    page.count_step.done.click()
    filled.settle()
    rows = filled.ask(lambda session: session.tallies.list_tallies())
    assert any(row.tally.count == 7 and row.tally.group == "women" for row in rows)


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
    nurse = make_parts(tmp_path / "nurse", role="health")
    try:
        fill(nurse)
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


def test_statistics_and_hours_are_read_as_typed(page):
    begin_at(page, "Station")
    view = page.form_view
    view.more_opener.set_open(True)
    view.who.hour.setFocus()
    view.who.hour.selectAll()
    keys = Keys()
    keys.type("2315")
    view.more.age.setFocus()
    keys.type("31")
    view.more.nationality.setFocus()
    keys.type("roma")
    keys.press(Qt.Key.Key_Return)
    content = page.form().content
    assert (content.met_at.hour, content.met_at.minute) == (23, 15)
    assert (content.age, content.nationality) == (31, "RO")


def test_two_columns_on_a_narrow_window(page):
    begin_at(page, "Station")
    assert page.form_view.adds_up.x() > page.form_view.seen.parentWidget().x()
    page.resize(820, 690)
    QApplication.processEvents()
    assert page.form_view.adds_up.y() > page.form_view.seen.parentWidget().y()


def test_a_form_shown_again_says_the_same(filled, page):
    begin_at(page, "Station")
    form = replace(page.form(), contact_way="provisional", contact_name="blue scarf")
    page._begin(form, "d" * 32)
    assert page.form() == form
    assert page.form_view.who.contact.text() == "blue scarf"


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
