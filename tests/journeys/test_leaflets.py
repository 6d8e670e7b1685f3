"""Leaflets in the real window, locked and by keys only: her language found, read on the screen, printed with others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.leaflets.requests import Order
from tests.support.pdf_reading import text_by_pypdf
from tests.support.shell import PASSPHRASE, Shell, make_shell
from tests.ui.pages.leaflet_driving import make_printer
from ui.page_table import PAGES
from ui.pages.leaflets import LeafletsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip
HOTLINE = "70202550"


class Hand:
    """Presses keys where the keyboard is."""

    def __init__(self, shell: Shell, page: LeafletsPage, paper: Path) -> None:
        self.shell = shell
        self.page = page
        self.paper = paper

    def press(self, key: object, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.shell.window, key, modifier)  # type: ignore[call-overload]
        QApplication.processEvents()

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def find(self, language: str, code: str) -> None:
        """Type a language's name in its list and wait for the page."""
        self.press(Qt.Key.Key_Down)
        self.type(language)
        self.shell.wait(lambda: self.page.made is not None and self.page.made.wanted.language == code)
        self.press(Qt.Key.Key_Return)

    def pressed_paper(self) -> str:
        """Return the words on what came out, without spaces."""
        self.shell.wait(lambda: not self.page.ordering.press.busy)
        self.shell.settle()
        return "".join(text_by_pypdf(self.paper.read_bytes()).split())


@pytest.fixture
def hand(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    printer = make_printer(tmp_path / "programs", monkeypatch)
    shell = make_shell(qapp, tmp_path, rows=PAGES)
    program, tasks = shell.context.program, shell.context.tasks
    tasks.call_vault(lambda: program.create_vault(PASSPHRASE, worker_name="AM", role="outreach").close())
    shell.window.begin()
    shell.settle()
    shell.context.go_to("leaflets")
    page = shell.window.frame.current()
    assert isinstance(page, LeafletsPage)
    shell.wait(lambda: page.made is not None and page.board.card.print_it.isEnabled())
    yield Hand(shell, page, printer / "paper")
    shell.end()
    assert not shell.failures


@pytest.mark.parametrize(
    ("typed", "code", "family"),
    [
        ("rom", "ro", "Noto Sans"), ("ukr", "uk", "Noto Sans"), ("thai", "th", "Noto Sans Thai"),
        ("arab", "ar", "Vazirmatn"), ("chin", "zh-Hans", "Noto Sans SC"),
    ],
)  # fmt: skip
def test_her_script_is_found_read_and_printed_by_keys(hand: Hand, typed: str, code: str, family: str) -> None:
    hand.find(typed, code)
    hand.press(Qt.Key.Key_R, CONTROL)
    hand.shell.wait(hand.page.reading.isVisible)
    assert hand.page.reading.words.document().begin().begin().fragment().charFormat().fontFamilies()[0] == family
    hand.press(Qt.Key.Key_Escape)
    assert hand.page.board.isVisible()
    hand.press(Qt.Key.Key_P, CONTROL)
    hand.shell.wait(hand.page.board.card.drafts.isVisible)  # a key presses its button for a moment
    hand.press(Qt.Key.Key_Tab)
    hand.press(Qt.Key.Key_Tab)
    assert hand.page.board.card.drafts.go_on.hasFocus()
    hand.press(Qt.Key.Key_Return)
    assert HOTLINE in hand.pressed_paper()


def test_twenty_thai_cards_and_ten_romanian_posters_are_one_job(hand: Hand) -> None:
    for typed, code, form, copies in (("thai", "th", "wallet", "20"), ("rom", "ro", "poster", "10")):
        hand.page.board.languages.rows.setFocus()
        hand.find(typed, code)
        hand.press(Qt.Key.Key_F, ALT)
        hand.shell.settle()
        while hand.page.wanted().format != form:
            hand.press(Qt.Key.Key_Right)
        hand.shell.wait(lambda: hand.page.made is not None and hand.page.made.wanted == hand.page.wanted())
        hand.press(Qt.Key.Key_C, ALT)
        hand.type(copies)
        hand.press(Qt.Key.Key_B, CONTROL)
        order = Order(hand.page.wanted(), int(copies))
        hand.shell.wait(lambda order=order: hand.page.board.batch.batch().lines[-1:] == (order,))
    orders = [(each.request.language, each.copies) for each in hand.page.board.batch.batch().lines]
    assert orders == [("th", 20), ("ro", 10)]
    hand.press(Qt.Key.Key_P, CONTROL | SHIFT)
    hand.shell.wait(hand.page.board.card.drafts.isVisible)
    assert hand.page.board.card.drafts.heading.text() == "Thai, Romanian are drafts"
    hand.page.board.card.drafts.go_on.setFocus()
    hand.press(Qt.Key.Key_Return)
    paper = hand.pressed_paper()
    assert "อันตราย" in paper
    assert paper.count(HOTLINE) >= 30
