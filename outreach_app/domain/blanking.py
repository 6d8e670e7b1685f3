"""Blanking words: wherever they stand in a note or draft, a mark replaces them that says nothing about them."""

from __future__ import annotations

import re
from typing import Any

from outreach_app.domain.erasing import BLANK

WORDS = frozenset({
    "note", "what", "to_whom", "said", "without_consent_because", "reason", "words", "contact_name", "name",
})  # fmt: skip
"""The fields of notes and drafts that hold words; all others hold codes, numbers and dates."""
WORDS_BY_KEY = frozenset({"sign_words"})
"""Fields that hold words by the code they are about."""


def blanking_pattern(part: str) -> re.Pattern[str]:
    """Return what finds ``part`` whatever its case and the blanks and line ends between its words.

    It is found inside longer words, too: in a script written without spaces nothing else would find a name.
    """
    return re.compile(r"\s+".join(map(re.escape, part.split())), re.IGNORECASE)


def blank_text(text: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    """Return the text with a mark in every place where the words stood, and how many there were."""
    return pattern.subn(BLANK, text)


def blank_fields(tree: Any, pattern: re.Pattern[str], field: str = "") -> tuple[Any, int]:
    """Return a note or draft as JSON values with its words blanked, and in how many places."""
    if isinstance(tree, str):
        return blank_text(tree, pattern) if field in WORDS else (tree, 0)
    if isinstance(tree, dict):
        inner = "words" if field in WORDS_BY_KEY else ""
        done = {name: blank_fields(value, pattern, inner or name) for name, value in tree.items()}
        return {name: value for name, (value, _) in done.items()}, sum(count for _, count in done.values())
    if isinstance(tree, list):
        rows = [blank_fields(value, pattern, field) for value in tree]
        return [value for value, _ in rows], sum(count for _, count in rows)
    return tree, 0
