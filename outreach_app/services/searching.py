"""Full-text search over finished notes, newest first."""

from __future__ import annotations

from outreach_app.records import encounters
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.words import match_expression
from outreach_app.services.parts import Parts

LONGEST_QUERY = 400


class Search:
    """The verb of searching."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def search(self, text: str, limit: int = 50) -> tuple[EncounterRow, ...]:
        """Return the notes that hold every word of ``text``; whatever is typed is words, never operators."""
        match = match_expression(text[:LONGEST_QUERY])
        if not match:
            return ()
        with self._parts.vault.read():
            return encounters.search_rows(self._parts.vault.connection, match, limit)
