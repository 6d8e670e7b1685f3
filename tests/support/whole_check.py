"""The check of all leaflets of one language, as ``outreach leaflet check`` runs it."""

from __future__ import annotations

from datetime import date

from outreach_app.leaflets.checking import TEXTS, CheckRow, Selection, check_leaflets
from outreach_app.leaflets.formats.registry import FORMATS

DAY = date(2026, 6, 1)


def check_language(language: str) -> list[CheckRow]:
    """Return a row for the texts of each sheet and for each format of each sheet that is not absent."""
    rows = list(check_leaflets(Selection(languages=(language,)), DAY))
    there = [row.sheet for row in rows if row.format == TEXTS and row.state != "absent"]
    set_ = {(row.sheet, row.format) for row in rows if row.format != TEXTS}
    assert set_ == {(sheet, form) for sheet in there for form in FORMATS}
    return rows


def faults(rows: list[CheckRow]) -> list[str]:
    return [f"{row.sheet} as {row.format}: {' '.join(row.faults)}" for row in rows if row.faults]

