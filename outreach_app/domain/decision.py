"""What CMM, the Immigration Service or a court decided, as their letter says; nobody else gives a person a standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Maker = Literal["cmm", "dis", "court"]
Standing = Literal["possible", "in_period", "recognised", "not_recognised"]

MAKERS: tuple[Maker, ...] = get_args(Maker)
PERIOD_GIVEN = "period_given"  # a reflection period, or a restitution period with a lawful stay
PERIOD_EXTENDED = "period_extended"
PERIOD_NOT_EXTENDED = "period_not_extended"
LEAVE_AT_ONCE = "leave_at_once"
_STANDINGS: dict[str, Standing] = {
    "recognised": "recognised", "not_recognised": "not_recognised", PERIOD_GIVEN: "in_period",
    PERIOD_EXTENDED: "in_period",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, written down by a worker; ``outcome`` is a code. One taken back was written down by mistake."""

    id: str
    maker: Maker
    outcome: str
    decided_on: date
    words: str
    worker_id: str
    recorded_at: datetime
    taken_back_at: datetime | None = None


def standing(decisions: Iterable[Decision]) -> Standing:
    """Return where the last decision that says so leaves her; without one everything is possible."""
    for decision in _newest_first(decisions):
        if decision.outcome in _STANDINGS:
            return _STANDINGS[decision.outcome]
    return "possible"


def period_decision(decisions: Iterable[Decision]) -> Decision | None:
    """Return the decision that began her period, or that says there is none, whichever is newer."""
    for decision in _newest_first(decisions):
        if decision.outcome in {PERIOD_GIVEN, LEAVE_AT_ONCE}:
            return decision
    return None


def answers_to_requests(decisions: Iterable[Decision]) -> tuple[bool, ...]:
    """Return yes or no to her requests in their order; the first is the period itself, given or about to be."""
    found: list[bool] = []
    for decision in _newest_first(decisions):
        if decision.outcome == PERIOD_GIVEN:
            break
        if decision.outcome in {PERIOD_EXTENDED, PERIOD_NOT_EXTENDED}:
            found.append(decision.outcome == PERIOD_EXTENDED)
    return (True, *reversed(found))


def _newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    valid = [decision for decision in decisions if decision.taken_back_at is None]
    return sorted(valid, key=lambda decision: (decision.decided_on, decision.recorded_at), reverse=True)
