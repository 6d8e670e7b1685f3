"""Many leaflets as one print job: each is set once, repeated as often as it is wanted, on A4 paper that feeds alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from outreach_app.leaflets.collating import Pile, collated
from outreach_app.leaflets.errors import JobEmptyError, JobStoppedError, JobTooLargeError, TooManyCopiesError
from outreach_app.leaflets.making import PreparedLeaflet, prepare
from outreach_app.leaflets.requests import LeafletRequest, Order
from outreach_app.typesetting.canvas import TaggedCanvas

Sides = Literal["one-sided", "two-sided-long-edge"]  # as CUPS calls them
Tell = Callable[[int, int], None]  # called with how many of how many orders are made

MOST_COPIES = 200  # of one order
MOST_PAGES = 2000  # of one job
_ON_A4 = {"a5": "a5_two_up"}  # the paper in the tray is A4


@dataclass(frozen=True, slots=True)
class JobPart:
    """What comes out for one order: sheets of paper, and leaflets, which may be more than were asked for."""

    order: Order
    papers: int
    leaflets: int
    state: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One file for the printer; ``parts`` in the order of the orders."""

    pdf: bytes
    papers: int
    sides: Sides
    parts: tuple[JobPart, ...]


def make_job(
    orders: Sequence[Order],
    day: date,
    *,
    tell: Tell = lambda _done, _total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Job:
    """Return all of ``orders`` as one file, each leaflet as it is right on ``day``.

    Raises:
        JobStoppedError: ``stopped`` said so between two leaflets; nothing is made.
        JobEmptyError, TooManyCopiesError, JobTooLargeError: more, or less, than one job may be.
        KnownError: what ``make_leaflet`` raises.
    """
    if not orders:
        raise JobEmptyError
    for order in orders:
        if not 1 <= order.copies <= MOST_COPIES:
            raise TooManyCopiesError(copies=order.copies, most=MOST_COPIES)
    press = _Press(day)
    for done, order in enumerate(orders, start=1):
        if stopped():
            raise JobStoppedError
        press.add(order)
        tell(done, len(orders))
    return press.job()


class _Press:
    """Sets leaflets as parts of one document and remembers which pages are whose."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._canvas: TaggedCanvas | None = None
        self._set: dict[LeafletRequest, tuple[PreparedLeaflet, int, int]] = {}
        self._piles: list[Pile] = []
        self._parts: list[JobPart] = []

    def add(self, order: Order) -> None:
        ready, first, after = self._pages_of(order.request)
        per_paper = ready.form.per_paper
        sets = -(-order.copies // per_paper)
        pile = Pile(first, after, sets, two_sided=ready.form.two_sided or ready.options.duplex)
        self._piles.append(pile)
        self._parts.append(JobPart(order, pile.papers(), sets * per_paper, ready.state, ready.wording.left_out))
        pages = sum(each.papers() for each in self._piles) * (2 if self._duplex else 1)
        if pages > MOST_PAGES:
            raise JobTooLargeError(pages=pages, most=MOST_PAGES)

    def job(self) -> Job:
        assert self._canvas is not None  # noqa: S101 - there is at least one order
        pdf = collated(self._canvas.finished(), self._piles, duplex=self._duplex)
        sides: Sides = "two-sided-long-edge" if self._duplex else "one-sided"
        return Job(pdf, sum(part.papers for part in self._parts), sides, tuple(self._parts))

    @property
    def _duplex(self) -> bool:
        return any(pile.two_sided for pile in self._piles)

    def _pages_of(self, request: LeafletRequest) -> tuple[PreparedLeaflet, int, int]:
        if request not in self._set:
            ready = prepare(replace(request, format=_ON_A4.get(request.format, request.format)), self._day)
            canvas = self._canvas_for(ready)
            first = canvas.getPageNumber() - 1
            ready.paint(canvas)
            self._set[request] = ready, first, canvas.getPageNumber() - 1
        return self._set[request]

    def _canvas_for(self, ready: PreparedLeaflet) -> TaggedCanvas:
        if self._canvas is None:
            language = ready.wording.language.code
            self._canvas = TaggedCanvas(title=ready.shown_title, language=language, page_size=ready.form.paper)
        return self._canvas
