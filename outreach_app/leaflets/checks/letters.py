"""Texts as letters only, so that what was put in and what is read back can be compared."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\\s•\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_HYPHEN_AT_LINE_END = re.compile("[\x02\ufffe]")  # as PDFium tells of one


def bare(text: str) -> str:
    """Return the letters of ``text`` without spaces, bullets and what nobody sees."""
    return _UNSEEN.sub("", _HYPHEN_AT_LINE_END.sub("-", unicodedata.normalize("NFC", text)))
