"""Who did what on this laptop: the vault's audit chain, listed and verified."""

from __future__ import annotations

from outreach_app.services.parts import Parts
from outreach_app.vault import audit
from outreach_app.vault.audit import AuditEntry, AuditReport

__all__ = ["AuditEntry", "AuditReport", "Auditing"]


class Auditing:
    """The verbs of the audit."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def list_entries(
        self, *, limit: int = 200, before: int | None = None, worker: str = ""
    ) -> tuple[AuditEntry, ...]:
        """Return entries, newest first; ``before`` a number only earlier ones, with ``worker`` only that worker's."""
        return audit.list_entries(self._parts.vault, limit=limit, before=before, worker=worker)

    def verify(self) -> AuditReport:
        """Follow the whole chain and tell the first entry that is not what was written."""
        return audit.verify(self._parts.vault)
