"""The time by which content packs are judged: never earlier than what is known to have been already.

A clock put back must not bring old content back to life; a clock that was wrong at the centre for a day must not make
everything look too old for years, so what was heard from there is believed only within limits. What this laptop's own
clock said at the last look that ended well is believed: then nothing had expired by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC)  # the program cannot run before the year it was made in
BELIEVED_AHEAD = timedelta(days=60)  # a timestamp is good for 45: longer, nobody waits for the centre's clock


def trusted_now(
    clock_now: datetime,
    heard: Iterable[datetime] = (),
    *,
    looked_at: datetime | None = None,
    built_at: datetime = BUILT_AT,
) -> datetime:
    """Return the latest of this computer's clock, the time the program was built, and what the centre said.

    Args:
        clock_now: this computer's clock; aware.
        heard: when the last receipt and the last signed list of packs were issued; aware. What lies more than
            ``BELIEVED_AHEAD`` beyond this computer's own time is not believed: then the centre's clock was wrong.
        looked_at: what this computer's clock was at the last look that ended well, if there was one; aware.
        built_at: aware.
    """
    own = max(clock_now, built_at, looked_at or built_at)
    return max([own, *(instant for instant in heard if instant - own <= BELIEVED_AHEAD)])
