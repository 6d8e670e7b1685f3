"""A window for each test, closed after it."""

from __future__ import annotations

import pytest

from tests.support.shell import make_shell


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of things that a real one does without a word."""
    for item in items:
        if item.nodeid.startswith("tests/ui/shell/"):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def shell(qapp, tmp_path):
    made = make_shell(qapp, tmp_path)
    yield made
    made.end()


@pytest.fixture
def open_shell(shell):
    shell.open()
    return shell
