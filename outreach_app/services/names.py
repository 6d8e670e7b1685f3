"""The names of a contact: her short name, and what else she is called; a wrong one is corrected or taken away."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import ALIAS_KINDS, Alias, Contact
from outreach_app.domain.errors import ShortNameTakenError, UnknownCodeError
from outreach_app.domain.texts import check_name
from outreach_app.records import aliases, contacts
from outreach_app.records.errors import NotFoundError
from outreach_app.services.indexing import index_again
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts

_CHANGED = Changes(contacts=True, encounters=True)


@dataclass(frozen=True, slots=True)
class NameAdded:
    """A further name that was kept."""

    alias: Alias
    changes: Changes


class Names:
    """The verbs of names. None of them ever leaves the laptop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def list_aliases(self, contact_id: str) -> tuple[Alias, ...]:
        """Return the further names of a contact, the first written first."""
        with self._parts.vault.read() as db:
            return aliases.list_aliases(db, contact_id)

    def add_alias(self, contact_id: str, kind: str, name: str) -> NameAdded:
        """Keep a further name: what she is called, what she is called online, or a telephone number.

        Raises:
            NotFoundError: no such contact. UnknownCodeError: no such kind. NameMissingError, TextTooLongError,
            TextNotUsableError.
        """
        if kind not in ALIAS_KINDS:
            raise UnknownCodeError(code=kind, list="alias_kinds")
        with self._parts.vault.transaction() as db:
            alias = Alias(self._parts.ids.new_id(), self._contact(contact_id).id, kind, check_name(name, "name"))
            aliases.add_alias(db, alias, self._parts.worker.id, self._parts.now_text())
            self._name_changed(contact_id, "alias")
        return NameAdded(alias, _CHANGED)

    def put_back(self, alias: Alias) -> Changes:
        """Keep a further name again that was taken away.

        Raises:
            NotFoundError: the contact is gone meanwhile.
        """
        with self._parts.vault.transaction() as db:
            self._contact(alias.contact_id)
            aliases.add_alias(db, alias, self._parts.worker.id, self._parts.now_text())
            self._name_changed(alias.contact_id, "alias")
        return _CHANGED

    def take_alias_away(self, alias_id: str, *, for_good: bool = False) -> Changes:
        """Take a further name away; ``for_good`` also out of old pages and backups, when leaving is finished next.

        Raises:
            NotFoundError: no such name.
        """
        with self._parts.vault.transaction() as db:
            alias = aliases.find_alias(db, alias_id)
            if alias is None:
                raise NotFoundError
            aliases.drop_alias(db, alias.id)
            self._name_changed(alias.contact_id, "alias:gone", for_good=for_good)
        return _CHANGED

    def rename_contact(
        self, contact_id: str, short_name: str, *, provisional: bool, for_good: bool = False
    ) -> Changes:
        """Give a contact another short name; ``for_good``: the old one was a true name and leaves old pages, too.

        Raises:
            NotFoundError: no such contact. ShortNameTakenError: another contact is called that. NameMissingError,
            TextTooLongError, TextNotUsableError.
        """
        name = check_name(short_name, "short_name")
        with self._parts.vault.transaction() as db:
            contact = self._contact(contact_id)
            if contacts.is_taken(db, name, contact.id):
                raise ShortNameTakenError
            contacts.rename_contact(db, contact.id, name, provisional=provisional)
            self._name_changed(contact.id, "name", for_good=for_good)
        return _CHANGED

    def _name_changed(self, contact_id: str, detail: str, *, for_good: bool = False) -> None:
        contact = self._contact(contact_id)
        index_again(self._parts, contact.merged_into or contact.id)
        if for_good:
            begin_leaving(self._parts)
        self._parts.vault.audit("changed", contact_id, detail)

    def _contact(self, contact_id: str) -> Contact:
        contact = contacts.find_contact(self._parts.vault.connection, contact_id)
        if contact is None:
            raise NotFoundError
        return contact
