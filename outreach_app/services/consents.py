"""What she agreed to, recipient by recipient, and what happens when she takes it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import RECIPIENTS, Consent, Given, covers, offered_levels
from outreach_app.domain.consent import ConsentLevel as Level
from outreach_app.domain.consent_talk import ConsentTalk, ConsentTexts
from outreach_app.domain.encounter import NOT_FREE
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    NoteNotFreeError,
    PartnerMissingError,
    PointsMissingError,
    RecipientMissingError,
)
from outreach_app.domain.texts import check_text, one_line
from outreach_app.records import consents, contacts, encounters
from outreach_app.records.errors import NotFoundError
from outreach_app.services.checks import check_code, check_date, check_language
from outreach_app.services.parts import Parts
from outreach_app.services.superseding import standing_notes
from outreach_app.wire.consent_points import load_consent_texts

CHANGED = Changes(casework=True)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A consent as it was kept."""

    consent: Consent
    changes: Changes


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """Her last note: when it was, whether she could speak freely, and which languages she speaks."""

    note_id: str
    shift_date: date
    speaking: str
    languages: tuple[str, ...]

    @property
    def free_to_speak(self) -> bool:
        """False when someone listened, interpreted for her or chose the interpreter."""
        return self.speaking not in NOT_FREE


class Consents:
    """The verbs of consent; taking back is ``services.withdrawing``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def texts(self) -> ConsentTexts:
        """Return the seven points and what is said besides about single recipients."""
        return load_consent_texts()

    def last_meeting(self, contact_id: str) -> LastMeeting | None:
        """Return her last note, None where there is none yet."""
        with self._parts.vault.read() as db:
            row = next(iter(standing_notes(db, contacts.kept_id(db, contact_id))), None)
            if row is None:
                return None
            content = encounters.last_version(db, row.id).content
            return LastMeeting(row.id, row.shift_date, content.speaking, content.languages)

    def record_consent(self, contact_id: str, talk: ConsentTalk, given: Given) -> Recorded:
        """Keep that she agreed, after all seven points were shown and ticked.

        Raises:
            PointsMissingError: not all points. ConsentNotOfferedError, NoteNotFreeError: she could not speak freely, as
            the worker says or as the note says. RecipientMissingError, PartnerMissingError, UnknownCodeError,
            LanguageNotUsableError, DateNotUsableError, TextTooLongError, TextNotUsableError. NotFoundError: no such
            contact or note.
        """
        if not talk.complete:
            raise PointsMissingError
        checked = self._checked(given)
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            self._check_free(kept.id, checked)
            consent = Consent(
                self._parts.ids.new_id(), kept.id, checked.recipient, checked.partner, talk.ticked, talk.version,
                checked.language, checked.manner, checked.speaking, checked.given_on, checked.encounter_id,
                self._parts.worker.id, self._parts.clock.now(),
            )  # fmt: skip
            consents.add_consent(db, consent)
            self._parts.vault.audit("changed", kept.id, "consent")
        return Recorded(consent, CHANGED)

    def list_consents(self, contact_id: str) -> tuple[Consent, ...]:
        """Return what she agreed to and took back, the latest first."""
        with self._parts.vault.read() as db:
            return consents.list_consents(db, contacts.kept_id(db, contact_id))

    def list_agreed_in_notes(self, contact_id: str) -> tuple[tuple[str, date], ...]:
        """Return (recipient, day) of notes at level ``referral``: she agreed in the talk, without the seven points."""
        with self._parts.vault.read() as db:
            return consents.list_referred_to(db, contacts.kept_id(db, contact_id))

    def find_in_force(self, contact_id: str, recipient: str, partner: str = "") -> Consent | None:
        """Return the consent that lets this recipient get something, None where there is none."""
        with self._parts.vault.read() as db:
            found = consents.list_consents(db, contacts.kept_id(db, contact_id))
        return next((one for one in found if covers(one, recipient, one_line(partner))), None)

    def _checked(self, given: Given) -> Given:
        if given.recipient not in RECIPIENTS:
            raise RecipientMissingError
        partner = one_line(check_text(given.partner, "partner")) if given.recipient == "partner" else ""
        if given.recipient == "partner" and not partner:
            raise PartnerMissingError
        check_language(given.language, "language")
        check_code(given.manner, "consent_manners", self._parts.code_lists)
        check_code(given.speaking, "speaking_situations", self._parts.code_lists)
        check_date(given.given_on, "given_on")
        return replace(given, partner=partner)

    def _check_free(self, contact_id: str, given: Given) -> None:
        """Refuse kindly where she could not speak freely, as the worker says or as the note says.

        That is the note it was said in, or else her last one up to that day.
        """
        db = self._parts.vault.connection
        if Level.REFERRAL not in offered_levels(free_to_speak=given.speaking not in NOT_FREE):
            raise ConsentNotOfferedError
        if given.encounter_id is None:
            met = (row.id for row in standing_notes(db, contact_id) if row.shift_date <= given.given_on)
            note_id = next(met, None)
        else:
            note_id = given.encounter_id
            if encounters.find_note(db, note_id).contact_id != contact_id:
                raise NotFoundError
        if note_id is not None and not encounters.last_version(db, note_id).content.free_to_speak:
            raise NoteNotFreeError
