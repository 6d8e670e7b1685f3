"""What the leaflets page remembers until the vault is locked or unlocked: nothing of it is written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from outreach_app.leaflets.requests import LeafletRequest

MOST_RECENT = 3  # as many as stand in one line


@dataclass
class RunMemory:
    """What the worker was asked and what she printed, the latest first.

    ``confirmed``: languages whose drafts she has said yes to; ``warned``: those of which she knows that they are
    drafts, which is enough for the safer prints.
    """

    warned: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    recent: tuple[LeafletRequest, ...] = ()

    def printed(self, requests: Sequence[LeafletRequest]) -> None:
        """Put what was just printed in front."""
        self.recent = tuple(dict.fromkeys((*requests, *self.recent)))[:MOST_RECENT]
