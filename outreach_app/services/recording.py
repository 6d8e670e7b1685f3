"""Recording what came as JSON: place and contacts are found, or made, in the same transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from outreach_app.clock import shift_date
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.place import Place
from outreach_app.domain.texts import one_line
from outreach_app.records import contacts, places
from outreach_app.records.errors import NotFoundError
from outreach_app.services.contacts import Contacts
from outreach_app.services.encounters import Encounters, Finished
from outreach_app.services.parts import Parts
from outreach_app.services.places import Places
from outreach_app.services.tallies import Counted, Tallies
from outreach_app.wire.encounter import ContactFields, PlaceFields, identity_of, linkage_of, read_encounter
from outreach_app.wire.tally import read_tally


class Recording:
    """The verbs for the command line, the tour and tests: finished in one step."""

    def __init__(
        self, parts: Parts, encounters: Encounters, contact_verbs: Contacts, place_verbs: Places, tally_verbs: Tallies
    ) -> None:
        self._parts = parts
        self._encounters = encounters
        self._contacts = contact_verbs
        self._places = place_verbs
        self._tallies = tally_verbs

    def record_encounter(self, untrusted: bytes) -> Finished:
        """Keep the encounter as a finished note; durable when this returns.

        Raises:
            UntrustedDataError: with the field's name. KnownError: see ``services.checks``. Nothing is changed then.
        """
        read = read_encounter(untrusted, self._parts.clock.local_now())
        with self._parts.vault.transaction():
            content = replace(read.content, place_id=self._place_id(read.place, read.content.setting))
            if content.consent is not ConsentLevel.WRITE_NOTHING:
                content = replace(content, contact_id=self._contact_id(read.contact))
            return self._encounters.finish_in_transaction(content)

    def record_tally(self, untrusted: bytes) -> Counted:
        """Keep a count with the known people in it, found or made as those of an encounter.

        Raises:
            UntrustedDataError: with the field's name. KnownError: see ``Tallies.record_tally``.
            Nothing is changed then.
        """
        read = read_tally(untrusted, shift_date(self._parts.clock.local_now()))
        with self._parts.vault.transaction():
            known: Counter[str] = Counter()
            for person, uses in read.known:
                known[self._named(person)] += uses
            return self._tallies.record_in_transaction(read.tally, known)

    def _place_id(self, fields: PlaceFields | None, setting: str) -> str | None:
        if fields is None:
            return None
        place = places.find_place_by_code(self._parts.vault.connection, one_line(fields.code))
        if place is None:
            kind = fields.setting or setting
            new = Place(
                "", fields.code, kind, fields.region, fields.note, fields.warning, fields.revisit_on, fields.suspicion
            )
            place = self._places.record_in_transaction(new)
        return place.id

    def _contact_id(self, fields: ContactFields | None) -> str | None:
        return None if fields is None else self._named(fields)

    def _named(self, fields: ContactFields) -> str:
        db = self._parts.vault.connection
        if fields.id is not None:
            contact = contacts.find_contact(db, fields.id)
        else:
            name = one_line(fields.called or "")
            contact = contacts.find_contact_by_name(db, name)
            if contact is None:
                contact = self._contacts.record_in_transaction(name, provisional=fields.provisional)
        if contact is None:
            raise NotFoundError
        identity, linkage = identity_of(fields), linkage_of(fields)
        if identity is not None:
            self._contacts.record_identity_in_transaction(contact.id, identity)
        if linkage is not None:
            self._contacts.record_linkage_in_transaction(contact.id, linkage)
        return contact.id
