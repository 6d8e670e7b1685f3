"""Whether the laptop's clock can be right, told by when the newest notes were written; it warns and blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

BACK = timedelta(days=1)  # a journey across time zones is no reason to doubt
FORWARD = timedelta(days=366)  # so is a laptop that lay in a drawer for a year


def doubtful_since(now: datetime, written: Sequence[datetime]) -> datetime | None:
    """Return the moment that ``now`` does not go with, or None.

    Args:
        now: aware, the clock's.
        written: aware, when the newest notes were written, newest by number first.
    """
    if not written:
        return None
    if max(written) - now > BACK:
        return max(written)
    return written[0] if now - written[0] > FORWARD else None
