"""Notes put with another contact, by whom and why, and whether it was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach_app.domain.erasing import ConfirmationState


@dataclass(frozen=True, slots=True)
class Regrouping:
    """``kind`` is merge or split; names are those the contacts have now, ``notes`` how many moved.

    ``centre``: how far the centre has followed it, or its being taken back.
    """

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
    centre: ConfirmationState = "nothing_left"
