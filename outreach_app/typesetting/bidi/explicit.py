"""Rules P2-P3 and X1-X8: the paragraph's direction, embeddings, overrides and isolates."""

from __future__ import annotations

from dataclasses import dataclass, field

from outreach_app.typesetting.bidi.types import EMBEDDINGS, ISOLATES, MAX_DEPTH


@dataclass(frozen=True)
class Explicit:
    """Outcome of the explicit rules, one entry for each code point."""

    levels: list[int]
    classes: list[str]  # with overrides applied
    removed: list[bool]  # rule X9
    closing: dict[int, int]  # isolate initiator -> its matching PDI


@dataclass(frozen=True)
class _Status:
    level: int
    override: str | None
    isolate: bool


def first_strong_level(classes: list[str], start: int = 0, *, inside_isolate: bool = False) -> int:
    """Return 1 if the first strong letter outside isolates runs right to left, else 0 (P2, P3)."""
    depth = 0
    for bidi_class in classes[start:]:
        if bidi_class in ISOLATES:
            depth += 1
        elif bidi_class == "PDI":
            if depth == 0 and inside_isolate:
                return 0
            depth = max(0, depth - 1)
        elif depth == 0 and bidi_class in ("L", "R", "AL"):
            return 0 if bidi_class == "L" else 1
    return 0


def resolve_explicit(classes: list[str], base: int) -> Explicit:
    """Walk through the paragraph once and keep the stack of open embeddings and isolates."""
    walk = _Walk(classes, base)
    for position, bidi_class in enumerate(classes):
        walk.step(position, bidi_class)
    return Explicit(walk.levels, walk.classes, walk.removed, walk.closing)


@dataclass
class _Walk:
    original: list[str]
    base: int
    overflow_isolates: int = 0
    overflow_embeddings: int = 0
    valid_isolates: int = 0
    open_isolates: list[int] = field(default_factory=list)
    closing: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.classes = list(self.original)
        self.levels = [self.base] * len(self.original)
        self.removed = [False] * len(self.original)
        self.stack = [_Status(self.base, None, isolate=False)]

    def step(self, position: int, bidi_class: str) -> None:
        if bidi_class == "B":
            return  # a paragraph separator keeps the paragraph's level
        if bidi_class in EMBEDDINGS:
            self._drop(position)
            self._open(bidi_class)
        elif bidi_class == "PDF":
            self._drop(position)
            self._close_embedding()
        elif bidi_class in ISOLATES:
            self._take_status(position)
            self.open_isolates.append(position)
            self._open(self._resolved_isolate(position, bidi_class))
        elif bidi_class == "PDI":
            self._close_isolate(position)
            self._take_status(position)
        elif bidi_class == "BN":
            self._drop(position)
        else:
            self._take_status(position)

    def _drop(self, position: int) -> None:
        self.removed[position] = True
        self.levels[position] = self.stack[-1].level

    def _take_status(self, position: int) -> None:
        status = self.stack[-1]
        self.levels[position] = status.level
        if status.override:
            self.classes[position] = status.override

    def _resolved_isolate(self, position: int, bidi_class: str) -> str:
        if bidi_class != "FSI":
            return bidi_class
        return "RLI" if first_strong_level(self.original, position + 1, inside_isolate=True) else "LRI"

    def _open(self, bidi_class: str) -> None:
        level = self.stack[-1].level
        deeper = (level + 1) | 1 if bidi_class[0] == "R" else (level + 2) & ~1
        isolate = bidi_class in ISOLATES
        if deeper <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            override = bidi_class[0] if bidi_class.endswith("O") else None
            self.stack.append(_Status(deeper, override, isolate))
            self.valid_isolates += isolate
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def _close_embedding(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.stack[-1].isolate and len(self.stack) > 1:
            self.stack.pop()

    def _close_isolate(self, position: int) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1].isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1
        if self.open_isolates:
            self.closing[self.open_isolates.pop()] = position
