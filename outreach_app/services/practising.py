"""Whether a vault is for practice: marked when it is new, inside the vault, and for good."""

from __future__ import annotations

from outreach_app.records import encounters, policy
from outreach_app.services.errors import NotEmptyForPracticeError
from outreach_app.services.parts import Parts


class Practising:
    """The verbs of practice."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def is_practice(self) -> bool:
        """Tell whether nobody in this vault is real."""
        with self._parts.vault.read() as db:
            return policy.is_practice(db)

    def mark_as_practice(self) -> None:
        """Mark a new vault; from then on it sends to a centre on this computer only.

        Raises:
            NotEmptyForPracticeError: it holds notes.
        """
        with self._parts.vault.transaction() as db:
            if encounters.count_notes(db):
                raise NotEmptyForPracticeError
            policy.mark_as_practice(db)
            self._parts.vault.audit("policy_set", detail="practice")
