"""A sheet read on the screen: whole, in its own letters and direction, numbers left to right, larger and smaller."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.leaflets.making import prepare
from outreach_app.leaflets.requests import LeafletRequest
from tests.ui.pages.leaflet_driving import LONGEST, choose, show, without_vault
from ui.models.leaflets_reading import MAY_BREAK, read_text
from ui.pages.leaflets.reading import SIZES, ReadingView


@pytest.fixture
def parts(qapp, tmp_path):
    made = without_vault(tmp_path)
    yield made
    made.end()


def read(parts, page, qtbot, language, topic="where_to_get_help"):
    choose(parts, page, qtbot, language, topic=topic)
    page.board.read.click()
    qtbot.waitUntil(page.reading.isVisible, timeout=LONGEST)
    return page.reading


@pytest.mark.parametrize("language", ["th", "ar", "zh-Hans", "bg"])
def test_everything_of_the_sheet_is_there(parts, language):
    day = parts.clock.local_now().date()
    wanted = LeafletRequest("where_to_get_help", language)
    told = {block.text.replace(MAY_BREAK, "") for block in read_text(wanted, day).blocks}
    wording = prepare(wanted, day).wording
    assert {wording.title, wording.hotline_number, wording.emergency_number, wording.draft_mark} <= told
    for section in (*wording.sections, wording.emergency, wording.hotline, wording.hours):
        assert {section.heading, *section.plain_lines} <= told
    assert set(wording.small_print) <= told


def test_thai_breaks_between_its_words(parts):
    blocks = read_text(LeafletRequest("health", "th"), parts.clock.local_now().date()).blocks
    assert sum(block.text.count(MAY_BREAK) for block in blocks) > len(blocks)


def test_numbers_come_last_where_the_sheet_has_them_last(parts):
    blocks = read_text(LeafletRequest("health", "en"), parts.clock.local_now().date()).blocks
    numbers = [place for place, block in enumerate(blocks) if block.kind == "number"]
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    assert numbers[0] > headings[2]


def test_it_fills_the_window_and_esc_goes_back(parts, qtbot, no_printer):
    alone = []
    parts.context.navigation.alone_requested.connect(alone.append)
    page = show(parts, qtbot)
    reading = read(parts, page, qtbot, "ar")
    assert (alone, page.board.isVisible(), reading.words.hasFocus()) == ([True], False, True)
    first = reading.words.document().begin()
    assert first.textDirection() == Qt.LayoutDirection.RightToLeft
    assert "Vazirmatn" in first.begin().fragment().charFormat().fontFamilies()
    assert "+45\u00a070\u00a020\u00a025\u00a050" in reading.words.toPlainText().replace(" ", "\u00a0")
    QTest.keyClick(reading.words, Qt.Key.Key_Escape)
    assert (alone, page.board.isVisible(), reading.isVisible()) == ([True, False], True, False)
    assert page.board.languages.rows.hasFocus(), "where the hand was"
    read(parts, page, qtbot, "th")
    assert page.go_back()
    assert not page.go_back()


def test_letters_grow_and_shrink_within_limits(parts, qtbot):
    view = ReadingView()
    qtbot.addWidget(view)
    view.show()
    view.larger.click()  # nothing to read yet
    view.read(read_text(LeafletRequest("health", "en"), parts.clock.local_now().date()))
    for _press in SIZES:
        view.larger.click()
    assert not view.larger.isEnabled()
    line = view.words.document().findBlockByNumber(1).begin().fragment().charFormat()
    assert line.fontPointSize() == SIZES[-1]
    for _press in SIZES:
        view.smaller.click()
    assert not view.smaller.isEnabled()
    QTest.keyClick(view, Qt.Key.Key_F)


def test_what_cannot_be_read_is_said(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)

    def fail(*_asked):
        raise OSError("no such thing")

    monkeypatch.setattr("ui.pages.leaflets.page.read_text", fail)
    page.board.read.click()
    parts.settle()
    assert parts.said[-1][0] == "notice"
    assert page.board.isVisible()
