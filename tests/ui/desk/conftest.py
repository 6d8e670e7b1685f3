"""A centre of the test's own with the desk's window over it, closed after the test. Made once, copied for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.desk_window import DeskShell, fill_register, make_centre, make_desk_shell


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of things that a real one does without a word."""
    for item in items:
        if item.nodeid.startswith("tests/ui/desk/"):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support"))


@pytest.fixture(scope="session")
def made_centre(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "centre"
    make_centre(folder, FakeClock())
    return folder


@pytest.fixture(scope="session")
def made_register(tmp_path_factory):
    """A centre with fictional laptops: one in conflict, one with a gap, one never heard; and the time it was left."""
    folder, clock = tmp_path_factory.mktemp("made") / "centre", FakeClock()
    make_centre(folder, clock, lambda desk: fill_register(desk, clock))
    return folder, clock.now()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def centre(made_centre, tmp_path):
    """The folder of a centre without laptops."""
    return Path(shutil.copytree(made_centre, tmp_path / "centre"))


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
def filled(qapp, made_register, tmp_path):
    """An open window on a register with something in it."""
    folder, left_at = made_register
    centre = Path(shutil.copytree(folder, tmp_path / "filled"))
    shell = make_desk_shell(qapp, centre, FakeClock(left_at))
    shell.open()
    yield shell
    shell.end()
