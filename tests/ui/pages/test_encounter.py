"""The encounter page by keyboard: a whole street contact, places, drafts, contacts, amending, counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from outreach_app.domain.encounter import FollowUp
from tests.ui.pages.encounter_driving import Keys, begin_at, drafts, notes, shown_page
from ui.pages.encounter import leaflets_given


@pytest.fixture
def page(filled, qtbot):
    return shown_page(filled, qtbot)


def test_a_street_contact_with_three_signs_and_a_leaflet_takes_at_most_twelve_keys(filled, page, qtbot):
    before = len(notes(filled))
    keys = Keys()
    begin_at(page, "Station")
    keys.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    for number, answer in (("1", "t"), ("2", "o"), ("1", "h")):
        keys.type(number + answer)
    keys.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    keys.type("3")
    assert page.form().content.leaflets[0].language == "th"
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
    assert "Kaj 9" in page.place_step._settings_heading.text(), "its setting is asked, not guessed"
    assert filled.ask(lambda session: session.places.list_places("Kaj 9")) == ()
    page.place_step.settings._choose("bar")
    filled.settle()
    assert page._stack.currentWidget() is page.form_view
    places = filled.ask(lambda session: session.places.list_places("Kaj 9"))
    assert [(place.code, place.setting) for place in places] == [("Kaj 9", "bar")]
    assert page.form().content.place_id == places[0].id


def test_words_of_a_follow_up_alone_bring_a_day_so_that_they_are_kept(page):
    begin_at(page, "Station")
    seen = page.form_view.seen
    QTest.keyClicks(seen.follow_up_what, "call her")
    assert page.form().content.follow_up == FollowUp(page._book.today() + timedelta(days=3), "call her")
    seen.follow_up_on.edit.setText("no day at all")
    seen.follow_up_on.edit.textEdited.emit("no day at all")
    QTest.keyClicks(seen.follow_up_what, " soon")
    assert seen.follow_up_on.edit.text() == "no day at all", "what is typed is not overwritten"


def test_the_chosen_answer_of_a_sign_is_not_cut(page):
    begin_at(page, "Station")
    entry = page.form_view.seen.signs.entry
    entry.setFocus()
    Keys().press(Qt.Key.Key_Return)
    Keys().press(Qt.Key.Key_O)
    chosen = next(each for each in page.findChildren(QPushButton) if each.property("answer") and each.isChecked())
    bold = chosen.font()
    bold.setWeight(bold.Weight.DemiBold)
    assert chosen.width() >= QFontMetrics(bold).horizontalAdvance(chosen.text()) + 12


def test_what_is_typed_is_kept_within_two_seconds(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.seen.note.setFocus()
    Keys().type("Cold night.")
    qtbot.waitUntil(lambda: len(drafts(filled)) == 1, timeout=2000)
    draft = drafts(filled)[0]
    assert draft.fields["content"]["note"] == "Cold night."
    filled.settle()
    assert page.form_view.kept.text().endswith("21:00")


def test_nothing_is_kept_while_nothing_was_written(filled, page):
    begin_at(page, "Station")
    page.keep_draft_now()
    assert drafts(filled) == ()


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
    assert page._stack.currentWidget() is page.counting.count_step
    page.counting.count_step.count.setValue(7)
    page.counting.count_step.group._choose("women")
    page.counting.count_step.done.click()
    filled.settle()
    rows = filled.ask(lambda session: session.tallies.list_tallies())
    assert any(row.tally.count == 7 and row.tally.group == "women" for row in rows)


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


def test_place_and_day_may_still_change_in_the_form(filled, page):
    begin_at(page, "Station")
    who = page.form_view.who
    who.place.setFocus()
    who.place.selectAll()
    keys = Keys()
    keys.type("vest")
    keys.press(Qt.Key.Key_Return)
    assert page.form().content.setting == "massage_parlour"
    assert page.form_view.warning.isVisible()
    who.place.selectAll()
    keys.type("Kaj 9")
    keys.press(Qt.Key.Key_Return)
    filled.settle()
    (kaj,) = filled.ask(lambda session: session.places.list_places("Kaj 9"))
    assert page.form().content.place_id == kaj.id
    who.place.selectAll()
    keys.press(Qt.Key.Key_Delete)
    assert page.form().content.place_id is None
    yesterday = who.day.itemData(1)
    who.day.set_value(yesterday)
    who.day.chosen.emit(yesterday)
    assert page.form().content.met_at.date().isoformat() == yesterday


def test_an_encounter_begins_about_a_contact_at_a_place(filled, qtbot):
    contact = filled.ask(lambda session: session.contacts.find_contact_by_name("Red jacket"))
    place = filled.ask(lambda session: session.places.list_places("Station")[0])
    page = shown_page(filled, qtbot, contact_id=contact.id, place_id=place.id)
    assert page._stack.currentWidget() is page.form_view
    assert (page.form().content.contact_id, page.form().contact_name) == (contact.id, "Red jacket")
    assert page.form_view.who.contact.text() == "Red jacket"


def test_the_setting_alone_is_enough(page):
    page.place_step.settings._choose("workplace")
    assert (page.form().content.setting, page.form().content.place_id) == ("workplace", None)
    assert page.form().content.profile == "adult_labour"


def test_the_place_of_the_open_note_is_told_for_the_lock(filled, page, qtbot):
    told: list[str] = []
    filled.context.navigation.setting_known.connect(told.append)
    page.place_step.settings._choose("prison")
    assert set(told) == {"prison"}
    told.clear()
    amending = shown_page(filled, qtbot, amend=notes(filled)[0].id)
    assert amending.form().note_id
    assert told == [], "amending is done later and elsewhere"


@pytest.mark.parametrize(("word", "language"), [("roma", "ro"), ("thai", "th"), ("arab", "ar")])
def test_a_leaflet_is_found_by_the_workers_own_word_for_its_language(page, word, language):
    begin_at(page, "Station")
    page.form_view.who.leaflets.entry.setFocus()
    keys = Keys()
    keys.type(word)
    keys.press(Qt.Key.Key_Return)
    assert [given.language for given in page.form().content.leaflets] == [language]


def test_a_leaflet_half_typed_is_said_at_finish_and_gone_in_the_next_note(filled, page):
    before = len(notes(filled))
    begin_at(page, "Station")
    leaflets = page.form_view.who.leaflets
    leaflets.entry.setFocus()
    Keys().type("xyz")
    assert "no leaflet" in leaflets.told.text()
    page.form_view.finish.click()
    filled.settle()
    assert (len(notes(filled)), leaflets.entry.hasFocus()) == (before, True)
    leaflets.entry.setText("thai")
    page.form_view.finish.click()
    assert (leaflets.told.text(), leaflets.told.isVisible()) == (leaflets_given.HALF_TYPED, True)
    page.form_view.who.show_form(page.form())
    assert (leaflets.entry.text(), leaflets.told.isVisible()) == ("", False)
    page.form_view.finish.click()
    filled.settle()
    assert len(notes(filled)) == before + 1
