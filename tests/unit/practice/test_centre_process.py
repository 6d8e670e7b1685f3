"""The centre as processes: what it prints is read, a failure is told by its step, nothing stays behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach_app.practice import centre_process
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.practice.errors import CentreProcessError
from tests.support.commands import make_centre
from tests.support.desk import PASSPHRASE

Script = Callable[[str], None]


@pytest.fixture
def as_program(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Let another script stand where the program is started."""

    def use(code: str) -> None:
        monkeypatch.setattr(centre_process, "own_command", lambda: [sys.executable, "-c", code])

    return use


def test_a_centre_that_does_not_answer_is_told_by_step_and_code(tmp_path: Path, as_program: Script) -> None:
    as_program("import sys; sys.exit(5)")
    centre = CentreProcess(tmp_path, "words")
    with pytest.raises(CentreProcessError, match=r"count .*5"):
        centre.run("count", "count", "--json")
    with pytest.raises(CentreProcessError, match="serve"):
        centre.start_mailbox()
    centre.stop()


def test_what_a_centre_prints_is_read_as_it_is_asked_for(tmp_path: Path, as_program: Script) -> None:
    as_program("print('{\"passphrase\": \"' + input() + '\"}')")
    centre = CentreProcess(tmp_path, "blå hytte")
    assert centre.run("x", "x") == {"passphrase": "blå hytte"}
    assert centre.run("x", "x", is_json=False) == '{"passphrase": "blå hytte"}\n'


def test_a_mailbox_that_does_not_stop_is_stopped(tmp_path: Path, as_program: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    as_program("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('listening on http://x', flush=True); time.sleep(60)")
    centre = CentreProcess(tmp_path, "words")
    assert centre.start_mailbox() == "http://x"
    patient = subprocess.Popen.wait

    def impatient(self: Any, timeout: float | None = None) -> int:
        return patient(self, None if timeout is None else 0.2)

    monkeypatch.setattr(subprocess.Popen, "wait", impatient)
    centre.stop()
    assert centre._mailbox is not None
    assert centre._mailbox.returncode is not None


def test_the_mailbox_ends_when_nobody_holds_its_input(tmp_path: Path) -> None:
    make_centre(tmp_path / "centre")
    centre = CentreProcess(tmp_path / "centre", PASSPHRASE)
    assert centre.start_mailbox().startswith("http://127.0.0.1:")
    assert centre._mailbox is not None
    assert centre._mailbox.stdin is not None
    centre._mailbox.stdin.close()  # as when this process is gone
    assert centre._mailbox.wait(timeout=20) == 0
    centre.stop()


def test_a_mailbox_that_is_stopped_ends_without_a_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make_centre(tmp_path / "centre")
    centre = CentreProcess(tmp_path / "centre", PASSPHRASE)
    centre.start_mailbox()
    centre.stop()
    assert centre._mailbox is not None
    assert centre._mailbox.returncode == 0
    assert capfd.readouterr().err == ""
