"""Choices, chips and the type-ahead, worked with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.widgets.chip_row import ChipRow
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.type_ahead import Choice, TypeAhead

AGES = (("adult", "adult"), ("maybe", "maybe under 18"), ("child", "under 18"))
SIGNS = (Choice("d", "documents taken", "strong"), Choice("e", "debt out of reason"), Choice("f", "alone in the street"))


def _find(text: str) -> list[Choice]:
    return [sign for sign in SIGNS if text in sign.label]


@pytest.fixture
def ages(show):
    row = ChoiceRow(AGES)
    row.told = []
    row.changed.connect(row.told.append)
    show(row)
    return row


def test_arrows_choose_and_go_round(ages):
    ages.setFocus()
    for _step in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert ages.value() == "child"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert ages.told == ["maybe", "child", "adult"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert ages.value() == "child"


def test_space_confirms_what_an_arrow_has_just_chosen(ages):
    ages.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert (ages.value(), ages.told) == ("maybe", ["maybe"])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # chosen by Space by now
    assert (ages.value(), ages.told) == ("", ["maybe", ""])


def test_what_was_chosen_before_the_keyboard_came_back_is_taken_back(show):
    row, after = ChoiceRow(AGES), QLineEdit()
    show(row, after)
    row.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    after.setFocus()
    row.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert row.value() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_the_choice_back_where_that_may_be(show, key):
    row, fixed = ChoiceRow(AGES), ChoiceRow(AGES, may_be_empty=False)
    show(row, fixed)
    for each in (row, fixed):
        each.setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        QTest.keyClick(QApplication.focusWidget(), key)
    assert (row.value(), fixed.value()) == ("", "maybe")


def test_arrows_that_only_move_stop_at_the_ends(show):
    row = ChoiceRow(AGES, arrows_choose=False)
    show(row)
    row.setFocus()
    for key, label in ((Qt.Key.Key_Left, "adult"), *[(Qt.Key.Key_Right, AGES[at][1]) for at in (1, 2, 2)]):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget().text() == label


def test_tab_stops_once(show):
    row, after = ChoiceRow(AGES), QLineEdit()
    before = QLineEdit()
    show(before, row, after)
    row.set_value("maybe")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "maybe under 18"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


@pytest.mark.parametrize("chosen", ["", AGES[0][0], AGES[-1][0]])
def test_tab_still_stops_when_the_same_was_chosen_again(show, chosen):
    row, before = ChoiceRow(AGES), QLineEdit()
    show(before, row)
    row.set_value(chosen)
    row.set_value(chosen)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in row._buttons.values()


def test_who_hears_of_a_choice_may_place_the_keyboard(show):
    row, after = ChoiceRow(AGES), QLineEdit()
    show(row, after)
    row.changed.connect(lambda _code: after.setFocus())
    row.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is after


def test_arrows_only_move_where_a_choice_leads_away(show):
    row = ChoiceRow(AGES, arrows_choose=False)
    told = []
    row.changed.connect(told.append)
    show(row)
    row.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert (row.value(), told) == ("", [])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (row.value(), told) == ("child", ["child"])


def test_space_takes_the_choice_back_where_that_may_be(ages):
    ages.set_value("adult")
    ages.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert ages.told == [""]
    fixed = ChoiceRow(AGES, may_be_empty=False)
    fixed.set_value("adult")
    fixed._buttons["adult"].click()
    assert fixed.value() == "adult"


def test_a_choice_no_longer_offered_is_taken_back(ages):
    ages.set_value("child")
    ages.set_options(AGES[:2])
    assert (ages.value(), ages.told) == ("", [""])
    ages.set_value("maybe")
    ages.set_options(AGES)
    assert ages.value() == "maybe"


def test_other_keys_pass(ages):
    ages.setFocus()
    QTest.keyClick(ages, Qt.Key.Key_A)
    assert ages.told == []


def test_chips_come_and_go(show):
    chips = ChipRow("Delete takes it away")
    told: list[tuple[str, ...]] = []
    gone: list[str] = []
    chips.changed.connect(told.append)
    chips.removed.connect(gone.append)
    show(chips)
    assert not chips.isVisible()
    chips.add("ro", "Romanian")
    chips.add("en", "English")
    chips.add("ro", "Romanian")
    assert told == [("ro",), ("ro", "en")]
    assert chips.isVisible()
    chips._chips["ro"].setFocus()
    QTest.keyClick(chips._chips["ro"], Qt.Key.Key_Delete)
    assert gone == ["ro"]
    assert QApplication.focusWidget() is chips._chips["en"]
    QTest.mouseClick(chips._chips["en"], Qt.MouseButton.LeftButton)
    assert chips.keys() == ()
    assert not chips.isVisible()
    chips.remove("never there")


def test_chips_can_be_set_without_a_word(show):
    chips = ChipRow()
    told: list[object] = []
    chips.changed.connect(told.append)
    show(chips)
    chips.set_all([("a", "A"), ("b", "B")])
    chips.set_all([("c", "C")])
    assert chips.keys() == ("c",)
    assert told == []


@pytest.fixture
def signs(show):
    line = TypeAhead(_find, placeholder="type a sign")
    line.got = []
    line.picked.connect(line.got.append)
    show(line, QLineEdit())
    line.setFocus()
    return line


def test_letters_and_enter_pick(signs):
    QTest.keyClicks(signs, "de")
    assert [choice.key for choice in signs.offered()] == ["e"]
    QTest.keyClick(signs, Qt.Key.Key_Return)
    assert signs.got == [SIGNS[1]]
    assert (signs.text(), signs.offered()) == ("", ())


def test_arrows_move_and_go_round(signs):
    QTest.keyClicks(signs, "e")
    QTest.keyClick(signs, Qt.Key.Key_Up)
    QTest.keyClick(signs, Qt.Key.Key_Return)
    QTest.keyClick(signs, Qt.Key.Key_Down)
    assert len(signs.offered()) == 3, "Down opens the whole list"
    QTest.keyClick(signs, Qt.Key.Key_Down)
    QTest.keyClick(signs, Qt.Key.Key_Tab)
    assert [choice.key for choice in signs.got] == ["f", "e"]


def test_escape_closes_and_keeps_the_text(signs):
    closed: list[int] = []
    signs.list_closed.connect(lambda: closed.append(1))
    QTest.keyClicks(signs, "deb")
    QTest.keyClick(signs, Qt.Key.Key_Escape)
    assert (signs.text(), signs.offered(), signs.got, closed) == ("deb", (), [], [1])


def test_nothing_found_shows_no_list(signs):
    QTest.keyClicks(signs, "zzz")
    assert signs.offered() == ()
    QTest.keyClick(signs, Qt.Key.Key_Return)
    assert signs.got == []


def test_leaving_or_moving_the_window_closes_the_list(signs):
    QTest.keyClicks(signs, "de")
    signs.window().resize(500, 300)
    assert signs.offered() == ()
    QTest.keyClicks(signs, "b")
    signs.clearFocus()
    assert signs.offered() == ()


def test_a_click_picks_and_the_text_may_stay(show):
    line = TypeAhead(_find, keep_text=True, least_letters=2)
    got: list[Choice] = []
    line.picked.connect(got.append)
    show(line)
    QTest.keyClicks(line, "d")
    assert line.offered() == ()
    QTest.keyClicks(line, "o")
    where = line._list.visualItemRect(line._list.item(0)).center()
    QTest.mouseClick(line._list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert got == [SIGNS[0]]
    assert line.text() == "documents taken"


def test_the_list_stays_inside_the_window(show):
    window = show(QLineEdit(), TypeAhead(lambda _text: [Choice(str(at), f"sign {at}") for at in range(30)]))
    line = window.findChild(TypeAhead)
    line.setGeometry(10, window.height() - 40, 580, 32)
    QTest.keyClicks(line, "s")
    assert window.rect().contains(line._popup.geometry())
