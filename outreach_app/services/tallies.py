"""Tallies: counts without rows."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.domain.tally import Tally
from outreach_app.records import tallies
from outreach_app.records.tallies import TallyRow
from outreach_app.services.parts import Parts


class Tallies:
    """The verbs of tallies."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def record_tally(self, tally: Tally) -> Changes:
        """Keep a count.

        Raises:
            UnknownCodeError: a code is in no list.
        """
        lists = self._parts.code_lists
        lists.label("settings", tally.setting, "en")
        lists.label("regions", tally.region, "en")
        lists.label("tally_groups", tally.group, "en")
        for code in tally.help_given:
            lists.label("help_kinds", code, "en")
        with self._parts.vault.transaction():
            tallies.add_tally(
                self._parts.vault.connection, self._parts.ids.new_id(), tally, self._parts.worker.id,
                self._parts.now_text(),
            )  # fmt: skip
        return Changes(tallies=True, sending=True)

    def list_tallies(self, limit: int = 100) -> tuple[TallyRow, ...]:
        """Return tallies, newest first."""
        with self._parts.vault.read():
            return tallies.list_tallies(self._parts.vault.connection, limit)
