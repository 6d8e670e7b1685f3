"""Everything that is kept about one person, gathered for her to read: the program's half of her right to see it.

Facts about other people are not hers and are left out. Reading it leaves one entry in the record of use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.consent import Consent
from outreach_app.domain.contact import Alias, Contact, Identity, LinkageFacts
from outreach_app.domain.decision import Decision
from outreach_app.domain.erasing import Departure
from outreach_app.domain.pathway_case import DateName
from outreach_app.domain.plan import ContactPerson, Plan
from outreach_app.domain.referral import Referral
from outreach_app.domain.shelter_stay import ShelterStay
from outreach_app.records import (
    aliases,
    consents,
    contacts,
    decisions,
    interviews,
    leaving,
    notices,
    pathways,
    plans,
    referrals,
    shelter_stays,
    tallies,
    third_parties,
)
from outreach_app.records.errors import NotFoundError
from outreach_app.records.pathways import LetterDate, StoredPathway
from outreach_app.records.rows import Connection
from outreach_app.records.tallies import UseRow
from outreach_app.services.encounters import Encounters
from outreach_app.services.notes import Note
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries


@dataclass(frozen=True, slots=True)
class Casework:
    """What hangs on one contact beside the notes."""

    plan: Plan
    contact_person: ContactPerson | None
    topics: Mapping[str, str]
    pathway: StoredPathway | None
    letter_dates: Mapping[DateName, LetterDate]
    consents: tuple[Consent, ...]
    referrals: tuple[Referral, ...]
    decisions: tuple[Decision, ...]
    stays: tuple[ShelterStay, ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """All of a person; ``casework`` is hers and, where contacts were merged, what stayed with the others.

    ``uses`` are the days on which she was counted among others, ``left`` is what has left this laptop, ``others`` how
    many facts about other people are kept and not shown.
    """

    contact: Contact
    made_on: date
    names: tuple[str, ...]
    aliases: tuple[Alias, ...]
    identity: Identity | None
    linkage: LinkageFacts | None
    notes: tuple[Note, ...]
    casework: tuple[Casework, ...]
    uses: tuple[UseRow, ...]
    left: tuple[Departure, ...]
    others: int


class OwnData:
    """The verb of gathering it."""

    def __init__(self, parts: Parts, encounter_verbs: Encounters) -> None:
        self._parts = parts
        self._encounters = encounter_verbs
        self._reads = ReadEntries(parts)

    def gather(self, contact_id: str) -> PersonData:
        """Return everything kept about a person, under whichever of her contacts.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            kept = contacts.find_kept(db, contact_id)
            if kept is None:
                raise NotFoundError
            members = contacts.list_members(db, kept.id)
            notes = self._notes(db, members)
            hers = {(note.id, version.version) for note in notes for version in note.versions}
            left = notices.list_departures(db, {note.id for note in notes})
            found = PersonData(
                kept, self._parts.clock.local_now().date(), contacts.list_names(db, kept.id),
                tuple(alias for each in members for alias in aliases.list_aliases(db, each)),
                contacts.find_identity(db, kept.id), contacts.find_linkage(db, kept.id),
                notes,
                tuple(_casework(db, each) for each in members), tallies.list_uses_of(db, kept.id),
                tuple(one for one in left if one.left_at is not None and (one.record_id, one.version) in hers),
                len(third_parties.list_third_parties(db, contact_id=kept.id)),
            )  # fmt: skip
        self._reads.add("read", kept.id, "own_data")
        return found

    def _notes(self, db: Connection, members: tuple[str, ...]) -> tuple[Note, ...]:
        """Return her notes, and those that were hers once, each with the versions that are about her and no others."""
        standing = leaving.list_notes_of(db, members[0])
        about_her = {each: leaving.list_versions_about(db, each, members) for each in standing}
        for note_id, version in leaving.list_older_versions_of(db, members):
            about_her[note_id] = (*about_her.get(note_id, ()), version)
        return tuple(self._only(self._encounters.read_note(each), members, about_her[each]) for each in about_her)

    def _only(self, note: Note, members: tuple[str, ...], versions: tuple[int, ...]) -> Note:
        """Return a note without the versions about others; where it is now another's, nothing but hers."""
        kept = tuple(each for each in note.versions if each.version in versions)
        if note.contact is not None and note.contact.id in members:
            return replace(note, versions=kept)
        return Note(note.id, note.state, kept, None, None, ())


def _casework(db: Connection, contact_id: str) -> Casework:
    return Casework(
        plans.find_plan(db, contact_id), plans.find_contact_person(db, contact_id),
        interviews.find_topics(db, contact_id), pathways.find_stored(db, contact_id),
        pathways.find_letter_dates(db, contact_id), consents.list_consents(db, contact_id),
        referrals.list_of_contact(db, contact_id), decisions.list_decisions(db, contact_id),
        shelter_stays.list_stays(db, contact_id),
    )  # fmt: skip
