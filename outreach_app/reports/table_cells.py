"""Makes words harmless for a spreadsheet: a cell that begins like a formula would be run by whoever opens the file."""

from __future__ import annotations

import unicodedata

_BEGINS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four: the wide forms of = + - @
_MARK = "'"
_KEPT_CONTROLS = "\t\n\r"
_NOT_CHARACTERS = ("\ufffe", "\uffff")


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula, and without letters no file format can hold.

    An apostrophe goes before a text that begins with = + - @, a tab or a line end, blanks and marks no eye sees aside.
    """
    kept = "".join(letter for letter in text if _can_be_kept(letter))
    first = next((letter for letter in kept if not _is_unseen(letter)), "")
    return _MARK + kept if first in _BEGINS_A_FORMULA and first else kept


def _can_be_kept(letter: str) -> bool:
    if letter in _KEPT_CONTROLS:
        return True
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in _NOT_CHARACTERS


def _is_unseen(letter: str) -> bool:
    """A blank or a mark of direction; a tab and a line end begin a formula themselves."""
    return letter == " " or unicodedata.category(letter) in {"Cf", "Zs"}
