"""The leaflets page: a live preview from memory, saving, printing, what is counted, and the locked screen."""

from __future__ import annotations

import threading

import pytest

from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from tests.support.window_parts import PASSPHRASE
from tests.ui.pages.leaflet_driving import LONGEST, PRINTER, choose, ended, press_print, show, stands
from ui.frame import Frame
from ui.page_table import rows_for
from ui.pages.leaflets import page as leaflets_page

SCRIPTS = ("ro", "ru", "th", "ar", "zh-Hans")


def by_language(parts) -> dict[str, int]:
    return parts.ask(lambda session: session.printing.printed_by_language())


def test_every_script_is_previewed_as_it_will_be_printed(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    for language in SCRIPTS:
        for form in ("a4", "wallet"):
            choose(parts, page, qtbot, language, form)
            wanted = LeafletRequest("where_to_get_help", language, form, duplex=form == "wallet")
            assert page.made.pdf == make_leaflet(wanted, parts.clock.local_now().date()).pdf
            assert page.board.preview.pages() >= 1
            assert not page.board.preview.image().isNull()
    assert "Draft" in page.board.card.state.text()


def test_a_quick_hand_waits_for_the_last_wish_only(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)
    made, go_on = [], threading.Event()

    def slowly(wanted, _day):
        made.append(wanted.language)
        go_on.wait(5)

    monkeypatch.setattr("ui.pages.leaflets.previewing.make", slowly)
    for language in ("da", "th", "ro", "es", "bg", "ru", "uk"):
        page.board.languages.set_value(language)
    go_on.set()
    parts.settle()
    assert made[-1] == "uk"
    assert len(made) <= 3, "what had not begun when another was picked is never made"


def test_a_leaflet_seen_a_moment_ago_is_there_at_once(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th")
    choose(parts, page, qtbot, "ro")
    page.board.languages.set_value("th")
    assert page.made is not None, "no waiting"
    assert page.made.wanted.language == "th"


def test_what_fails_is_said_where_the_page_would_be(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)

    def fail(*_asked):
        raise OSError("no such thing")

    monkeypatch.setattr("ui.pages.leaflets.previewing.make", fail)
    page.board.languages.set_value("ro")
    parts.settle()
    assert page.made is None
    assert "made a mistake" in page.board.nothing.text()
    assert not page.board.card.print_it.isEnabled()
    assert not page.board.card.add.isEnabled()


def test_without_a_printer_saving_is_offered(parts, qtbot, no_printer, tmp_path, monkeypatch):
    page = show(parts, qtbot)
    assert not page.board.card.print_it.isEnabled()
    assert page.board.card.no_printer.isVisible()
    file = tmp_path / "leaflet.pdf"
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: file)
    page.board.card.save_it.click()
    parts.settle()
    assert file.read_bytes() == page.made.pdf
    assert parts.said[-1][1] == "Saved as leaflet.pdf."


def test_a_folder_that_cannot_be_written_is_said(parts, qtbot, no_printer, tmp_path, monkeypatch):
    page = show(parts, qtbot)
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: tmp_path / "gone" / "leaflet.pdf")
    page.board.card.save_it.click()
    with pytest.raises(AssertionError, match="FolderNotWritableError"):
        parts.settle()
    parts.failures.clear()


def test_a_dialog_left_without_a_file_saves_nothing(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)
    monkeypatch.setattr(leaflets_page, "choose_file_to_save", lambda *_told: None)
    page.board.card.save_it.click()
    parts.settle()
    assert parts.said == []


def test_printing_hands_the_pages_over_and_counts_what_comes_out(parts, qtbot, printed):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "ro", "wallet", copies=15)
    assert page.board.card.papers.text() == "15 cards: 2 sheets of paper; 20 come out"
    press_print(parts, page, qtbot)
    assert (printed / "paper").read_bytes().startswith(b"%PDF")
    told = (printed / "arguments").read_text()
    assert f"-d {PRINTER} -n 1 -t document" in told
    assert "media=A4" in told
    assert parts.said[-1][1] == "20 leaflets went to the printer on 2 sheets of paper."
    assert by_language(parts) == {"ro": 20}, "ten cards lie on each sheet of paper"


def test_what_was_printed_lately_is_offered_again(parts, qtbot, printed):
    page = show(parts, qtbot)
    assert not page.board.recent.isVisible()
    choose(parts, page, qtbot, "th", "wallet", "health")
    press_print(parts, page, qtbot)
    parts.clock.advance(60)
    choose(parts, page, qtbot, "ro", "a4", "where_to_get_help")
    press_print(parts, page, qtbot)
    page.shown({})
    parts.settle()
    names = [button.text() for button in page.board.recent.choices._buttons.values()]
    assert [name.split(" · ")[1:] for name in names] == [["Where to get help", "A4"], ["Health", "Wallet cards"]]
    page.board.recent.choices._choose("1")
    stands(parts, page, qtbot)
    assert (page.wanted().sheet, page.wanted().language, page.wanted().format) == ("health", "th", "wallet")
    assert page.wanted().duplex, "cards have their text on the back"


def _open_again(parts) -> dict[str, int]:
    context = parts.context
    context.sessions.put(context.tasks.call_vault(lambda: context.program.unlock(PASSPHRASE)))
    return by_language(parts)


def test_what_the_locked_screen_prints_is_counted_at_the_next_unlocking(parts, qtbot, printed):
    parts.context.tasks.call_vault(parts.context.sessions.close)
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th", "poster", copies=2)
    press_print(parts, page, qtbot)
    assert parts.said[-1][1] == "2 leaflets went to the printer on 2 sheets of paper."
    kept = [file.read_bytes() for file in parts.context.program.folder.iterdir() if file.is_file()]
    assert not any(b"where_to_get_help" in content for content in kept), "what waits is sealed"
    names = [button.text() for button in page.board.recent.choices._buttons.values()]
    assert len(names) == 1, "it is offered again until somebody unlocks"
    page.memory.confirmed.add("th")
    frame = Frame(parts.context, rows_for(unlocked=False))
    qtbot.addWidget(frame)
    after = frame.go_to("leaflets")
    assert (after.memory.recent, after.memory.confirmed) == ((), set()), "another frame begins with nothing"
    stands(parts, after, qtbot)
    assert _open_again(parts) == {"th": 2}


def test_what_comes_out_of_the_printer_while_it_locks_is_counted_too(parts, qtbot, printed, monkeypatch):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "en", copies=4)

    def lock_begins(*_handed, **_how):
        parts.context.tasks.stopping.set()

    monkeypatch.setattr("ui.pages.leaflets.press.print_pdf", lock_begins)
    press_print(parts, page, qtbot)
    parts.context.tasks.call_vault(parts.context.sessions.close)
    assert _open_again(parts) == {"en": 4}


def test_without_a_vault_nothing_is_counted_and_nothing_breaks(parts, qtbot, printed, monkeypatch):
    parts.context.tasks.call_vault(parts.context.sessions.close)
    monkeypatch.setattr(parts.context.program, "vault_exists", lambda: False)
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "en", "poster")
    press_print(parts, page, qtbot)
    assert parts.said[-1][1] == "1 leaflet went to the printer on 1 sheet of paper."


def test_a_printer_that_does_not_answer_is_said_and_not_counted(parts, qtbot, printed, monkeypatch):
    (printed / "lp").write_text("#!/bin/sh\nexec sleep 5\n")
    monkeypatch.setattr("ui.printing.lp.SECONDS_TO_WAIT", 0.2)
    page = show(parts, qtbot)
    press_print(parts, page, qtbot)
    assert "Look whether it printed before you print again" in parts.said[-1][1]
    assert by_language(parts) == {}


def test_a_printer_that_refuses_is_said_calmly(parts, qtbot, printed):
    (printed / "lp").write_text("#!/bin/sh\nexit 1\n")
    page = show(parts, qtbot)
    press_print(parts, page, qtbot)
    assert parts.said[-1][0] == "notice"
    assert PRINTER in parts.said[-1][1]
    assert page.board.card.print_it.isEnabled()
    assert by_language(parts) == {}
    assert page.memory.recent == ()


def test_a_sheet_of_several_pages_is_turned_by_key_and_seen_in_full_width(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    preview = page.board.preview
    narrow = preview.image().width()
    preview.wide.click()
    assert preview.image().width() >= narrow
    assert preview.wide.toolTip().endswith("(Ctrl+0)")
    ended(parts, page, qtbot)


def test_while_a_sheet_is_read_nothing_of_the_notes_is_in_sight(parts, qtbot, no_printer):
    frame = Frame(parts.context, rows_for(unlocked=True))
    qtbot.addWidget(frame)
    frame.show()
    page = frame.go_to("leaflets")
    stands(parts, page, qtbot)
    frame.say("calm", "Something of before.", None)
    page.board.read.click()
    qtbot.waitUntil(page.reading.isVisible, timeout=LONGEST)
    assert not any(part.isVisible() for part in (frame.rail, frame.top_bar, frame.status, frame.banner))
    frame.go_to("help_lines")
    parts.settle()
    assert all(part.isVisible() for part in (frame.rail, frame.top_bar, frame.status))
    frame.go_to("leaflets")
    assert (page.board.isVisible(), page.reading.isVisible()) == (True, False)
