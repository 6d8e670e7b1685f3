"""What the person agreed to, and what that lets leave the laptop (the table of docs/architecture.md)."""

from __future__ import annotations

from enum import StrEnum


class ConsentLevel(StrEnum):
    """From nothing to a referral; each level includes what the one before lets leave."""

    WRITE_NOTHING = "write_nothing"
    CODED = "coded"
    FOLLOW_UP = "follow_up"
    REFERRAL = "referral"


RECIPIENTS = ("cmm", "dis", "police", "health", "municipality", "partner")


def offered_levels(*, free_to_speak: bool) -> tuple[ConsentLevel, ...]:
    """Return the levels that may be chosen: above ``coded`` only when she could speak freely."""
    return tuple(ConsentLevel) if free_to_speak else (ConsentLevel.WRITE_NOTHING, ConsentLevel.CODED)
