"""A look at the exact row that would leave, made by the function that sealing uses, and at what stays of a note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from outreach_app.domain.consent import ConsentLevel
from outreach_app.records import batches, contacts, encounters, note_journeys
from outreach_app.records.encounters import StoredVersion
from outreach_app.records.note_journeys import NoteJourney
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.errors import NotEnrolledError
from outreach_app.services.parts import Parts
from outreach_app.services.waiting_records import (
    note_record,
    waiting_beside_notes,
    waiting_notes,
    waiting_notices,
    waiting_tallies,
)
from outreach_app.wire.batch_records import BatchRecord, kind_of, write_record

Group = Literal["coded", "follow_up", "referral", "counts", "notices"]
GROUPS: tuple[Group, ...] = ("coded", "follow_up", "referral", "counts", "notices")
_DETAILS = (  # of a note, in the order of the form; no field of a coded row or of a count holds them
    "channel", "age", "age_when_it_began", "traits", "sign_words", "cards", "items", "note", "follow_up", "hand_over",
    "view",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """``line`` is one line of the batch, byte for byte; ``fields`` is the same as values.

    ``stays`` names, by ``STAYS``, what is noted and does not leave. ``contact_name``, ``place_code`` and ``setting``
    say which note this is; a coded row has no field for the first two.
    """

    id: str
    group: Group
    kind: str
    line: bytes
    stays: tuple[str, ...] = ()
    contact_name: str = ""
    place_code: str = ""
    setting: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The values of the row by the names they have on the wire."""
        values: dict[str, Any] = json.loads(self.line)
        return values


STAYS = ("short_name", "identity", "place", "hour", *_DETAILS, "health")


class OutboxPreview:
    """The verbs of looking before it leaves."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def list_ids(self, group: Group) -> tuple[str, ...]:
        """Return the ids of what waits in a group, in the order in which it is sealed."""
        with self._parts.vault.read() as db:
            if group == "notices":
                return tuple(record.id for record in waiting_notices(self._parts))
            ids = waiting_notes(self._parts)
            levels = batches.levels_of(db, ids)
            notes = tuple(each for each, level in zip(ids, levels, strict=True) if _group_of(level) == group)
            counts = waiting_tallies(self._parts) if group == "counts" else ()
            return (*notes, *(record.id for record in counts))

    def preview(self, record_id: str) -> Preview:
        """Return what would leave under an id; a note that is held back for review is shown as well.

        Raises:
            NotFoundError: nothing of this id waits.
        """
        key = self._linkage_key()
        with self._parts.vault.read() as db:
            note = note_journeys.find_journey(db, record_id, review=False)
            if note is None:
                record = waiting_beside_notes(self._parts, record_id)
                return Preview(record.id, _group_of_kind(record), kind_of(record), write_record(record))
            return self._of_note(note, note_record(self._parts, record_id, key))

    def _of_note(self, note: NoteJourney, record: BatchRecord) -> Preview:
        db = self._parts.vault.connection
        stored, contact_id = encounters.last_version(db, note.id), encounters.find_note(db, note.id).contact_id
        named = contact_id is not None and contacts.find_identity(db, contact_id) is not None
        return Preview(
            record.id, _group_of(stored.content.consent), kind_of(record), write_record(record),
            tuple(_stays(stored, has_name=bool(note.contact_name), has_identity=named)), note.contact_name,
            note.place_code, note.setting,
        )  # fmt: skip

    def _linkage_key(self) -> bytes:
        try:
            return self._enrolling.enrolled().reply.linkage_key
        except NotEnrolledError:
            return b""


def _group_of(level: ConsentLevel) -> Group:
    known: dict[ConsentLevel, Group] = {
        ConsentLevel.WRITE_NOTHING: "counts",
        ConsentLevel.CODED: "coded",
        ConsentLevel.FOLLOW_UP: "follow_up",
        ConsentLevel.REFERRAL: "referral",
    }
    return known[level]


def _group_of_kind(record: BatchRecord) -> Group:
    return "counts" if kind_of(record) == "tally" else "notices"


def _stays(stored: StoredVersion, *, has_name: bool, has_identity: bool) -> Iterator[str]:
    """Name what is noted with this note and has no field in its row."""
    content = stored.content
    whole = content.consent in {ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL}
    if has_name:
        yield "short_name"
    if has_identity and content.consent is not ConsentLevel.REFERRAL:
        yield "identity"
    if not whole:
        if content.place_id is not None:
            yield "place"
        yield "hour"
        yield from (name for name in _DETAILS if getattr(content, name))
    if stored.health is not None:
        yield "health"
