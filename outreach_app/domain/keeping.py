"""How long a note stays on the laptop: pure rules over where one note stands (decision 0024).

Shed: the words are at the centre, so the laptop need not hold them. Expire: the retention of the note's kind is over.
Held: something about the note is still open, whatever the days say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from outreach_app.domain.consent import ConsentLevel

Coverage = Literal["unsent", "sent", "put_aside", "coded", "full"]
HeldBecause = Literal[
    "", "follow_up_open", "referral_open", "deadline_open", "plan_open", "stay_open", "draft_open", "kept", "unsent",
    "unconfirmed", "put_aside", "health_part", "others_facts", "interview_here", "goals_here",
]  # fmt: skip
CONTACT = "contact"
KINDS = (*(level.value for level in ConsentLevel), CONTACT)
"""Kinds of which a retention can be set: notes by consent level, and contacts without notes."""

SHED_AFTER_DAYS = 14
PREVIEW_DAYS = 14
FEWEST_DAYS = 1
MOST_DAYS = 36_500
_SHED_LEVELS = frozenset({ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL})


@dataclass(frozen=True, slots=True)
class KeepingPolicy:
    """Days as the centre set them: a kind without days never expires; ``set_on`` is when they were last set."""

    shed_after_days: int
    expire_after_days: Mapping[str, int]
    set_on: date | None = None

    def expires_on(self, kind: str, day: date) -> date | None:
        """Return when something of this kind and day expires: never before it could be seen coming for 14 days."""
        days = self.expire_after_days.get(kind)
        if days is None:
            return None
        over = day + timedelta(days=days)
        return over if self.set_on is None else max(over, self.set_on + timedelta(days=PREVIEW_DAYS))

    def expired_before(self, kind: str, by: date) -> date | None:
        """Return the last day whose notes of this kind have expired ``by`` then, or None when none can have."""
        days = self.expire_after_days.get(kind)
        if days is None or (self.set_on is not None and by < self.set_on + timedelta(days=PREVIEW_DAYS)):
            return None
        return by - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a note's last version stands.

    ``casework`` is what is open about her besides: a referral, a deadline or pathway, a step of her plan, a stay.
    ``health_part`` and ``others_facts`` (about perpetrators or customers) are kept with the note and in no batch.
    ``shed_due`` says that the receipt which covers it is old enough, ``expiry_due`` and ``expiry_near`` that its
    retention is over, or will be within the days of the preview.
    """

    level: ConsentLevel
    coverage: Coverage
    casework: HeldBecause = ""
    follow_up_open: bool = False
    draft_open: bool = False
    kept: bool = False
    health_part: bool = False
    others_facts: bool = False
    shed_due: bool = False
    expiry_due: bool = False
    expiry_near: bool = False


def held_because(note: Situation) -> HeldBecause:
    """Return why nothing may take this note away now, or nothing."""
    if note.follow_up_open or note.casework:
        return "follow_up_open" if note.follow_up_open else note.casework
    if note.draft_open:
        return "draft_open"
    if note.kept:
        return "kept"
    if note.coverage == "unsent":
        return "unsent"
    if note.coverage == "sent":
        return "unconfirmed"
    return "put_aside" if note.coverage == "put_aside" else ""


def stays_because(note: Situation) -> HeldBecause:
    """Return why a note is not shed though its words may leave: as held, or for what never leaves."""
    held = held_because(note)
    return _never_leaves(note) if not held and _words_are_elsewhere(note) else held


def sheds(note: Situation) -> bool:
    """Tell whether time alone decides when this note is shed."""
    return not held_because(note) and _words_are_elsewhere(note) and not _never_leaves(note)


def may_shed(note: Situation) -> bool:
    """Tell whether the note may leave now because the centre has confirmed its full content long enough ago."""
    return sheds(note) and note.shed_due


def may_expire(note: Situation) -> bool:
    """Tell whether the note must leave now because its retention is over."""
    return not held_because(note) and note.expiry_due


def expires_soon(note: Situation) -> bool:
    """Tell whether the note will leave within the days of the preview unless somebody keeps it."""
    return not held_because(note) and note.expiry_near


def _words_are_elsewhere(note: Situation) -> bool:
    return note.level in _SHED_LEVELS and note.coverage == "full"


def _never_leaves(note: Situation) -> HeldBecause:
    if note.health_part:
        return "health_part"
    return "others_facts" if note.others_facts else ""
