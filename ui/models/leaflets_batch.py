"""Several leaflets that go to the printer together: "20 Thai wallet, 10 Romanian A5"; pure, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from outreach_app.leaflets.requests import LeafletRequest, Order
from ui.models.leaflets import FormatChoice

MOST_COPIES = 200  # of one leaflet; a job takes no more


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines in the order they were added, one for each leaflet; never changed, only replaced."""

    lines: tuple[Order, ...] = ()

    def with_more(self, request: LeafletRequest, copies: int) -> Batch:
        """Return the batch with a line more, or with more copies of one that is there."""
        for row, line in enumerate(self.lines):
            if line.request == request:
                return self.with_copies(row, line.copies + copies)
        return Batch((*self.lines, Order(request, copies)))

    def with_copies(self, row: int, copies: int) -> Batch:
        """Return the batch with so many copies in a line; at least one, at most MOST_COPIES."""
        wanted = max(1, min(copies, MOST_COPIES))
        return Batch(tuple(replace(line, copies=wanted) if at == row else line for at, line in enumerate(self.lines)))

    def without(self, row: int) -> Batch:
        """Return the batch without a line."""
        return Batch(tuple(line for at, line in enumerate(self.lines) if at != row))

    def each(self, change: Callable[[LeafletRequest], LeafletRequest]) -> Batch:
        """Return the batch with every request changed; lines that became the same stay apart, so no copy is lost."""
        return Batch(tuple(replace(line, request=change(line.request)) for line in self.lines))

    @property
    def copies(self) -> int:
        """How many leaflets are asked for."""
        return sum(line.copies for line in self.lines)


def papers_of(form: FormatChoice, pages: int, copies: int, *, duplex: bool) -> int:
    """Return how many sheets of paper ``copies`` leaflets of ``pages`` pages take."""
    sides = 2 if form.two_sided or (duplex and form.may_duplex) else 1
    return -(-copies // form.per_paper) * -(-pages // sides)
