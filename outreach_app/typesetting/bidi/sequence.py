"""An isolating run sequence: the letters one set of weak and neutral rules looks at together."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.typesetting.bidi.types import direction_of


@dataclass(frozen=True)
class RunSequence:
    """Positions of the letters in reading order, their level, and the directions at both edges."""

    positions: tuple[int, ...]
    level: int
    start: str  # sos
    end: str  # eos

    @property
    def direction(self) -> str:
        """Return the embedding direction, ``L`` or ``R``."""
        return direction_of(self.level)
