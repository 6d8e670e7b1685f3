"""Notes that are at the centre, and the days that pass after it: what tests of keeping and erasing begin with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from tests.support.centre_box import ANSWERED_AT, CentreBox
from tests.support.decrypted import files_with
from tests.support.sending import fetch, send
from tests.support.sessions import Laptop

DAY = 86_400


def finish(laptop: Laptop, note: str = "words", level: ConsentLevel = ConsentLevel.FOLLOW_UP, **values: Any) -> str:
    """Finish a note of a level that lets its words leave."""
    more = {"recipient": "cmm"} if level is ConsentLevel.REFERRAL else {}
    return laptop.finish(note, consent=level, **more, **values)


def at_the_centre(laptop: Laptop, box: CentreBox) -> None:
    """Send everything and take the centre's confirmation."""
    send(laptop.session, box)
    box.ingest()
    fetch(laptop.session, box)


def days_after_the_receipt(laptop: Laptop, days: int) -> None:
    """Let it be so many days after the centre answered."""
    laptop.clock.set_wall(ANSWERED_AT + timedelta(days=days, hours=1))


def holding(laptop: Laptop, marker: str) -> list[str]:
    """Return the files of this laptop that hold the marker, databases and backups decrypted."""
    return files_with(laptop.vault.folder, laptop.vault.unlocked.keys.database_key(), marker)
