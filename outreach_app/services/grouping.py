"""Two contacts that are one person, notes that belong to another, and taking either back with all that moved.

A merged contact stays in the vault under the one that is kept: it is found by its names, opened by nobody's mistake,
and comes back whole. What notes say stays as it was written; only their rows stand with somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.regrouping import Regrouping
from outreach_app.domain.texts import check_text
from outreach_app.records import casework, contacts, leaving, notices, regroupings
from outreach_app.records.errors import NotFoundError
from outreach_app.services.contacts import Contacts
from outreach_app.services.errors import (
    AlreadyUndoneError,
    ContactMergedError,
    NoNotesChosenError,
    SameContactError,
)
from outreach_app.services.indexing import index_again
from outreach_app.services.parts import Parts
from outreach_app.services.pathway_upkeep import renew_dates
from outreach_app.services.sending_again import send_again
from outreach_app.services.telling import take_names_back, tell_apart, tell_merge, tell_split

MERGE, SPLIT = "merge", "split"
_ALL = Changes(encounters=True, contacts=True, casework=True, follow_ups=True, sending=True)


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What ``undo_regrouping`` is asked with, and the contact to look at now: the one kept, or the one split off."""

    id: str
    contact_id: str
    changes: Changes


class Grouping:
    """The verbs of who is who."""

    def __init__(self, parts: Parts, contact_verbs: Contacts) -> None:
        self._parts = parts
        self._contacts = contact_verbs

    def merge_contacts(self, from_id: str, into_id: str, reason: str = "") -> Regrouped:
        """Put everything of one contact with another: they are one person.

        Raises:
            SameContactError: a contact with itself, or two that are one already. ContactMergedError: the first is
            merged already; merge the one it was merged into. NotFoundError, TextTooLongError, TextNotUsableError.
        """
        why = check_text(reason.strip(), "reason")
        with self._parts.vault.transaction():
            return self._merge(from_id, into_id, why)

    def split_contact(self, contact_id: str, note_ids: Sequence[str], short_name: str, reason: str = "") -> Regrouped:
        """Put some notes of a contact with a new one: they are about somebody else.

        Raises:
            NoNotesChosenError: none, or one that is not about this contact. NameMissingError, ShortNameTakenError: the
            new one cannot be called that. NotFoundError, TextTooLongError, TextNotUsableError.
        """
        why = check_text(reason.strip(), "reason")
        with self._parts.vault.transaction() as db:
            kept = self._kept(contact_id)
            if not note_ids or not set(note_ids) <= set(leaving.list_notes_of(db, kept.id)):
                raise NoNotesChosenError
            made = self._contacts.record_in_transaction(short_name)
            regrouping_id = self._begin(SPLIT, kept.id, made.id, why)
            moved = list(dict.fromkeys(note_ids))
            regroupings.move_notes(db, regrouping_id, moved, made.id)
            tell_split(self._parts, regrouping_id, kept.id, made.id, moved)
            with_words = notices.last_sealed(db, moved, notices.WITH_WORDS)
            send_again(self._parts, moved)  # they may have left as hers, or with her name
            if kept.has_identity or kept.has_linkage:
                take_names_back(self._parts, with_words)
            regroupings.say_different(db, kept.id, made.id, self._parts.worker.id, self._parts.now_text())
            index_again(self._parts, made.id)
            self._parts.vault.audit("changed", kept.id, "split")
            return Regrouped(regrouping_id, made.id, _ALL)

    def undo_regrouping(self, regrouping_id: str) -> Regrouped:
        """Take a merge or split back.

        After a merge both stand apart again, each with what it had; what was written since stays with the one kept.
        After a split the new one is merged back, with all that was written about it since.

        Raises:
            NotFoundError: no such merge or split. AlreadyUndoneError: it was taken back before.
        """
        with self._parts.vault.transaction() as db:
            found = regroupings.find_regrouping(db, regrouping_id)
            if found is None:
                raise NotFoundError
            if found.undone_at is not None:
                raise AlreadyUndoneError
            regroupings.mark_undone(db, found.id, self._parts.worker.id, self._parts.now_text())
            return self._undo_merge(found) if found.kind == MERGE else self._undo_split(found)

    def list_regroupings(self, contact_id: str) -> tuple[Regrouping, ...]:
        """Return what was merged with or split from a contact and those merged into it, the latest first."""
        with self._parts.vault.read() as db:
            return regroupings.list_regroupings(db, contacts.list_members(db, contact_id))

    def _merge(self, from_id: str, into_id: str, reason: str) -> Regrouped:
        db = self._parts.vault.connection
        kept, gone = self._kept(into_id), self._contact(from_id)
        if kept.id in {gone.id, gone.merged_into}:
            raise SameContactError
        if gone.merged_into is not None:
            raise ContactMergedError
        regrouping_id = self._begin(MERGE, gone.id, kept.id, reason)
        tell_merge(self._parts, regrouping_id, contacts.list_members(db, gone.id), kept.id)
        regroupings.move_notes(db, regrouping_id, leaving.list_notes_of(db, gone.id), kept.id)
        casework.move_casework(db, regrouping_id, gone.id, kept.id)
        self._renew_dates(kept.id)
        for member in contacts.list_members(db, gone.id):
            regroupings.set_merged(db, member, kept.id)
        regroupings.unsay_different(db, gone.id, kept.id)
        index_again(self._parts, kept.id)
        self._parts.vault.audit("changed", gone.id, "merged")
        self._parts.vault.audit("changed", kept.id, "merged")
        return Regrouped(regrouping_id, kept.id, _ALL)

    def _undo_merge(self, found: Regrouping) -> Regrouped:
        db = self._parts.vault.connection
        held_by = self._kept(found.into_id).id
        merges, members = regroupings.list_merges(db), contacts.list_members(db, held_by)
        tell_apart(self._parts, found)
        for member in members[1:]:
            root = _root(member, merges)
            regroupings.set_merged(db, member, None if root == member else root)
        moved = regroupings.move_notes_back(db, found.id, found.from_id, held_by)
        named = regroupings.moved_who_she_is(db, found.id)
        if named:  # notes of the other went out as hers
            moved = (*moved, *leaving.list_notes_of(db, held_by))
        send_again(self._parts, moved, found.made_at)
        if named:
            take_names_back(self._parts, notices.last_sealed_as(db, members, found.made_at))
        casework.move_casework_back(db, found.id, found.from_id, found.into_id)
        self._renew_dates(found.from_id, held_by)
        for each in (found.from_id, held_by):
            index_again(self._parts, each)
        self._parts.vault.audit("changed", found.from_id, "apart")
        self._parts.vault.audit("changed", held_by, "apart")
        return Regrouped(found.id, found.from_id, _ALL)

    def _undo_split(self, found: Regrouping) -> Regrouped:
        """Merge what was split off back; notes another merge had brought go to whom they belong if it was undone."""
        db, made = self._parts.vault.connection, self._kept(found.into_id)
        notices.drop_unsealed(db, found.id)
        gone_home = {note: self._kept(home).id for note, home in regroupings.list_gone_home(db, found.id).items()}
        homes = set(gone_home.values())
        if made.id in homes:  # they stand where they belong already
            return Regrouped(found.id, made.id, _ALL)
        whole = set(leaving.list_notes_of(db, made.id)) <= gone_home.keys()
        into = homes.pop() if whole and len(homes) == 1 else self._kept(found.from_id).id
        if into == made.id:  # somebody merged them already
            return Regrouped(found.id, into, _ALL)
        for home in homes - {into}:
            self._send_home([note for note, whose in gone_home.items() if whose == home], home)
        return self._merge(made.id, into, found.reason)

    def _send_home(self, note_ids: list[str], home: str) -> None:
        """Put notes with whom they belong to: by themselves, since there is nobody left to merge them from."""
        regroupings.put_notes_with(self._parts.vault.connection, note_ids, home)
        send_again(self._parts, note_ids)
        index_again(self._parts, home)

    def _renew_dates(self, *contact_ids: str) -> None:
        """Count the dates of pathways anew: decisions moved."""
        for contact_id in contact_ids:
            renew_dates(self._parts.vault.connection, contact_id, self._parts.clock.local_now().date())

    def _begin(self, kind: str, from_id: str, into_id: str, reason: str) -> str:
        regrouping_id = self._parts.ids.new_id()
        regroupings.add_regrouping(
            self._parts.vault.connection, regrouping_id, kind, from_id, into_id, reason, self._parts.worker.id,
            self._parts.now_text(),
        )  # fmt: skip
        return regrouping_id

    def _contact(self, contact_id: str) -> Contact:
        contact = contacts.find_contact(self._parts.vault.connection, contact_id)
        if contact is None:
            raise NotFoundError
        return contact

    def _kept(self, contact_id: str) -> Contact:
        contact = self._contact(contact_id)
        return contact if contact.merged_into is None else self._contact(contact.merged_into)


def _root(contact_id: str, merges: dict[str, str]) -> str:
    """Return the contact that is kept where this one was merged, over a chain of merges."""
    found = contact_id
    while found in merges:
        found = merges[found]
    return found
