"""Where a line may end (ICU rules and dictionaries), counted in code points."""

from __future__ import annotations

import re

from icu4py.breakers import CharacterBreaker, LineBreaker

_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LETTERS = f"{_LATIN}\u0400-\u0481\u048a-\u052f\u0620-\u063f\u0641-\u064a"
_WORD = f"[{_LETTERS}][{_LETTERS}\u064b-\u0652]*[,.:;!?\u060c\u061b\u061f]?"
_PLAIN = re.compile(f"{_WORD}(?: {_WORD})*|(?:[\u4e00-\u9fff][，。、；：？！]?)+")


def breaks_after_words(text: str) -> bool:
    """Tell whether lines of ``text`` may end after each word (as ``shaping`` cuts them) and nowhere else.

    So it is with letters, signs and single spaces, and with Chinese characters and signs; ICU need not be asked then.
    """
    return _PLAIN.fullmatch(text) is not None


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
