"""The successor is a real process of this program: it stands covered, locked, and says so."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from ui.successor import Standing, Successor, this_program

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def vault(shell):
    shell.open()
    shell.context.tasks.call_vault(shell.context.sessions.close)
    return shell.context.program.folder


def test_its_cover_stands_and_it_ends_when_told(vault, monkeypatch):
    monkeypatch.chdir(ROOT)
    successor = Successor(Standing(vault, (10, 10, 1200, 700), page="encounter"))
    try:
        assert successor.wait_covered()
        assert successor._process.poll() is None
        successor._process.send_signal(signal.SIGTERM)
        assert successor._process.wait(timeout=20) == 0
    finally:
        successor.end()


def test_one_that_ends_before_is_noticed(vault):
    successor = Successor(Standing(vault, (0, 0, 1, 1)), [sys.executable, "-c", ""])
    assert successor.wait_covered() is False
    successor.end()


def test_the_arguments_hold_no_secret_and_read_back(tmp_path):
    from ui.app import read_arguments

    standing = Standing(tmp_path, (-1200, 20, 1366, 768), maximised=True, page="contacts")
    assert standing.arguments()[0] == "window"
    given = read_arguments(standing.arguments()[1:])
    assert (given.vault, given.geometry, given.maximised, given.page) == (
        tmp_path,
        (-1200, 20, 1366, 768),
        True,
        "contacts",
    )
    assert given.locked


def test_the_frozen_program_starts_itself(monkeypatch):
    assert this_program() == [sys.executable, "-m", "outreach_app"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_program() == [sys.executable]


def test_it_stands_soon(vault, monkeypatch):
    monkeypatch.chdir(ROOT)
    begun = time.perf_counter()
    successor = Successor(Standing(vault, (10, 10, 1200, 700)))
    try:
        assert successor.wait_covered()
        assert time.perf_counter() - begun < 15  # seconds, on a laden machine
    finally:
        successor.end()
