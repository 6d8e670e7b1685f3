"""The laptop in her hands: the note is locked away, the cards are all there is, and the answers come back to the draft."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.shell import ROWS, make_shell
from ui.app import read_arguments
from ui.page_table import PAGES
from ui.successor import Standing

REAL = {row.name: row for row in PAGES if row.name in {"encounter", "cards"}}
PAGES_OF_A_SHELL = (*(REAL.get(row.name, row) for row in ROWS), REAL["cards"])


@pytest.fixture
def written(qapp, tmp_path):
    """A window on a half-written encounter."""
    shell = make_shell(qapp, tmp_path, rows=PAGES_OF_A_SHELL)
    shell.open()
    shell.window.frame.go_to("encounter", {"new": "1"})
    shell.settle()
    page = shell.window.frame.current()
    page.place_step.settings._choose("street")
    shell.settle()
    yield shell
    shell.end()


@pytest.fixture
def handed(qapp, tmp_path, written):
    """The locked window that begins with the cards; the one before it is gone."""
    written.window.frame.current().form_view.cards.ask.click()
    written.wait(lambda: written.ended)
    standing = written.successors[0].standing
    again = make_shell(qapp, tmp_path, page=standing.page, rows=PAGES_OF_A_SHELL)
    again.standing = standing
    again.window.begin()
    again.context.go_to("cards", {"handed": "1"})
    again.wait(lambda: again.window.frame.current().languages.buttons)
    yield again
    again.end()


def answer_all(page, **answers: str) -> None:
    """Answer every card, by the keys; skipped where nothing is given."""
    keys = {"yes": Qt.Key.Key_1, "no": Qt.Key.Key_2, "skip": Qt.Key.Key_3}
    while page._stack.currentWidget() is not page.end:
        if page._stack.currentWidget() is page.health:
            QTest.keyClick(page, Qt.Key.Key_Return)
        else:
            QTest.keyClick(page, keys[answers.get(page.run.card.id, "skip")])


def test_asking_locks_first_and_keeps_the_untouched_note_as_a_draft(written, handed):
    assert not written.context.unlocked
    assert handed.standing.cards
    assert not handed.context.unlocked, "the process with the cards has no keys"
    frame = handed.window.frame
    assert frame.current_name == "cards"
    assert not frame.top_bar.isVisible()
    assert not frame.rail.isVisible()


def test_the_answers_come_back_to_the_draft_after_the_passphrase(handed):
    page = handed.window.frame.current()
    page.languages.buttons["ro"].click()
    QTest.keyClick(page, Qt.Key.Key_Return)
    answer_all(page, screen="no", papers="no", debt="yes", age="no", pregnancy="yes")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert handed.window.frame.current_name == "unlock"
    assert handed.window.handed_cards.waiting
    handed.open()
    handed.wait(lambda: handed.window.frame.current_name == "encounter")
    handed.settle()
    form_page = handed.window.frame.current()
    content = form_page.form().content
    assert content.cards.language == "ro"
    assert content.cards.draft
    assert content.cards.answers["papers"] == "no"
    assert "pregnancy" not in content.cards.answers, "health is for health workers"
    assert dict(content.answers) == {}, "nothing is set by itself"
    assert content.age_band == ""
    assert not handed.window.handed_cards.waiting

    panel = form_page.form_view.cards
    assert panel.isVisible()
    assert "draft" in panel.opener.button.text()
    assert "no" in panel.said.text()
    offers = {each.text(): each for each in panel.offers}
    assert len(offers) == 4
    next(each for text, each in offers.items() if "debt" in text).click()
    next(each for each in panel.offers if "under 18" in each.text()).click()
    content = form_page.form().content
    assert dict(content.answers) == {"cs.coercion_at_destination.debt_bondage": "told"}
    assert content.age_band == "maybe_under_18"
    assert form_page.form_view.seen.signs._rows
    next(each for each in panel.offers if "under the note" in each.text()).click()
    assert "pregnant" in form_page.form().content.note
    assert not panel.health.isVisible()


def test_nothing_of_the_vault_is_reached_from_the_cards(handed):
    page = handed.window.frame.current()
    page.languages.buttons["th"].click()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Escape):
        QTest.keyClick(page, key)
    names = {row.name for row in PAGES if row.while_locked}
    for name in (row.name for row in PAGES if not row.while_locked):
        handed.context.go_to(name, {})
        assert handed.window.frame.current_name in names
    assert not handed.context.unlocked


def test_covering_leaves_a_plain_health_page_behind(handed):
    page = handed.window.frame.current()
    page.languages.buttons["ar"].click()
    QTest.keyClick(page, Qt.Key.Key_Return)
    answered = {"screen": "no"}
    while page.run.card.kind != "other":
        QTest.keyClick(page, {"no": Qt.Key.Key_2}.get(answered.get(page.run.card.id), Qt.Key.Key_3))
    handed.window.cover_now()
    QTest.keyClick(handed.window._cover, Qt.Key.Key_A)
    QApplication.processEvents()
    assert page._stack.currentWidget() is page.health
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.run.card.kind == "health"


def test_another_workers_unlocking_does_not_get_the_answers(handed):
    page = handed.window.frame.current()
    page.languages.buttons["ro"].click()
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_1)
    assert handed.window.handed_cards.waiting
    assert handed.window.handed_cards.place("") == {}
    assert not handed.window.handed_cards.waiting
    assert handed.window.handed_cards.place("d1") == {"draft_id": "d1"}


def test_answers_are_forgotten_after_a_while(handed):
    page = handed.window.frame.current()
    page.languages.buttons["ro"].click()
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_1)
    waiting = handed.window.handed_cards
    assert waiting._forget.isActive()
    waiting._forget.timeout.emit()
    assert not waiting.waiting


def test_the_whole_screen_is_filled_and_given_back(handed):
    handed.window.show()
    page = handed.window.frame.current()
    handed.context.go_to("cards", {"handed": "1"})
    assert handed.window.isFullScreen()
    page.go_back()
    assert not handed.window.isFullScreen()
    assert handed.window.frame.rail.isVisible()


def test_the_successor_is_told_and_told_nothing_else(tmp_path):
    standing = Standing(tmp_path, (0, 0, 1200, 700), page="encounter", cards=True)
    given = read_arguments(standing.arguments()[1:])
    assert given.cards
    assert not read_arguments(Standing(tmp_path, (0, 0, 1, 1)).arguments()[1:]).cards
