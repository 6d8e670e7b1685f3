"""The start: arguments, language, place on the screen, signals, and the parts put together."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app import i18n
from outreach_app.program import Program
from outreach_app.settings import Settings
from tests.support.shell import make_shell
from ui import app as start
from ui import telling_covered
from ui.ending import EndOnSignal
from ui.theme import Theme


def test_arguments_have_quiet_defaults():
    given = start.read_arguments([])
    assert (given.vault, given.locked, given.page, given.geometry) == (None, False, "", None)


@pytest.mark.parametrize("wrong", [["--geometry=1,2,3"], ["--geometry=a,b,c,d"], ["--vau", "x"], ["extra"]])
def test_strange_arguments_are_refused(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        start.read_arguments(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_language_is_the_one_chosen_or_the_systems(interface_language):
    start.use_language_of(Settings(language="da"))
    assert i18n.language() == "da"
    start.use_language_of(Settings())
    assert i18n.language() in i18n.INTERFACE_LANGUAGES


@pytest.fixture
def plain(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_window_stands_where_it_was(plain):
    start.place_window(plain, (30, 40, 700, 500))
    assert (plain.x(), plain.y(), plain.width(), plain.height()) == (30, 40, 700, 500)


def test_a_screen_that_is_gone_does_not_take_the_window_with_it(plain):
    start.place_window(plain, start.read_arguments(["--geometry=9000,9000,5000,4000"]).geometry)
    room = QApplication.primaryScreen().virtualGeometry()
    assert room.contains(plain.geometry().topLeft())
    assert (plain.width(), plain.height()) == (room.width(), room.height())


def test_maximised_stays_maximised(plain):
    start.place_window(plain, None, maximised=start.read_arguments(["--maximised"]).maximised)
    assert plain.isMaximized()


def test_the_parts_fit_together(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.excepthook", lambda *_any: None)
    window = start.build_window(qapp, Program(tmp_path / "vault"), Theme(qapp, "light"), page="today")
    window.begin()
    context = window._context
    failed: list[Exception] = []
    context.messages.said.connect(lambda _tone, sentence, _undo: failed.append(sentence))
    import sys

    sys.excepthook(ValueError, ValueError("x"), None)
    assert len(failed) == 1
    context.tasks.shut_down()
    window.deleteLater()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_with_the_draft_kept(qapp, tmp_path, number):
    shell = make_shell(qapp, tmp_path)
    shell.open()
    shell.window.frame.current().line.setText("half")
    ending = EndOnSignal(shell.window)
    os.kill(os.getpid(), number)
    shell.wait(lambda: not shell.window.isVisible())
    ending.stop()
    assert not shell.context.unlocked
    shell.open()
    assert [draft.fields for draft in shell.drafts()] == [{"note": "half"}]
    shell.end()


def test_another_signal_closes_nothing(qapp, plain):
    plain.show()
    ending = EndOnSignal(plain)
    before = signal.signal(signal.SIGUSR1, lambda *_any: None)
    os.kill(os.getpid(), signal.SIGUSR1)
    for _turn in range(5):
        qapp.processEvents()
    signal.signal(signal.SIGUSR1, before)
    ending.stop()
    assert plain.isVisible()


def test_the_cover_is_told_once_it_can_be_seen(qapp, plain, monkeypatch, qtbot):
    told: list[int] = []
    monkeypatch.setattr(telling_covered, "tell_covered", lambda: told.append(1))
    telling_covered.tell_when_covered(plain)
    plain.show()
    qtbot.waitUntil(lambda: told == [1])


def test_the_default_folder_is_used_without_an_argument():
    assert isinstance(start.default_vault_folder(), Path)
