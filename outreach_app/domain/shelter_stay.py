"""A stay at a shelter: when somebody came and left, and a code for where, never an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ShelterStay:
    """``left_on`` is None while she is there."""

    id: str
    contact_id: str
    shelter: str
    entered_on: date
    left_on: date | None = None
