"""The command starts the desk's window as a process, and a lock leaves a fresh process in its place."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.support.desk_window import make_desk_shell
from ui.successor import COVERED, Successor

COMMAND = [sys.executable, "-m", "outreach_app"]


@pytest.fixture
def ending():
    """Processes that the test started; none outlives it."""
    started = []
    yield started
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_command_shows_the_window_and_ends_calmly_when_the_system_asks(centre, ending):
    command = [*COMMAND, "--language", "da", "centre", "window", "--centre", str(centre), "--locked", "--tell-covered"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    ending.append(process)
    assert process.stdout.readline() == COVERED
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) in (0, -signal.SIGTERM)  # before the window listens the system ends it itself


def test_a_lock_starts_a_fresh_process_that_stands_covered(qapp, centre, clock, ending):
    shell = make_desk_shell(qapp, centre, clock)
    started = []

    def start(standing):
        started.append(Successor(standing))
        ending.append(started[0]._process)
        return started[0]

    shell.window.locking._steps = shell.window.locking._steps._replace(start_successor=start)
    try:
        shell.open()
        shell.window.lock_now()
        shell.wait(lambda: shell.ended, 60)
        assert not shell.context.sessions.is_open
        assert started[0]._process.poll() is None
    finally:
        shell.end()
