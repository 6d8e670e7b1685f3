"""Where the keyboard is on the leaflets page: never nowhere, and back where it was."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.ui.pages.leaflet_driving import choose, ended, show


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
