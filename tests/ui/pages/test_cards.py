"""The cards page: one card after another by keys, every language whole on the screen, a plain health page in one key."""

from __future__ import annotations

import gettext
import socket

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app import i18n
from outreach_app.domain.cards import CARD_LANGUAGES
from outreach_app.program import Program
from tests.support.clock import FakeClock
from tests.support.cut_text import cut_texts
from tests.support.window_parts import WindowParts
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.frame import Frame
from ui.messages import Messages
from ui.models.cards import FAMILIES, read_cards
from ui.page_table import rows_for
from ui.tasks import TaskRunner
from ui.theme import Theme

SIZES = ((1366, 768), (1024, 700))
YES, NO, SKIP, ESC, BACK = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Escape, Qt.Key.Key_Backspace
BOOK = read_cards()
LONGEST = {
    name: max(BOOK.deck.cards, key=lambda card, words=texts.words: len(words.cards[card.id])).id
    for name, texts in BOOK.texts.items()
}


@pytest.fixture
def parts(qapp, tmp_path):
    """A context without a vault: the cards need none."""
    program = Program(tmp_path / "vault", clock=FakeClock())
    context = Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox())
    made = WindowParts(context, program.clock)
    context.tasks.failed.connect(made.failures.append)
    yield made
    context.tasks.shut_down()


@pytest.fixture(scope="module")
def look(qapp):
    """The look of the window, put on once: it takes a while."""
    Theme(qapp, "light").apply()
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def frame(parts, qtbot, look):
    """The frame of a locked window."""
    made = Frame(parts.context, rows_for(unlocked=False))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    parts.context.navigation.page_requested.connect(made.go_to)
    made.show()
    return made


@pytest.fixture
def page(frame, parts):
    """The cards as the locked window's rail opens them."""
    made = frame.go_to("cards")
    parts.settle()
    return made


@pytest.fixture
def told(parts):
    """What the page told the window of answers."""
    heard = []
    parts.context.navigation.cards_answered.connect(heard.append)
    return heard


def begin(frame, parts, language="ro", **place):
    made = frame.go_to("cards", {"handed": "1", **place})
    parts.settle()
    made.languages.buttons[language].click()
    QTest.keyClick(made, Qt.Key.Key_Return)
    return made


def press(page, *keys) -> None:
    for key in keys:
        QTest.keyClick(page, key)


def test_locked_it_is_health_information_that_keeps_nothing(page, told):
    page.languages.buttons["th"].click()
    assert "not_kept" not in page.start.words.text()
    assert "\u200b" in page.start.words.text(), "Thai may break between its words"
    press(page, Qt.Key.Key_Return)
    asked = []
    while page.run.card is not None:
        asked.append(page.run.card.kind)
        press(page, SKIP)
    assert asked == ["health"] * 8
    assert page._stack.currentWidget() is page.end
    assert told == []


def test_every_language_is_offered_by_its_own_name_and_the_keyboard_begins(page, frame):
    assert list(page.languages.buttons) == list(CARD_LANGUAGES)
    assert [each.text() for each in page.languages.buttons.values()] == [BOOK.texts[name].words.own_name for name in CARD_LANGUAGES]
    assert {"Thai", "Nigerian Pidgin", "Simplified Chinese"} <= {each.text() for each in page.languages.findChildren(QLabel)}
    first = page.languages.buttons[CARD_LANGUAGES[0]]
    first.setFocus()
    press(first, Qt.Key.Key_Return)
    assert page.run.language == CARD_LANGUAGES[0]


def test_arrows_move_over_the_languages_as_they_stand(page):
    buttons = list(page.languages.buttons.values())
    buttons[0].setFocus()
    for key, at in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 5), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Up, 0)):
        press(QApplication.focusWidget(), key)
        assert buttons[at].hasFocus(), key
    press(QApplication.focusWidget(), Qt.Key.Key_X)
    assert page.run is None


def test_handed_over_she_is_asked_who_sees_the_screen_before_the_others(frame, parts, told):
    page = begin(frame, parts)
    press(page, NO, *[SKIP] * 7)
    assert page.run.card.kind == "screen"
    press(page, NO)
    assert page.run.card.kind == "other"
    press(page, YES)
    assert told[-1].answers["screen"] == "no"
    assert told[-1].answers["alone"] == "yes"
    assert told[-1].draft
    assert told[-1].language == "ro"


def test_when_somebody_sees_the_screen_there_are_health_cards_only(frame, parts):
    page = begin(frame, parts)
    press(page, *[SKIP] * 8, YES)
    assert page._stack.currentWidget() is page.end


def test_letters_answer_as_well_and_backspace_goes_back(frame, parts):
    page = begin(frame, parts)
    press(page, Qt.Key.Key_N, Qt.Key.Key_J, Qt.Key.Key_S, BACK)
    assert page.run.answers == {"emergency": "no", "doctor": "yes", "pain": "skip"}
    assert page.run.card.id == "pain"
    press(page, BACK, BACK, BACK)
    assert page.run.card.id == "emergency"


def test_the_large_targets_answer_and_no_answer_has_the_keyboard_by_itself(frame, parts):
    page = begin(frame, parts)
    press(page, Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert page.run.answers == {}
    assert all(target.height() >= 64 for target in page.question.targets.values())
    page.question.targets["no"].click()
    assert page.run.answers == {"emergency": "no"}


def test_escape_turns_the_screen_plain_and_only_health_comes_back(frame, parts):
    page = begin(frame, parts)
    press(page, *[SKIP] * 8, NO, YES)
    assert page.run.card.kind == "other"
    press(page, ESC)
    assert page._stack.currentWidget() is page.health
    assert "112" in page.health.words.text()
    press(page, Qt.Key.Key_Return)
    assert page.run.card.kind == "health"
    assert page.run.answers["alone"] == "yes", "what was answered waits for its note"
    press(page, *[SKIP] * 8)
    assert page._stack.currentWidget() is page.end


def test_escape_twice_leaves_for_the_locked_window(frame, parts):
    page = begin(frame, parts)
    press(page, ESC, ESC)
    assert frame.current_name == "unlock"
    assert frame.rail.isVisible()
    frame.go_to("cards")
    parts.settle()
    assert page.run is None, "who comes back begins again"


def test_left_alone_the_screen_turns_plain(frame, parts):
    page = begin(frame, parts)
    assert page._left_alone.isActive()
    page._left_alone.timeout.emit()
    page._left_alone.timeout.emit()
    assert page._stack.currentWidget() is page.health


def test_yes_to_the_emergency_shows_the_number_at_once_and_goes_on(frame, parts):
    page = begin(frame, parts)
    press(page, YES)
    assert page._stack.currentWidget() is page.health
    press(page, Qt.Key.Key_Return)
    assert page.run.card.id == "doctor"
    assert page.run.others


def test_other_keys_do_nothing_and_the_end_leaves(frame, parts):
    page = begin(frame, parts)
    press(page, Qt.Key.Key_X)
    assert page.run.answers == {}
    press(page, *[SKIP] * 9, Qt.Key.Key_Return)
    assert frame.current_name == "unlock"


def test_the_worker_reads_each_card_in_her_language_marked_as_a_draft(frame, parts, interface_language):
    interface_language("da")
    page = begin(frame, parts, "ar")
    assert page.strip.words.text() == BOOK.texts["da"].words.cards["emergency"]
    assert page.strip.keys.text()
    assert page.strip.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_arabic_is_mirrored_and_the_number_stays_whole(frame, parts):
    page = begin(frame, parts, "ar")
    yes, no = page.question.targets["yes"], page.question.targets["no"]
    assert yes.x() > no.x()
    press(page, ESC)
    assert "\u2066112\u2069" in page.health.words.text()
    page.go_back()
    page = begin(frame, parts, "fr")
    assert page.question.targets["yes"].x() < page.question.targets["no"].x()


@pytest.mark.parametrize("name", CARD_LANGUAGES)
def test_no_language_is_cut_at_its_longest(frame, parts, name):
    page = frame.go_to("cards", {"language": name, "card": LONGEST[name]})
    parts.settle()
    for size in SIZES:
        frame.resize(*size)
        QApplication.processEvents()
        assert page.question.question.font().families() == list(FAMILIES[BOOK.texts[name].words.script])
        assert page.question.question.font().pointSizeF() >= 24
        assert cut_texts(frame) == [], size
        frame.go_to("cards", {"language": name, "handed": "1"})
        QApplication.processEvents()
        assert page.start.words.font().pointSizeF() >= 18
        assert cut_texts(frame) == [], ("start", size)
        page.turn_plain()
        QApplication.processEvents()
        assert cut_texts(frame) == [], ("health", size)
        frame.go_to("cards", {"language": name, "card": LONGEST[name]})


def test_the_smallest_window_shows_a_card_whole(frame, parts):
    frame.resize(900, 510)
    frame.go_to("cards")
    parts.settle()
    assert cut_texts(frame) == []
    assert frame.stack.verticalScrollBar().maximum() == 0
    frame.go_to("cards", {"language": "pt-BR", "card": LONGEST["pt-BR"]})
    parts.settle()
    assert cut_texts(frame) == []
    assert frame.stack.verticalScrollBar().maximum() == 0


class Longer(gettext.NullTranslations):
    """Every text a third longer, in words as long as before."""

    def gettext(self, message: str) -> str:
        words = message.split(" ")
        return " ".join(words + words[: 1 + len(words) // 3])


def test_longer_words_of_the_worker_are_not_cut(frame, parts, monkeypatch):
    monkeypatch.setattr(i18n, "_current", Longer())
    for size in (*SIZES, (900, 510)):
        frame.resize(*size)
        for place in ({"handed": "1"}, {"language": "fr", "handed": "1"}, {"language": "fr", "card": LONGEST["fr"]}):
            frame.go_to("cards", place)
            parts.settle()
            assert cut_texts(frame) == [], (size, place)


def test_no_network_is_touched(frame, parts, monkeypatch):
    def refuse(*_arguments, **_named):
        raise AssertionError("the cards asked for a network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = begin(frame, parts, "uk")
    press(page, *[SKIP] * 8, NO, *[SKIP] * 12)
    assert page._stack.currentWidget() is page.end


def test_pictures_of_the_tour_are_of_cards(page, frame, parts):
    for place in page.tour():
        frame.go_to("cards", place)
        parts.settle()
        assert (page.run is None) is (not place)
    assert page.title()
