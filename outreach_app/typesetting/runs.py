"""Pieces of a line that can be shaped at once: one level, one script, one face."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from outreach_app.typesetting.fonts import Face

_SCRIPTS = (
    (0x0041, 0x024F, "Latn"), (0x0250, 0x02AF, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0750, 0x077F, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0E00, 0x0E7F, "Thai"), (0x1200, 0x139F, "Ethi"), (0x1E00, 0x1EFF, "Latn"), (0x2E80, 0x9FFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"),
)  # fmt: skip
_FOLLOWS = ("Cf", "Zs", "Mn", "Me")  # invisible, space or mark: goes with the letter before it


class Run(NamedTuple):
    """Positions ``start`` to ``end`` of the text, with the face that draws them and their script."""

    start: int
    end: int
    level: int
    face: Face
    script: str | None


Kind = tuple[str | None, Face | None]  # script, None if shared by all; face, None if that of the letter before


class Letter(NamedTuple):
    """What a letter of a paragraph needs: its script (None if shared by all) and its face."""

    script: str | None
    face: Face


@lru_cache(maxsize=8192)
def script_of(letter: str) -> str | None:
    """Return the script of a letter or mark, None for what all scripts share."""
    if unicodedata.category(letter)[0] not in "LM":
        return None
    point = ord(letter)
    return next((name for first, last, name in _SCRIPTS if first <= point <= last), None)


class _Letters(dict[str, Kind]):
    """Script and face of letters in some faces; no face for marks and spaces: they stay in that of the one before."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, letter: str) -> Kind:
        found = self[letter] = (script_of(letter), self._face_of(letter))
        return found

    def _face_of(self, letter: str) -> Face | None:
        if unicodedata.category(letter) in _FOLLOWS:
            return None
        return next((face for face in self._faces if face.glyph_of(letter)), self._faces[0])


@lru_cache(maxsize=64)
def _letters_in(faces: tuple[Face, ...]) -> _Letters:
    return _Letters(faces)


def missing_letters(text: str, faces: Sequence[Face]) -> frozenset[str]:
    """Return the letters of ``text`` that none of ``faces`` can draw."""
    visible = {letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc")}
    return frozenset(letter for letter in visible if not any(face.glyph_of(letter) for face in faces))


def letters_of(text: str, faces: tuple[Face, ...]) -> list[Letter]:
    """Return script and face of each letter of ``text``: looked up once, used for every line tried."""
    found = []
    known = _letters_in(faces)
    before = faces[0]
    for letter in text:
        script, face = known[letter]
        before = face or before
        found.append(Letter(script, before))
    return found


def kind_of(text: str, faces: tuple[Face, ...]) -> Kind | None:
    """Return the script and the face of all of ``text``, None where there are several."""
    return common_kind(set(map(_letters_in(faces).__getitem__, set(text))))


def common_kind(kinds: Collection[Kind | None]) -> Kind | None:
    """Return the one script and the one face among ``kinds``, None where there are several."""
    scripts, faces = {kind[0] for kind in kinds if kind}, {kind[1] for kind in kinds if kind}
    scripts.discard(None)
    faces.discard(None)
    if None in kinds or len(scripts) > 1 or len(faces) > 1:
        return None
    return next(iter(scripts), None), next(iter(faces), None)


def cut_into_runs(letters: Sequence[Letter], start: int, levels: Sequence[int]) -> list[Run]:
    """Cut ``letters[start : start + len(levels)]`` into runs, in reading order."""
    runs: list[Run] = []
    first = start
    script: str | None = None
    end = start + len(levels)
    for position in range(start, end):
        letter = letters[position]
        if position > first:
            before = letters[position - 1]
            turns = levels[position - 1 - start] != levels[position - start]
            changes = script is not None and letter.script is not None and letter.script != script
            if turns or changes or letter.face is not before.face:
                runs.append(Run(first, position, levels[position - 1 - start], before.face, script))
                first, script = position, None
        script = letter.script or script
    if first < end:
        runs.append(Run(first, end, levels[-1], letters[end - 1].face, script))
    return runs
