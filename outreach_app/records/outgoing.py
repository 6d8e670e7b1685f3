"""All that may leave of many notes at once: one question for a whole outbox instead of several for each note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.domain.contact import LinkageFacts
from outreach_app.domain.encounter import Encounter
from outreach_app.records.rows import Connection, from_text, to_text


@dataclass(frozen=True, slots=True)
class NoteToSend:
    """The version of a note that counts, with what its consent level may need; ``identity`` is '' where there is none.

    ``assessment`` is the frozen assessment as stored.
    """

    id: str
    version: int
    worker_id: str
    subject_id: str
    content: Encounter
    assessment: str
    place_code: str
    linkage: LinkageFacts | None
    identity: str


def list_notes_to_send(db: Connection, note_ids: Sequence[str]) -> Iterator[NoteToSend]:
    """Return these notes one after the other, oldest first; one that is not here is left out."""
    return (_note(row) for row in db.execute(_NOTES, (to_text(list(note_ids)),)))


_NOTES = """
SELECT e.id, e.version, v.worker_id, e.subject_id, v.content, v.assessment, coalesce(p.code, ''), c.linkage,
       coalesce(i.name, '')
FROM json_each(?) AS wanted
JOIN encounters e ON e.id = wanted.value
JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version
LEFT JOIN places p ON p.id = e.place_id
LEFT JOIN contacts c ON c.id = e.contact_id
LEFT JOIN identities i ON i.contact_id = e.contact_id
ORDER BY e.seq
"""


def _note(row: Any) -> NoteToSend:
    note_id, version, worker_id, subject_id, content, assessment, place_code, linkage, identity = row
    facts = None if linkage is None else from_text(linkage, LinkageFacts)
    return NoteToSend(
        note_id, version, worker_id, subject_id, from_text(content, Encounter), assessment, place_code, facts, identity
    )
