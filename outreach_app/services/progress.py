"""How long work says where it is and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from outreach_app.errors import CancelledError


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` in a ``phase``: sealing, sending or receiving."""

    phase: str
    done: int
    total: int


Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Tell nobody."""


def check_cancel(cancel: Event | None) -> None:
    """Stop between two steps when asked to.

    Raises:
        CancelledError: the worker pressed cancel; what was finished stays.
    """
    if cancel is not None and cancel.is_set():
        raise CancelledError
