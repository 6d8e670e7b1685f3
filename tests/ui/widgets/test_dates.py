"""Dates as people say them, read back to the same day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from ui.widgets.date_field import DateField
from ui.widgets.date_words import read_date_words, say_date, short_date
from ui.widgets.form_grid import FormGrid
from ui.widgets.labelled_field import LabelledField

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(("text", "day"), [
    ("today", TODAY), ("Tomorrow ", date(2026, 3, 3)), ("yesterday", date(2026, 3, 1)), ("in 3 days", date(2026, 3, 5)),
    ("3", date(2026, 3, 5)), ("3 d", date(2026, 3, 5)), ("in 2 weeks", date(2026, 3, 16)), ("2w", date(2026, 3, 16)),
    ("2026-11-14", date(2026, 11, 14)), ("14/11", date(2026, 11, 14)), ("14.11.2026", date(2026, 11, 14)),
    ("1/3", date(2027, 3, 1)), ("14-11-26", date(2026, 11, 14)), ("5 days ago", date(2026, 2, 25)),
    ("", None), ("soon", None), ("31/2", None), ("31.02.2026", None), ("3 moons", None), ("about 3", None), ("2026-13-40", None),
])
def test_what_people_type_is_understood(text, day):
    assert read_date_words(text, TODAY) == day


def test_danish_words_are_understood(interface_language):
    interface_language("da")
    assert read_date_words("om 3 d", TODAY) == date(2026, 3, 5)
    assert read_date_words("2 uger", TODAY) == date(2026, 3, 16)
    assert short_date(TODAY) == "2. mar. 2026"


@given(st.integers(-400, 400))
def test_what_is_said_is_read_back(days):
    day = TODAY + timedelta(days=days)
    said = say_date(day, TODAY)
    assert read_date_words(said, TODAY) == (day if abs(days) <= 14 else None) or abs(days) > 14


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    assert read_date_words(text, TODAY) is None or isinstance(read_date_words(text, TODAY), date)


@pytest.fixture
def field(show):
    made = DateField(lambda: TODAY)
    made.told = []
    made.changed.connect(made.told.append)
    show(made, QLabel())
    return made


def test_typing_tells_the_day_and_leaving_tidies(field):
    field.setFocus()
    QTest.keyClicks(field.edit, "14/11")
    assert field.value() == date(2026, 11, 14)
    assert field.told[-1] == date(2026, 11, 14)
    field.edit.left.emit()
    assert field.edit.text() == "14 Nov 2026"


def test_arrows_step_by_a_day(field):
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.value() == date(2026, 3, 3)
    assert field.edit.text() == "tomorrow"


def test_what_is_not_a_day_is_said_calmly(field):
    QTest.keyClicks(field.edit, "soonish")
    assert field.value() is None
    assert not field.understood()
    assert "not a day yet" in [label.text() for label in field.findChildren(QLabel)]
    field.set_value(None)
    assert field.understood()


def test_alt_down_offers_near_days(field):
    QTest.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = field.findChild(QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["tomorrow  ·  3 Mar 2026", "in 3 days  ·  5 Mar 2026"]
    menu.actions()[1].trigger()
    assert field.value() == date(2026, 3, 5)
    menu.actions()[-1].trigger()
    assert field.value() is None
    menu.close()


def test_the_line_is_read_out_by_the_name_of_its_row_unless_it_has_its_own():
    grid, field, own = FormGrid(), DateField(lambda: TODAY), DateField(lambda: TODAY)
    own.edit.setAccessibleName("The day she went")
    grid.add("Returned &on", field)
    held = [LabelledField("Until", own)]
    assert (field.edit.accessibleName(), own.edit.accessibleName()) == ("Returned on", "The day she went")
    held.append(LabelledField("Back", field))
    assert field.edit.accessibleName() == "Back"
