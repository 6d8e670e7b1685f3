"""A place: a coded entry of the register. Never an address in a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A parlour, a street stretch, a meeting place; ``warning`` is read before the form opens.

    ``suspicion`` says why it should be seen again; ``visited_on`` is when somebody went there without writing a note,
    ``last_seen`` the later of that and the last note's day.
    """

    id: str
    code: str
    setting: str
    region: str = "unknown"
    note: str = ""
    warning: str = ""
    revisit_on: date | None = None
    suspicion: str = ""
    visited_on: date | None = None
    last_seen: date | None = None
    encounters: int = 0

    def due_on(self, today: date) -> bool:
        """Tell whether it should be seen again now: its day has come, or something is suspected and no day is set.

        A visit on the day set or later settles the day; a suspicion stays until a worker takes it away.
        """
        waits = self.revisit_on is not None and (self.last_seen is None or self.last_seen < self.revisit_on)
        if waits and self.revisit_on is not None:
            return self.revisit_on <= today
        return bool(self.suspicion)
