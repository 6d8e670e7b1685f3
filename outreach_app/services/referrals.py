"""Hand-overs: made when she agreed and a worker has chosen, followed state by state as news come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import RECIPIENTS, Consent, covers
from outreach_app.domain.encounter import Encounter, WorkerView
from outreach_app.domain.errors import (
    ConsentMissingError,
    HumanChoiceMissingError,
    OnlyForChildrenError,
    PartnerMissingError,
    ReasonWithoutConsentError,
    RecipientMissingError,
    UnknownCodeError,
    ViewNeedsReasonError,
)
from outreach_app.domain.referral import MADE, Asked, Referral, ReferralStep, next_states
from outreach_app.domain.texts import NOTE_LIMIT, check_text, one_line
from outreach_app.i18n import gettext as _
from outreach_app.records import consents, contacts, encounters, referrals
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, from_text
from outreach_app.services.assessing import FrozenAssessment
from outreach_app.services.checks import check_code, check_date
from outreach_app.services.parts import Parts
from outreach_app.services.superseding import standing_notes, supersede_with

MOST_LISTED = 200
_CHANGED = Changes(casework=True)
_CHANGED_NOTE = Changes(casework=True, encounters=True, contacts=True, sending=True)
_CHILD = frozenset({"under_18", "maybe_under_18"})


@dataclass(frozen=True, slots=True)
class Made:
    """A referral as it was kept."""

    referral: Referral
    changes: Changes


@dataclass(frozen=True, slots=True)
class Choice:
    """The assessment that needs a worker's choice: of which note, and what it says; ``view`` where one was made."""

    note_id: str
    shift_date: date
    assessment: FrozenAssessment
    view: WorkerView | None


class Referrals:
    """The verbs of referrals. No status of hers stands in the way: a shelter is possible before anybody decides."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_choice(self, contact_id: str) -> Choice | None:
        """Return the assessment a referral rests on: that of her last note with signs, None without any note.

        Where no note has signs it is the last one somebody has looked at so, or else the last.
        """
        with self._parts.vault.read() as db:
            return self._choice(db, contacts.kept_id(db, contact_id))

    def may_go_without_consent(self, contact_id: str) -> bool:
        """Tell whether a note of hers says that she is, or may be, under 18."""
        with self._parts.vault.read() as db:
            return self._is_child(db, contacts.kept_id(db, contact_id))

    def make_referral(self, contact_id: str, asked: Asked) -> Made:
        """Write down a hand-over: with a consent of hers for this recipient and a worker's choice on the assessment.

        Raises:
            HumanChoiceMissingError: nobody has confirmed the assessment or set it aside, and ``view`` is None.
            ConsentMissingError: no consent for this recipient, and no reason to do it without her.
            OnlyForChildrenError: a reason without consent, but nothing says that she may be under 18.
            ReasonWithoutConsentError, ViewNeedsReasonError, RecipientMissingError, PartnerMissingError,
            UnknownCodeError, DateNotUsableError, TextTooLongError, TextNotUsableError. NotFoundError: no such contact.
        """
        checked = self._checked(asked)
        with self._parts.vault.transaction() as db:
            contact = contacts.require_kept(db, contact_id)
            consent = self._consent(db, contact.id, checked)
            note_id = self._chosen(db, contact.id, checked.view)
            parts = self._parts
            referral = Referral(
                parts.ids.new_id(), contact.id, contact.short_name, checked.recipient, checked.partner,
                checked.purpose, checked.what, None if consent is None else consent.id,
                "" if consent is not None else checked.without_consent_because, note_id, MADE, checked.made_on,
                parts.clock.now(),
            )  # fmt: skip
            referrals.add_referral(db, referral, parts.worker.id)
            referrals.add_step(
                db, referral.id, ReferralStep(1, MADE, checked.made_on, "", ""), parts.worker.id, parts.now_text()
            )
            parts.vault.audit("changed", contact.id, "referral")
            return Made(
                referrals.find_referral(db, referral.id), _CHANGED if checked.view is None else _CHANGED_NOTE
            )

    def add_step(self, referral_id: str, state: str, on: date, words: str = "") -> Changes:
        """Type in what became of a hand-over.

        Raises:
            UnknownCodeError: not a state it can have next. NotFoundError: no such hand-over.
            DateNotUsableError, TextTooLongError, TextNotUsableError.
        """
        said = check_text(words.strip(), "words", NOTE_LIMIT)
        check_date(on, "on")
        with self._parts.vault.transaction() as db:
            referral = referrals.find_referral(db, referral_id)
            if state not in next_states(referral.state):
                raise UnknownCodeError(code=state, list="referral_states")
            step = ReferralStep(len(referral.steps) + 1, state, on, said, "")
            referrals.add_step(db, referral.id, step, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", referral.contact_id, f"referral:{state}")
        return _CHANGED

    def take_back_step(self, referral_id: str) -> Changes:
        """Take the latest state back that was typed in by mistake; that it was made stays.

        Raises:
            NotFoundError: no such hand-over, or nothing to take back.
        """
        with self._parts.vault.transaction() as db:
            referral = referrals.find_referral(db, referral_id)
            if not referrals.drop_last_step(db, referral.id):
                raise NotFoundError
            self._parts.vault.audit("changed", referral.contact_id, "referral:taken_back")
        return _CHANGED

    def list_of_contact(self, contact_id: str) -> tuple[Referral, ...]:
        """Return a person's hand-overs with every state, the latest first."""
        with self._parts.vault.read() as db:
            return referrals.list_of_contact(db, contacts.kept_id(db, contact_id))

    def list_open(self, limit: int = MOST_LISTED) -> tuple[Referral, ...]:
        """Return the hand-overs of which something is awaited, without their steps, the oldest first."""
        with self._parts.vault.read() as db:
            return referrals.list_open(db, limit)

    def _checked(self, asked: Asked) -> Asked:
        if asked.recipient not in RECIPIENTS:
            raise RecipientMissingError
        partner = one_line(check_text(asked.partner, "partner")) if asked.recipient == "partner" else ""
        if asked.recipient == "partner" and not partner:
            raise PartnerMissingError
        check_code(asked.purpose, "referral_purposes", self._parts.code_lists)
        check_date(asked.made_on, "made_on")
        view = asked.view
        if view is not None:
            view = WorkerView(view.agrees, check_text(view.reason.strip(), "view"))
            if not view.agrees and not view.reason:
                raise ViewNeedsReasonError
        return replace(
            asked, partner=partner, what=check_text(asked.what.strip(), "what", NOTE_LIMIT), view=view,
            without_consent_because=check_text(asked.without_consent_because.strip(), "without_consent_because"),
        )  # fmt: skip

    def _consent(self, db: Connection, contact_id: str, asked: Asked) -> Consent | None:
        """Return the consent it rests on; None where a child is referred without one and with a reason."""
        hers = consents.list_consents(db, contact_id)
        found = next((one for one in hers if covers(one, asked.recipient, asked.partner)), None)
        if found is not None:
            return found
        child = self._is_child(db, contact_id)
        if not asked.without_consent_because:
            raise ReasonWithoutConsentError if child else ConsentMissingError
        if not child:
            raise OnlyForChildrenError
        return None

    def _chosen(self, db: Connection, contact_id: str, view: WorkerView | None) -> str:
        """Return the note a worker has decided on; a choice made now is written into it as a new version."""
        choice = self._choice(db, contact_id)
        if choice is None or (choice.view is None and view is None):
            raise HumanChoiceMissingError

        def decided(content: Encounter) -> Encounter:
            return replace(content, view=view)

        if view is not None:
            supersede_with(self._parts, choice.note_id, decided, _("A choice on the assessment, for a referral"))
        return choice.note_id

    def _choice(self, db: Connection, contact_id: str) -> Choice | None:
        rows = standing_notes(db, contact_id)
        found = ((row, encounters.last_version(db, row.id)) for row in rows)
        chosen = None
        for row, stored in found:
            choice = Choice(
                row.id, row.shift_date, from_text(stored.assessment, FrozenAssessment), stored.content.view
            )
            if stored.content.answers:
                return choice
            if chosen is None or (chosen.view is None and choice.view is not None):
                chosen = choice
        return chosen

    def _is_child(self, db: Connection, contact_id: str) -> bool:
        rows = standing_notes(db, contact_id)
        return any(encounters.last_version(db, row.id).content.age_for_rules in _CHILD for row in rows)
