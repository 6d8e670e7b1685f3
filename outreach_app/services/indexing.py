"""Search follows the names of a contact: her notes are found by each name she has now, and by no other."""

from __future__ import annotations

from outreach_app.records import contacts, encounters, leaving, places
from outreach_app.services.notes import searchable_text
from outreach_app.services.parts import Parts


def index_again(parts: Parts, contact_id: str) -> None:
    """Index every note of a contact again, in the transaction that changed a name of hers or moved notes to her."""
    db = parts.vault.connection
    contact = contacts.find_contact(db, contact_id)
    for note_id in leaving.list_notes_of(db, contact_id):
        note, version = encounters.find_note(db, note_id), encounters.last_version(db, note_id)
        place = None if note.place_id is None else places.find_place(db, note.place_id)
        encounters.index_note(db, note.seq, searchable_text(parts, version.content, contact, place))
