"""Contacts: record, find, list, and the identity that is off until opened with a reason."""

from __future__ import annotations

from dataclasses import replace

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact, Identity, LinkageFacts
from outreach_app.domain.errors import NoteNeedsReasonError, ShortNameTakenError
from outreach_app.domain.texts import check_name, check_text, one_line, whole_letters
from outreach_app.records import contacts, encounters, notices
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.errors import NotFoundError
from outreach_app.services.checks import check_date
from outreach_app.services.giving_up import give_up_naming
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries

MOST_NOTES = 1_000  # about one person


class Contacts:
    """The verbs of contacts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._reads = ReadEntries(parts)

    def record_contact(self, short_name: str, *, provisional: bool = True) -> Contact:
        """Keep a new contact under a short name of the worker's choice.

        Raises:
            NameMissingError: nothing but blanks. ShortNameTakenError: another contact is called that.
        """
        with self._parts.vault.transaction():
            return self.record_in_transaction(short_name, provisional=provisional)

    def record_in_transaction(self, short_name: str, *, provisional: bool = True) -> Contact:
        """As ``record_contact``, inside a transaction the caller holds."""
        db = self._parts.vault.connection
        name = check_name(short_name, "short_name")
        if contacts.is_taken(db, name):
            raise ShortNameTakenError
        contact_id = self._parts.ids.new_id()
        contacts.add_contact(db, contact_id, name, provisional=provisional, created_at=self._parts.now_text())
        self._parts.vault.audit("changed", contact_id, "contact")
        return self._contact(contact_id)

    def find_contact(self, contact_id: str) -> Contact:
        """Return a contact.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read():
            return self._contact(contact_id)

    def find_contact_by_name(self, short_name: str) -> Contact | None:
        """Return the contact with exactly this short name, or the one it was merged into."""
        with self._parts.vault.read():
            return contacts.find_contact_by_name(self._parts.vault.connection, one_line(whole_letters(short_name)))

    def list_contacts(self, text: str = "") -> tuple[Contact, ...]:
        """Return contacts of whom a name contains ``text``, or whose id begins with it, last met first."""
        with self._parts.vault.read():
            return contacts.list_contacts(self._parts.vault.connection, text)

    def timeline(self, contact_id: str) -> tuple[EncounterRow, ...]:
        """Return the notes about a contact, the last finished first."""
        with self._parts.vault.read():
            return encounters.list_rows(self._parts.vault.connection, contact_id=contact_id, limit=MOST_NOTES)

    def record_identity(self, contact_id: str, identity: Identity) -> Changes:
        """Keep who she says she is.

        Raises:
            NameMissingError, NoteNeedsReasonError: no name, or no reason for writing it down.
        """
        with self._parts.vault.transaction():
            return self.record_identity_in_transaction(contact_id, identity)

    def record_identity_in_transaction(self, contact_id: str, identity: Identity) -> Changes:
        """As ``record_identity``, inside a transaction the caller holds."""
        checked = Identity(check_name(identity.name, "name"), check_text(identity.reason.strip(), "reason"))
        if not checked.reason:
            raise NoteNeedsReasonError
        contact = self._kept(contact_id)
        contacts.keep_identity(
            self._parts.vault.connection, contact.id, checked, self._parts.worker.id, self._parts.now_text()
        )
        self._parts.vault.audit("changed", contact.id, "identity")
        return Changes(contacts=True)

    def find_identity(self, contact_id: str) -> Identity | None:
        """Return the identity of a contact, where one was recorded; the audit says that it was read."""
        with self._parts.vault.read():
            identity = contacts.find_identity(self._parts.vault.connection, contact_id)
        if identity is not None:
            self._reads.add("identity_read", contact_id)
        return identity

    def record_linkage(self, contact_id: str, facts: LinkageFacts) -> Changes:
        """Keep the facts she chose to give so that the centre counts her once.

        Raises:
            NameMissingError: a name begins with no letter. DateNotUsableError: a birth date nobody can have.
        """
        with self._parts.vault.transaction():
            return self.record_linkage_in_transaction(contact_id, facts)

    def record_linkage_in_transaction(self, contact_id: str, facts: LinkageFacts) -> Changes:
        """As ``record_linkage``, inside a transaction the caller holds."""
        check_date(facts.born_on, "born_on")
        checked = replace(
            facts,
            first_name_start=check_name(facts.first_name_start, "first_name_start"),
            last_name_start=check_name(facts.last_name_start, "last_name_start"),
        )
        contact = self._kept(contact_id)
        contacts.keep_linkage(self._parts.vault.connection, contact.id, checked)
        self._parts.vault.audit("changed", contact.id, "linkage")
        return Changes(contacts=True)

    def forget_identity(self, contact_id: str) -> Changes:
        """Take away who she says she is; old pages and backups follow when leaving is finished next.

        Sealed batches with her name that nobody has confirmed are given up; what left already stays at the centre.
        """
        with self._parts.vault.transaction() as db:
            contacts.drop_identity(db, self._contact(contact_id).id)
            give_up_naming(self._parts, contacts.kept_id(db, contact_id), notices.WITH_NAME)
            begin_leaving(self._parts)
            self._parts.vault.audit("changed", contact_id, "identity:gone")
        return Changes(contacts=True, sending=True)

    def forget_linkage(self, contact_id: str) -> Changes:
        """Take away the facts for counting her once; what left already leaves the centre only with an erasure.

        Sealed batches with their code that nobody has confirmed are given up.
        """
        with self._parts.vault.transaction() as db:
            contacts.drop_linkage(db, self._contact(contact_id).id)
            give_up_naming(self._parts, contacts.kept_id(db, contact_id), notices.WITH_WORDS)
            begin_leaving(self._parts)
            self._parts.vault.audit("changed", contact_id, "linkage:gone")
        return Changes(contacts=True, sending=True)

    def _kept(self, contact_id: str) -> Contact:
        """Return a contact, or the one it was merged into: what is written now is about the person."""
        contact = contacts.find_kept(self._parts.vault.connection, contact_id)
        if contact is None:
            raise NotFoundError
        return contact

    def _contact(self, contact_id: str) -> Contact:
        contact = contacts.find_contact(self._parts.vault.connection, contact_id)
        if contact is None:
            raise NotFoundError
        return contact
