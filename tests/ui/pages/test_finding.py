"""Finding notes by keyboard: filters picked by two letters, chips, kept searches with a key, names that open people."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.changes import Changes
from outreach_app.domain.finding import Filters
from ui.pages.encounters import EncountersPage
from ui.pages.encounters.page import count_words

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(filled, qtbot):
    made = EncountersPage(filled.context)
    qtbot.addWidget(made)
    filled.context.changes_hub.changed.connect(made.refresh)
    made.resize(1146, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.shown({})
    filled.settle()
    return made


def narrow(parts, page, typed, *, down=0):
    """Type into the field, go down, and take what is marked."""
    QTest.keyClick(page, Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is page.narrowing.field
    QTest.keyClicks(page.narrowing.field, typed)
    parts.settle()
    for _each in range(down):
        QTest.keyClick(page.narrowing.field, Qt.Key.Key_Down)
    QTest.keyClick(page.narrowing.field, Qt.Key.Key_Return)
    parts.settle()


def chips(page):
    return [chip.text() for chip in page.narrowing.chips.chips()]


def test_a_list_is_narrowed_step_by_step_with_the_keyboard_alone(filled, page):
    narrow(filled, page, "mass")
    assert (page.rows.rowCount(), page.found.text()) == (5, "5 notes found")
    narrow(filled, page, "roman")
    narrow(filled, page, "last 7")
    assert chips(page) == ["language: Romanian", "setting: Massage parlour", "the last 7 days"]
    assert page.rows.rowCount() == 4
    QTest.keyClick(page.narrowing.field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.narrowing.chips._chips["language:ro"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    filled.settle()
    assert page.filters == Filters(setting="massage_parlour", days=7)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    assert page.note.isVisible()
    assert page.go_back(), "the note first"
    assert page.go_back(), "then the filters"
    filled.settle()
    assert (page.filters, page.rows.rowCount(), chips(page)) == (Filters(), 9, [])
    assert not page.go_back()


def test_people_and_places_are_offered_behind_the_filters(filled, page):
    narrow(filled, page, "maria")
    assert chips(page) == ["contact: \u2068Maria P.\u2069"]
    assert page.rows.rowCount() == 3
    page.go_back()
    narrow(filled, page, "vesterb")
    assert chips(page) == ["place: \u2068Vesterbro 12\u2069"]
    assert page.rows.rowCount() == 5


def test_a_code_that_comes_too_late_is_not_offered(filled, page):
    QTest.keyClick(page, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(page.narrowing.field, "maria")
    page.narrowing.field.setText("else")
    filled.settle()
    assert all(choice.detail != "contact" for choice in page.narrowing.field.offered())


def test_words_typed_here_stand_in_the_line_above_and_the_other_way_round(filled, page):
    told: list[str] = []
    filled.context.navigation.search_set.connect(told.append)
    narrow(filled, page, "doctor")
    assert (told, page.filters.words, chips(page)) == (["doctor"], "doctor", ["“\u2068doctor\u2069”"])
    filled.context.navigation.search_changed.emit("  short talk ")
    page._pause.timeout.emit()
    filled.settle()
    assert (chips(page), page.rows.rowCount()) == (["“\u2068short talk\u2069”"], 2)
    page.narrowing.chips.remove("words:short talk")
    assert told[-1] == ""


def test_a_name_that_is_typed_leads_to_the_person(filled, page):
    filled.context.navigation.search_changed.emit("red")
    page._pause.timeout.emit()
    filled.settle()
    (code,) = page.codes.buttons
    assert code.toolTip() == "Open \u2068Red jacket\u2069"
    code.click()
    jacket = filled.ask(lambda session: session.contacts.find_contact_by_name("Red jacket").id)
    assert filled.went[-1] == ("contacts", {"contact_id": jacket})
    filled.context.navigation.search_changed.emit("stat")
    page._pause.timeout.emit()
    filled.settle()
    page.codes.buttons[0].click()
    assert filled.went[-1][0] == "places"


def test_what_is_looked_for_anew_begins_at_the_top_and_enter_opens_it(filled, page):
    page.table.selectRow(6)
    filled.context.navigation.search_changed.emit("doctor")
    page._pause.timeout.emit()
    filled.settle()
    assert page.table.currentIndex().row() == 0
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    assert "doctor" in page.note.text()


def test_nothing_found_says_how_to_go_on_and_an_open_note_stays(filled, page):
    page._narrow(Filters(words="zzzz"))
    filled.settle()
    assert page._none_found.isVisible()
    page._narrow(Filters())
    filled.settle()
    page.open_note(page.rows.id_at(0))
    filled.settle()
    page._narrow(Filters(words="zzzz"))
    filled.settle()
    assert page.note.isVisible()
    assert count_words(200, 200) == "200 notes or more found"


def test_an_answer_to_what_was_typed_before_is_let_go(filled, page):
    page.search("doctor")
    page._pause.timeout.emit()
    page.search("zzzz")
    filled.settle()
    assert page.rows.rowCount() == 9, "nothing was shown for either yet"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    filled.settle()
    assert not page.note.isVisible(), "what is listed is not what was typed"
    page._pause.timeout.emit()
    filled.settle()
    assert page._none_found.isVisible()


def test_the_list_can_be_opened_for_one_contact(filled, page):
    jacket = filled.ask(lambda session: session.contacts.find_contact_by_name("Red jacket").id)
    page.shown({"contact_id": jacket})
    filled.settle()
    assert (page.rows.rowCount(), chips(page)) == (6, ["contact: \u2068Red jacket\u2069"])


# -- kept searches ----------------------------------------------------------------------------------------------


def kept(page):
    return [button.accessibleName() for button in page.kept.buttons]


def keep(parts, page, name):
    page.kept.keep.click()
    assert QApplication.focusWidget() is page.kept.name
    QTest.keyClicks(page.kept.name, name)
    QTest.keyClick(page.kept.name, Qt.Key.Key_Return)
    parts.settle()


def test_a_search_is_kept_and_called_by_one_key(filled, page):
    assert not page.kept.keep.isEnabled(), "nothing is looked for"
    narrow(filled, page, "mass")
    keep(filled, page, "Parlours & bars")
    assert (kept(page), page.kept.buttons[0].text()) == (["Parlours & bars"], "\u2068Parlours && bars\u2069")
    assert QApplication.focusWidget() is page.table
    assert page.kept.buttons[0].isChecked()
    page.go_back()
    filled.settle()
    assert not page.kept.buttons[0].isChecked()
    QTest.keyClick(page, Qt.Key.Key_1, CTRL)
    filled.settle()
    assert (page.filters, page.rows.rowCount()) == (Filters(setting="massage_parlour"), 5)
    QTest.keyClick(page, Qt.Key.Key_2, CTRL)
    assert page.filters == Filters(setting="massage_parlour"), "there is no second one"


def test_a_kept_search_is_renamed_dropped_and_brought_back(filled, page):
    narrow(filled, page, "mass")
    keep(filled, page, "old name")
    page.kept.rename.click()
    assert page.kept.name.text() == "old name"
    page.kept.name.setText("\u202enew " + "o\u0301" * 40)
    QTest.keyClick(page.kept.name, Qt.Key.Key_Return)
    filled.settle()
    assert page.kept.buttons[0].text().endswith("…\u2069")
    page.kept.buttons[0].setFocus()
    page.kept.drop.click()
    filled.settle()
    assert kept(page) == []
    filled.undos[-1]()
    filled.settle()
    assert len(kept(page)) == 1


def test_esc_leaves_the_naming_and_a_name_that_is_taken_is_said(filled, page, qtbot):
    narrow(filled, page, "mass")
    keep(filled, page, "one")
    narrow(filled, page, "roman")
    QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(page.kept.name.hasFocus)
    QTest.keyClick(page.kept.name, Qt.Key.Key_Escape)
    assert page.kept.name.isHidden()
    assert page.filters.language == "ro", "nothing is lost"
    page.kept.keep.click()
    page.kept.name.setText("ONE")
    QTest.keyClick(page.kept.name, Qt.Key.Key_Return)
    with pytest.raises(AssertionError, match="KeptSearchNameTakenError"):
        filled.settle()
    filled.failures.clear()
    assert not page.kept.name.isHidden(), "she may choose another"


def test_the_keyboard_stays_where_a_kept_search_was(filled, page):
    def three(session):
        for name in ("a", "b", "c"):
            session.kept_searches.keep_search(name, Filters(words=name))

    filled.ask(three)
    page.refresh(Changes(searches=True))
    filled.settle()
    page.kept.buttons[2].setFocus()
    filled.ask(lambda session: session.kept_searches.drop_search(session.kept_searches.list_kept()[2].id))
    page.refresh(Changes(searches=True))
    filled.settle()
    assert page.kept.buttons[1].hasFocus()
    page.kept.show_kept(())
    assert page.kept.buttons == []


def test_where_nothing_was_found_the_keyboard_goes_to_the_field_that_narrows(filled, page):
    page._narrow(Filters(words="zzzz"))
    filled.settle()
    assert QApplication.focusWidget() is page.narrowing.field
    keep(filled, page, "nothing yet")
    assert QApplication.focusWidget() is page.narrowing.field, "never a hidden list"
    page.go_back()
    filled.settle()
    page.table.setFocus()
    QTest.keyClick(page, Qt.Key.Key_1, CTRL)
    filled.settle()
    assert page._none_found.isVisible()
    assert QApplication.focusWidget() is page.narrowing.field
    page.kept.buttons[0].setFocus()
    page.setFocus()
    assert QApplication.focusWidget() is page.narrowing.field


def test_enter_in_an_empty_search_line_goes_to_the_first_field(page):
    page.table.setFocus()
    page.focus_first()
    assert QApplication.focusWidget() is page.narrowing.field
