"""The views of a contact, by keyboard where it matters: names, one person or two, stays, others, and the timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import Encounter
from ui.dialogs.alike_hint import AlikeHint
from ui.pages.contacts import ContactsPage
from ui.pages.contacts.timeline import PART
from ui.pages.contacts.views import VIEWS


@pytest.fixture
def opened(qtbot):
    def open_page(parts, **place):
        page = ContactsPage(parts.context)
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


def contact_id(parts, name="Maria P."):
    return parts.ask(lambda session: session.contacts.find_contact_by_name(name).id)


def view_of(opened, parts, name, contact="Maria P."):
    page = opened(parts, contact_id=contact_id(parts, contact), view=name)
    parts.settle()
    return page, page.detail.views.view(name)


def undo(parts):
    parts.undos[-1]()
    parts.settle()


def firsts(card):
    return [row.first.strip("\u2068\u2069") for row in card.rows()]


def test_every_view_opens_with_words_where_there_is_nothing(parts, opened):
    made = parts.ask(lambda session: session.contacts.record_contact("Blue scarf").id)
    page = opened(parts, contact_id=made)
    for row in VIEWS:
        page.detail.views.open_view(row.name)
        parts.settle()
        assert page.detail.views.current == row.name
    assert parts.failures == []


def test_opened_on_a_view_and_back_by_esc(filled, opened):
    page, view = view_of(opened, filled, "stays")
    assert page.detail.views.current == "stays"
    view.focus_first()
    assert page.go_back(), "from the view to the row of views"
    assert page.detail.views.has_keyboard()
    assert page.go_back()
    assert not page.detail.isVisible()


def test_the_timeline_shows_a_part_and_older_ones_on_asking(parts, opened):
    def record(session):
        made = session.contacts.record_contact("Blue scarf").id
        for back in range(PART + 3):
            met_at = parts.clock.local_now() - timedelta(days=back)
            session.encounters.finish_encounter(Encounter(met_at, "street", contact_id=made, note=f"day {back}"))
        session.shelter_stays.enter(made, "house a", parts.clock.local_now().date())
        return made

    page = opened(parts, contact_id=parts.ask(record))
    view = page.detail.views.view("timeline")
    assert len(view.rows()) == PART
    assert view.rows()[0].kind == "stay_entered"
    assert firsts(view.list)[1] == "today · Street"
    view.older.click()
    parts.settle()
    assert len(view.rows()) == PART + 4
    assert not view.older.isVisible()
    view.list.rows()[0].on_action()
    assert page.detail.views.current == "stays"
    page.detail.views.open_view("timeline").list.rows()[1].on_action()
    assert parts.went[-1][0] == "encounters"


def test_a_contact_is_renamed_by_keyboard_and_back(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.short_name.setFocus()
    view.short_name.selectAll()
    QTest.keyClicks(view.short_name, "Mara")
    QTest.keyClick(view.short_name, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Mara\u2069"
    undo(filled)
    assert page.detail.heading.text() == "\u2068Maria P.\u2069"
    assert view.short_name.text() == "Maria P."


def test_a_true_name_is_forgotten_for_good(filled, opened):
    page, view = view_of(opened, filled, "names")
    assert view.forget.isHidden()
    view.short_name.setText("Scarf")
    assert view.forget.isVisible()
    view.forget.click()
    filled.settle()
    assert filled.said[-1][1] == "The old name is forgotten."
    assert page.detail.heading.text() == "\u2068Scarf\u2069"
    assert not filled.ask(lambda session: session.keeping.overview()).unfinished


def test_another_name_is_added_and_taken_away_with_undo(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.kind._choose("phone")
    view.alias.setFocus()
    QTest.keyClicks(view.alias, "12 34 56 78")
    QTest.keyClick(view.alias, Qt.Key.Key_Return)
    filled.settle()
    assert view.alias.text() == ""
    assert firsts(view.aliases) == ["12 34 56 78"]
    assert "12 34 56 78" in page.detail.names.text()
    view.aliases.rows()[0].on_action()
    filled.settle()
    assert view.aliases.rows() == ()
    undo(filled)
    assert firsts(view.aliases) == ["12 34 56 78"]


def test_somebody_called_nearly_so_is_merged_or_told_apart_with_undo(filled, opened):
    filled.ask(lambda session: session.contacts.record_contact("Marja P."))
    page, view = view_of(opened, filled, "names")
    assert firsts(view.same) == ["Marja P."]
    view.same.rows()[0].on_second()
    filled.settle()
    assert view.same.rows() == ()
    undo(filled)
    assert firsts(view.same) == ["Marja P."]
    view.same.reason.setText("same tattoo")
    view.same.rows()[0].on_action()
    filled.settle()
    assert page.rows.rowCount() == 2
    assert "same tattoo" in view.history.rows()[0].second_line
    assert "Marja P." in page.detail.names.text()
    undo(filled)
    assert page.rows.rowCount() == 3
    assert "taken back" in view.history.rows()[0].second_line


def test_any_contact_is_merged_by_typing_its_name(filled, opened):
    page, view = view_of(opened, filled, "names")
    other = view.same.other
    other.setFocus()
    QTest.keyClicks(other, "jack")
    filled.settle()
    assert [choice.label for choice in other.offered()] == ["Red jacket"]
    assert not view.same.merge.isEnabled()
    QTest.keyClick(other, Qt.Key.Key_Return)
    view.same.merge.click()
    filled.settle()
    assert page.rows.rowCount() == 1
    view.history.rows()[0].on_action()
    filled.settle()
    assert page.rows.rowCount() == 2
    assert page.detail.heading.text() == "\u2068Red jacket\u2069", "the one that stands apart again is shown"


def test_notes_are_split_off_by_keyboard(filled, opened):
    page, view = view_of(opened, filled, "names")
    view.split_opener.set_open(True)
    panel = view.split
    assert panel.notes.count() == 3
    panel.notes.setFocus()
    panel.notes.setCurrentRow(1)
    QTest.keyClick(panel.notes, Qt.Key.Key_Space)
    assert not panel.split.isEnabled()
    QTest.keyClicks(panel.name, "Other one")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Other one\u2069"
    assert page.detail.met.text() == "1 note"
    undo(filled)
    assert filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P.").encounters) == 3


def test_a_stay_is_kept_ended_and_taken_away_with_undo(filled, opened):
    _page, view = view_of(opened, filled, "stays")
    QTest.keyClicks(view.shelter, "house a")
    view.shelter.close_list()
    view.entered.set_value(filled.clock.local_now().date() - timedelta(days=4))
    QTest.keyClick(view.entered.edit, Qt.Key.Key_Return)
    filled.settle()
    assert "there for 4 days" in view.list.rows()[0].second_line
    assert not view.average.isVisible()
    view.list.rows()[0].on_action()
    filled.settle()
    assert view.average.text().startswith("On average a stay lasted 4 days")
    undo(filled)
    assert "there for 4 days" in view.list.rows()[0].second_line
    view.list.rows()[0].on_second()
    filled.settle()
    assert view.list.rows() == ()
    undo(filled)
    assert len(view.list.rows()) == 1
    assert [choice.key for choice in view._find("h")] == ["house a"]


def test_facts_about_others_are_kept_with_a_note_and_taken_away_with_undo(filled, opened):
    _page, view = view_of(opened, filled, "others")
    assert not view.keep.isEnabled()
    view.words.setPlainText("he keeps the key")
    view.role.set_value("customer")
    view.role.chosen.emit("customer")
    assert view.offence.value() == "none"
    view.keep.click()
    filled.settle()
    assert firsts(view.list) == ["he keeps the key"]
    assert "Customer" in view.list.rows()[0].second_line
    view.list.rows()[0].on_action()
    filled.settle()
    assert view.list.rows() == ()
    undo(filled)
    assert len(view.list.rows()) == 1
    assert filled.ask(lambda session: session.search.search("keeps the key")) == ()


# -- the hint while typing ----------------------------------------------------------------------------------------


def test_a_new_contact_nearly_called_so_is_told_of_while_typing(filled, opened, qtbot):
    page = opened(filled)
    page.new.click()
    QTest.keyClicks(page.detail.naming.name, "red jaket")
    hint = page.detail.naming.hint
    qtbot.waitUntil(hint.isVisible)
    filled.settle()
    assert firsts(hint.list) == ["Red jacket"]
    hint.list.rows()[0].on_second()
    assert not hint.isVisible()
    assert hint.told_apart() == {contact_id(filled, "Red jacket")}
    QTest.keyClick(page.detail.naming.name, Qt.Key.Key_Return)
    filled.settle()
    made = contact_id(filled, "red jaket")
    assert filled.ask(lambda session: session.alike.find_alike_to(made)) == ()


def test_it_is_she_opens_the_contact(filled, opened, qtbot):
    page = opened(filled)
    page.new.click()
    QTest.keyClicks(page.detail.naming.name, "maria")
    hint = page.detail.naming.hint
    qtbot.waitUntil(hint.isVisible)
    hint.list.rows()[0].on_action()
    filled.settle()
    assert page.detail.heading.text() == "\u2068Maria P.\u2069"


def test_an_answer_that_comes_late_is_not_shown(filled, qtbot):
    hint = AlikeHint(filled.context)
    qtbot.addWidget(hint)
    hint.look("maria")
    hint._ask()
    hint.look("")
    filled.settle()
    QApplication.processEvents()
    assert hint.shown() == ()


def test_her_own_data_is_saved_as_a_paper_and_noted(filled, opened, tmp_path, monkeypatch):
    wanted = tmp_path / "hers.pdf"
    monkeypatch.setattr("ui.pages.contacts.paper_row.choose_file_to_save", lambda *_args: wanted)
    _page, view = view_of(opened, filled, "data")
    view.paper.save_it.click()
    for _each in range(3):
        filled.settle()
    assert wanted.read_bytes().startswith(b"%PDF")
    entries = filled.ask(lambda session: [(row.action, row.detail) for row in session.auditing.list_entries()])
    assert {("read", "own_data"), ("exported", "own_data")} <= set(entries)


def test_a_name_and_the_facts_are_taken_away(filled, opened):
    hers = contact_id(filled)
    filled.ask(lambda session: session.contacts.record_identity(hers, Identity("Ana Example", "why")))
    _page, view = view_of(opened, filled, "data")
    view.identity_opener.set_open(True)
    filled.settle()
    assert view.identity.forget.isVisible()
    view.identity.forget.click()
    filled.settle()
    assert filled.ask(lambda session: session.contacts.find_identity(hers)) is None
    assert view.linkage.forget.isHidden()
    facts = LinkageFacts("An", "Ek", date(1999, 1, 2))
    filled.context.change(lambda session: session.contacts.record_linkage(hers, facts))
    filled.settle()
    assert not view.linkage.forget.isHidden()
    view.linkage.forget.click()
    filled.settle()
    assert filled.said[-1][1] == "The facts are taken away."


def test_warnings_stand_at_the_head_and_a_merged_name_says_with_whom_it_is_kept(filled, opened):
    hers, today = contact_id(filled), filled.clock.local_now()

    def meet(session):
        child = Encounter(
            today, "massage_parlour", contact_id=hers, age_band="maybe_under_18", sells_sex=True,
            speaking="someone_listening",
        )
        session.encounters.finish_encounter(child)
        other = session.contacts.record_contact("Tall woman").id
        session.grouping.merge_contacts(other, hers)
        return other

    merged = filled.ask(meet)
    page = opened(filled, contact_id=hers)
    told = page.detail.warnings.text()
    assert "Child: act now" in told
    assert "ask again when she is alone" in told
    page.open_contact(merged)
    filled.settle()
    assert "is kept with" in page.detail.warnings.text()
    page.detail.encounter.click()
    assert filled.went[-1] == ("encounter", {"contact_id": hers})


def test_a_name_and_enter_open_the_first_contact_found(filled, opened):
    page = opened(filled)
    page.view.filter.setFocus()
    QTest.keyClicks(page.view.filter, "red")
    filled.settle()
    QTest.keyClick(page.view.filter, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Red jacket\u2069"
    page.view.filter.setText("nobody at all")
    page.view.filtered.emit("nobody at all")
    filled.settle()
    QTest.keyClick(page.view.filter, Qt.Key.Key_Return)
    filled.settle()
    assert page.detail.heading.text() == "\u2068Red jacket\u2069"


def test_names_as_long_as_a_line_or_turned_round_stay_in_their_place(filled, opened):
    hers = contact_id(filled)
    for name in ("\u202e" + "evil" * 60, "a" + "\u0301" * 390, "W" * 390):
        filled.ask(lambda session, name=name: session.names.add_alias(hers, "online", name))
    page, view = view_of(opened, filled, "names")
    assert len(view.aliases.rows()) == 3
    assert all(row.first.startswith("\u2068") and row.first.endswith("\u2069") for row in view.aliases.rows())
    assert page.detail.width() < page.width()
    assert view.aliases.width() <= page.detail.width()
