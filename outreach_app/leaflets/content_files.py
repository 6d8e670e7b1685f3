"""Reads one file of the content in use for a sheet; what cannot be read is told by its name."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from outreach_app.content import read_content
from outreach_app.leaflets.errors import SheetDamagedError


def leaflet_file(name: str) -> bytes:
    """Return a file under ``leaflets``; raises SheetDamagedError where there is none."""
    try:
        return read_content(f"leaflets/{name}")
    except OSError as absent:
        raise SheetDamagedError(sheet=PurePosixPath(name).stem) from absent


def read_object(data: bytes, sheet: str) -> dict[str, Any]:
    """Return the JSON object in ``data``; raises SheetDamagedError naming ``sheet``."""
    try:
        return dict(json.loads(data))
    except (ValueError, TypeError) as damaged:
        raise SheetDamagedError(sheet=sheet) from damaged


def read_leaflet_file(name: str) -> dict[str, Any]:
    """Return the JSON object in a file under ``leaflets``; raises SheetDamagedError."""
    return read_object(leaflet_file(name), PurePosixPath(name).stem)
