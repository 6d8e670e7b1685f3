"""Where the keyboard is on the encounter page: the order of Tab, the arrows, and back to the same field after a lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.pages.encounter_driving import Keys, begin_at, drafts, shown_page
from ui.page import FocusPlace


@pytest.fixture
def page(filled, qtbot):
    return shown_page(filled, qtbot)


def test_after_a_lock_the_keyboard_is_where_it_was_though_a_cover_had_taken_it(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.seen.note.setFocus()
    Keys().type("Cold night.")
    page.keep_draft_now()
    page.form_view.seen.note.moveCursor(page.form_view.seen.note.textCursor().MoveOperation.Left)
    cover = QPushButton()
    qtbot.addWidget(cover)
    cover.show()
    cover.activateWindow()
    qtbot.waitUntil(cover.isActiveWindow)
    cover.setFocus()
    page.keep_draft_now()
    draft = drafts(filled)[0]
    assert (draft.field, draft.cursor) == ("encounter.note", 10), "the cursor moved after the last letter"
    later = shown_page(filled, qtbot)
    later.shown({"draft_id": draft.id})
    later.restore_place(FocusPlace(draft.field, draft.cursor), draft.id)
    filled.settle()
    assert QApplication.focusWidget() is later.form_view.seen.note
    assert later.form_view.seen.note.textCursor().position() == 10


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


def test_tab_goes_from_the_signs_to_the_note_in_the_order_they_stand(page):
    begin_at(page, "Station")
    keys, signs = Keys(), page.form_view.seen.signs
    signs.entry.setFocus()
    for answer in "ot":
        keys.press(Qt.Key.Key_1)
        keys.type(answer)
    visible = list(reversed(signs._rows.values()))
    signs.entry.close_list()
    walked = []
    for _tab in range(4):
        keys.press(Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == [signs.profile, *visible, page.form_view.seen.note]


def test_any_setting_is_reached_without_choosing_the_ones_before(page):
    keys, step = Keys(), page.place_step
    step.entry.setFocus()
    step.settings.setFocus()
    for _arrow in range(5):
        keys.press(Qt.Key.Key_Right)
    assert QApplication.focusWidget() is step.settings._buttons["prison"]
    keys.press(Qt.Key.Key_Space)
    assert page.form().content.setting == "prison"


def test_the_letter_of_each_name_leads_to_its_field(page):
    begin_at(page, "Station")
    seen, who = page.form_view.seen, page.form_view.who
    for letter, field in (("A", seen.consent), ("C", who.contact_way), ("P", who.place), ("H", who.help_given)):
        seen.note.setFocus()
        Keys().press(getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)
        assert field.isAncestorOf(QApplication.focusWidget()) or field is QApplication.focusWidget(), letter


def test_a_field_that_is_gone_gives_the_keyboard_to_the_note(page):
    begin_at(page, "Station")
    page.restore_place(FocusPlace("encounter.gone", 3))
    assert QApplication.focusWidget() is page.form_view.seen.note
    page.restore_place(FocusPlace("encounter.hour", 2))
    assert QApplication.focusWidget() is page.form_view.who.hour


def test_arrows_walk_through_the_signs(page):
    begin_at(page, "Station")
    signs = page.form_view.seen.signs
    signs.entry.setFocus()
    keys = Keys()
    keys.type("1o1t")
    newest, oldest = reversed(signs._rows.values())
    newest.setFocus()
    keys.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is oldest
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is signs.entry
