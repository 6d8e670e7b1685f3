"""Help lines, places and organisations with hours, languages and sources: for leaflets and for the window."""

from __future__ import annotations

from outreach_app.leaflets.directory.current import help_lines
from outreach_app.leaflets.directory.entries import (
    CONTROLLER,
    EMERGENCY,
    HOTLINE,
    KINDS,
    PLACES,
    Directory,
    Entry,
    HelpLine,
    is_open,
)
from outreach_app.leaflets.directory.opening import Hours, OpeningHours

__all__ = [
    "CONTROLLER",
    "EMERGENCY",
    "HOTLINE",
    "KINDS",
    "PLACES",
    "Directory",
    "Entry",
    "HelpLine",
    "Hours",
    "OpeningHours",
    "help_lines",
    "is_open",
]
