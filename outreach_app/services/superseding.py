"""A new version of a note that changes one thing and leaves all else as it stands, sealed and frozen parts included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from outreach_app.domain.encounter import Encounter
from outreach_app.records import encounters
from outreach_app.records.rows import from_text
from outreach_app.services.assessing import FrozenAssessment
from outreach_app.services.parts import Parts


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
        before, version=before.version + 1, content=content, reason=reason, worker_id=parts.worker.id,
        recorded_at=parts.clock.now(), blanked=False,
    )  # fmt: skip
    outcome = from_text(before.assessment, FrozenAssessment).outcome
    encounters.supersede_note(db, note, note.subject_id, content, outcome)
    encounters.add_version(db, note.id, after, parts.now_text())
    parts.vault.audit("amended", note.id)
