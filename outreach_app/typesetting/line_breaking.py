"""Where a line may end (ICU rules and dictionaries), counted in code points."""

from __future__ import annotations

from icu4py.breakers import CharacterBreaker, LineBreaker


def line_ends(text: str, language: str) -> tuple[int, ...]:
    """Return every position after which a line may end, the end of the text last."""
    return _in_code_points(text, [end for _, end in LineBreaker(text, language).segments()])


def letter_ends(text: str, language: str) -> tuple[int, ...]:
    """Return the end of every letter with its marks: for words that are wider than the line."""
    return _in_code_points(text, [end for _, end in CharacterBreaker(text, language).segments()])


def _in_code_points(text: str, utf16_ends: list[int]) -> tuple[int, ...]:
    """ICU counts UTF-16 units: a letter beyond U+FFFF counts twice."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return tuple(utf16_ends)
    position_of = {}
    units = 0
    for position, letter in enumerate(text):
        position_of[units] = position
        units += 2 if letter > "\uffff" else 1
    position_of[units] = len(text)
    return tuple(position_of[end] for end in utf16_ends)
