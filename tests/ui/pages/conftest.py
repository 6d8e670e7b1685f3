"""What every test of a page needs: a real vault behind a context."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from tests.support.window_parts import make_parts
from tests.ui.pages.leaflet_driving import make_printer


@pytest.fixture
def parts(qapp, tmp_path, request):
    made = make_parts(tmp_path, filled="filled" in request.fixturenames)
    yield made
    made.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what is over slows down nothing that comes


@pytest.fixture
def filled(parts):
    """With a week of fictional work in the vault."""
    return parts


@pytest.fixture
def printed(tmp_path, monkeypatch):
    """A printer, and the folder where it writes down what it was given."""
    return make_printer(tmp_path / "programs", monkeypatch)


@pytest.fixture
def no_printer(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


def pytest_collection_modifyitems(items):
    """The offscreen platform knows no size hints and says so each time a window is shown."""
    for item in items:
        if item.nodeid.startswith("tests/ui/pages/"):  # a marker on every item would take the place of other folders'
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
