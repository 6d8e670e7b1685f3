"""Pieces of a paragraph that are bold or not, as one text: normalised, with single spaces, and nothing else changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_SPACES = re.compile("[ \t\n\r\f\v\u0085\u2028\u2029]{2,}|[\t\n\r\f\v\u0085\u2028\u2029]")  # not the no-break space


class Span(NamedTuple):
    """Some words of a paragraph; the spaces around them belong to them."""

    text: str
    bold: bool = False


class Joined(NamedTuple):
    """One paragraph (NFC): its text, and for each letter whether it is bold (empty: none is)."""

    text: str
    bold: tuple[bool, ...] = ()


def one_paragraph(text: str) -> str:
    """Return ``text`` as one paragraph: line ends and runs of spaces become one space."""
    return _SPACES.sub(" ", text).strip(" ")


def joined(text: str | Sequence[Span]) -> Joined:
    """Return a text or its spans as one paragraph."""
    if isinstance(text, str):
        return Joined(one_paragraph(unicodedata.normalize("NFC", text)))
    letters: list[tuple[str, bool]] = []
    for span in text:
        for letter in _SPACES.sub(" ", unicodedata.normalize("NFC", span.text)):
            if letter != " " or (letters and letters[-1][0] != " "):
                letters.append((letter, span.bold))
    if letters and letters[-1][0] == " ":
        letters.pop()
    return Joined("".join([letter for letter, _ in letters]), tuple([bold for _, bold in letters]))
