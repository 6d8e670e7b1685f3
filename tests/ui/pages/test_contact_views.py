"""The views of a contact, by keyboard where it matters: timeline, stays, others, her data, and what stands on top."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import Encounter
from tests.ui.pages.contact_driving import contact_id, firsts, page_opener, undo, view_of
from ui.pages.contacts.timeline import PART
from ui.pages.contacts.views import VIEWS


@pytest.fixture
def opened(qtbot):
    return page_opener(qtbot)


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


def test_views_are_stepped_through_by_key_and_round_about(filled, opened):
    page, view = view_of(opened, filled, "plan")
    view.focus_first()
    for key, shown in ((Qt.Key.Key_PageUp, "referrals"), (Qt.Key.Key_PageDown, "plan"), (Qt.Key.Key_PageDown, "pathway")):
        QTest.keyClick(page, key, Qt.KeyboardModifier.ControlModifier)
        filled.settle()
        assert page.detail.views.current == shown
    page.detail.views.open_view(VIEWS[0].name)
    filled.settle()
    QTest.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    filled.settle()
    assert page.detail.views.current == VIEWS[-1].name


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
