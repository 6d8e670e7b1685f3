"""A window of practice: made when it is first asked for, marked on every page, with a centre that answers."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from outreach_app.practice import centre_process, making
from outreach_app.practice.errors import CentreProcessError
from outreach_app.practice.folder import PracticeFolder
from outreach_app.services.sending_road import seal_and_send
from outreach_app.sync.carriers.http import HttpMailbox
from tests.support.practice_centre import QuickCentre
from tests.support.shell import make_shell
from ui import practice_start
from ui.practising import PractisingCentre


@pytest.fixture
def shell(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "CentreProcess", QuickCentre)
    monkeypatch.setattr(centre_process, "CentreProcess", QuickCentre)
    made = make_shell(qapp, tmp_path / "practice")
    yield made
    made.end()


def strips(shell):
    return [label for label in shell.window.frame.findChildren(QLabel) if label.property("kind") == "practice"]


def test_from_nothing_to_a_receipt_of_the_centre_of_practice(shell):
    centre = PractisingCentre(shell.context, shell.window)
    shell.window.begin_practice()
    shell.wait(lambda: shell.window.frame is not None)
    shell.settle()
    assert PracticeFolder(shell.context.program.folder.parent).is_ready()
    assert len(strips(shell)) == 1, "the locked window is marked as well"
    page = shell.window.frame.current()
    page.shown({})
    shell.wait(page.practice_words.isVisible)
    assert not page.practise.isVisible(), "there is no practice within practice"
    QTest.keyClicks(page.entry.line, page.practice_words.text().split(": ")[1])
    QTest.keyClick(page.entry.line, Qt.Key.Key_Return)
    shell.wait(lambda: shell.context.unlocked and shell.window.frame.current_name == "today")
    assert len(strips(shell)) == 1
    shell.wait(lambda: centre._centre is not None)
    shell.settle()
    session = shell.context.sessions
    url = shell.context.tasks.call_vault(lambda: session.session.mailbox.find_mailbox().url)
    assert url == centre._centre.url
    said = []
    shell.context.messages.said.connect(lambda *words: said.append(words))
    with HttpMailbox(url) as road:
        shell.context.change(lambda session: _sent(session, road))
        shell.wait(lambda: any("centre of practice" in words[1] for words in said))
    centre.stop()
    centre.stop()


def _sent(session, road):
    seal_and_send(lambda step: step(session.sending), road, "network")
    batches = session.sending.list_batches()
    assert {batch.state for batch in batches} == {"stored"}
    return session.sending.mark_sent(batches[0].sha512, "network")


def test_a_fault_is_said_and_can_be_tried_again(shell, monkeypatch):
    failing = partial(QuickCentre.run)
    monkeypatch.setattr(QuickCentre, "run", lambda *_a, **_k: (_ for _ in ()).throw(CentreProcessError(step="centre", code=70)))
    shell.window.begin_practice()
    page = shell.window._stack.currentWidget()
    shell.wait(page.again.isVisible)
    assert "centre" in page._fault.findChildren(QLabel)[1].text()
    monkeypatch.setattr(QuickCentre, "run", failing.func)
    QTest.keyClick(page.again, Qt.Key.Key_Space)
    shell.wait(lambda: shell.window.frame is not None)
    shell.settle()


def test_a_window_of_practice_is_a_process_of_its_own(monkeypatch):
    started = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **how: started.append((command, how)))
    practice_start.start_practice()
    command, how = started[0]
    assert command[-2:] == ["window", "--practice"]
    assert how["start_new_session"]
