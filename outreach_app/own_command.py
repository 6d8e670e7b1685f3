"""How this program starts itself again: a successor window, or a centre for the tour."""

from __future__ import annotations

import sys


def own_command() -> list[str]:
    """Return the beginning of a command line that starts this program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "outreach_app"]
