"""Figures: a week by key, each number with its unit, and files that say for whom they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.domain.changes import Changes
from outreach_app.domain.tally import Tally
from tests.support.window_parts import make_parts
from ui.pages.figures import FiguresPage
from ui.pages.figures import page as figures_page
from ui.widgets.charts import BarChart, LineChart

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def supervised(qapp, tmp_path_factory):
    made = make_parts(tmp_path_factory.mktemp("figures"), role="supervisor", filled=True)
    yield made
    made.end()


@pytest.fixture
def page(supervised, qtbot):
    supervised.said.clear()
    page = FiguresPage(supervised.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    supervised.settle()
    return page


def said(page, name):
    card = page.cards()[name]
    return card.number.text(), [(bar.name, bar.number) for bar in card.chart.bars()]


def test_this_week_is_shown_with_unit_date_and_rules(page):
    assert page.period.text() == "Week 10: 2 March 2026 to 8 March 2026"
    number, bars = said(page, "encounters")
    assert number == "1 encounter"
    assert bars[0] == ("Mon 2 Mar", "1")
    assert bars[1:] == [(name, "") for name, _number in bars[1:]], "the line ends at today"
    assert len(bars) == 7
    assert [bar.value for bar in page.cards()["encounters"].chart.bars()] == [1, *[None] * 6]
    assert page.cards()["encounters"].chart.accessibleDescription() == "Mon 2 Mar: 1"
    card = page.cards()["encounters"]
    assert card.sentence.text() == "As of 2 March 2026, counting rules 1"
    assert isinstance(card.chart, LineChart)
    assert isinstance(page.cards()["uses"].chart, BarChart)
    assert said(page, "uses") == ("14 uses", [("by known people", "0"), ("by people nobody wrote down", "14")])
    assert said(page, "police_actions")[0] == "Called to 0 police actions"
    assert said(page, "stay_days")[0] == "– days"
    assert not page.nothing.isVisible()


def press(page, parts, key):
    """A key presses its button for a tenth of a second, to be seen."""
    QTest.keyClick(page.days.earlier, key, ALT)
    while page.days.earlier.isDown() or page.days.later.isDown():
        QTest.qWait(5)
    parts.settle()


def test_keys_step_by_weeks(page, supervised):
    press(page, supervised, Qt.Key.Key_Left)
    assert page.period.text() == "Week 9: 23 February 2026 to 1 March 2026"
    assert said(page, "encounters")[0] == "7 encounters"
    assert "Fri 27 Feb: 1" in page.cards()["encounters"].chart.accessibleDescription()
    for _times in range(2):
        press(page, supervised, Qt.Key.Key_Right)
    assert page.period.text().startswith("Week 11")
    assert page.nothing.isVisible(), "an empty week says so"
    assert said(page, "encounters") == ("0 encounters", [])


def test_any_days_can_be_typed_and_what_cannot_be_counted_is_said(page, supervised):
    page.days.first.edit.setFocus()
    page.days.first.edit.selectAll()
    QTest.keyClicks(page.days.first.edit, "1.2.2026")
    supervised.settle()
    assert page.period.text() == "1 February 2026 to 8 March 2026"
    assert said(page, "encounters")[0] == "9 encounters"
    assert said(page, "encounters")[1][0] == ("week 5 of 2026", "0")
    page.days.last.set_value(date(2026, 1, 1))
    page.days._tell()
    supervised.settle()
    assert "The days cannot be used." in page.told.text()
    assert page.told.isVisible()
    page.days.show_week(date.max)
    page.days._step(timedelta(days=7))
    supervised.settle()
    assert page.days.days()[1] == date.max


def test_a_day_that_is_not_one_yet_asks_nothing(page, supervised):
    page.days.first.edit.selectAll()
    QTest.keyClicks(page.days.first.edit, "some")
    supervised.settle()
    assert page.period.text() == "Week 10: 2 March 2026 to 8 March 2026"
    assert page.days.days() == (date(2026, 3, 2), date(2026, 3, 8)), "the week of the other day"


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_a_file_is_written_where_the_worker_says_and_that_is_recorded(page, supervised, tmp_path, monkeypatch, kind):
    file = tmp_path / f"taken.{kind}"
    asked = []
    monkeypatch.setattr(
        figures_page, "choose_file_to_save", lambda _parent, _title, kinds, suggested: asked.append((kinds, suggested)) or file
    )
    page.days._step(timedelta(days=-7))
    page.taking_out.kinds[kind].click()
    supervised.settle()
    assert asked == [(f"{kind.upper()} (*.{kind})", f"figures-2026-02-23-2026-03-01.{kind}")]
    assert supervised.said[-1] == ("calm", f"Saved as {file.name}.")
    assert file.stat().st_size > 500
    (entry,) = supervised.ask(lambda session: session.auditing.list_entries(limit=1))
    assert entry.detail == "figures:outside"


def test_small_groups_are_in_a_file_for_the_team_only(page, supervised, tmp_path):
    page.save("csv", tmp_path / "early.csv")
    supervised.settle()
    assert "What leaves the team covers whole weeks that are over" in page.told.text()
    assert page.told.isVisible()
    assert not (tmp_path / "early.csv").exists()
    page.days._step(timedelta(days=-7))
    page.save("csv", tmp_path / "out.csv")
    supervised.settle()
    assert "not shown" in (tmp_path / "out.csv").read_text("utf-8")
    assert "It may leave the team." in page.taking_out.sentence.text()
    page.taking_out.readers._choose("team")
    assert "It must not leave the team." in page.taking_out.sentence.text()
    page.save("csv", tmp_path / "team.csv")
    supervised.settle()
    assert "not shown" not in (tmp_path / "team.csv").read_text("utf-8")
    assert "It must not leave the team." in supervised.said[-1][1]
    for name in ("out.csv", "team.csv"):
        assert "Vesterbro" not in (tmp_path / name).read_text("utf-8")


def test_not_choosing_a_file_writes_none(page, supervised, monkeypatch):
    monkeypatch.setattr(figures_page, "choose_file_to_save", lambda *_asked: None)
    page.taking_out.kinds["csv"].click()
    supervised.settle()
    assert supervised.said == []


def test_whoever_may_not_see_figures_is_told_whose_page_it_is(page):
    page._show(None)
    assert page._stack.currentWidget() is page._not_here
    page._make("csv", None, None)


def test_what_changes_meanwhile_is_counted_anew(page, supervised):
    counted = supervised.ask(lambda session: session.tallies.record_tally(Tally(date(2026, 3, 3), "street", count=5)))
    page.refresh(Changes(settings=True))
    supervised.settle()
    assert said(page, "uses")[0] == "14 uses"
    page.refresh(Changes(tallies=True))
    supervised.settle()
    assert said(page, "uses")[0] == "19 uses"
    supervised.ask(lambda session: session.tallies.take_back(counted))
