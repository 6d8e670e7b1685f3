"""Bidirectional classes of letters, and the families of classes the rules speak of."""

from __future__ import annotations

import re
from unicodedata import bidirectional

ISOLATES = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
REMOVED = EMBEDDINGS | {"PDF", "BN"}  # rule X9: they stay in the text but take no part
NEUTRALS = frozenset({"B", "S", "WS", "ON", "PDI"}) | ISOLATES
RIGHT_TO_LEFT_ONLY = frozenset({"R", "AL", "ES", "ET", "CS", "NSM", "BN", "WS", "ON", "S", "B"})
MAX_DEPTH = 125
TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)  # what may leave the level of a left-to-right paragraph: right-to-left letters, Arabic numbers and controls


def classes_of(text: str) -> list[str]:
    """Return the class of each code point; unassigned ones count as left to right."""
    return [bidirectional(letter) or "L" for letter in text]


def direction_of(level: int) -> str:
    """Return ``R`` for odd levels and ``L`` for even ones."""
    return "R" if level % 2 else "L"


def strong_direction(bidi_class: str) -> str | None:
    """Return the side a class counts for among neutrals: numbers count as R (rule N1)."""
    if bidi_class in ("R", "EN", "AN"):
        return "R"
    return "L" if bidi_class == "L" else None
