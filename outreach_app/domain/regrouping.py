"""Notes put with another contact, by whom and why, and whether it was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Regrouping:
    """``kind`` is merge or split; names are those the contacts have now, ``notes`` how many moved."""

    id: str
    kind: str
    from_id: str
    from_name: str
    into_id: str
    into_name: str
    reason: str
    worker_name: str
    made_at: datetime
    notes: int
    undone_at: datetime | None
    undone_by: str
