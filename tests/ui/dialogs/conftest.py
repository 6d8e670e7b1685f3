"""What is asked in place is shown on the offscreen platform, which knows no size hints and says so each time."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items):
    """Ignore that for the tests of this folder only."""
    for item in items:
        if item.nodeid.startswith("tests/ui/dialogs/"):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
