"""Tallies: counts without rows."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.domain.tally import Tally
from outreach_app.records import tallies
from outreach_app.records.tallies import TallyRow
from outreach_app.services.checks import check_tally
from outreach_app.services.parts import Parts


class Tallies:
    """The verbs of tallies."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def record_tally(self, tally: Tally) -> Changes:
        """Keep a count.

        Raises:
            KnownError: see ``services.checks.check_tally``; nothing is changed then.
        """
        check_tally(tally, self._parts.code_lists)
        with self._parts.vault.transaction():
            keep_tally(self._parts, tally)
        return Changes(tallies=True, sending=True)

    def list_tallies(self, limit: int = 100) -> tuple[TallyRow, ...]:
        """Return tallies, newest first."""
        with self._parts.vault.read():
            return tallies.list_tallies(self._parts.vault.connection, limit)


def keep_tally(parts: Parts, tally: Tally) -> None:
    """Add to the day's count that has not left yet, or begin one; inside a transaction the caller holds."""
    db = parts.vault.connection
    growing = tallies.find_growing(db, tally, parts.worker.id)
    tally_id = parts.ids.new_id() if growing is None else growing.id
    if growing is None:
        tallies.add_tally(db, tally_id, tally, parts.worker.id, parts.now_text())
    else:
        tallies.change_tally(db, tally_id, growing.tally.grown_by(tally))
    parts.vault.audit("changed", tally_id, "tally")
