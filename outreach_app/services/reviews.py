"""Reviewing: a supervisor looks at finished notes, marks them reviewed or returns them with a remark.

Where ``review_before_sending`` is set, only a reviewed note goes into a routine batch. Nothing else hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.domain.changes import Changes
from outreach_app.domain.lacking import Lack, find_lacks
from outreach_app.domain.texts import check_text
from outreach_app.records import encounters, policy, reviews
from outreach_app.records.reviews import RETURNED, REVIEWED, ReviewRow
from outreach_app.services.encounters import Encounters
from outreach_app.services.errors import NoteChangedError, ReviewNeedsSupervisorError, ReviewRemarkError
from outreach_app.services.notes import Note
from outreach_app.services.parts import Parts
from outreach_app.services.workers import Workers

CHANGED = Changes(encounters=True, reviews=True, sending=True)
REMARK_LIMIT = 2_000  # letters


@dataclass(frozen=True, slots=True)
class NoteInReview:
    """A note as a supervisor looks at it: whole, with what it lacks."""

    note: Note
    lacks: tuple[Lack, ...]


class Reviews:
    """The verbs of review."""

    def __init__(self, parts: Parts, encounter_verbs: Encounters, workers: Workers) -> None:
        self._parts = parts
        self._encounters = encounter_verbs
        self._workers = workers

    @property
    def may_review(self) -> bool:
        """Whether this worker may review: a supervisor, or anybody where there is none."""
        return self._workers.may_manage

    def count_waiting(self) -> int | None:
        """Return how many notes wait to be looked at; None for a worker who does not review."""
        if not self.may_review:
            return None
        with self._parts.vault.read() as db:
            return reviews.count_waiting(db)

    def list_waiting(self, limit: int = 200) -> tuple[ReviewRow, ...]:
        """Return notes to be looked at before they leave, oldest first.

        Raises:
            ReviewNeedsSupervisorError: not for this worker.
        """
        self._require_supervisor()
        with self._parts.vault.read() as db:
            return reviews.list_waiting(db, limit)

    def list_returned(self, limit: int = 200) -> tuple[ReviewRow, ...]:
        """Return this worker's own notes that came back with a remark and were not amended since."""
        with self._parts.vault.read() as db:
            return reviews.list_returned(db, limit, self._parts.worker.id)

    def list_all_returned(self, limit: int = 200) -> tuple[ReviewRow, ...]:
        """Return everybody's notes that wait for their writer.

        Raises:
            ReviewNeedsSupervisorError: not for this worker.
        """
        self._require_supervisor()
        with self._parts.vault.read() as db:
            return reviews.list_returned(db, limit)

    def find_in_review(self, encounter_id: str) -> NoteInReview:
        """Return a note with what it lacks; the audit says that it was read.

        Raises:
            ReviewNeedsSupervisorError: not for this worker. NotFoundError: no such note.
        """
        self._require_supervisor()
        note = self._encounters.find_encounter(encounter_id)
        current = note.current
        return NoteInReview(note, find_lacks(current.content, current.assessment.outcome))

    def mark_reviewed(self, encounter_id: str, version: int) -> Changes:
        """Mark the version that was looked at as reviewed.

        Raises:
            ReviewNeedsSupervisorError, NoteChangedError: nothing was changed. NotFoundError: no such note.
        """
        return self._say(encounter_id, version, REVIEWED, "")

    def return_note(self, encounter_id: str, version: int, remark: str) -> Changes:
        """Give a note back to its writer, who sees the remark on the note and on Today.

        Raises:
            ReviewRemarkError: no remark. ReviewNeedsSupervisorError, NoteChangedError, TextTooLongError,
            TextNotUsableError: nothing was changed. NotFoundError: no such note.
        """
        words = check_text(remark.strip(), "remark", REMARK_LIMIT)
        if not words:
            raise ReviewRemarkError
        return self._say(encounter_id, version, RETURNED, words)

    def take_back(self, encounter_id: str, version: int) -> Changes:
        """Take the last verdict on a version back.

        Raises:
            ReviewNeedsSupervisorError, NoteChangedError: nothing was changed. NotFoundError: no such note.
        """
        self._require_supervisor()
        with self._parts.vault.transaction() as db:
            if encounters.find_note(db, encounter_id).version != version:
                raise NoteChangedError
            if not reviews.drop_last_verdict(db, encounter_id, version):
                return Changes()
            self._parts.vault.audit("changed", encounter_id, "review:taken_back")
        return CHANGED

    def held_back(self) -> int:
        """Return how many notes wait for review before they may leave; none where the policy does not ask for it."""
        with self._parts.vault.read() as db:
            return reviews.count_held_back(db) if policy.review_before_sending(db) else 0

    def _say(self, encounter_id: str, version: int, verdict: str, remark: str) -> Changes:
        self._require_supervisor()
        with self._parts.vault.transaction() as db:
            if encounters.find_note(db, encounter_id).version != version:
                raise NoteChangedError
            reviews.add_verdict(
                db, encounter_id, version, verdict, remark, self._parts.worker.id, self._parts.now_text()
            )
            self._parts.vault.audit("changed", encounter_id, f"review:{verdict}")
        return CHANGED

    def _require_supervisor(self) -> None:
        if not self.may_review:
            raise ReviewNeedsSupervisorError
