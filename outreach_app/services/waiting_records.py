"""What waits to be sealed, as the very records a batch takes: sealing and the preview both ask here, nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from outreach_app.domain.linkage import linkage_code
from outreach_app.records import batches, notices, policy, tallies
from outreach_app.records.batches import PackedRecord
from outreach_app.records.errors import NotFoundError
from outreach_app.records.outgoing import NoteToSend, list_notes_to_send
from outreach_app.records.rows import from_text
from outreach_app.services.assessing import FrozenAssessment
from outreach_app.services.outgoing import OutgoingNote, outgoing_record, outgoing_tally
from outreach_app.services.parts import Parts
from outreach_app.wire.batch_records import BatchRecord, CodedRecord, digest_of_line, kind_of, read_record, write_record


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A record as it leaves: its line of a batch, and what the vault keeps of it."""

    line: bytes
    packed: PackedRecord


def waiting_notes(parts: Parts) -> tuple[str, ...]:
    """Return the ids of the notes that may leave now, oldest first; inside a look at the vault."""
    db = parts.vault.connection
    return batches.list_unbatched_notes(db, reviewed_only=policy.review_before_sending(db))


def waiting_tallies(parts: Parts) -> tuple[BatchRecord, ...]:
    """Return the records of the counts that wait."""
    return tuple(map(outgoing_tally, tallies.list_unbatched_tallies(parts.vault.connection)))


def waiting_notices(parts: Parts) -> tuple[BatchRecord, ...]:
    """Return the notices that wait: what was erased, blanked, withdrawn or put together."""
    return tuple(read_record(body) for body in notices.list_unbatched_notices(parts.vault.connection))


def waiting_lines(parts: Parts, linkage_key: bytes) -> list[WaitingLine]:
    """Return everything that may leave now, in the order in which it is sealed; each record is written once."""
    notes = _note_records(parts, waiting_notes(parts), linkage_key)
    return [_line(record) for record in chain(notes, waiting_tallies(parts), waiting_notices(parts))]


def waiting_beside_notes(parts: Parts, record_id: str) -> BatchRecord:
    """Return a count or a notice.

    Raises:
        NotFoundError: it does not wait any more, or never did.
    """
    for record in (*waiting_tallies(parts), *waiting_notices(parts)):
        if record.id == record_id:
            return record
    raise NotFoundError


def note_records(parts: Parts, note_ids: Sequence[str], linkage_key: bytes) -> tuple[BatchRecord, ...]:
    """Return what may leave of the last version of each note, oldest first.

    Args:
        parts: what services work with.
        note_ids: the notes.
        linkage_key: the key the centre gave; empty before it gave one: then there is no linkage code.
    """
    return tuple(_note_records(parts, note_ids, linkage_key))


def note_record(parts: Parts, note_id: str, linkage_key: bytes) -> BatchRecord:
    """Return what may leave of one note that is here."""
    (found,) = note_records(parts, (note_id,), linkage_key)
    return found


def _note_records(parts: Parts, note_ids: Sequence[str], linkage_key: bytes) -> Iterator[BatchRecord]:
    return (_note_record(note, linkage_key) for note in list_notes_to_send(parts.vault.connection, note_ids))


def _line(record: BatchRecord) -> WaitingLine:
    line = write_record(record)
    contact = record.contact if isinstance(record, CodedRecord) else ""
    return WaitingLine(line, PackedRecord(record.id, record.version, kind_of(record), contact, digest_of_line(line)))


def _note_record(note: NoteToSend, linkage_key: bytes) -> BatchRecord:
    return outgoing_record(OutgoingNote(
        id=note.id,
        version=note.version,
        worker_id=note.worker_id,
        subject_id=note.subject_id,
        content=note.content,
        assessment=from_text(note.assessment, FrozenAssessment),
        place_code=note.place_code,
        linkage_code=linkage_code(note.linkage, linkage_key) if note.linkage is not None and linkage_key else "",
        identity=note.identity,
    ))  # fmt: skip
