"""Leaflets put into a hand: every written sheet is found by language, sheet and format; her languages come first."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.support.clock import FakeClock
from tests.ui.pages.encounter_driving import Keys, begin_at, shown_page
from ui.models.leaflets_words import FORMAT_WORDS
from ui.pages.encounter.leaflets_given import LeafletsGiven
from ui.pages.encounter.opening import leaflets_and_numbers
from ui.theme import Theme


class OnlyLeaflets:
    """The part of the page's book that this field reads."""

    leaflets = leaflets_and_numbers(FakeClock())[0]


@pytest.fixture
def field(qtbot):
    made = LeafletsGiven(OnlyLeaflets())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.entry.setFocus()
    return made


def offered(field, typed):
    return [choice.key for choice in field._find(typed)]


def test_there_are_all_sheets_in_all_languages_they_are_written_in():
    assert len(OnlyLeaflets.leaflets) > 250
    assert len({choice.key for choice in OnlyLeaflets.leaflets}) == len(OnlyLeaflets.leaflets)


def test_without_a_word_the_first_sheet_comes_and_her_languages_lead(field):
    assert offered(field, "")[0].startswith("where_to_get_help|")
    field.prefer(("zh", "ru"))
    languages = [key.split("|")[1] for key in offered(field, "")]
    assert languages[:2] == ["ru", "zh-Hans"]
    assert set(languages) == {"ru", "zh-Hans"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("thai", "where_to_get_help|th|wallet"),
        ("thai health", "health|th|wallet"),
        ("ไทย", "where_to_get_help|th|wallet"),
        ("roma police", "police|ro|wallet"),
        ("arab rights asylum", "rights_asylum|ar|wallet"),
        ("thai half", "where_to_get_help|th|a5"),
        ("health roma poster", "health|ro|poster"),
    ],
)
def test_language_sheet_and_format_are_typed_in_any_order(field, typed, key):
    assert offered(field, typed)[0] == key


def test_what_fits_nothing_is_said(field):
    Keys().type("xyz")
    assert "no leaflet" in field.told.text()
    assert offered(field, "xyz half") == []


def test_a_chip_says_language_sheet_and_format_and_goes_away_again(field, qtbot):
    told = []
    field.changed.connect(told.append)
    keys = Keys()
    keys.type("thai half")
    keys.press(Qt.Key.Key_Return)
    assert [(given.sheet, given.language, given.format) for given in told[-1]] == [("where_to_get_help", "th", "a5")]
    chip = field._chips.chips()[0]
    assert chip.text() == "Thai · Where to get help · half page (A5)"
    chip.click()
    assert told[-1] == ()


def test_each_letter_is_answered_at_once(field):
    field._find("a")  # the first letter folds all names
    began = time.process_time()
    for typed in ("t", "th", "tha", "thai", "thai h"):
        field._find(typed)
    assert (time.process_time() - began) / 5 < 0.1


def test_a_wallet_card_is_called_as_on_the_leaflets_page(field):
    assert field._find("thai health")[0].label.endswith(f"Health · {FORMAT_WORDS['wallet']}")


def test_a_chosen_leaflet_cuts_no_choice_above_it(filled, qtbot):
    Theme(QApplication.instance(), "light").apply()
    page = shown_page(filled, qtbot)
    begin_at(page, filled.ask(lambda session: session.places.list_places())[0].code)
    page.place_step.go_on.click()
    who = page.form_view.who
    for typed in ("thai", "arab asylum"):
        who.leaflets.entry.picked.emit(who.leaflets._find(typed)[0])
    filled.settle()
    for row in (who.age_band, who.help_given, who.leaflets._chips):
        for button in row.findChildren(QPushButton):
            assert button.isHidden() or row.rect().contains(button.geometry()), button.text()
    QApplication.instance().setStyleSheet("")
