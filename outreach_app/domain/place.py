"""A place: a coded entry of the register. Never an address in a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A parlour, a street stretch, a meeting place; ``warning`` is read before the form opens."""

    id: str
    code: str
    setting: str
    region: str = "unknown"
    note: str = ""
    warning: str = ""
    revisit_on: date | None = None
    last_seen: date | None = None
    encounters: int = 0
