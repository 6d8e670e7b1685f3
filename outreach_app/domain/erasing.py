"""What erasing and its like say: why a contact is erased, what had left before, and what the centre confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

REASONS = ("asked", "withdrawn", "mistake", "ordered")
"""She asked for it; she took her consent back; it should never have been written; an authority ordered it."""

BLANK = "▮▮▮"
"""What stands where words were; always of one length, so that it says nothing about them."""

MentionOpens = Literal["encounter", "contact", "place", "police_action", "draft"]
ConfirmationState = Literal["nothing_left", "waiting", "sent", "confirmed", "put_aside"]


@dataclass(frozen=True, slots=True)
class Departure:
    """What had left before: which version of which record in which batch, when, how much of it, and to whom.

    ``left_at`` is None for a batch that was sealed and given up before it was handed over. ``kind`` is tally, coded,
    note or referral; ``recipient`` is the code of a referral's recipient, empty where it went to the centre alone.
    """

    record_id: str
    version: int
    epoch: int
    batch: int
    left_at: datetime | None
    kind: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name of hers stands outside the text of notes: the table, and what to open to look at it.

    ``name`` is the short name of the contact or the code of the place, empty for all else.
    """

    where: str
    opens: MentionOpens
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was done on this laptop and how far the centre has followed it.

    ``kind`` is contact (an erasure) or words (a blanking), and, where the centre was told of it, merge, apart (a merge
    taken back), split or withdrawal.
    """

    id: str
    kind: str
    reason: str
    made_at: datetime
    state: ConfirmationState
    confirmed_at: datetime | None
    left: tuple[Departure, ...]
