"""A centre of the test's own with the desk's window over it, closed after the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.desk_window import DeskShell, fill_register, make_centre, make_desk_shell


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of things that a real one does without a word."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support"))


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def centre(tmp_path, clock):
    """The folder of a centre without laptops."""
    make_centre(tmp_path / "centre", clock)
    return tmp_path / "centre"


@pytest.fixture
def shell(qapp, centre, clock):
    made = make_desk_shell(qapp, centre, clock)
    yield made
    made.end()


@pytest.fixture
def desk(shell) -> DeskShell:
    """An open window on an empty register."""
    shell.open()
    return shell


@pytest.fixture
def filled(shell, clock) -> DeskShell:
    """An open window on a register with fictional laptops: one in conflict, one with a gap, one never heard."""
    shell.open(lambda desk: fill_register(desk, clock))
    return shell
