"""How things stand at the desk, in five numbers: what its window shows at all times."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.quarantine import list_put_aside


@dataclass(frozen=True, slots=True)
class DeskOverview:
    """``waiting`` batches came too early, ``missing`` numbers are those they wait for.

    ``alarmed`` laptops, revoked ones left out, raised something that somebody should call about. ``put_aside`` lines
    are not settled.
    """

    laptops: int
    waiting: int
    missing: int
    alarmed: int
    put_aside: int


def read_overview(desk: Desk) -> DeskOverview:
    """Count what is there now."""
    enrolled = [state for state in list_states(desk) if state.status == "enrolled"]
    return DeskOverview(
        laptops=len(enrolled),
        waiting=sum(state.waiting for state in enrolled),
        missing=sum(gap.last_missing - gap.first_missing + 1 for gap in list_gaps(desk)),
        alarmed=sum(state.is_suspicious for state in enrolled),
        put_aside=sum(not one.settled for one in list_put_aside(desk)),
    )
