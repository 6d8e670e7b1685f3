"""How far the centre has followed notes that were lowered after something of them had left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from outreach_app.domain.erasing import ConfirmationState, Departure
from outreach_app.records.rows import Connection, to_text

CentreState = Literal["nothing_left", "no_longer_here", "waiting", "sent", "confirmed", "put_aside"]
_STEPS = ("waiting", "sent", "confirmed")
_COVERED = frozenset({"full", "coded"})


def centre_state(db: Connection, left: Iterable[Departure]) -> CentreState:
    """Return how far the last versions of the notes that had left have come: the least of them counts.

    A note that was shed since has no lower version: the centre has to be called.
    """
    ids = sorted({one.record_id for one in left})
    if not ids:
        return "nothing_left"
    rows = db.execute(
        "SELECT (SELECT r.outcome FROM live_batch_records r WHERE r.record_id = e.id AND r.version = e.version"
        " ORDER BY r.epoch DESC, r.seq DESC LIMIT 1) FROM encounters e WHERE e.id IN (SELECT value FROM json_each(?))",
        (to_text(ids),),
    )
    outcomes = [row[0] for row in rows]
    if len(outcomes) < len(ids):
        return "no_longer_here"
    if "quarantined" in outcomes:
        return "put_aside"
    if None in outcomes:
        return "waiting"
    return "confirmed" if _COVERED.issuperset(outcomes) else "sent"


def least(lowered: CentreState, told: ConfirmationState) -> CentreState:
    """Return how far the centre has followed, of the lowered notes and the notice that tells of them.

    Where there is no notice, or nothing here to follow, the notes alone count.
    """
    if lowered not in _STEPS or told == "nothing_left":
        return lowered
    return told if told not in _STEPS or _STEPS.index(told) < _STEPS.index(lowered) else lowered
