"""Every page stands whole at 1366 x 768 and at the smallest window, in every language of the window and the longest."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from outreach_app import i18n
from tests.support.cut_text import cut_texts
from ui.covered_window import SMALLEST

LANGUAGES = ("en", "da", "longer")
SIZES = ((1366, 768), SMALLEST)


def longer(text: str) -> str:
    """Return ``text`` longer by a third, in words as long as before; a single word grows itself."""
    words = text.split(" ")
    if len(words) == 1:
        return text if "{" in text else text + text[: len(text) // 3]
    return " ".join(words + [word for word in words if "{" not in word][: 1 + len(words) // 3])


class Longer(gettext.NullTranslations):
    """Every English text a third longer, whether a catalogue knows it yet or not."""

    def gettext(self, message: str) -> str:
        return longer(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return longer(singular if number == 1 else plural)


@pytest.fixture
def speak(interface_language, monkeypatch):
    def speaking(language: str) -> None:
        interface_language("en" if language == "longer" else language)
        if language == "longer":
            monkeypatch.setattr(i18n, "_current", Longer())

    return speaking


def _settle(shell, size) -> None:
    shell.window.resize(*size)
    for _turn in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_window(shell, language, speak):
    speak(language)
    shell.window._parts.theme.apply("light")
    shell.open()
    shell.context.messages.say("The stick is full. Nothing was lost; the batch is still here.", "notice", lambda: None)
    for name in ("settings", "help_lines", "keys"):
        shell.window.frame.go_to(name)
        shell.settle()
        for size in SIZES:
            _settle(shell, size)
            assert cut_texts(shell.window) == [], (name, size)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wizard(shell, language, speak):
    speak(language)
    shell.window._parts.theme.apply("light")
    shell.window.begin()
    shell.wait(lambda: shell.window.first_run is not None)
    wizard = shell.window.first_run
    wizard.about.name.setText("AM")
    for step in range(3):
        wizard._show(step)
        for size in SIZES:
            _settle(shell, size)
            assert cut_texts(shell.window) == [], (step, size)
    wizard._set_busy(True)
    _settle(shell, SMALLEST)
    assert cut_texts(shell.window) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_locked_window_and_its_cover(shell, language, speak):
    speak(language)
    shell.window._parts.theme.apply("light")
    shell.context.tasks.call_vault(
        lambda: shell.context.program.create_vault("cabin gentle napkin orbit wagon", worker_name="AM").close()
    )
    shell.window.begin()
    page = shell.window.frame.current()
    page.caps.show()
    for size in SIZES:
        _settle(shell, size)
        assert cut_texts(shell.window) == [], size
    shell.window.cover_now()
    for size in SIZES:
        _settle(shell, size)
        assert cut_texts(shell.window._cover) == [], size


def test_a_cut_text_would_be_found(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("rather more words than there is room for", window)
    label.setGeometry(0, 0, 60, 20)
    window.show()
    assert len(cut_texts(window)) == 1
    label.adjustSize()
    window.resize(600, 60)
    assert cut_texts(window) == []
