"""A referral: a hand-over to somebody who can do more, and every state it was in, as a worker typed it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from outreach_app.domain.encounter import WorkerView

MADE = "made"
STATES = (MADE, "received", "accepted", "declined", "withdrawn", "closed")
OPEN_STATES = frozenset({MADE, "received", "accepted"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of whom; ``without_consent_because`` only where a child is referred without her yes.

    ``view`` is the worker's choice on the assessment, where her note holds none yet.
    """

    recipient: str
    purpose: str
    what: str
    made_on: date
    partner: str = ""
    without_consent_because: str = ""
    view: WorkerView | None = None


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """One state with the day it was reached and the worker's words."""

    number: int
    state: str
    on_date: date
    words: str
    worker_name: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A hand-over; ``purpose`` is a code of ``referral_purposes``.

    ``consent_id`` is None where a child's protection asks for it without her; why then stands in
    ``without_consent_because``. ``assessed_id`` is the note whose assessment a worker confirmed or set aside.
    """

    id: str
    contact_id: str
    contact_name: str
    recipient: str
    partner: str
    purpose: str
    what: str
    consent_id: str | None
    without_consent_because: str
    assessed_id: str | None
    state: str
    made_on: date
    recorded_at: datetime
    steps: tuple[ReferralStep, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is still awaited; what is open holds the person's notes on the laptop."""
        return self.state in OPEN_STATES


def next_states(state: str) -> tuple[str, ...]:
    """Return the states that may be typed in after ``state``: any but the first, since news comes in any order."""
    return tuple(each for each in STATES if each not in {MADE, state})
