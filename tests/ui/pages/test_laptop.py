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
    assert page.choices.value() == VIEWS[0].name
