"""The notes of a contact that stand, and a new version that changes one thing and leaves all else as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from outreach_app.domain.encounter import Encounter
from outreach_app.records import encounters
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.rows import Connection, from_text
from outreach_app.services.assessing import FrozenAssessment
from outreach_app.services.parts import Parts

MOST_NOTES = 500
_TAKEN_BACK = "taken_back"  # finished and taken back within the minute: it is a draft again


def standing_notes(db: Connection, contact_id: str) -> tuple[EncounterRow, ...]:
    """Return a contact's notes that stand, the latest first."""
    rows = encounters.list_rows(db, contact_id=contact_id, limit=MOST_NOTES)
    return tuple(row for row in rows if row.state != _TAKEN_BACK)


def supersede_with(parts: Parts, note_id: str, change: Callable[[Encounter], Encounter], reason: str) -> None:
    """Add a version whose content is changed; inside a transaction.

    The health part stays sealed and the assessment as it stood: neither is what the change is about, and a note of an
    older list of signs can be changed so, too.

    Raises:
        NotFoundError: no such note.
    """
    db = parts.vault.connection
    note = encounters.find_note(db, note_id)
    before = encounters.last_version(db, note.id)
    content = replace(change(before.content), contact_id=note.contact_id)  # hers now, whatever she was called then
    after = replace(
        before, version=encounters.next_version(db, before.version), content=content, reason=reason,
        worker_id=parts.worker.id, recorded_at=parts.clock.now(), blanked=False,
    )  # fmt: skip
    outcome = from_text(before.assessment, FrozenAssessment).outcome
    encounters.supersede_note(db, note, note.subject_id, content, outcome)
    encounters.add_version(db, note.id, after, parts.now_text())
    parts.vault.audit("amended", note.id)
