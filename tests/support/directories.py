"""Directories of made-up places for tests: rows as they stand in JSON, and the whole read as the program reads it."""

from __future__ import annotations

import copy
import json
from typing import Any

from outreach_app.leaflets.directory import Directory
from outreach_app.leaflets.directory.untrusted import read_directory

HOTLINE_ROW: dict[str, Any] = {
    "id": "hotline", "kind": "hotline", "number": "+45 11 22 33 44", "languages": ["da"], "source": "made up",
    "hours": {"weekdays": [["08:30", "16:00"]], "weekends": [["09:00", "15:00"]]},
    "as_of": "2026-01", "confirmed": True, "stale_after_months": 12,
}  # fmt: skip
EMERGENCY_ROW: dict[str, Any] = {
    "id": "emergency", "kind": "emergency", "number": "112", "source": "made up", "as_of": "2018-12-11",
    "hours": {"weekdays": [["00:00", "24:00"]], "weekends": [["00:00", "24:00"]]},
    "confirmed": True, "stale_after_months": None,
}  # fmt: skip
PLACE_ROW: dict[str, Any] = {
    "id": "lantern", "kind": "meeting_place", "name": "The Lantern", "regions": ["sjaelland"],
    "address": "Example Street 1, Example Town", "number": "+45 12 34 56 78", "source": "made up",
    "hours": {"tuesday": [["10:00", "14:00"], ["20:00", "02:00"]], "wednesday": [], "by_appointment": True},
    "as_of": "2026-01-15", "confirmed": True, "stale_after_months": 12,
}  # fmt: skip


def rows_of(*places: dict[str, Any]) -> dict[str, Any]:
    """Return a directory's JSON with both lines and ``places``, free to be changed."""
    rows = [HOTLINE_ROW, EMERGENCY_ROW, *places]
    return copy.deepcopy({"schema": 1, "version": 3, "published": "2026-02-01", "entries": rows})


def directory_with(*places: dict[str, Any]) -> Directory:
    """Return the directory of both lines and ``places``."""
    return read_directory(json.dumps(rows_of(*places)))
