"""Which letters each glyph stands for, so that text copied out of the page equals the text put in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from outreach_app.typesetting.fonts import Face, Glyph

INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_NOTHING = "\u200b"  # stands behind glyphs whose letters another glyph of the cluster already carries


class Cluster(NamedTuple):
    """Glyphs that belong together (left to right) and the letters behind them (reading order)."""

    start: int
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def positioned(self) -> bool:
        """Tell whether the glyphs do not simply stand side by side."""
        return len(self.glyphs) > 1 or bool(self.glyphs[0].dx or self.glyphs[0].dy)


def simple_letters(text: str, glyphs: Sequence[Glyph], *, rtl: bool) -> list[str] | None:
    """Return the letters of each glyph in the simple case: every cluster is one glyph, unmoved and visible."""
    if any([glyph.dx or glyph.dy for glyph in glyphs]) or not INVISIBLE.isdisjoint(text):  # noqa: C419 - quicker
        return None
    places = [glyph.cluster for glyph in glyphs]
    rising = places[::-1] if rtl else places
    ends = [*rising[1:], len(text)]
    if any(start >= end for start, end in zip(rising, ends, strict=True)):
        return None
    letters = [text[start:end] for start, end in zip(rising, ends, strict=True)]
    return letters[::-1] if rtl else letters


def clusters_of(text: str, glyphs: Sequence[Glyph]) -> list[Cluster]:
    """Return the visible clusters of ``glyphs``, which stand for ``text``, from left to right."""
    places = [glyph.cluster for glyph in glyphs]
    starts = sorted(set(places))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    all_visible = INVISIBLE.isdisjoint(text)
    found: list[Cluster] = []
    first, last = 0, len(glyphs)
    while first < last:
        start = places[first]
        after = first + 1
        while after < last and places[after] == start:
            after += 1
        letters = text[start : ends[start]]
        if all_visible or not INVISIBLE.issuperset(letters):
            found.append(Cluster(start, letters, tuple(glyphs[first:after])))
        first = after
    return found


def letters_ltr(face: Face, cluster: Cluster) -> list[str]:
    """Return the letters of each glyph; where they cannot be told apart, one glyph carries all of them."""
    glyphs, text = cluster.glyphs, cluster.text
    if len(glyphs) == len(text) and (_are_plain(face, cluster) or _are_marks_on_a_base(cluster)):
        return list(text)
    carrier = _carrier(glyphs, default=0)
    return [text if place == carrier else _NOTHING for place in range(len(glyphs))]


def letters_rtl(face: Face, cluster: Cluster) -> list[str | None]:
    """Return the letters of each glyph of a right-to-left cluster; None hides a glyph from copying."""
    glyphs, text = cluster.glyphs, cluster.text
    if len(glyphs) == 1:
        return [text]
    marks = [letter for letter in text if unicodedata.category(letter) == "Mn"]
    carrier = _carrier(glyphs, default=len(glyphs) - 1)
    body = "".join(letter for letter in text if letter not in marks)
    found: list[str | None] = [None] * len(glyphs)
    found[carrier] = body or text
    mark_of = {face.glyph_of(mark): mark for mark in marks}
    waiting = list(marks) if body else []
    for place, glyph in enumerate(glyphs):
        mark = mark_of.get(glyph.number)
        if mark in waiting and place != carrier:
            found[place] = mark
            waiting.remove(mark)
    if waiting:  # joined marks: the first free glyph carries all that is left
        free = next((place for place, letters in enumerate(found) if letters is None), carrier)
        found[free] = (found[free] or "") + "".join(waiting)
    return found


def _are_plain(face: Face, cluster: Cluster) -> bool:
    """Tell whether each glyph is the font's own for its letter."""
    return [face.glyph_of(letter) for letter in cluster.text] == [glyph.number for glyph in cluster.glyphs]


def _are_marks_on_a_base(cluster: Cluster) -> bool:
    """Tell whether all but the first are marks without a width, in the order of their letters."""
    marks = all(unicodedata.category(letter) == "Mn" for letter in cluster.text[1:])
    return marks and all(glyph.advance == 0 for glyph in cluster.glyphs[1:])


def _carrier(glyphs: tuple[Glyph, ...], default: int) -> int:
    return next((place for place, glyph in enumerate(glyphs) if glyph.advance), default)
