"""Cases for the pathway engine: any that a person may be in, and one that is easy to read."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from outreach_app.domain.pathway_case import MOST_DAYS, PathwayCase, PathwayFacts, Stay

TODAY = date(2026, 5, 12)
DECIDED = date(2026, 5, 10)
_DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def case(stay: Stay = "none", **values: Any) -> PathwayCase:
    """Return a case of today, decided on 10 May, with whatever else is given."""
    own = {name: values.pop(name) for name in ("on", "decided_on", "public_order", "letters", "answers") if name in values}
    return PathwayCase(PathwayFacts(stay, **values), **{"on": TODAY, "decided_on": DECIDED, **own})


@st.composite
def cases(draw: st.DrawFn) -> PathwayCase:
    """Any case the reader lets through."""
    decided = draw(st.none() | _DAYS)
    returned = draw(st.none() | _DAYS)
    if decided is not None and returned is not None and returned < decided:
        returned = decided
    facts = PathwayFacts(
        stay=draw(st.sampled_from(get_args(Stay))),
        age=draw(st.none() | st.integers(0, 120) | st.sampled_from(["under_18", "maybe_under_18"])),
        in_trial=draw(st.booleans()),
        requested_days=tuple(draw(st.lists(st.integers(1, MOST_DAYS), max_size=5))),
        return_agreed=draw(st.booleans()),
        special_reasons=draw(st.booleans()),
        returned_on=returned,
    )
    return PathwayCase(facts, draw(_DAYS), decided, draw(st.booleans()))
