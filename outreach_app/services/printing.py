"""Counting what came out of the printer."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.records import printed
from outreach_app.records.rows import Connection, instant_text
from outreach_app.services.parts import Parts
from outreach_app.vault import counter_inbox
from outreach_app.wire.counted import read_counted


class Printing:
    """Printed is not given: what was given stands in the notes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def count_printed(self, sheet: str, language: str, form: str, copies: int) -> Changes:
        """Keep one print job."""
        vault, job = self._parts.vault, self._parts.ids.new_id()
        with vault.transaction():
            printed.add_printed(vault.connection, job, sheet, language, form, copies, self._parts.now_text())
            vault.audit("printed", detail=f"{sheet},{language},{form}:{copies}")
        return Changes(leaflets=True)

    def take_in_counted(self) -> Changes:
        """Count what was printed while the vault was locked; at every unlocking.

        Raises:
            KnownError: it stays where it is until the next time.
        """
        count = counter_inbox.take_in(self._parts.vault, self._count)
        return Changes(leaflets=count > 0)

    def _count(self, _: Connection, untrusted: bytes) -> None:
        job = read_counted(untrusted)
        if job is not None:
            at = instant_text(job.printed_at)
            db = self._parts.vault.connection
            printed.add_printed_once(db, job.id, job.sheet, job.language, job.format, job.copies, at)

    def printed_by_language(self) -> dict[str, int]:
        """Return copies printed by language."""
        with self._parts.vault.read():
            return printed.count_printed(self._parts.vault.connection)

    def recently_printed(self, most: int) -> tuple[tuple[str, str, str], ...]:
        """Return sheet, language and format of what was printed, each once, the latest first."""
        with self._parts.vault.read():
            return printed.recently_printed(self._parts.vault.connection, most)
