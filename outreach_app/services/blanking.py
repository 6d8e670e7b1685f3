"""Blanking words in one finished note: every version, search, to-dos, drafts and batches on their way lose them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec

from outreach_app import typed_json
from outreach_app.domain.blanking import blank_fields, blank_text, blanking_pattern
from outreach_app.domain.erasing import Departure
from outreach_app.domain.errors import NameMissingError, NoteNeedsReasonError
from outreach_app.domain.texts import NOTE_LIMIT, check_text
from outreach_app.records import blanking, casework, contacts, encounters, leaving, notices, places
from outreach_app.records.encounters import StoredVersion
from outreach_app.records.health_blocks import draft_context, version_context
from outreach_app.records.rows import from_text, to_text
from outreach_app.services.errors import WordsNotFoundError
from outreach_app.services.giving_up import forgot_what_left, give_up_batches, tell_centre
from outreach_app.services.indexing import index_again
from outreach_app.services.notes import searchable_text
from outreach_app.services.parts import Parts
from outreach_app.vault.errors import HealthBlockError
from outreach_app.wire.batch_records import BlankingRecord

_WITH_WORDS = frozenset({"note", "referral"})
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class BlankPreview:
    """In how many places (versions, to-dos, drafts) the words stand, and in how many versions.

    ``health_unseen`` says that a health part could not be looked into: a health worker has to blank there.
    ``left`` are the batches in which words of this note have left already. ``in_short_name``: they stand in her short
    name or that of one merged into her; it stays until it is changed by itself, and search finds the note by it.
    """

    places: int
    versions: int
    health_unseen: bool
    left: tuple[Departure, ...]
    in_short_name: bool


class Blanking:
    """One look over one note and, in the same transaction, the change; ``look`` alone changes nothing.

    Raises:
        NotFoundError: no such note. NameMissingError: fewer than two letters. TextTooLongError, TextNotUsableError.
    """

    def __init__(self, parts: Parts, note_id: str, part: str) -> None:
        words = check_text(part, "part", NOTE_LIMIT).strip()
        if len(words) < _SHORTEST:
            raise NameMissingError(field="part")
        self._parts = parts
        self._db = parts.vault.connection
        self._pattern = blanking_pattern(words)
        self._note = encounters.find_note(self._db, note_id)
        self._changes: list[Callable[[], None]] = []
        self._places = 0
        self._health_unseen = False

    def look(self) -> BlankPreview:
        """Return where the words stand.

        Raises:
            WordsNotFoundError: nowhere in this note.
        """
        for stored in encounters.list_versions(self._db, self._note.id):
            self._look_at_version(stored)
        versions = len(self._changes)
        self._look_beside()
        self._look_at_drafts()
        if not self._places:
            raise WordsNotFoundError
        return BlankPreview(self._places, versions, self._health_unseen, self._left(), self._in_short_name())

    def change(self, reason: str) -> str:
        """Blank what ``look`` found, let a blanked version supersede, tell the centre; returns the blanking's id.

        Raises:
            NoteNeedsReasonError: no reason.
        """
        why = check_text(reason.strip(), "reason")
        if not why:
            raise NoteNeedsReasonError
        for write in self._changes:
            write()
        leaving.drop_searches_naming(self._db, (), self._holds)
        version = self._supersede(blank_text(why, self._pattern)[0])
        return self._tell(version.version)

    def _supersede(self, reason: str) -> StoredVersion:
        parts, last = self._parts, encounters.last_version(self._db, self._note.id)
        version = replace(
            last, version=encounters.next_version(self._db, last.version), reason=reason, worker_id=parts.worker.id,
            blanked=True,
        )  # fmt: skip
        encounters.add_version(self._db, self._note.id, version, parts.now_text())
        blanking.follow_with_blanked(self._db, self._note, version.content)
        contact = None if self._note.contact_id is None else contacts.find_contact(self._db, self._note.contact_id)
        place = None if self._note.place_id is None else places.find_place(self._db, self._note.place_id)
        words = searchable_text(parts, version.content, contact, place)
        encounters.index_note(self._db, self._note.seq, words)
        if contact is not None:
            index_again(parts, contact.id)  # her other notes are found by the names that were blanked, too
        return version

    def _tell(self, floor: int) -> str:
        parts, blanking_id = self._parts, self._parts.ids.new_id()
        sealed = [one for one in notices.list_departures(self._db, {self._note.id}) if one.kind in _WITH_WORDS]
        notices.add_erasure(self._db, blanking_id, "words", "", parts.worker.id, parts.now_text())
        notices.add_departures(self._db, blanking_id, sealed)
        give_up_batches(parts, {self._note.id})
        if sealed or forgot_what_left(parts):
            tell_centre(
                parts,
                BlankingRecord(id=blanking_id, version=1, worker=parts.worker.id, record=self._note.id, floor=floor),
            )
        parts.vault.audit("blanked", self._note.id)
        return blanking_id

    def _left(self) -> tuple[Departure, ...]:
        """Return the batches that were handed over with words of this note."""
        found = notices.list_departures(self._db, {self._note.id})
        return tuple(one for one in found if one.kind in _WITH_WORDS and one.left_at is not None)

    def _look_at_version(self, stored: StoredVersion) -> None:
        content, count = blanking.blanked_version(stored, self._blank)
        reason, in_reason = blank_text(stored.reason, self._pattern)
        health, in_health = self._blanked_health(stored.health, version_context(self._note.id))
        if found := count + in_reason + in_health:
            self._places += found
            blanked = replace(stored, content=content, reason=reason, health=health)
            self._changes.append(partial(blanking.overwrite_version, self._db, self._note.id, blanked))

    def _look_beside(self) -> None:
        """Look at what was typed beside the note: to-dos, remarks, and all that hangs on its contact."""
        members = self._members()
        for found in casework.list_words(self._db, self._note.id, members):
            text, count = self._blanked_words(found)
            if count:
                self._places += count
                self._changes.append(
                    partial(casework.overwrite_words, self._db, self._note.id, members, found, text)
                )

    def _members(self) -> tuple[str, ...]:
        return () if self._note.contact_id is None else contacts.list_members(self._db, self._note.contact_id)

    def _in_short_name(self) -> bool:
        found = (contacts.find_contact(self._db, each) for each in self._members())
        return any(self._holds(each.short_name) for each in found if each is not None)

    def _blanked_words(self, found: casework.Words) -> tuple[str, int]:
        if not found.tree:
            return blank_text(found.text, self._pattern)
        done = {
            name: blank_text(words, self._pattern) for name, words in from_text(found.text, dict[str, str]).items()
        }
        return to_text({name: text for name, (text, _) in done.items()}), sum(count for _, count in done.values())

    def _look_at_drafts(self) -> None:
        for draft_id, fields, health in blanking.list_draft_fields(self._db, self._note.id):
            tree, count = self._blank(from_text(fields, dict[str, Any]))
            sealed, in_health = self._blanked_health(health, draft_context(draft_id))
            self._places += count + in_health
            self._changes.append(partial(blanking.overwrite_draft, self._db, draft_id, to_text(tree), sealed))

    def _blanked_health(self, sealed: bytes | None, context: bytes) -> tuple[bytes | None, int]:
        """Return a sealed health part without the words; one this worker cannot open stays and is told of."""
        cipher = self._parts.vault.health
        if sealed is None or cipher is None:
            self._health_unseen = self._health_unseen or sealed is not None
            return sealed, 0
        try:
            plain = cipher.open(sealed, context)
        except HealthBlockError:
            self._health_unseen = True
            return sealed, 0
        tree, count = self._blank(typed_json.decode(plain, Any))
        return (cipher.seal(msgspec.json.encode(tree), context), count) if count else (sealed, 0)

    def _holds(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def _blank(self, tree: Any) -> tuple[Any, int]:
        return blank_fields(tree, self._pattern)
