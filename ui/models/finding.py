"""Finds entries of any list the way signs and codes are found: by the beginnings of their words."""

from __future__ import annotations

from collections.abc import Iterable

from outreach_app.domain.code_lists import Code
from outreach_app.domain.type_ahead import find_codes
from ui.widgets.type_ahead import Choice

MOST = 20


def find_choices(entries: Iterable[Choice], typed: str, most: int = MOST) -> tuple[Choice, ...]:
    """Return the choices that ``typed`` may mean, best first; the first ones while nothing is typed."""
    by_key = {entry.key: entry for entry in entries}
    if not typed.strip():
        return tuple(by_key.values())[:most]
    codes = (Code(entry.key, {"en": f"{entry.label} {entry.detail}"}) for entry in by_key.values())
    return tuple(by_key[code.code] for code in find_codes(codes, typed, "en")[:most])


def choices_of(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return (code, label) pairs as choices."""
    return tuple(Choice(code, label) for code, label in pairs)
