"""Counting what came out of the printer."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.records import printed
from outreach_app.services.parts import Parts


class Printing:
    """Printed is not given: what was given stands in the notes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def count_printed(self, sheet: str, language: str, form: str, copies: int) -> Changes:
        """Keep one print job."""
        with self._parts.vault.transaction():
            printed.add_printed(
                self._parts.vault.connection, self._parts.ids.new_id(), sheet, language, form, copies,
                self._parts.now_text(),
            )  # fmt: skip
        return Changes(leaflets=True)

    def printed_by_language(self) -> dict[str, int]:
        """Return copies printed by language."""
        with self._parts.vault.read():
            return printed.count_printed(self._parts.vault.connection)
