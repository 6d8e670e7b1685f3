"""Makes leaflets in memory for the page: one to look at, or many as one print job."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from outreach_app.errors import KnownError
from outreach_app.leaflets.requests import LeafletRequest, Order

if TYPE_CHECKING:
    from outreach_app.leaflets.directory.faults import Fault

GRAVE = frozenset({"sheet_absent", "left_out", "none_here", "stale"})
"""Problems of the directory that are said before printing; the others are there to be read."""

Tell = Callable[[int, int], None]
"""Told how many kinds of leaflets of how many are made."""


@dataclass(frozen=True, slots=True)
class MadeLeaflet:
    """A leaflet in memory, and what the directory lacks for it: what matters (``faults``) and what is good to know."""

    wanted: LeafletRequest
    pdf: bytes
    pages: int
    state: str
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeJob:
    """Everything to be printed in one file of A4 pages; ``copies`` is what comes out for each order.

    ``sides`` as CUPS calls them.
    """

    pdf: bytes
    papers: int
    copies: tuple[int, ...]
    sides: str


def make(wanted: LeafletRequest, day: date) -> MadeLeaflet:
    """Return the leaflet; some thirty milliseconds a page."""
    made = importlib.import_module("outreach_app.leaflets.making").make_leaflet(wanted, day)
    faults = _faults(wanted, day)
    grave = tuple(fault.sentence for fault in faults if fault.problem in GRAVE)
    others = tuple(fault.sentence for fault in faults if fault.problem not in GRAVE)
    return MadeLeaflet(wanted, made.pdf, made.pages, made.state, grave, others)


def _faults(wanted: LeafletRequest, day: date) -> Sequence[Fault]:
    names = ("needs", "sheets", "directory")
    needs, sheets, directory = (importlib.import_module(f"outreach_app.leaflets.{name}") for name in names)
    faults: Sequence[Fault] = needs.faults_before_printing(
        sheets.load_sheet(wanted.sheet), directory.help_lines(), day, wanted.region
    )
    return faults


def make_job(orders: Sequence[Order], day: date, *, tell: Tell, stopped: Callable[[], bool]) -> MadeJob | None:
    """Return the job, None if it was stopped."""
    jobs = importlib.import_module("outreach_app.leaflets.jobs")
    stopped_error: type[KnownError] = importlib.import_module("outreach_app.leaflets.errors").JobStoppedError
    try:
        job = jobs.make_job(orders, day, tell=tell, stopped=stopped)
    except stopped_error:
        return None
    return MadeJob(job.pdf, job.papers, tuple(part.leaflets for part in job.parts), str(job.sides))
