"""Ask once when this computer's clock does not go with the record of use: receipts and keys carry its time for good.

Nobody is locked out by it: what was asked is noted, and whoever does the same again by the same clock says that it is
right.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from outreach_app.centre.desk.errors import ClockDoubtfulError
from outreach_app.centre.desk.opening import Desk

BACK = timedelta(hours=1)
FORWARD = timedelta(days=180)  # so long a desk may lie idle; a wrong year is more
AGAIN = timedelta(days=1)  # so long the answer to one question holds
_ASKED = ("checked", "clock")  # action and detail of the entry that says: asked


def heed_clock(desk: Desk) -> None:
    """Return if the clock goes with when the desk was used last, or was asked about just before.

    Raises:
        ClockDoubtfulError: it does not; nothing was done but to note that it was asked.
    """
    now = desk.clock.now()
    with desk.vault.read() as connection:
        used = connection.execute(
            "SELECT at FROM audit WHERE (action, detail) <> (?, ?) ORDER BY seq DESC LIMIT 1", _ASKED
        ).fetchone()
        newest = connection.execute("SELECT at, action, detail FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    if used is None or -BACK <= now - datetime.fromisoformat(used[0]) <= FORWARD:
        return
    if newest[1:] == _ASKED and -BACK <= now - datetime.fromisoformat(newest[0]) <= AGAIN:
        return
    with desk.vault.transaction():
        desk.vault.audit(_ASKED[0], detail=_ASKED[1])
    here = desk.clock.local_now()
    raise ClockDoubtfulError(now=_shown(here), last=_shown(datetime.fromisoformat(used[0]).astimezone(here.tzinfo)))


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
