"""A forgotten passphrase in the window, and its rehearsal, with files and with codes that are scanned."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.sync import text_parts
from tests.support.centre_box import enrol
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, answered
from ui.dialogs.handing_over import HandingOver
from ui.dialogs.taking_in import TakingIn
from ui.pages.laptop.recovery import RecoveryView
from ui.pages.recover import RecoverPage

LONG = Random(7).randbytes(5000)  # packs to nothing shorter
KEYS = [keys.public for keys in CUSTODIANS]


@pytest.fixture
def enrolled(filled):
    filled.ask(lambda session: enrol(session, custodians=KEYS))
    return filled


def shown(page, parts, qtbot):
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    parts.settle()
    return page


@pytest.fixture
def locked(enrolled, qtbot):
    enrolled.context.tasks.call_vault(enrolled.context.sessions.close)
    return shown(RecoverPage(enrolled.context), enrolled, qtbot)


@pytest.fixture
def view(enrolled, qtbot):
    return shown(RecoveryView(enrolled.context), enrolled, qtbot)


def choose_new_words(page, parts):
    """Go through both steps of the new passphrase with the keyboard; return it."""
    new = page.asking.new
    passphrase = new.new_words.passphrase()
    new.on.setFocus()
    QTest.keyClick(new.on, Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), " ".join(word[:4] for word in passphrase.split()) + " ")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    parts.settle()
    return passphrase


def test_a_laptop_without_custodians_says_that_it_cannot(filled, qtbot):
    filled.context.tasks.call_vault(filled.context.sessions.close)
    page = shown(RecoverPage(filled.context), filled, qtbot)
    assert page._cards.currentWidget() is page.refusal
    assert "enrolled with a centre" in page.refusal.sentence.text()
    page.go_back()
    assert filled.went[-1][0] == "unlock"


def test_the_whole_way_with_new_words_and_a_pasted_reply(locked, enrolled):
    passphrase = choose_new_words(locked, enrolled)
    assert locked._cards.currentWidget() is locked.opening
    request = enrolled.context.program.recovery_waits()
    assert locked.opening.handing_over.six_words.text() == request.words
    taking_in = locked.opening.taking_in
    taking_in.scan.click()
    taking_in.lines.setPlainText("\n".join(reversed(text_parts.split(answered(request.document, ANNA, CARLA)))))
    taking_in.take.click()
    opened = []
    enrolled.context.navigation.unlocked.connect(lambda: opened.append(True))
    QTest.keyClicks(locked.opening.entry.line, passphrase)
    QTest.keyClick(locked.opening.entry.line, Qt.Key.Key_Return)
    enrolled.settle()
    assert opened == [True]
    assert enrolled.ask(lambda session: session.today.overview().held) == 9
    assert enrolled.context.program.recovery_waits() is None


def test_the_keyboard_stands_on_the_button_that_goes_on(locked):
    assert QApplication.focusWidget() is locked.asking.new.on


def test_another_day_it_is_where_it_was(locked, enrolled, qtbot):
    choose_new_words(locked, enrolled)
    again = shown(RecoverPage(enrolled.context), enrolled, qtbot)
    assert again._cards.currentWidget() is again.opening
    assert again.opening.handing_over.six_words.text() == locked.opening.handing_over.six_words.text()
    assert not again.opening.open.isVisible()


def test_one_answer_is_not_enough_and_is_said(locked, enrolled):
    passphrase = choose_new_words(locked, enrolled)
    reply = answered(enrolled.context.program.recovery_waits().document, BO)
    locked.opening.taking_in.came.emit(reply)
    QTest.keyClicks(locked.opening.entry.line, passphrase)
    QTest.keyClick(locked.opening.entry.line, Qt.Key.Key_Return)
    enrolled.settle()
    assert "custodian" in locked.opening.taking_in.told.text()
    assert locked.opening.open.isEnabled()


def test_beginning_again_asks_for_other_words(locked, enrolled):
    first = choose_new_words(locked, enrolled)
    locked.opening.again.click()
    enrolled.settle()
    assert locked._cards.currentWidget() is locked.asking
    assert locked.asking.new.new_words.passphrase() != first


def test_a_request_is_saved_as_a_file_and_shown_as_codes(qtbot, tmp_path):
    document = LONG
    over = HandingOver("request.json", "", ask=lambda *_asked: tmp_path / "request.json")
    qtbot.addWidget(over)
    over.show()
    over.show_request(document, "one two three four five six")
    over.save.click()
    assert (tmp_path / "request.json").read_bytes() == document
    over.codes.click()
    lines = text_parts.split(document)
    assert over.counted.text() == f"1 of {len(lines)}"
    for _turn in lines:
        QTest.keyClick(over, Qt.Key.Key_Right)
    assert over.counted.text() == f"{len(lines)} of {len(lines)}"
    assert not over.after.isEnabled()
    QTest.keyClick(over, Qt.Key.Key_Left)
    assert over.counted.text() == f"{len(lines) - 1} of {len(lines)}"
    qtbot.waitUntil(lambda: over.code.height() >= over.code.minimumSizeHint().height())
    drawn = over.code.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)}
    assert {"#000000", "#ffffff"} <= colours
    over.codes.click()
    assert not over.code.isVisible()


def test_a_full_disk_is_said_in_place(qtbot, tmp_path):
    over = HandingOver("request.json", "", ask=lambda *_asked: tmp_path / "no such folder" / "request.json")
    qtbot.addWidget(over)
    over.show()
    over.show_request(b"{}", "six words")
    over.save.click()
    assert over.told.isVisible()
    assert "request.json" not in over.told.text()


def test_a_reply_is_opened_from_a_file_of_either_form(qtbot, tmp_path):
    came = []
    for name, content in (("a.json", b'{"a": 1}'), ("b.txt", "\n".join(text_parts.split(b'{"b": 2}')).encode())):
        (tmp_path / name).write_bytes(content)
        taking_in = TakingIn("", ask=lambda *_asked, name=name: tmp_path / name)
        qtbot.addWidget(taking_in)
        taking_in.came.connect(came.append)
        taking_in.open.click()
    assert came == [b'{"a": 1}', b'{"b": 2}']


def test_a_misread_line_is_named(qtbot):
    taking_in = TakingIn("")
    qtbot.addWidget(taking_in)
    taking_in.show()
    lines = list(text_parts.split(LONG))
    lines[1] = lines[1][:40] + ("A" if lines[1][40] != "A" else "B") + lines[1][41:]
    taking_in.scan.click()
    taking_in.lines.setPlainText("\n".join(lines))
    taking_in.take.click()
    assert "2" in taking_in.told.text()
    assert taking_in.lines.isVisible()


def test_before_enrolment_the_view_says_what_would_be_lost(filled, qtbot):
    view = shown(RecoveryView(filled.context), filled, qtbot)
    assert "cannot be recovered" in view.state.sentence.text()
    assert not view.begin.isVisible()
    view.enrol.click()
    assert filled.went[-1][0] == "sending"


def test_the_rehearsal_by_keyboard(view, enrolled):
    assert "never rehearsed" in view.state.sentence.text()
    view.begin.setFocus()
    QTest.keyClick(view.begin, Qt.Key.Key_Return)
    enrolled.settle()
    assert view.request.isVisible()
    request = enrolled.ask(lambda session: session.recovering.begin_drill())
    assert view.handing_over.six_words.text() == request.words
    view.taking_in.came.emit(answered(request.document, ANNA, BO))
    enrolled.settle()
    assert "Last rehearsed today" in view.state.sentence.text()
    assert not view.request.isVisible()
    assert "worked" in enrolled.said[-1][1]


def test_a_wrong_reply_is_said_and_the_rehearsal_waits(view, enrolled):
    view.begin.click()
    enrolled.settle()
    view.taking_in.came.emit(b'{"format": "something else"}')
    enrolled.settle()
    assert view.taking_in.told.isVisible()
    assert view.request.isVisible()
