"""Many leaflets as one job: the batch, the question before a draft, progress, stopping, and what is counted."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.errors import KnownError
from tests.ui.pages.leaflet_driving import LONGEST, choose, ended, press_print, show, stands
from ui.messages import undo_words
from ui.models.leaflets import Standing
from ui.pages.leaflets import page as leaflets_page
from ui.pages.leaflets import press
from ui.printing.pdf_pages import PdfPages


def fill_batch(parts, page, qtbot):
    for language, form, copies in (("th", "wallet", 20), ("ro", "poster", 10)):
        choose(parts, page, qtbot, language, form, copies=copies)
        page.board.card.add.click()


def page_count(pdf):
    return len(PdfPages(pdf))


def lines(page):
    return [(each.request.language, each.request.format, each.copies) for each in page.board.batch.batch().lines]


def counted(parts):
    return parts.ask(lambda session: session.printing.printed_by_language())


def test_a_batch_is_printed_as_one_job_and_each_leaflet_counted(parts, qtbot, printed):
    page = show(parts, qtbot)
    assert page.board.batch.hint.isVisible()
    fill_batch(parts, page, qtbot)
    assert page.board.batch.total.text() == "30 copies: 12 sheets of paper"
    press_print(parts, page, qtbot, batch=True)
    assert (printed / "arguments").read_text().count("\n") == 1
    assert page_count((printed / "paper").read_bytes()) == 24, "cards have two sides, so posters have empty backs"
    assert parts.said[0][1] == "30 leaflets went to the printer on 12 sheets of paper."
    assert counted(parts) == {"ro": 10, "th": 20}
    assert lines(page) == [], "it is done"
    assert undo_words(parts.undos[-1]) == "Put the batch back", "the paper does not come back"
    parts.undos[-1]()
    assert lines(page) == [("th", "wallet", 20), ("ro", "poster", 10)], "and can be had again"


def test_tab_goes_the_way_of_the_hand(parts, qtbot, printed):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "en", topic="rights")
    page.board.card.add.click()
    stops = ("rights", "eu", "a4", "cover", "duplex", "doubts", "copies", "print", "add", "save", "save all", "print all",
             "copies in the batch", "out", "preview", "wide", "read")  # fmt: skip
    page.board.languages.setFocus()
    page.activateWindow()
    names = named(page)
    seen = []
    for _stop in stops:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(names.get(QApplication.focusWidget(), QApplication.focusWidget()))
    assert seen == list(stops)


def named(page):
    card, choices, batch, preview = page.board.card, page.board.card.choices, page.board.batch, page.board.preview
    row = batch.rows()[0]
    return {
        choices.topics._buttons["rights"]: "rights", choices.groups._buttons["eu"]: "eu",
        choices.formats._buttons["a4"]: "a4", choices.cover: "cover", choices.duplex: "duplex",
        card.doubts.button: "doubts", card.copies: "copies", card.print_it: "print", card.add: "add",
        card.save_it: "save", batch.save_all: "save all", batch.print_all: "print all", row.copies: "copies in the batch",
        row.remove: "out", preview._room: "preview", preview.wide: "wide", page.board.read: "read",
    }  # fmt: skip


def test_both_sides_are_told_to_the_printer(parts, qtbot, printed):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "en", "z_fold", copies=2)
    press_print(parts, page, qtbot)
    assert "sides=two-sided-long-edge" in (printed / "arguments").read_text()


def test_lines_change_copies_and_are_taken_out_and_brought_back(parts, qtbot, printed):
    page = show(parts, qtbot)
    fill_batch(parts, page, qtbot)
    row = page.board.batch.rows()[0]
    row.copies.setValue(50)
    assert page.board.batch.total.text() == "60 copies: 15 sheets of paper"
    row.copies.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Delete)
    assert lines(page) == [("ro", "poster", 10)]
    assert parts.said[-1][1].startswith("Taken out of the batch")
    assert page.board.batch.rows()[0].isAncestorOf(QApplication.focusWidget()), "the keyboard stays in the list"
    parts.undos[-1]()
    assert lines(page) == [("th", "wallet", 50), ("ro", "poster", 10)]
    page.board.batch.rows()[1].remove.click()
    assert lines(page) == [("th", "wallet", 50)]


def test_a_draft_asks_once_in_a_run_and_offers_safer_prints_first(parts, qtbot, printed):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th", "wallet")
    card = page.board.card
    card.print_it.click()
    assert card.drafts.isVisible()
    assert card.drafts.heading.text() == "Thai is a draft"
    assert card.drafts.pictograms.hasFocus()
    assert not card.print_it.isVisible()
    assert page.go_back(), "Esc leaves it"
    assert (card.drafts.isVisible(), card.print_it.hasFocus()) == (False, True)
    assert not (printed / "paper").exists()
    press_print(parts, page, qtbot)
    card.print_it.click()
    assert not card.drafts.isVisible(), "asked once"
    ended(parts, page, qtbot)
    choose(parts, page, qtbot, "ro")
    card.print_it.click()
    assert card.drafts.isVisible(), "another language is another question"
    QTest.keyClick(card.drafts, Qt.Key.Key_Escape)
    assert not card.drafts.isVisible()


def test_a_safer_print_is_shown_before_it_is_printed(parts, qtbot, printed):
    page = show(parts, qtbot)
    card = page.board.card
    for way, form in ((card.drafts.pictograms, "pictograms"), (card.drafts.bilingual, "bilingual")):
        choose(parts, page, qtbot, "th", "wallet")
        card.print_it.click()
        way.click()
        stands(parts, page, qtbot)
        assert (page.made.wanted.format, card.print_it.hasFocus()) == (form, True)
        card.print_it.click()
        assert not card.drafts.isVisible()
        ended(parts, page, qtbot)
    assert page.made.wanted.beside == "en"
    assert counted(parts) == {"th": 2}


def test_a_safer_print_chosen_first_asks_as_well_and_names_both_languages(parts, qtbot, printed):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th", "bilingual")
    card = page.board.card
    card.print_it.click()
    assert card.drafts.heading.text() == "Thai, English are drafts"
    assert not any(part.isVisible() for part in (card.drafts.pictograms, card.drafts.bilingual, card.drafts.safer))
    card.drafts.go_on.click()
    ended(parts, page, qtbot)
    choose(parts, page, qtbot, "th", "pictograms")
    card.print_it.click()
    assert not card.drafts.isVisible(), "she knows that it is a draft"
    ended(parts, page, qtbot)
    choose(parts, page, qtbot, "th", "a4")
    card.print_it.click()
    assert card.drafts.isVisible(), "she has not said yes to a whole page of it"


def test_a_checked_language_does_not_ask(parts, qtbot, printed):
    page = show(parts, qtbot)
    page.picking._know({("where_to_get_help", "en"): Standing("checked", "", unchecked=False)})
    page.board.card.print_it.click()
    assert not page.board.card.drafts.isVisible()
    ended(parts, page, qtbot)
    assert counted(parts) == {"en": 1}


def test_a_batch_of_drafts_can_be_made_safer_as_a_whole(parts, qtbot, printed):
    page = show(parts, qtbot)
    fill_batch(parts, page, qtbot)
    page.board.batch.print_all.click()
    assert page.board.card.drafts.heading.text() == "Thai, Romanian are drafts"
    page.board.card.drafts.pictograms.click()
    assert lines(page) == [("th", "pictograms", 20), ("ro", "pictograms", 10)]
    parts.settle()
    assert page.board.batch.total.text() == "30 copies: 30 sheets of paper", "pages nobody looked at are counted"
    press_print(parts, page, qtbot, batch=True)
    assert counted(parts) == {"ro": 10, "th": 20}


def test_a_job_can_be_stopped_while_it_is_made(parts, qtbot, printed, monkeypatch):
    page = show(parts, qtbot)
    fill_batch(parts, page, qtbot)
    go_on = threading.Event()
    real = press.make_job

    def slow(orders, day, *, tell, stopped):
        def tell_and_wait(done, total):
            tell(done, total)
            go_on.wait(10)

        return real(orders, day, tell=tell_and_wait, stopped=stopped)

    monkeypatch.setattr(press, "make_job", slow)
    page.board.batch.print_all.click()
    page.board.card.drafts.go_on.click()
    qtbot.waitUntil(lambda: page.board.card.progress.text() == "1 of 2 leaflets made", timeout=LONGEST)
    assert page.board.card.progress.isVisible()
    assert not page.board.batch.isEnabled()
    assert page.go_back(), "Esc stops"
    go_on.set()
    ended(parts, page, qtbot)
    assert parts.said[-1][1] == "Stopped. Nothing was printed or saved."
    assert not (printed / "paper").exists()
    assert (counted(parts), len(lines(page))) == ({}, 2)


def test_stopping_when_the_printer_has_it_is_said_honestly(parts, qtbot, printed, monkeypatch):
    page = show(parts, qtbot)
    go_on = threading.Event()
    monkeypatch.setattr(press, "print_pdf", lambda *_what, **_how: go_on.wait(10))
    page.board.card.print_it.click()
    page.board.card.drafts.go_on.click()
    qtbot.waitUntil(lambda: page.board.card.progress.text() == "Handing it over", timeout=LONGEST)
    page.board.card.progress.cancel_requested.emit()
    go_on.set()
    ended(parts, page, qtbot)
    assert parts.said[-1][0] == "notice"
    assert "stop it at the printer itself" in parts.said[-1][1]
    assert counted(parts) == {"en": 1}


def test_a_batch_is_saved_as_one_file(parts, qtbot, no_printer, tmp_path, monkeypatch):
    page = show(parts, qtbot)
    fill_batch(parts, page, qtbot)
    assert not page.board.batch.print_all.isEnabled()
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: None)
    page.board.batch.save_all.click()
    assert not page.ordering.press.busy
    file = tmp_path / "all.pdf"
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: file)
    page.board.batch.save_all.click()
    ended(parts, page, qtbot)
    assert page_count(file.read_bytes()) == 24
    assert parts.said[-1][1] == "Saved as all.pdf."
    assert counted(parts) == {}, "saved is not printed"
    assert len(lines(page)) == 2


def test_a_job_that_cannot_be_made_is_said_and_the_batch_stays(parts, qtbot, printed, monkeypatch):
    class JobRefusedError(KnownError):
        message = "The job cannot be made."

    def refuse(*_asked, **_how):
        raise JobRefusedError

    page = show(parts, qtbot)
    fill_batch(parts, page, qtbot)
    monkeypatch.setattr(press, "make_job", refuse)
    press_print(parts, page, qtbot, batch=True)
    assert parts.said[-1] == ("notice", "The job cannot be made.")
    assert len(lines(page)) == 2
    assert page.board.batch.isEnabled()


def test_an_expired_text_asks_as_well_and_is_not_called_a_draft(parts, qtbot, printed):
    page = show(parts, qtbot)
    page.picking._know({("where_to_get_help", "en"): Standing("expired", "", unchecked=False)})
    page.board.card.print_it.click()
    assert page.board.card.drafts.heading.text() == "English has expired"
    assert "long time" in page.board.card.drafts.sentence.text()


def test_each_line_of_a_safer_batch_gets_a_language_that_differs_from_its_own(parts, qtbot, printed):
    page = show(parts, qtbot)
    for language in ("th", "en"):
        choose(parts, page, qtbot, language, "wallet", copies=5)
        page.board.card.add.click()
    page.board.batch.print_all.click()
    page.board.card.drafts.bilingual.click()
    requests = [line.request for line in page.board.batch.batch().lines]
    assert [(each.language, each.beside) for each in requests] == [("th", "en"), ("en", "da")]


def test_the_name_of_a_saved_file_does_not_tell_the_subject(parts, qtbot, printed, monkeypatch):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th", "wallet", "sex_work")
    names = []
    monkeypatch.setattr(page, "_ask_for_file", names.append)
    page.board.card.save_it.click()
    assert names == ["leaflet-th-wallet.pdf"]
