"""Widgets that show: banner, progress, empty state, fields, rail, top bar, preview, words that wrap."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from ui.widgets.banner import Banner
from ui.widgets.buttons import button, icon_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labelled_field import LabelledField
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.progress_line import ProgressLine
from ui.widgets.rail import Rail, RailRow
from ui.widgets.text import words
from ui.widgets.top_bar import TopBar, TopBarWords

LONG = "The stick is full. Nothing was lost; the batch is still here. Free 2 MB or use another stick. " * 2


def test_a_banner_says_its_sentence_and_can_be_answered(show):
    banner = Banner("calm", "Done.", action="Undo", close_words="Close")
    heard: list[str] = []
    banner.action_requested.connect(lambda: heard.append("undo"))
    banner.closed.connect(lambda: heard.append("closed"))
    show(banner)
    banner._action.click()
    banner.say("urgent", "Call 112.")
    assert (banner.text(), banner.accessibleName(), banner.property("tone")) == ("Call 112.", "Call 112.", "urgent")
    assert not banner._action.isVisible()
    banner._close.click()
    assert heard == ["undo", "closed"]
    assert not banner.isVisible()


def test_progress_shows_counts_and_can_be_stopped(show, qtbot):
    line = ProgressLine("Stop")
    show(line)
    line.set_progress("14 of 52 sealed", 14, 52)
    assert (line.text(), line._bar.value(), line._bar.maximum()) == ("14 of 52 sealed", 14, 52)
    line.set_progress("Connecting")
    assert line._bar.maximum() == 0, "unknown length moves"
    with qtbot.waitSignal(line.cancel_requested):
        line._cancel.click()


def test_wrapped_words_keep_their_height(show):
    label = words(LONG)
    window = show(label)
    for width in (600, 300, 220, 500):
        window.resize(width, 60)
        QApplication.processEvents()
        assert label.height() >= label.heightForWidth(label.width()), width


def test_a_name_with_markup_stays_a_name(show):
    label = words("<b>Red</b> jacket")
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_an_empty_state_teaches(show, qtbot):
    start = button("New (N)")
    state = EmptyState("encounters", "Nothing here yet", LONG, start)
    show(state)
    assert state.sentence.height() >= state.sentence.heightForWidth(state.sentence.width())
    with qtbot.waitSignal(start.clicked):
        QTest.keyClick(start, Qt.Key.Key_Space)


def test_a_field_has_its_name_for_the_eye_and_the_ear(show):
    line = QLineEdit()
    field = LabelledField("Your &name", line, "Initials are enough.")
    show(field)
    assert line.accessibleName() == "Your name"
    assert line.accessibleDescription() == "Initials are enough."
    field.say("Write a name.", "notice")
    assert field.hint.isVisible()
    assert field.hint.property("tone") == "notice"
    field.say("")
    assert not field.hint.isVisible()
    field.setFocus()
    assert QApplication.focusWidget() is line


def test_a_buttons_key_is_in_its_tooltip_and_works(show, qtbot):
    made = button("Lock", "Ctrl+L")
    window = show(made, icon_button("close", "Close"))
    assert made.toolTip() == "Lock (Ctrl+L)"
    with qtbot.waitSignal(made.clicked):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert icon_button("close", "Close").toolTip() == "Close"


def test_the_rail_marks_what_is_due_beside_its_count(show):
    rail = Rail([RailRow("sending", "Sending", "sending")])
    show(rail)
    button = rail.button("sending")
    rail.set_due("sending", "time to send")
    assert (button._count.text(), button.accessibleName()) == ("•", "Sending, time to send")
    rail.set_count("sending", 3)
    assert (button._count.text(), button.accessibleName()) == ("3 •", "Sending (3), time to send")
    rail.set_due("sending", "")
    assert (button._count.text(), button.accessibleName()) == ("3", "Sending (3)")
    rail.set_count("sending", 0)
    assert not button._count.isVisible()
    rail.set_due("nowhere", "is not there")


def test_the_rail_goes_where_it_is_told(show):
    rail = Rail([RailRow("today", "Today", "today", "Alt+1"), RailRow("sending", "Sending", "sending")])
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    show(rail)
    rail.set_current("today")
    rail.button("today").setFocus()
    QTest.keyClick(rail.button("today"), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert chosen == ["sending"]
    assert rail.button("sending").isChecked()
    assert not rail.button("today").isChecked()
    rail.set_count("sending", 3)
    rail.set_count("nowhere", 3)
    assert rail.button("sending").accessibleName() == "Sending (3)"
    assert rail.button("today").toolTip() == "Today (Alt+1)"
    QTest.keyClick(rail, Qt.Key.Key_A)


def test_the_top_bar_shows_numbers_and_takes_a_search(show, qtbot):
    bar = TopBar(TopBarWords("Notes", "Search everything (Ctrl+K)", "Lock", "Unlock"))
    typed: list[str] = []
    bar.search_typed.connect(typed.append)
    show(bar)
    bar.set_numbers("Hotline 70 20 25 50", "open until 16:00", "112", is_open=True, hours="Mon-Fri", tip="Mon-Fri")
    for width, shown in ((1366, True), (1024, False), (1366, True)):
        bar.window().resize(width, bar.height())
        assert bar._hours.isVisible() == shown
    bar.set_initials("AM", "Anna Meyer")
    QTest.keyClicks(bar.search, "ab")
    assert typed == ["a", "ab"]
    with qtbot.waitSignal(bar.search_left):
        QTest.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.search.text() == ""
    with qtbot.waitSignal(bar.search_entered):
        QTest.keyClick(bar.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.search_entered):
        QTest.keyClick(bar.search, Qt.Key.Key_Down)
    bar.search.setText("x" * 10_000)
    assert len(bar.search.text()) == 400
    bar.set_unlocked(False)
    assert not bar.search.isVisible()
    assert not bar.lock.isVisible()
    with qtbot.waitSignal(bar.unlock_requested):
        bar.unlock.click()


def _pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_the_preview_draws_from_memory_and_turns_pages(show):
    preview = PdfPreview("Earlier page", "Later page")
    told: list[tuple[int, int]] = []
    preview.page_changed.connect(lambda page, pages: told.append((page, pages)))
    window = show(preview)
    window.resize(500, 700)
    preview.set_pdf(_pdf(3))
    image = preview.image()
    assert abs(image.width() / image.height() - 595 / 842) < 0.02
    assert image.pixelColor(5, 5).name() == "#ffffff"
    preview._later.click()
    preview.turn(5)
    assert told[-1] == (3, 3)
    preview.set_pdf(_pdf(1))
    assert told[-1] == (1, 1)
    assert not preview._later.isVisible()
    preview.grab()
    preview.set_pdf(b"")
    assert preview.image().isNull()
    preview.grab()


def test_the_preview_turns_pages_by_key_and_shows_one_in_full_width(show):
    preview = PdfPreview("Earlier page", "Later page", "Full width")
    window = show(preview)
    window.resize(900, 500)
    told: list[int] = []
    preview.page_changed.connect(lambda page, _pages: told.append(page))
    preview.set_pdf(_pdf(3))
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    QTest.keyClick(preview, Qt.Key.Key_A)
    assert told[-1] == 2
    fitting = preview.image().height()
    preview.wide.click()
    assert preview.image().height() > 2 * fitting
    assert preview._room.verticalScrollBar().maximum() > 0
    assert told[-1] == 2, "the same page"
    preview.wide.click()
    assert preview.image().height() == fitting


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_flow_begins_a_new_line_and_mirrors(show, direction):
    holder = QWidget()
    holder.setLayoutDirection(direction)
    flow = FlowLayout(holder)
    labels = [QLabel("a word or two") for _each in range(9)]
    for label in labels:
        flow.addWidget(label)
    window = show(holder)
    window.resize(300, 400)
    QApplication.processEvents()
    assert labels[0].y() < labels[-1].y()
    assert all(holder.rect().contains(label.geometry()) for label in labels)
    first, second = labels[0].x(), labels[1].x()
    assert (first < second) is (direction is Qt.LayoutDirection.LeftToRight)
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
    assert flow.count() == 9


def test_no_widget_cuts_its_words(show):
    bar = TopBar(TopBarWords("Notes", "Search", "Lock", "Unlock"))
    chips = [button(text) for text in ("Finish", "A rather long thing to do now")]
    window = show(bar, *chips)
    window.resize(980, 400)
    QApplication.sendEvent(window, QEvent(QEvent.Type.LayoutRequest))
    assert all(each.width() >= each.sizeHint().width() for each in chips)
