"""She takes her consent back: nothing further leaves for this recipient, and what has left is named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import Consent, ConsentLevel, lower_levels, went_to
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.erasing import Departure
from outreach_app.domain.errors import NothingToWithdrawError, UnknownCodeError
from outreach_app.domain.referral import Referral, ReferralStep
from outreach_app.domain.texts import check_text, one_line
from outreach_app.i18n import gettext as _
from outreach_app.records import batches, consents, contacts, encounters, leaving, notices, referrals, reviews
from outreach_app.records.departures import CentreState, centre_state, least
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection
from outreach_app.services.checks import check_date
from outreach_app.services.giving_up import forgot_what_left, give_up_batches
from outreach_app.services.parts import Parts
from outreach_app.services.superseding import supersede_with
from outreach_app.services.telling import tell_withdrawal

_CHANGED = Changes(encounters=True, contacts=True, sending=True, casework=True)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What taking a consent back changes, or changed.

    ``notes`` are lowered to a level at which this recipient gets nothing; ``left`` had left before and cannot be
    fetched back; ``referrals`` are the open hand-overs that rested on it.
    """

    recipient: str
    partner: str
    levels: tuple[ConsentLevel, ...]
    notes: tuple[str, ...]
    left: tuple[Departure, ...]
    referrals: tuple[Referral, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """As ``Withdrawal``, done; ``consents`` are those that were taken back."""

    consents: tuple[str, ...]
    withdrawal: Withdrawal
    changes: Changes = _CHANGED


@dataclass(frozen=True, slots=True)
class WithdrawnConsent:
    """A consent she took back, what had left before, and how far the centre has followed."""

    consent: Consent
    left: tuple[Departure, ...]
    state: CentreState


class Withdrawing:
    """The verbs of taking back."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def preview(self, contact_id: str, recipient: str, partner: str = "") -> Withdrawal:
        """Return what taking back would change; nothing is changed.

        Raises:
            NothingToWithdrawError: nothing was agreed to for this recipient. NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            return self._look(db, contacts.kept_id(db, contact_id), recipient, one_line(partner))[1]

    def withdraw(
        self, contact_id: str, recipient: str, *, partner: str = "", words: str = "", on: date | None = None,
        level: ConsentLevel = ConsentLevel.CODED,
    ) -> Withdrawn:  # fmt: skip
        """Take back what she agreed to for this recipient, and let nothing further leave for it.

        Her notes that would go there are lowered to ``level`` by a new version, sealed batches that hold them and that
        nobody has confirmed are given up, and open referrals that rest on the consent are written down as withdrawn.

        Args:
            contact_id: whose.
            recipient: one of ``domain.consent.RECIPIENTS``.
            partner: which partner organisation, where the recipient is one.
            words: what she said, or nothing; why she takes it back is never asked for.
            on: the day; today by default.
            level: what may still leave, one of ``lower_levels(recipient)``.

        Raises:
            NothingToWithdrawError, UnknownCodeError, DateNotUsableError, TextTooLongError, TextNotUsableError,
            NotFoundError: nothing was changed.
        """
        if level not in lower_levels(recipient):
            raise UnknownCodeError(code=level.value, list="consent")
        said = check_text(words.strip(), "words")
        check_date(on, "on")
        day = on or self._parts.clock.local_now().date()
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            hers, found = self._look(db, kept.id, recipient, one_line(partner))
            taken = hers or (self._said_in_note(db, kept.id, found),)
            for consent in taken:
                consents.withdraw_consent(db, consent.id, day, said, self._parts.worker.id)
            sealed = self._sealed(db, kept.id, recipient)
            consents.add_departures(db, taken[0].id, sealed)
            self._lower(found.notes, level, said)
            may_have_left = found.notes if forgot_what_left(self._parts) else [one.record_id for one in sealed]
            lowered = set(may_have_left).intersection(found.notes)
            tell_withdrawal(self._parts, taken[0].id, kept.id, recipient, lowered)
            give_up_batches(self._parts, {one.record_id for one in sealed})
            for referral in found.referrals:
                self._withdraw_referral(db, referral, day, said)
            self._parts.vault.audit("changed", kept.id, "consent:withdrawn")
        return Withdrawn(tuple(one.id for one in taken), found)

    def list_withdrawn(self, contact_id: str) -> tuple[WithdrawnConsent, ...]:
        """Return what she took back, the latest first, with what had left and how far the centre has followed."""
        with self._parts.vault.read() as db:
            hers = contacts.kept_id(db, contact_id)
            gone = (one for one in consents.list_consents(db, hers) if one.withdrawn_on is not None)
            return tuple(self._told(db, one) for one in gone)

    def _told(self, db: Connection, consent: Consent) -> WithdrawnConsent:
        left = consents.list_departures(db, consent.id)
        told, _at = notices.state_of(db, consent.id)
        return WithdrawnConsent(consent, left, least(centre_state(db, left), told))

    def _look(
        self, db: Connection, contact_id: str, recipient: str, partner: str
    ) -> tuple[tuple[Consent, ...], Withdrawal]:
        if contacts.find_contact(db, contact_id) is None:
            raise NotFoundError
        hers = tuple(
            one for one in consents.list_consents(db, contact_id)
            if one.withdrawn_on is None and one.recipient == recipient and one.partner.casefold() == partner.casefold()
        )  # fmt: skip
        notes = consents.list_notes_for(db, contact_id, recipient)
        if not hers and not notes:
            raise NothingToWithdrawError
        left = dict.fromkeys(one for each in hers for one in consents.list_departures(db, each.id))  # shed since
        left |= dict.fromkeys(one for one in self._sealed(db, contact_id, recipient) if one.left_at is not None)
        resting = tuple(each for one in hers for each in referrals.list_resting_on(db, one.id))
        return hers, Withdrawal(recipient, partner, lower_levels(recipient), notes, tuple(left), resting)

    def _sealed(self, db: Connection, contact_id: str, recipient: str) -> tuple[Departure, ...]:
        """Return every version of her notes that was sealed for this recipient: for CMM, with all that has words."""
        of_her = notices.list_departures(db, leaving.list_notes_of(db, contact_id))
        return tuple(one for one in of_her if went_to(one, recipient))

    def _said_in_note(self, db: Connection, contact_id: str, found: Withdrawal) -> Consent:
        """Keep that she had agreed in the talk of a note only, so that taking back has something to stand at."""
        note_id, parts = found.notes[-1], self._parts
        content = encounters.last_version(db, note_id).content
        consent = Consent(
            parts.ids.new_id(), contact_id, found.recipient, found.partner, (), 0, "", "", content.speaking,
            content.shift_date, note_id, parts.worker.id, parts.clock.now(),
        )  # fmt: skip
        consents.add_consent(db, consent)
        return consent

    def _lower(self, notes: tuple[str, ...], level: ConsentLevel, said: str) -> None:
        def lowered(content: Encounter) -> Encounter:
            return replace(content, consent=level, recipient="")

        db = self._parts.vault.connection
        for note_id in notes:
            reviewed = encounters.find_note(db, note_id).state == reviews.REVIEWED
            was_sealed = bool(batches.list_batches_of(db, note_id))
            supersede_with(self._parts, note_id, lowered, said or _("She took her consent back"))
            if reviewed or was_sealed:  # less leaves than before: the centre must hear of it without a second look
                reviews.keep_reviewed(db, note_id)

    def _withdraw_referral(self, db: Connection, referral: Referral, day: date, said: str) -> None:
        step = ReferralStep(len(referral.steps) + 1, "withdrawn", day, said, "")
        referrals.add_step(db, referral.id, step, self._parts.worker.id, self._parts.now_text())
        self._parts.vault.audit("changed", referral.contact_id, "referral:withdrawn")
