"""The page of help lines: numbers and places, what is open now each time it is looked at, hostile text as it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from outreach_app.leaflets import directory
from tests.support.cut_text import cut_texts
from tests.support.directories import PLACE_ROW, directory_with
from ui.pages.help_lines import HelpLinesPage

HOSTILE = "<b>bold</b> <img src=path> &lt; {name}"


@pytest.fixture
def page(parts, qtbot, monkeypatch):
    place = PLACE_ROW | {"name": HOSTILE, "note": HOSTILE, "source": HOSTILE, "promises": ["free"]}
    second = PLACE_ROW | {"id": "second", "name": "Second place", "number": "", "confirmed": False}
    monkeypatch.setattr(directory, "help_lines", lambda: directory_with(place, second))
    made = HelpLinesPage(parts.context)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.shown({})
    parts.settle()
    return made


def texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def test_lines_and_places_are_shown(page):
    shown = texts(page)
    assert "+45\u00a011\u00a022\u00a033\u00a044" in shown
    assert "+45\u00a012\u00a034\u00a056\u00a078" in shown
    assert {"112", "Region Zealand", "\u2068Second place\u2069"} <= set(shown)
    empty = [label for label in page.findChildren(QLabel) if label.property("kind") == "section" and not label.text()]
    assert [label.isVisibleTo(page) for label in empty] == [False]


def test_markup_in_an_entry_is_shown_as_it_stands(page):
    assert texts(page).count(f"\u2068{HOSTILE}\u2069") == 2
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text())
    tips = [widget.toolTip() for widget in page.findChildren(QWidget) if "img" in widget.toolTip()]
    assert tips == ["<p>&lt;b&gt;bold&lt;/b&gt; &lt;img src=path&gt; &amp;lt; {name}</p>"]


def test_each_look_says_what_is_open_now(page, parts):
    before = texts(page).count("open now") + texts(page).count("closed now")
    assert before == 3
    was_open = texts(page).count("open now")
    parts.clock.advance(12 * 3600)
    page.shown({})
    parts.settle()
    assert texts(page).count("open now") + texts(page).count("closed now") == before
    assert texts(page).count("open now") != was_open


def test_nothing_is_cut_and_the_keyboard_scrolls(page, qtbot):
    assert cut_texts(page) == []
    page.focus_first()
    bar = page._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(page._scroll, Qt.Key.Key_PageDown)
    assert bar.value() > 0
