"""Rules X9-X10, I1-I2: cut the paragraph into isolating run sequences and settle the final levels."""

from __future__ import annotations

from outreach_app.typesetting.bidi.explicit import Explicit
from outreach_app.typesetting.bidi.neutral import resolve_brackets, resolve_neutrals
from outreach_app.typesetting.bidi.sequence import RunSequence
from outreach_app.typesetting.bidi.types import ISOLATES, direction_of
from outreach_app.typesetting.bidi.weak import resolve_weak


def resolve_implicit(text: str, original: list[str], explicit: Explicit, base: int) -> list[int]:
    """Return the final level of each code point; removed ones take the level before them."""
    levels = list(explicit.levels)
    classes = list(explicit.classes)
    for sequence in _sequences(original, explicit, base):
        resolve_weak(sequence, classes)
        resolve_brackets(sequence, classes, text, original)
        resolve_neutrals(sequence, classes)
        for position in sequence.positions:
            levels[position] += _raise_by(levels[position], classes[position])
    before = base
    for position, removed in enumerate(explicit.removed):
        if removed:
            levels[position] = before
        before = levels[position]
    return levels


def _raise_by(level: int, bidi_class: str) -> int:
    if level % 2:
        return 0 if bidi_class == "R" else 1
    return {"R": 1, "AN": 2, "EN": 2}.get(bidi_class, 0)


def _level_runs(explicit: Explicit) -> list[list[int]]:
    runs: list[list[int]] = []
    for position, removed in enumerate(explicit.removed):
        if removed:
            continue
        if runs and explicit.levels[runs[-1][-1]] == explicit.levels[position]:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _sequences(original: list[str], explicit: Explicit, base: int) -> list[RunSequence]:
    runs = _level_runs(explicit)
    by_first = {run[0]: run for run in runs}
    matched_pdis = set(explicit.closing.values())
    found = []
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in matched_pdis:
            continue  # it continues the sequence of its initiator
        positions = list(run)
        while original[positions[-1]] in ISOLATES and explicit.closing.get(positions[-1]) in by_first:
            positions += by_first[explicit.closing[positions[-1]]]
        found.append(_with_edges(positions, original, explicit, base))
    return found


def _with_edges(positions: list[int], original: list[str], explicit: Explicit, base: int) -> RunSequence:
    """Find the directions at both edges (sos and eos of rule X10)."""
    level = explicit.levels[positions[0]]
    before = positions[0] - 1
    while before >= 0 and explicit.removed[before]:
        before -= 1
    after = positions[-1] + 1
    while after < len(original) and explicit.removed[after]:
        after += 1
    unclosed = original[positions[-1]] in ISOLATES and positions[-1] not in explicit.closing
    level_before = explicit.levels[before] if before >= 0 else base
    level_after = base if unclosed or after >= len(original) else explicit.levels[after]
    return RunSequence(
        positions=tuple(positions),
        level=level,
        start=direction_of(max(level, level_before)),
        end=direction_of(max(level, level_after)),
    )
