"""The page about this laptop: its views, chosen by arrows, each made when it is first shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.page import Page
from ui.pages.laptop import LaptopPage
from ui.pages.laptop.page import VIEWS


@pytest.fixture
def page(filled, qtbot):
    page = LaptopPage(filled.context)
    qtbot.addWidget(page)
    filled.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    filled.settle()
    return page


def test_the_first_view_is_shown_and_only_it_is_made(page):
    assert list(page._views) == [VIEWS[0].name]
    assert page.choices.value() == VIEWS[0].name
    assert page.choices.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize("row", VIEWS, ids=lambda row: row.name)
def test_every_view_of_the_table_is_a_page_with_a_title(row, page, filled):
    view = page.open_view(row.name)
    filled.settle()
    assert isinstance(view, Page)
    assert view.title()
    assert view.isVisible()


def test_arrows_go_from_view_to_view_and_coming_back_finds_the_last_one(page, filled):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    filled.settle()
    assert page.choices.value() == VIEWS[1].name
    page.shown({})
    filled.settle()
    assert page.choices.value() == VIEWS[1].name


def test_another_page_can_ask_for_a_view(page, filled):
    page.shown({"view": "workers"})
    filled.settle()
    assert page.choices.value() == "workers"
    page.shown({"view": "no such view"})
    filled.settle()
    assert page.choices.value() == "workers"


def test_leaving_a_view_leaves_no_words_on_show(page, filled):
    workers = page.open_view("workers")
    filled.settle()
    workers.own.change.click()
    filled.settle()
    assert workers.own.words is not None
    page.open_view("backups")
    assert workers.own.words is None
    holding = page.open_view("holding")
    holding.end.begin.click()
    filled.settle()
    holding.end.ask.entry.line.setText("half a passphrase")
    page.keep_draft_now()
    assert holding.end.ask.entry.typed() == ""


def test_only_supervisors_see_the_record_of_use_where_there_is_one(page, filled):
    assert "record" in page._offered  # there is no supervisor yet
    supervisor, other = "meadow copper lantern violin basket thunder", "thunder violin meadow copper basket lantern"

    def enter(passphrase):
        def again():
            filled.context.sessions.close()
            filled.context.sessions.put(filled.context.program.unlock(passphrase))

        filled.context.tasks.call_vault(again)
        page.shown({"view": "record"})
        filled.settle()

    filled.ask(lambda session: session.workers.add_worker("SU", "supervisor", supervisor))
    enter(supervisor)
    assert page.choices.value() == "record"
    filled.ask(lambda session: session.workers.add_worker("BK", "outreach", other))
    enter(other)
    assert "record" not in page._offered
    assert page.choices.value() == "holding"
    assert page._current == "holding"
    assert page._views["holding"].isVisible()


def test_another_page_can_ask_for_a_view_that_is_offered_only_later(filled, qtbot):
    late = LaptopPage(filled.context)
    qtbot.addWidget(late)
    late.show()
    late.shown({"view": "record"})
    filled.settle()
    assert late.choices.value() == "record"
