"""Texts people type: what may be kept, and how they are shown so that they cannot disturb what stands around them."""

from __future__ import annotations

import unicodedata

from outreach_app.domain.errors import TextNotUsableError, TextTooLongError

NOTE_LIMIT = 400_000  # letters; an hour of writing is under 20,000
SHORT_LIMIT = 400
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_KEPT_CONTROLS = "\n\t"
_SURROGATES = range(0xD800, 0xE000)


def check_text(text: str, field: str, limit: int = SHORT_LIMIT) -> str:
    """Return ``text`` in composed form with plain line ends.

    Raises:
        TextTooLongError: more than ``limit`` letters.
        TextNotUsableError: NUL, another control letter, or half a letter (a lone surrogate).
    """
    if len(text) > limit:
        raise TextTooLongError(field=field, limit=limit)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for letter in plain:
        if ord(letter) in _SURROGATES or (unicodedata.category(letter) == "Cc" and letter not in _KEPT_CONTROLS):
            raise TextNotUsableError(field=field, code=f"U+{ord(letter):04X}")
    return unicodedata.normalize("NFC", plain)


def isolated(text: str) -> str:
    """Return ``text`` so that its direction marks (such as U+202E) cannot turn its surroundings round."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""
