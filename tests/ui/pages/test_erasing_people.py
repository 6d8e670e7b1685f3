"""Blanking words where they stand and erasing one person where she is, each with what had left and what follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.erasing import BLANK
from tests.support.centre_box import enrol
from tests.support.sending import send
from ui.pages.contacts import ContactsPage
from ui.pages.encounters import EncountersPage

WORDS = "Ana Example told her story."


@pytest.fixture
def opened(qtbot):
    kept = []

    def open_page(kind, parts, **place):
        page = kind(parts.context)
        kept.append(page)
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


@pytest.fixture
def note(parts):
    content = Encounter(parts.clock.local_now(), "street", note=WORDS, consent=ConsentLevel.FOLLOW_UP)
    return parts.ask(lambda session: session.encounters.finish_encounter(content).id)


def contact_id(parts, name="Maria P."):
    return parts.ask(lambda session: session.contacts.find_contact_by_name(name).id)


# -- blanking ---------------------------------------------------------------------------------------------------


def test_marked_words_are_blanked_by_keyboard(parts, note, opened, qtbot):
    page = opened(EncountersPage, parts, encounter_id=note)
    view = page.note
    label = next(each for each in view._selectable if WORDS in each.text())
    label.setSelection(label.text().index("Ana"), len("Ana Example"))
    label.setFocus()
    QTest.keyClick(label, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    panel = view.blanking
    qtbot.waitUntil(panel.isVisible)
    assert panel.words.text() == "Ana Example"
    assert QApplication.focusWidget() is panel.reason
    QTest.keyClicks(panel.reason, "a name is never needed")
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    parts.settle()
    assert "stand in 1 place" in panel.ask.told.text()
    assert WORDS in view.text()
    QTest.keyClick(panel.reason, Qt.Key.Key_Return)
    parts.settle()
    assert not panel.isVisible()
    assert panel.words.text() == ""
    said = view.text()
    assert "Ana Example" not in said
    assert f"{BLANK} told her story." in said
    assert "Blanked because: \u2068a name is never needed\u2069" in said
    assert view.state.text() == "blanked"
    assert "Ana Example" not in page.rows.data(page.rows.index(0, 5))


def test_other_words_have_to_be_looked_for_first(parts, note, opened):
    view = opened(EncountersPage, parts, encounter_id=note).note
    view.blank.click()
    panel = view.blanking
    assert QApplication.focusWidget() is panel.words
    QTest.keyClicks(panel.words, "Nobody")
    QTest.keyClicks(panel.reason, "x")
    panel.ask.act.click()
    parts.settle()
    assert "do not stand in this note" in panel.ask.told.text()
    panel.words.setText("Ana")
    panel.ask.act.click()
    parts.settle()
    assert panel.ask.act.text() == "Blank them for good"
    panel.words.setText("told")
    assert panel.ask.act.text() == "Look for them"
    assert not panel.ask.told.isVisible()


def test_what_had_left_is_named_before_it_is_blanked(parts, note, opened):
    box = parts.ask(enrol)
    parts.ask(lambda session: send(session, box))
    view = opened(EncountersPage, parts, encounter_id=note).note
    view.blank.click()
    view.blanking.words.setText("Ana Example")
    view.blanking.reason.setText("x")
    view.blanking.ask.act.click()
    parts.settle()
    assert "a note without identity, today, to the centre, in batch 1" in view.blanking.ask.told.text()


def test_esc_leaves_blanking_before_it_leaves_the_note(parts, note, opened):
    page = opened(EncountersPage, parts, encounter_id=note)
    page.note.blank.click()
    page.note.blanking.words.setText("Ana")
    QTest.keyClick(page.note.blanking.words, Qt.Key.Key_Escape)
    assert not page.note.blanking.isVisible()
    assert page.note.blanking.words.text() == ""
    page.note.blank.click()
    assert page.go_back()
    assert page.note.isVisible()
    assert page.go_back()
    assert not page.note.isVisible()


# -- erasing ----------------------------------------------------------------------------------------------------


def test_a_person_is_erased_with_a_reason_and_nothing_of_her_is_left(filled, opened):
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    page.detail.views.open_view("data").erase.click()
    filled.settle()
    panel = page.detail.erasing
    assert panel.isVisible()
    assert "3 notes" in panel.ask.sentence.text()
    assert "Nothing about her has left" in panel.ask.sentence.text()
    assert not panel.ask.act.isEnabled()
    panel.reason._choose("asked")
    QTest.keyClick(panel.ask.act, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "Erased"
    assert "nothing to confirm" in panel.outcome.text()
    assert page.rows.rowCount() == 1
    assert filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P.")) is None
    assert filled.ask(lambda session: session.encounters.count_encounters()) == 6
    assert page.go_back()
    assert not page.detail.isVisible()


def test_the_centres_confirmation_is_awaited_and_comes(parts, opened):
    box = parts.ask(enrol)

    def meet(session):
        contact = session.contacts.record_contact("Blue scarf").id
        met = Encounter(parts.clock.local_now(), "street", note="x", contact_id=contact, consent=ConsentLevel.FOLLOW_UP)
        session.encounters.finish_encounter(met)
        send(session, box)

    parts.ask(meet)
    page = opened(ContactsPage, parts, contact_id=contact_id(parts, "Blue scarf"))
    page.detail.views.open_view("data").erase.click()
    parts.settle()
    panel = page.detail.erasing
    assert "Has left already" in panel.ask.sentence.text()
    panel.reason._choose("withdrawn")
    panel.ask.act.click()
    parts.settle()
    assert "is awaited" in panel.outcome.text()

    def answer(session):
        send(session, box)
        box.ingest()
        send(session, box)

    parts.ask(answer)
    page.refresh(Changes(sending=True))
    parts.settle()
    assert "The centre's confirmation came" in panel.outcome.text()


def test_esc_goes_back_to_the_person(filled, opened):
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    page.detail.views.open_view("data").erase.click()
    filled.settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    filled.settle()
    assert not page.detail.erasing.isVisible()
    assert page.detail.views.isVisible()
    assert page.detail.heading.text() == "\u2068Maria P.\u2069"


def test_stopped_after_the_tables_she_is_gone_and_the_page_says_so(filled, opened):
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    page.detail.views.open_view("data").erase.click()
    filled.settle()
    page.detail.erasing.reason._choose("mistake")
    page.detail.erasing.ask.act.click()
    page.detail.erasing.leaving.cancel_requested.emit()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert page.rows.rowCount() == 1
    assert not page.detail.isVisible()
    assert filled.ask(lambda session: session.keeping.overview()).unfinished


def test_other_notes_with_her_name_are_shown(filled, opened):
    content = Encounter(filled.clock.local_now(), "street", note="her friend Maria P. was there too")
    filled.ask(lambda session: session.encounters.finish_encounter(content))
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    page.detail.views.open_view("data").erase.click()
    filled.settle()
    (row,) = page.detail.erasing.mentions.rows()
    row.on_action()
    assert filled.went[-1][0] == "encounters"


def test_her_name_in_what_is_typed_beside_notes_is_shown(filled, opened):
    other = filled.ask(lambda session: session.contacts.record_contact("Blue hat")).id
    filled.ask(lambda session: session.plans.set_goals(other, "live with maria p. in town"))
    page = opened(ContactsPage, filled, contact_id=contact_id(filled))
    page.detail.views.open_view("data").erase.click()
    filled.settle()
    (row,) = page.detail.erasing.mentions.rows()
    assert "a plan" in row.first
    row.on_action()
    assert filled.went[-1] == ("contacts", {"contact_id": other})
