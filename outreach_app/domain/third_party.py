"""A fact about a perpetrator or customer: somebody else's data, kept with a note and apart from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """What is known about somebody else. ``offence``: the words tell of a crime somebody is said to have done."""

    id: str
    encounter_id: str
    shift_date: date
    role: str
    offence: bool
    words: str
    worker_name: str
