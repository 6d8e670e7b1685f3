"""Finish, amend, take back, find and list encounters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import About, Contact
from outreach_app.domain.encounter import Encounter, FollowUp
from outreach_app.domain.errors import IdentityNeedsContactError, NoteNeedsReasonError
from outreach_app.domain.place import Place
from outreach_app.domain.tally import Tally
from outreach_app.domain.texts import check_text, isolated
from outreach_app.i18n import gettext as _
from outreach_app.records import batches, consents, contacts, drafts, encounters, follow_ups, places, reviews, workers
from outreach_app.records.encounters import EncounterRow, StoredNote, StoredVersion
from outreach_app.records.errors import NotFoundError
from outreach_app.records.follow_ups import ASK_ALONE, CHILD_CALL
from outreach_app.services.assessing import calls_for_child, freeze_assessment
from outreach_app.services.checks import checked_encounter
from outreach_app.services.consent_checks import check_not_taken_back
from outreach_app.services.contacts import Contacts
from outreach_app.services.drafts import Drafts
from outreach_app.services.errors import NoteChangedMeanwhileError, TooLateToTakeBackError
from outreach_app.services.giving_up import give_up_lowered
from outreach_app.services.notes import Note, readable_version, searchable_text, stored_version, with_contact
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries
from outreach_app.services.steps import sending_steps
from outreach_app.services.tallies import keep_tally

UNDO_SECONDS = 60
TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a finished encounter: a note's id, or only a tally (``write_nothing``)."""

    id: str | None
    changes: Changes

    @property
    def tally_only(self) -> bool:
        """True when nothing but that day's tally was kept."""
        return self.id is None


class Encounters:
    """The verbs of encounters."""

    def __init__(self, parts: Parts, contact_verbs: Contacts) -> None:
        self._parts = parts
        self._contacts = contact_verbs
        self._reads = ReadEntries(parts)
        self._drafts = Drafts(parts)

    def finish_encounter(
        self, content: Encounter, *, draft_id: str | None = None, about: About | None = None
    ) -> Finished:
        """Keep a finished note and the contact it makes, durable when this returns.

        With ``write_nothing`` only the day's tally grows, and ``about`` is not kept.

        Raises:
            KnownError: the first thing that is wrong, see ``services.checks``; nothing is changed then.
        """
        with self._parts.vault.transaction():
            return self.finish_in_transaction(self._about(content, about), draft_id=draft_id)

    def finish_in_transaction(self, content: Encounter, *, draft_id: str | None = None) -> Finished:
        """As ``finish_encounter``, inside a transaction the caller holds."""
        db = self._parts.vault.connection
        checked = checked_encounter(content, self._parts.code_lists)
        if draft_id is not None:
            drafts.drop_draft(db, draft_id)
        if checked.consent is ConsentLevel.WRITE_NOTHING:
            self._count_only(checked)
            return Finished(None, Changes(tallies=True, places=True, drafts=True, sending=True, leaflets=True))
        placed, contact, place = self._placed(checked)
        check_not_taken_back(db, placed)
        note_id = self._parts.ids.new_id()
        subject_id = placed.contact_id or self._parts.ids.new_id()
        frozen = freeze_assessment(placed, self._parts.catalogues)
        seq = encounters.add_note(db, note_id, subject_id, placed, frozen.outcome)
        self._keep_version(note_id, placed)
        self._keep_follow_ups(note_id, placed, None)
        self._keep_child_call(note_id, calls_for_child(placed, frozen.alerts), None)
        encounters.index_note(db, seq, searchable_text(self._parts, placed, contact, place))
        self._parts.vault.audit("finished", note_id)
        return Finished(note_id, _ALL_OF_A_NOTE)

    def amend_encounter(
        self, encounter_id: str, content: Encounter, reason: str, *, draft_id: str | None = None,
        about: About | None = None, from_version: int | None = None,
    ) -> Changes:
        """Add a version that supersedes the last; what stood before stays readable.

        Where less may leave than before, sealed batches with the note that nobody has confirmed are given up.

        Args:
            encounter_id: the note.
            content: what it says from now on.
            reason: why it is amended.
            draft_id: the draft that ends with this.
            about: the contact and identity it brings along.
            from_version: the version the amendment was begun from; None where that cannot differ.

        Raises:
            NoteNeedsReasonError: no reason. NotFoundError: no such note. NoteChangedMeanwhileError: there is a later
            version than ``from_version``; nothing is overwritten. KnownError: see ``services.checks``.
        """
        why = check_text(reason.strip(), "reason")
        if not why:
            raise NoteNeedsReasonError
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            note = encounters.find_note(db, encounter_id)
            before = encounters.last_version(db, note.id)
            if from_version not in {None, note.version}:
                raise NoteChangedMeanwhileError(worker=isolated(self._worker_name(before.worker_id)))
            if draft_id is not None:
                drafts.drop_draft(db, draft_id)
            checked = checked_encounter(self._about(content, about), self._parts.code_lists)
            placed, contact, place = self._placed(checked)
            check_not_taken_back(db, placed)
            frozen = freeze_assessment(placed, self._parts.catalogues)
            encounters.supersede_note(db, note, self._subject(note, placed), placed, frozen.outcome)
            self._keep_version(note.id, placed, why, before)
            give_up_lowered(self._parts, note.id, before.content, placed)
            consents.follow_note(db, note.id, placed.speaking)
            in_force = None if note.state == TAKEN_BACK else before
            self._keep_follow_ups(note.id, placed, None if in_force is None else in_force.content)
            self._keep_child_call(note.id, calls_for_child(placed, frozen.alerts), in_force)
            words = searchable_text(self._parts, placed, contact, place)
            encounters.index_note(db, note.seq, words)
            self._parts.vault.audit("amended", note.id)
        return _ALL_OF_A_NOTE

    def undo_finish(self, encounter_id: str, draft_id: str, fields: Mapping[str, Any], *, page: str) -> Changes:
        """Take back the finishing of a note within a minute, as a version of its own; its words wait as a draft.

        A note taken back stays readable and is not sent; finishing the draft amends it and puts it in force again.

        Args:
            encounter_id: the note, just finished by this worker.
            draft_id: the id of the draft.
            fields: the form as it stood (see ``Drafts.keep_draft``).
            page: the page the draft belongs to.

        Raises:
            TooLateToTakeBackError: a minute has passed, it is packed, or it was changed since. NotFoundError.
        """
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            note = encounters.find_note(db, encounter_id)
            first = encounters.last_version(db, note.id)
            away = abs((self._parts.clock.now() - first.recorded_at).total_seconds())
            own = note.version == 1 and first.worker_id == self._parts.worker.id
            if not own or away > UNDO_SECONDS or batches.list_batches_of(db, note.id):
                raise TooLateToTakeBackError
            taken = replace(first, version=encounters.next_version(db, 1), reason=_("Finishing was taken back."))
            encounters.add_version(db, note.id, taken, self._parts.now_text())
            encounters.take_back_note(db, note)
            for kind in ("", ASK_ALONE, CHILD_CALL):
                self._replace_follow_up(note.id, None, kind)
            self._drafts.keep_in_transaction(draft_id, fields, page=page)
            self._parts.vault.audit("amended", note.id)
        return _ALL_OF_A_NOTE

    def find_encounter(self, encounter_id: str) -> Note:
        """Return a note with every version and every step of its sending; the audit says that it was read.

        Raises:
            NotFoundError: no such note.
        """
        note = self.read_note(encounter_id)
        self._reads.add("read", note.id)
        return note

    def read_note(self, encounter_id: str) -> Note:
        """Return a whole note without an entry of its own: the caller's entry says what was read.

        Raises:
            NotFoundError: no such note.
        """
        with self._parts.vault.read():
            db = self._parts.vault.connection
            note = encounters.find_note(db, encounter_id)
            stored = encounters.list_versions(db, note.id)
            versions = tuple(
                readable_version(self._parts, note.id, each, self._worker_name(each.worker_id)) for each in stored
            )
            contact = None if note.contact_id is None else contacts.find_contact(db, note.contact_id)
            place = None if note.place_id is None else places.find_place(db, note.place_id)
            versions = (*versions[:-1], with_contact(versions[-1], contact))
            steps, verdicts = sending_steps(db, note.id, stored), reviews.list_verdicts(db, note.id)
            return Note(note.id, note.state, versions, contact, place, steps, verdicts)

    def list_encounters(
        self, *, limit: int = 200, offset: int = 0, contact_id: str | None = None, place_id: str | None = None
    ) -> tuple[EncounterRow, ...]:
        """Return notes by the day they count on, the latest first; of one day, the one finished last."""
        with self._parts.vault.read():
            return encounters.list_rows(
                self._parts.vault.connection, contact_id=contact_id, place_id=place_id, limit=limit, offset=offset
            )

    def count_encounters(self) -> int:
        """Return how many notes this laptop holds."""
        with self._parts.vault.read():
            return encounters.count_notes(self._parts.vault.connection)

    def _count_only(self, content: Encounter) -> None:
        """Let the day's tally grow: one row for the day, never one for the person."""
        leaflets: dict[str, int] = {}
        for given in content.leaflets:
            leaflets[given.language] = leaflets.get(given.language, 0) + given.copies
        region = self._placed(content)[0].region
        tally = Tally(content.shift_date, content.setting, region, "not_said", 1, leaflets, content.help_given)
        keep_tally(self._parts, tally)

    def _about(self, content: Encounter, about: About | None) -> Encounter:
        """Make the contact and keep the identity a note brings along; return the note that names her."""
        if about is None or content.consent is ConsentLevel.WRITE_NOTHING:
            return content
        named = content
        if about.short_name.strip():
            made = self._contacts.record_in_transaction(about.short_name, provisional=about.provisional)
            named = replace(content, contact_id=made.id)
        if about.identity is not None:
            if named.contact_id is None:
                raise IdentityNeedsContactError
            self._contacts.record_identity_in_transaction(named.contact_id, about.identity)
        return named

    def _placed(self, content: Encounter) -> tuple[Encounter, Contact | None, Place | None]:
        """Return the content with its place's region, and the contact and place it names."""
        db = self._parts.vault.connection
        contact = None if content.contact_id is None else contacts.find_kept(db, content.contact_id)
        place = None if content.place_id is None else places.find_place(db, content.place_id)
        if (content.contact_id and contact is None) or (content.place_id and place is None):
            raise NotFoundError
        named = content if contact is None else replace(content, contact_id=contact.id)
        return (named if place is None else replace(named, region=place.region)), contact, place

    def _subject(self, note: StoredNote, content: Encounter) -> str:
        """Return the random id the centre knows the person by: a new one when the note no longer names her."""
        if content.contact_id is not None:
            return content.contact_id
        return note.subject_id if note.contact_id is None else self._parts.ids.new_id()

    def _keep_version(
        self, note_id: str, content: Encounter, reason: str = "", before: StoredVersion | None = None
    ) -> None:
        db = self._parts.vault.connection
        stored = stored_version(self._parts, note_id, content, reason=reason, before=before)
        encounters.add_version(db, note_id, stored, self._parts.now_text())

    def _keep_follow_ups(self, note_id: str, content: Encounter, before: Encounter | None) -> None:
        """Keep the note's own to-do, and "ask again alone" where she could not speak freely.

        What did not change since ``before`` stays as it is, open or closed.
        """
        if before is None or before.follow_up != content.follow_up:
            self._replace_follow_up(note_id, content.follow_up, "")
        if (before is None or before.free_to_speak) != content.free_to_speak:
            tomorrow = self._parts.clock.local_now().date() + timedelta(days=1)
            self._replace_follow_up(note_id, None if content.free_to_speak else FollowUp(tomorrow), ASK_ALONE)

    def _keep_child_call(self, note_id: str, calls: bool, before: StoredVersion | None) -> None:
        """Keep "call now" while nobody was called for a child; one that a worker closed stays closed."""
        if calls != (before is not None and calls_for_child(before.content, json.loads(before.assessment)["alerts"])):
            due = FollowUp(self._parts.clock.local_now().date())
            self._replace_follow_up(note_id, due if calls else None, CHILD_CALL)

    def _replace_follow_up(self, note_id: str, follow_up: FollowUp | None, kind: str) -> None:
        db = self._parts.vault.connection
        follow_ups.close_follow_ups_of(db, note_id, self._parts.now_text(), kind=kind)
        if follow_up is not None:
            follow_ups.add_follow_up(db, self._parts.ids.new_id(), note_id, follow_up, kind=kind)

    def _worker_name(self, worker_id: str) -> str:
        worker = workers.find_worker(self._parts.vault.connection, worker_id)
        return "" if worker is None else worker.name


_ALL_OF_A_NOTE = Changes(
    encounters=True, contacts=True, places=True, drafts=True, follow_ups=True, sending=True, leaflets=True
)
