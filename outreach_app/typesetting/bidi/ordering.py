"""Rules L1 and L2: the levels of one line, and the order in which its pieces are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from outreach_app.typesetting.bidi.types import ISOLATES, REMOVED

_TRAILING = ISOLATES | REMOVED | {"WS", "PDI"}


class Levels(NamedTuple):
    """Levels of one paragraph: its own, one for each code point, and the classes they came from.

    ``uniform`` is the level of a paragraph whose letters all keep it; its classes are not told.
    """

    base: int
    levels: tuple[int, ...]
    classes: tuple[str, ...] = ()
    uniform: int | None = None


def line_levels(paragraph: Levels, start: int, end: int) -> list[int]:
    """Return the levels of the line ``[start:end]``: trailing spaces fall back to the paragraph's level."""
    levels = list(paragraph.levels[start:end])
    if paragraph.uniform is not None:
        return levels
    trailing = True
    for position in range(end - 1, start - 1, -1):
        bidi_class = paragraph.classes[position]
        if bidi_class in ("S", "B"):
            levels[position - start] = paragraph.base
            trailing = True
        elif bidi_class in _TRAILING:
            if trailing:
                levels[position - start] = paragraph.base
        else:
            trailing = False
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return indexes of ``levels`` from left to right as drawn."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for threshold in range(max(levels), min(odd) - 1, -1):
        _turn_runs(order, levels, threshold)
    return order


def _turn_runs(order: list[int], levels: Sequence[int], threshold: int) -> None:
    """Reverse each stretch of ``order`` whose levels are at least ``threshold``."""
    first = 0
    while first < len(order):
        last = first
        while last < len(order) and levels[order[last]] >= threshold:
            last += 1
        order[first:last] = order[first:last][::-1]
        first = max(last, first + 1)
