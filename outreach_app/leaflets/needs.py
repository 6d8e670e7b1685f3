"""What a sheet takes from the directory, found in its own statements and sections."""

from __future__ import annotations

import string
from datetime import date

from outreach_app.leaflets.directory import CONTROLLER, EMERGENCY, HOTLINE, Directory
from outreach_app.leaflets.directory.faults import Fault, Needs, directory_faults
from outreach_app.leaflets.sheets import Sheet

_EVERY_SHEET = (HOTLINE, EMERGENCY)  # both numbers stand on each


def needs_of(sheet: Sheet, region: str = "") -> Needs:
    """Return what ``sheet`` needs when it is printed for ``region`` (empty: everywhere)."""
    statements = tuple(sheet.all_statements())
    named = [statement.entry for statement in statements if statement.entry]
    filled = [CONTROLLER for statement in statements if CONTROLLER in _places(statement.text)]
    used = [wanted for wanted in dict.fromkeys((*_EVERY_SHEET, *named, *filled)) if wanted not in sheet.needs]
    places = dict.fromkeys(kind for section in sheet.sections for kind in section.places_in(region))
    return Needs(required=sheet.needs, used=tuple(used), places=tuple(places), region=region)


def faults_before_printing(sheet: Sheet, directory: Directory, day: date, region: str = "") -> tuple[Fault, ...]:
    """Return what a worker has to know before ``sheet`` is printed on ``day``, the gravest first."""
    return directory_faults(directory, needs_of(sheet, region), day)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
