"""What the hand does on the leaflets page: where the keyboard is, numbers typed, sides ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.pages.leaflet_driving import LONGEST, choose, ended, show
from ui.models.leaflets_batch import MOST_COPIES
from ui.pages.keys import LEAFLET_FIELDS, field_keys


def test_the_keyboard_is_on_stop_during_a_job_and_goes_back_to_what_began_it(parts, qtbot, printed):
    page = show(parts, qtbot)
    page.activateWindow()
    choose(parts, page, qtbot, "th", "poster")
    card, batch = page.board.card, page.board.batch
    batch.add(page.made.wanted, 2)
    for begin, back in ((card.print_it, card.print_it), (batch.print_all, page.board.languages.rows)):
        begin.setFocus()
        begin.click()
        if card.drafts.isVisible():
            card.drafts.go_on.click()
        assert card.progress.isAncestorOf(QApplication.focusWidget()), "Stop"
        ended(parts, page, qtbot)
        assert QApplication.focusWidget() is back
    card.print_it.click()
    page.board.languages.rows.setFocus()
    ended(parts, page, qtbot)
    assert page.board.languages.rows.hasFocus(), "who has gone on stays there"
    batch.add(page.made.wanted, 2)
    page.memory.confirmed.clear()
    batch.print_all.click()
    page.go_back()
    assert batch.print_all.hasFocus(), "a question about the batch is left to the batch"


def test_more_copies_than_can_be_are_cut_back_and_that_is_said(parts, qtbot, printed):
    page = show(parts, qtbot)
    card = page.board.card
    choose(parts, page, qtbot, "en", "a4")
    card.copies.selectAll()
    QTest.keyClicks(card.copies, "99999")
    assert (card.copies.value(), card.copies.text()) == (MOST_COPIES, str(MOST_COPIES))
    assert card.papers.text().endswith(f"{MOST_COPIES} at once are the most.")
    card.add.click()
    card.copies.selectAll()
    QTest.keyClicks(card.copies, "20")
    assert card.papers.text() == "20 copies: 20 sheets of paper"
    row = page.board.batch.rows()[0]
    row.copies.setValue(3)
    row.copies.selectAll()
    QTest.keyClicks(row.copies, "500")
    assert page.board.batch.total.text().endswith("at once are the most.")


def test_cards_have_both_sides_unless_unticked_and_one_line_says_what_is_chosen(parts, qtbot, printed):
    page = show(parts, qtbot)
    choices, chosen = page.board.card.choices, page.board.card.chosen
    choose(parts, page, qtbot, "ar", "wallet", "rights")
    assert (page.wanted().duplex, choices.one_side.isVisible()) == (True, False)
    assert "\u2068العربية\u2069" in chosen.text()
    assert chosen.text().endswith("both sides")
    choices.duplex.click()
    assert (page.wanted().duplex, choices.one_side.isVisible()) == (False, True)
    choose(parts, page, qtbot, "ar", "a4")
    assert (page.wanted().duplex, choices.one_side.isVisible()) == (False, False)
    choose(parts, page, qtbot, "ar", "wallet")
    assert not page.wanted().duplex, "what she unticked stays so"


def test_alt_l_leads_to_the_languages_and_esc_from_reading_to_where_the_hand_was(parts, qtbot, printed):
    page = show(parts, qtbot)
    page.activateWindow()
    copies = page.board.card.copies
    copies.setFocus()
    QTest.keyClick(copies, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.reading.isVisible, timeout=LONGEST)
    QTest.keyClick(page.reading.words, Qt.Key.Key_Escape)
    assert copies.hasFocus()
    QTest.keyClick(copies, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert page.board.languages.rows.hasFocus()


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_sheet_of_keys_says_the_letters_of_the_page(parts, qtbot, printed, language, interface_language):
    interface_language(language)
    page = show(parts, qtbot)
    texts = {label.text() for label in page.findChildren(QLabel) if "&" in label.text()}
    assert {f"Alt+{text[text.index('&') + 1].upper()}" for text in texts} == {key for key, _name in field_keys(LEAFLET_FIELDS)}
    assert "Alt+L" not in dict(field_keys(LEAFLET_FIELDS))
