"""Every test of the window has its application, whichever comes first."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """A widget made without one ends the whole process, and tests run in any order."""
    return qapp
