"""Texts people type: what may be kept, and how they are shown so that they cannot disturb what stands around them."""

from __future__ import annotations

import re
import unicodedata

from outreach_app.domain.errors import NameMissingError, TextNotUsableError, TextTooLongError

NOTE_LIMIT = 100_000  # letters; an hour of writing is under 20,000, and a record of a batch always holds two of them
SHORT_LIMIT = 400
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_OPEN_ISOLATES = "\u2066\u2067\u2068"
_ISOLATES = re.compile("[\u2066-\u2069]")
_KEPT_CONTROLS = "\n\t"
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


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
        if unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _KEPT_CONTROLS:
            raise TextNotUsableError(field=field, code=f"U+{ord(letter):04X}")
    composed = unicodedata.normalize("NFC", plain)
    if len(composed) > limit:  # a few letters have no composed form of one
        raise TextTooLongError(field=field, limit=limit)
    return composed


def check_name(text: str, field: str) -> str:
    """Return a name or code as one line without blanks around it.

    Raises:
        NameMissingError: nothing is left. TextTooLongError, TextNotUsableError: see ``check_text``.
    """
    name = one_line(check_text(text, field))
    if not name:
        raise NameMissingError(field=field)
    return name


def one_line(text: str) -> str:
    """Return ``text`` in composed form as one line: runs of blanks and line ends become one blank."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def whole_letters(text: str) -> str:
    """Return ``text`` with a replacement sign for each half letter (lone surrogate), so that it can be stored."""
    return _SURROGATE.sub(_REPLACEMENT, text)


def isolated(text: str) -> str:
    """Return ``text`` so that its direction marks (such as U+202E) cannot turn its surroundings round.

    Isolates inside are balanced first: a closing one too many would end ours.
    """
    if not text:
        return ""
    if not _ISOLATES.search(text):  # nearly always: lists ask this of every cell
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    depth = 0
    kept = []
    for letter in text:
        if letter == POP_ISOLATE and depth == 0:
            continue
        depth += (letter in _OPEN_ISOLATES) - (letter == POP_ISOLATE)
        kept.append(letter)
    return f"{FIRST_STRONG_ISOLATE}{''.join(kept)}{POP_ISOLATE * (depth + 1)}"
