"""Entries in the audit that follow what they speak of in a change of their own: unlocking and reading."""

from __future__ import annotations

from outreach_app.errors import DiskFullError, FolderNotWritableError
from outreach_app.services.parts import Parts
from outreach_app.vault.errors import DiskFaultError

SECONDS_OF_ONE_READING = 300.0  # a page that shows a note again, because something else changed, is one reading


class ReadEntries:
    """Notes what this session has opened and read.

    A disk that takes nothing any more must not keep a worker from reading: the entry follows with the next one then.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._last: dict[tuple[str, str, str], float] = {}
        self._owed: list[tuple[str, str, str]] = []

    def add(self, action: str, subject: str = "", detail: str = "") -> None:
        """Note that ``subject`` (a random id) was read or the vault unlocked; see ``OpenVault.audit``."""
        entry, now = (action, subject, detail), self._parts.clock.running_seconds()
        before = self._last.get(entry)
        if before is not None and now - before < SECONDS_OF_ONE_READING:
            return
        self._last[entry] = now
        self._owed.append(entry)
        vault = self._parts.vault
        try:
            with vault.transaction():
                for owed in self._owed:
                    vault.audit(*owed)
        except (DiskFullError, DiskFaultError, FolderNotWritableError):
            return
        self._owed.clear()
