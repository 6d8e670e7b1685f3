"""The settings page: each choice holds at once; times may differ in one kind of place; cover and lock always come."""

from __future__ import annotations

import pytest

from outreach_app.settings import PlaceTimes, Settings
from tests.support.window_parts import make_parts
from ui.pages.settings import SettingsPage


@pytest.fixture
def parts(qapp, tmp_path):
    made = make_parts(tmp_path)
    made.context.navigation.settings_changed.connect(made.context.program.keep_settings)
    yield made
    made.end()


@pytest.fixture
def page(parts, qtbot):
    made = SettingsPage(parts.context)
    qtbot.addWidget(made)
    made.show()
    return made


def _choose(box, value) -> None:
    at = box.findData(value)
    assert at >= 0, f"{value} is not offered"
    box.setCurrentIndex(at)
    box.activated.emit(at)


def _offered(box) -> list:
    return [box.itemData(at) for at in range(box.count())]


def test_only_dimming_may_never_come(page):
    assert 0 in _offered(page.times["dim_after"])
    assert 0 not in _offered(page.times["cover_after"])
    assert 0 not in _offered(page.times["lock_after"])


def test_a_time_holds_at_once(page, parts):
    _choose(page.times["lock_after"], 120)
    assert parts.context.program.settings.lock_after == 120


def test_a_kind_of_place_has_times_of_its_own(page, parts):
    assert not page.place_times["lock_after"].isEnabled(), "first the place"
    _choose(page.setting, "street")
    assert _offered(page.place_times["lock_after"])[0] is None
    _choose(page.place_times["lock_after"], 60)
    assert parts.context.program.settings.times_by_setting == (PlaceTimes("street", None, None, 60),)
    _choose(page.setting, "prison")
    assert page.place_times["lock_after"].currentData() is None
    _choose(page.setting, "street")
    assert page.place_times["lock_after"].currentData() == 60
    _choose(page.place_times["lock_after"], None)
    assert parts.context.program.settings.times_by_setting == ()


def test_an_old_never_is_shown_as_what_holds(parts, qtbot):
    parts.context.program.keep_settings(Settings(cover_after=0, lock_after=0))
    made = SettingsPage(parts.context)
    qtbot.addWidget(made)
    assert made.times["cover_after"].currentText() == "10 minutes"
    assert made.times["lock_after"].currentText() == "30 minutes"


def test_the_list_of_limits_is_one_press_away(page, parts):
    page.limits.click()
    assert parts.went[-1] == ("laptop", {"view": "protection"})
