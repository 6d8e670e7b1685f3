"""How many words a sentence has, also in languages that put no spaces between them (ICU rules and dictionaries)."""

from __future__ import annotations

import re

from icu4py.breakers import WordBreaker

_ENDS = re.compile("[.?!؟。？！]+")
_ENDS_AND_SPACES = re.compile("[.?!؟。？！\\s]+")
_SPACE_ENDS_A_CLAUSE = frozenset({"th"})


def count_words(text: str, language: str) -> int:
    """Return how many words ``text`` has; punctuation and spaces are none, a {place} is one."""
    return sum(any(letter.isalnum() for letter in piece) for piece in WordBreaker(text, language))


def sentences(text: str, language: str) -> tuple[str, ...]:
    """Return the sentences of ``text`` without their ends; Thai, which has no full stop, ends clauses with a space."""
    ends = _ENDS_AND_SPACES if language in _SPACE_ENDS_A_CLAUSE else _ENDS
    return tuple(part.strip() for part in ends.split(text) if part.strip())


def most_words(text: str, language: str) -> int:
    """Return the number of words of the longest sentence of ``text``."""
    return max((count_words(sentence, language) for sentence in sentences(text, language)), default=0)
