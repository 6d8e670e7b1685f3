"""Which faces draw a text that may be in any script, which way it runs, and what no shipped font can draw."""

from __future__ import annotations

import unicodedata

from outreach_app.typesetting.fonts import Face, load_face
from outreach_app.typesetting.runs import missing_letters

BOX = "□"  # stands for a letter no shipped font has
_FIRST = "NotoSans"
_OTHERS = ("Vazirmatn", "NotoSansThai", "NotoSansSC")
_ONE_WEIGHT = frozenset({"NotoSansSC"})
_RTL = frozenset({"R", "AL"})


def faces_for(text: str, *, bold: bool = False) -> tuple[Face, ...]:
    """Return the faces that ``text`` needs, the plain one first; others are loaded only where it lacks a letter."""
    faces = [_face(_FIRST, bold=bold)]
    for family in _OTHERS:
        if not missing_letters(text, faces):
            break
        faces.append(_face(family, bold=bold))
    return tuple(faces)


def printable(text: str) -> str:
    """Return ``text`` with a box for each letter that no shipped font can draw."""
    missing = missing_letters(unicodedata.normalize("NFC", text), faces_for(unicodedata.normalize("NFC", text)))
    return "".join(BOX if letter in missing else letter for letter in unicodedata.normalize("NFC", text))


def runs_rtl(text: str) -> bool:
    """Tell whether the first letter with a direction runs from the right."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction == "L":
            return False
        if direction in _RTL:
            return True
    return False


def _face(family: str, *, bold: bool) -> Face:
    return load_face(f"{family}-{'Bold' if bold and family not in _ONE_WEIGHT else 'Regular'}")
