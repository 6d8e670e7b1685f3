"""Rules N0-N2: paired brackets, then everything that has no direction of its own."""

from __future__ import annotations

from unicodedata import normalize

from outreach_app.typesetting.bidi.sequence import RunSequence
from outreach_app.typesetting.bidi.types import NEUTRALS, strong_direction

_PAIRS = (
    "()", "[]", "{}", "༺༻", "༼༽", "᚛᚜", "⁅⁆", "⁽⁾", "₍₎", "⌈⌉", "⌊⌋", "\u2329\u232a", "❨❩", "❪❫", "❬❭",
    "❮❯", "❰❱", "❲❳", "❴❵", "⟅⟆", "⟦⟧", "⟨⟩", "⟪⟫", "⟬⟭", "⟮⟯", "⦃⦄", "⦅⦆", "⦇⦈", "⦉⦊", "⦋⦌", "⦍⦐", "⦏⦎",
    "⦑⦒", "⦓⦔", "⦕⦖", "⦗⦘", "⧘⧙", "⧚⧛", "⧼⧽", "⸢⸣", "⸤⸥", "⸦⸧", "⸨⸩", "⹕⹖", "⹗⹘", "⹙⹚", "⹛⹜", "〈〉", "《》",
    "「」", "『』", "【】", "〔〕", "〖〗", "〘〙", "〚〛",
    "﹙﹚", "﹛﹜", "﹝﹞", "（）", "［］", "｛｝", "｟｠", "｢｣",
)  # fmt: skip
_CLOSED_BY = {pair[0]: normalize("NFC", pair[1]) for pair in _PAIRS}
_CLOSERS = frozenset(pair[1] for pair in _PAIRS)
_MAX_OPEN_BRACKETS = 63


def resolve_brackets(sequence: RunSequence, classes: list[str], text: str, original: list[str]) -> None:
    """N0: a pair of brackets takes the direction of what it holds, or of what stands before it."""
    for opening, closing in _bracket_pairs(sequence, classes, text):
        direction = _bracket_direction(sequence, classes, opening, closing)
        if direction is None:
            continue
        for place in (opening, closing):
            classes[sequence.positions[place]] = direction
            for position in sequence.positions[place + 1 :]:
                if original[position] != "NSM":
                    break
                classes[position] = direction  # a mark on the bracket follows it


def _bracket_pairs(sequence: RunSequence, classes: list[str], text: str) -> list[tuple[int, int]]:
    """Return (opening, closing) as indexes into the sequence, in the order of the openings (BD16)."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for place, position in enumerate(sequence.positions):
        letter = text[position]
        if classes[position] != "ON":
            continue
        if letter in _CLOSED_BY:
            if len(waiting) == _MAX_OPEN_BRACKETS:
                return []
            waiting.append((_CLOSED_BY[letter], place))
        elif letter in _CLOSERS:
            match = _last_waiting(waiting, normalize("NFC", letter))
            if match is not None:
                pairs.append((waiting[match][1], place))
                del waiting[match:]
    return sorted(pairs)


def _last_waiting(waiting: list[tuple[str, int]], closer: str) -> int | None:
    for index in range(len(waiting) - 1, -1, -1):
        if waiting[index][0] == closer:
            return index
    return None


def _bracket_direction(sequence: RunSequence, classes: list[str], opening: int, closing: int) -> str | None:
    inside = {strong_direction(classes[position]) for position in sequence.positions[opening + 1 : closing]} - {None}
    if sequence.direction in inside:
        return sequence.direction
    if not inside:
        return None
    for position in reversed(sequence.positions[:opening]):
        before = strong_direction(classes[position])
        if before:
            return before
    return sequence.start


def resolve_neutrals(sequence: RunSequence, classes: list[str]) -> None:
    """N1 and N2: neutrals between two equal directions take it, all others the embedding's."""
    places = sequence.positions
    first = 0
    while first < len(places):
        last = first
        while last < len(places) and classes[places[last]] in NEUTRALS:
            last += 1
        if last > first:
            before = strong_direction(classes[places[first - 1]]) if first else sequence.start
            after = strong_direction(classes[places[last]]) if last < len(places) else sequence.end
            for position in places[first:last]:
                classes[position] = before if before and before == after else sequence.direction
        first = max(last, first + 1)
