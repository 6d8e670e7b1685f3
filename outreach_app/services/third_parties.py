"""Facts about perpetrators and customers: criminal-offence data about others, kept apart and never sent or counted."""

from __future__ import annotations

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import NameMissingError
from outreach_app.domain.texts import check_text
from outreach_app.domain.third_party import ThirdParty
from outreach_app.records import encounters, third_parties
from outreach_app.records.errors import NotFoundError
from outreach_app.services.checks import check_code
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries

WORDS_LIMIT = 4_000
_CHANGED = Changes(casework=True)


class ThirdParties:
    """The verbs of what is known about others; reading it leaves an entry in the record of use."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._reads = ReadEntries(parts)

    def add_third_party(self, note_id: str, role: str, words: str, *, offence: bool) -> Changes:
        """Keep a fact about somebody else with the note it was told in; it stands neither in the note nor in search.

        Raises:
            NotFoundError: no such note. UnknownCodeError: no such role. NameMissingError: no words.
            TextTooLongError, TextNotUsableError.
        """
        check_code(role, "third_party_roles", self._parts.code_lists)
        told = check_text(words.strip(), "words", WORDS_LIMIT)
        if not told:
            raise NameMissingError(field="words")
        with self._parts.vault.transaction() as db:
            note = encounters.find_note(db, note_id)
            third_parties.add_third_party(
                db, self._parts.ids.new_id(), note.id, role, told, self._parts.worker.id, self._parts.now_text(),
                offence=offence,
            )  # fmt: skip
            self._parts.vault.audit("changed", note.id, "third_party")
        return _CHANGED

    def list_of_contact(self, contact_id: str) -> tuple[ThirdParty, ...]:
        """Return the facts of all notes about a contact, the latest note first."""
        with self._parts.vault.read() as db:
            found = third_parties.list_third_parties(db, contact_id=contact_id)
        if found:
            self._reads.add("read", contact_id, "third_party")
        return found

    def list_of_note(self, note_id: str) -> tuple[ThirdParty, ...]:
        """Return the facts kept with a note."""
        with self._parts.vault.read() as db:
            found = third_parties.list_third_parties(db, note_id=note_id)
        if found:
            self._reads.add("read", note_id, "third_party")
        return found

    def take_away(self, row_id: str) -> Changes:
        """Take a fact away; old pages and backups follow when leaving is finished next.

        Raises:
            NotFoundError: no such fact.
        """
        with self._parts.vault.transaction() as db:
            found = third_parties.find_third_party(db, row_id)
            if found is None:
                raise NotFoundError
            third_parties.drop_third_party(db, row_id)
            begin_leaving(self._parts)
            self._parts.vault.audit("changed", found.encounter_id, "third_party:gone")
        return _CHANGED
