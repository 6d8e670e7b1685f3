"""Encounters, contacts and places: lists, what is beside them, and what an empty page teaches."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import Encounter
from ui.pages.contacts import ContactsPage
from ui.pages.encounters import EncountersPage
from ui.pages.places import PlacesPage


@pytest.fixture
def opened(qtbot):
    def open_page(kind, parts, **place):
        page = kind(parts.context)
        qtbot.addWidget(page)
        parts.context.changes_hub.changed.connect(page.refresh)
        page.resize(1190, 690)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.shown(place)
        parts.settle()
        return page

    return open_page


# -- encounters -------------------------------------------------------------------------------------------------


def test_notes_are_listed_newest_first_in_words(filled, opened):
    page = opened(EncountersPage, filled)
    assert page.rows.rowCount() == 9
    first = [page.rows.data(page.rows.index(0, column)) for column in range(page.rows.columnCount())]
    assert first[0] == "today"
    assert "Massage parlour" in first[1]
    assert page.found.text() == "9 notes"


def test_enter_opens_a_note_and_esc_closes_it(filled, opened):
    page = opened(EncountersPage, filled)
    page.table.selectRow(2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    assert page.note.isVisible()
    assert "Station" in page.note.text() or "Vesterbro" in page.note.text()
    assert page.go_back()
    assert not page.note.isVisible()
    assert QApplication.focusWidget() is page.table


def test_search_finds_two_thai_letters_while_typing(filled, opened):
    page = opened(EncountersPage, filled)
    filled.context.navigation.search_changed.emit("หนี้")
    page._pause.timeout.emit()
    filled.settle()
    assert page.rows.rowCount() == 2
    assert page.found.text() == "2 notes found"
    filled.context.navigation.search_changed.emit("")
    page._pause.timeout.emit()
    filled.settle()
    assert page.rows.rowCount() == 9


def test_a_search_without_a_hit_says_what_to_do(filled, opened):
    page = opened(EncountersPage, filled)
    page.search('"; drop (')
    page._ask()
    filled.settle()
    assert page._none_found.isVisible()


def test_the_list_keeps_its_place_after_a_change(filled, opened):
    page = opened(EncountersPage, filled)
    page.table.selectRow(3)
    chosen = page.rows.id_at(3)
    filled.context.change(
        lambda session: session.encounters.finish_encounter(Encounter(filled.clock.local_now(), "bar"))
    )
    filled.settle()
    assert page.rows.rowCount() == 10
    assert page.rows.id_at(page.table.currentIndex().row()) == chosen


def test_amended_notes_show_every_version_and_why(filled, opened):
    def amend(session):
        row = session.encounters.list_encounters()[0]
        content = session.encounters.find_encounter(row.id).current.content
        session.encounters.amend_encounter(row.id, content, "heard more")
        return row.id

    note_id = filled.ask(amend)
    page = opened(EncountersPage, filled, encounter_id=note_id)
    QApplication.processEvents()
    said = page.note.text()
    assert "Amended because: \u2068heard more\u2069" in said
    assert "amended" in said
    page.note.amend.click()
    assert filled.went[-1] == ("encounter", {"amend": note_id})


def test_more_than_one_page_is_fetched_when_it_is_scrolled_to(parts, opened):
    def record(session):
        for _each in range(230):
            session.encounters.finish_encounter(Encounter(parts.clock.local_now(), "street"))

    parts.ask(record)
    page = opened(EncountersPage, parts)
    assert page.rows.rowCount() == 200
    page.rows.fetchMore(page.rows.index(-1, -1))
    parts.settle()
    assert page.rows.rowCount() == 230
    assert not page.rows.canFetchMore(page.rows.index(-1, -1))


def test_an_empty_list_teaches(parts, opened):
    page = opened(EncountersPage, parts)
    assert page._empty.isVisible()


# -- contacts ---------------------------------------------------------------------------------------------------


def contact_id(parts, name="Maria P."):
    return parts.ask(lambda session: session.contacts.find_contact_by_name(name).id)


def test_a_contact_shows_its_timeline_and_leads_to_notes(filled, opened):
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    assert len(page.detail.views.view("timeline").list.rows()) == 3
    page.detail.views.view("timeline").list.rows()[0].on_action()
    assert filled.went[-1][0] == "encounters"
    page.detail.encounter.click()
    assert filled.went[-1] == ("encounter", {"contact_id": contact_id(filled)})


def test_enter_opens_the_first_contact_on_the_first_visit(filled, opened):
    page = opened(ContactsPage, filled)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.isVisible()


def test_a_new_contact_is_made_by_keyboard(filled, opened):
    page = opened(ContactsPage, filled)
    page.new.click()
    QTest.keyClicks(page.detail.naming.name, "blue scarf")
    QTest.keyClick(page.detail.naming.name, Qt.Key.Key_Return)
    filled.settle()
    assert page.rows.rowCount() == 3
    assert page.detail.heading.text() == "\u2068blue scarf\u2069"


def test_a_taken_short_name_is_said_calmly(filled, opened):
    page = opened(ContactsPage, filled)
    page.new.click()
    page.detail.naming.named.emit("Maria P.", True)
    for _each in range(3):
        filled.context.tasks.call_vault(lambda: None)
        QApplication.processEvents()
    assert [type(error).__name__ for error in filled.failures] == ["ShortNameTakenError"]
    filled.failures.clear()


def test_the_identity_is_read_only_when_it_is_opened_and_written_only_with_a_reason(filled, opened):
    wanted = contact_id(filled)
    page = opened(ContactsPage, filled, contact_id=wanted)
    data = page.detail.views.open_view("data")
    panel = data.identity
    assert not panel.keep.isEnabled()
    assert not panel.name.isEnabled()
    data.identity_opener.set_open(True)
    filled.settle()
    QTest.keyClicks(panel.reason, "asked for a lawyer")
    QTest.keyClicks(panel.name, "Ana Example")
    panel.keep.click()
    filled.settle()
    kept = filled.ask(lambda session: session.contacts.find_identity(wanted))
    assert kept == Identity("Ana Example", "asked for a lawyer")
    assert panel.name.text() == ""
    assert "Ana Example" not in panel.known.text()
    data.identity_opener.set_open(True)
    filled.settle()
    assert "Ana Example" in panel.known.text()


def test_facts_for_counting_once_need_all_three(filled, opened):
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    panel = page.detail.views.open_view("data").linkage
    QTest.keyClicks(panel.first, "Ana")
    QTest.keyClicks(panel.last, "Ex")
    assert panel.facts() is None
    QTest.keyClicks(panel.born, "14.11.1998")
    assert panel.facts().first_name_start == "An"
    assert panel.keep.isEnabled()
    panel.keep.click()
    filled.settle()
    assert filled.said[-1][1] == "Kept."


def test_contacts_are_filtered_while_typing(filled, opened):
    page = opened(ContactsPage, filled)
    QTest.keyClicks(page.view.filter, "red")
    filled.settle()
    assert page.rows.rowCount() == 1


def test_no_contacts_teaches(parts, opened):
    page = opened(ContactsPage, parts)
    assert page.view._empty.isVisible()


# -- places -----------------------------------------------------------------------------------------------------


def test_a_place_is_put_into_the_register_and_changed_with_undo(filled, opened):
    page = opened(PlacesPage, filled)
    page.new.click()
    QTest.keyClicks(page.detail.code, "Kaj 9")
    page.detail.warning.setText("Two at a time.")
    page.detail.keep.click()
    filled.settle()
    place = filled.ask(lambda session: session.places.list_places("Kaj 9"))[0]
    assert place.warning == "Two at a time."
    page.detail.warning.setText("")
    page.detail.keep.click()
    filled.settle()
    assert filled.ask(lambda session: session.places.find_place(place.id)).warning == ""
    filled.undos[-1]()
    filled.settle()
    assert filled.ask(lambda session: session.places.find_place(place.id)).warning == "Two at a time."


def test_a_place_needs_a_code(filled, opened):
    page = opened(PlacesPage, filled)
    page.new.click()
    assert not page.detail.keep.isEnabled()


def test_an_encounter_begins_at_the_place_shown(filled, opened):
    page = opened(PlacesPage, filled)
    page.table.opened.emit(0)
    page.detail.encounter.click()
    assert filled.went[-1] == ("encounter", {"place_id": page.rows.key_at(0)})
    assert page.go_back()
    assert not page.detail.isVisible()


def test_the_warning_is_in_the_list(filled, opened):
    page = opened(PlacesPage, filled)
    texts = [page.rows.data(page.rows.index(row, 4)) for row in range(page.rows.rowCount())]
    assert "\u2068Do not go alone after dark.\u2069" in texts
