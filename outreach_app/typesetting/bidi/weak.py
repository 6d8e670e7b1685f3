"""Rules W1-W7: marks, numbers and the signs around numbers."""

from __future__ import annotations

from outreach_app.typesetting.bidi.sequence import RunSequence
from outreach_app.typesetting.bidi.types import ISOLATES


def resolve_weak(sequence: RunSequence, classes: list[str]) -> None:
    """Replace weak classes in ``classes`` in place, rule after rule."""
    _marks(sequence, classes)
    _numbers_after_arabic(sequence, classes)
    _separators(sequence, classes)
    _terminators(sequence, classes)
    for position in sequence.positions:
        if classes[position] in ("ES", "ET", "CS"):  # W6
            classes[position] = "ON"
    _numbers_after_latin(sequence, classes)


def _marks(sequence: RunSequence, classes: list[str]) -> None:
    """W1: a combining mark follows the letter before it."""
    before = sequence.start
    for position in sequence.positions:
        if classes[position] == "NSM":
            classes[position] = "ON" if before in ISOLATES or before == "PDI" else before
        before = classes[position]


def _numbers_after_arabic(sequence: RunSequence, classes: list[str]) -> None:
    """W2 and W3: European numbers after an Arabic letter are Arabic numbers."""
    strong = sequence.start
    for position in sequence.positions:
        if classes[position] in ("R", "L", "AL"):
            strong = classes[position]
        elif classes[position] == "EN" and strong == "AL":
            classes[position] = "AN"
    for position in sequence.positions:
        if classes[position] == "AL":
            classes[position] = "R"


def _separators(sequence: RunSequence, classes: list[str]) -> None:
    """W4: one separator between two numbers of the same kind belongs to them."""
    places = sequence.positions
    for before, here, after in zip(places, places[1:], places[2:], strict=False):
        if classes[before] != classes[after]:
            continue
        european = classes[before] == "EN" and classes[here] in ("ES", "CS")
        arabic = classes[before] == "AN" and classes[here] == "CS"
        if european or arabic:
            classes[here] = classes[before]


def _terminators(sequence: RunSequence, classes: list[str]) -> None:
    """W5: signs such as + or % beside a European number belong to it."""
    places = sequence.positions
    first = 0
    while first < len(places):
        last = first
        while last < len(places) and classes[places[last]] == "ET":
            last += 1
        if last > first:
            before = first > 0 and classes[places[first - 1]] == "EN"
            after = last < len(places) and classes[places[last]] == "EN"
            if before or after:
                for position in places[first:last]:
                    classes[position] = "EN"
        first = max(last, first + 1)


def _numbers_after_latin(sequence: RunSequence, classes: list[str]) -> None:
    """W7: European numbers after a left-to-right letter run with it."""
    strong = sequence.start
    for position in sequence.positions:
        if classes[position] in ("R", "L"):
            strong = classes[position]
        elif classes[position] == "EN" and strong == "L":
            classes[position] = "L"
