"""No word of the leaflets page is cut while it asks, collects, works or reads, with texts a third longer."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from outreach_app import i18n
from tests.support.cut_text import cut_texts
from tests.ui.pages.leaflet_driving import choose, show, without_vault
from tests.ui.pages.test_no_cut_text import Longer
from ui.theme import Theme

SIZES = ((1180, 680), (838, 610), (725, 464))  # what the frame leaves of 1366 x 768, the smallest window, and 150 %


@pytest.fixture
def parts(qapp, tmp_path):
    made = without_vault(tmp_path)
    yield made
    made.end()


@pytest.fixture
def page(parts, qtbot, printed, monkeypatch):
    monkeypatch.setattr(i18n, "_current", Longer())
    app = QApplication.instance()
    Theme(app, "light").apply()
    yield show(parts, qtbot)
    app.setStyleSheet("")


def whole(page, parts, what):
    for size in SIZES:
        page.resize(*size)
        for _turn in range(2):
            parts.settle()
        assert cut_texts(page) == [], (what, size)


def test_nothing_is_cut(page, parts, qtbot):
    choose(parts, page, qtbot, "pt-BR", "wallet", "rights", copies=20)
    page.board.card.add.click()
    choose(parts, page, qtbot, "ar", "bilingual", "where_to_get_help")
    page.board.card.add.click()
    whole(page, parts, "batch")
    page.board.card.doubts.set_open(True)
    whole(page, parts, "doubts")
    page.board.batch.print_all.click()
    whole(page, parts, "asking")
    page.ordering.step_back()
    page.board.show_ways(asking=False, busy=True)
    page.ordering._made(1, 2)
    whole(page, parts, "working")
    page.board.show_ways(asking=False, busy=False)
    page.board.read.click()
    qtbot.waitUntil(page.reading.isVisible)
    whole(page, parts, "reading")


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_low_window_shows_a_question_whole(parts, qtbot, printed, language):
    i18n.use_language(language)
    Theme(QApplication.instance(), "light").apply()
    try:
        page = show(parts, qtbot)
        page.resize(725, 464)
        choose(parts, page, qtbot, "th", "wallet", copies=3)
        for each in ("th", "ar", "ro"):
            choose(parts, page, qtbot, each)
            page.board.card.add.click()
        assert page.board.read.isVisible(), "reading large stands in for the preview"
        assert not page.board.preview.isVisible()
        for way in (page.board.card.print_it, page.board.batch.print_all):
            way.click()
            parts.settle()
            question = page.board.card.drafts
            assert question.doubts.isVisible(), "what is to know first is named"
            for part in (question.doubts, question.pictograms, question.bilingual, question.go_on, question.leave):
                assert part.visibleRegion().boundingRect() == part.rect(), part
            page.ordering.step_back()
        page.resize(1180, 680)
        assert page.board.preview.isVisible()
        assert page.board.card.doubts.isVisible()
        assert page.board.card.doubts.button.visibleRegion().boundingRect() == page.board.card.doubts.button.rect()
    finally:
        QApplication.instance().setStyleSheet("")
        i18n.use_language("en")
