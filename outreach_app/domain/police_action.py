"""A police action the team was called to: counted by action and by people, never a row for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PoliceAction:
    """``met`` people were there, ``talked_to`` of them were talked to; ``district`` is a code of ``police_districts``.

    ``words`` are the worker's own and stay on the laptop, as all of this does.
    """

    shift_date: date
    district: str
    region: str = "unknown"
    met: int = 0
    talked_to: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class PoliceFigures:
    """How often the team was called, and how many people it met and talked to there, the same person more than once."""

    actions: int
    met: int
    talked_to: int
