"""What the person agreed to, and what that lets leave the laptop (the table of docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from outreach_app.domain.erasing import Departure


class ConsentLevel(StrEnum):
    """From nothing to a referral; each level includes what the one before lets leave."""

    WRITE_NOTHING = "write_nothing"
    CODED = "coded"
    FOLLOW_UP = "follow_up"
    REFERRAL = "referral"


RECIPIENTS = ("cmm", "dis", "police", "health", "municipality", "partner")
POINTS = ("who", "what", "why", "risks", "free", "see", "withdraw")
"""What is explained before she agrees: to whom, what, what for, what may follow, that she is free, may see it, may take
it back."""


@dataclass(frozen=True, slots=True)
class Given:
    """How she agreed: to whom, in which language and manner, whether she could speak freely, when, in which note."""

    recipient: str
    language: str
    manner: str
    speaking: str
    given_on: date
    partner: str = ""
    encounter_id: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What she agreed to for one recipient; ``partner`` says which one where the recipient is a partner.

    ``points`` are those explained and agreed to: all seven, or none where she agreed in the talk of a note only.
    ``doubtful``: the note it was said in says by now that she could not speak freely.
    """

    id: str
    contact_id: str
    recipient: str
    partner: str
    points: tuple[str, ...]
    points_version: int
    language: str
    manner: str
    speaking: str
    given_on: date
    encounter_id: str | None
    worker_id: str
    recorded_at: datetime
    withdrawn_on: date | None = None
    withdrawn_words: str = ""
    doubtful: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it was explained whole, not taken back, and is in no doubt."""
        return self.withdrawn_on is None and not self.doubtful and set(self.points) == set(POINTS)


def went_to(one: Departure, recipient: str) -> bool:
    """Tell whether a record went to this recipient: CMM, whose centre gets every batch, has all that has words.

    A referral to anybody else is at its centre too, whole and with her name.
    """
    if recipient == "cmm":
        return one.kind in {"note", "referral"}
    return one.kind == "referral" and one.recipient == recipient


def covers(consent: Consent, recipient: str, partner: str) -> bool:
    """Tell whether a consent in force is for this recipient; partners are told apart by name."""
    same = recipient != "partner" or consent.partner.casefold() == partner.casefold()
    return consent.in_force and consent.recipient == recipient and same


def lower_levels(recipient: str) -> tuple[ConsentLevel, ...]:
    """Return what a note may be lowered to when she takes back that this recipient gets it, the usual first.

    CMM is where every note goes: for it only codes, or nothing, are lower.
    """
    if recipient == "cmm":
        return (ConsentLevel.CODED, ConsentLevel.WRITE_NOTHING)
    return (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.WRITE_NOTHING)


def offered_levels(*, free_to_speak: bool) -> tuple[ConsentLevel, ...]:
    """Return the levels that may be chosen: above ``coded`` only when she could speak freely."""
    return tuple(ConsentLevel) if free_to_speak else (ConsentLevel.WRITE_NOTHING, ConsentLevel.CODED)
