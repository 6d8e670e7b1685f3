"""Recovery as an unlocked laptop sees it: is it possible, and the two-minute drill that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach_app.domain.changes import Changes
from outreach_app.records import recovery
from outreach_app.records.rows import instant, instant_or_none
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.errors import NoDrillError, NotEnrolledError, NothingToRehearseError
from outreach_app.services.parts import Parts
from outreach_app.services.recovery_upkeep import (
    bring_up_to_date,
    known_custodians,
    stored_recovery,
    try_to_bring_up_to_date,
)
from outreach_app.sync.custodians import Custodians, read_custodians
from outreach_app.sync.enrolment import EnrolmentReply, six_words
from outreach_app.sync.errors import CustodiansOlderError
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import make_request, open_answers, read_reply, read_request
from outreach_app.vault import recovery_set
from outreach_app.vault.passphrase import word_list
from outreach_app.vault.recovery_slot import join_halves, slot_head

NOT_ENROLLED = "not_enrolled"
NO_CUSTODIANS = "no_custodians"
NOT_SET = "not_set"
OLD_CUSTODIANS = "old_custodians"


@dataclass(frozen=True, slots=True)
class RecoveryStatus:
    """Whether a forgotten passphrase could be recovered with the centre, and since when.

    ``reason`` says why not: ``not_enrolled``, ``no_custodians`` (the centre has named none), ``not_set`` (it will be
    set at the next opening); or, where it is possible, ``old_custodians``: the ones in force are not the newest.
    ``health``: the health part would come back, too. ``drill_waits``: a drill's request has no answer yet.
    """

    possible: bool
    reason: str = ""
    made_at: datetime | None = None
    last_drill: datetime | None = None
    drill_waits: bool = False
    health: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryRequest:
    """The bytes to bring to the centre, and the six words that name them."""

    document: bytes
    words: str


class Recovering:
    """The verbs of recovery on an open vault."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def status(self) -> RecoveryStatus:
        """Return whether recovery is possible, and when a drill last proved it."""
        slot = recovery_set.find_recovery(self._parts.vault)
        if slot is None:
            reason = NOT_ENROLLED if self._reply() is None else NO_CUSTODIANS if self._known() is None else NOT_SET
            return RecoveryStatus(possible=False, reason=reason)
        stored = stored_recovery(self._parts)
        known = self._known() if stored.renewal_due else None  # reading the centre's reply takes a while
        return RecoveryStatus(
            possible=True,
            reason=OLD_CUSTODIANS if known is not None and known.key_ids() != slot.custodian_keys else "",
            made_at=instant(slot.made_at),
            last_drill=instant_or_none(stored.last_drill or None),
            drill_waits=stored.drill_request is not None,
            health=bool(slot.sealed_health_part),
        )

    def take_custodians(self, untrusted: bytes) -> Changes:
        """Keep the centre's signed list of custodians, and make the recovery slot for them.

        Raises:
            NotEnrolledError: this laptop has no centre yet.
            RecoveryUnreadableError: damaged, or not this laptop's centre's. CustodiansOlderError: not the newest.
            DiskFullError, FolderNotWritableError: the list may be kept; the next opening does the rest.
        """
        reply = self._enrolling.enrolled().reply
        offered, known = read_custodians(untrusted, reply.centre.root), known_custodians(self._parts, reply)
        if known is None or offered.keys != known.keys:
            if known is not None and offered.issued_at < known.issued_at:
                raise CustodiansOlderError
            with self._parts.vault.transaction() as db:
                recovery.keep_custodians(db, untrusted)
        bring_up_to_date(self._parts, lambda: reply)
        return Changes(enrolment=True)

    def begin_drill(self) -> RecoveryRequest:
        """Make the request of a drill; asked again before it was answered, the same request comes back.

        Raises:
            NothingToRehearseError: this laptop has no recovery slot.
        """
        slot, stored = recovery_set.find_recovery(self._parts.vault), stored_recovery(self._parts)
        if slot is None:
            raise NothingToRehearseError
        head = slot_head(slot, self._parts.vault.vault_id)
        waits = stored.drill_request
        if waits is not None and read_request(waits).body.slot_head == head.hex():
            return asked_for(waits)
        one_time, now = ReceivingKeys.generate(), self._parts.clock.now()
        document = make_request("drill", slot, head, one_time=one_time.public, issued_at=now)
        with self._parts.vault.transaction() as db:
            recovery.keep_drill(db, document, one_time.to_bytes())
            self._parts.vault.audit("recovery_requested", slot.device, "drill")
        return asked_for(document)

    def finish_drill(self, untrusted: bytes) -> Changes:
        """Prove with the custodians' answers that recovery works; the secret that was used is replaced at once.

        Raises:
            NoDrillError: no drill waits for an answer.
            RecoveryUnreadableError, RecoveryOtherLaptopError, RecoveryOtherRequestError, RecoveryOtherPurposeError,
            OneAnswerMissingError, RecoveryOutdatedError, RecoveryAnswerWrongError: nothing was changed.
        """
        stored, vault = stored_recovery(self._parts), self._parts.vault
        if stored.drill_request is None or stored.drill_key is None:
            raise NoDrillError
        asked = read_request(stored.drill_request)
        opened = open_answers(read_reply(untrusted), asked, ReceivingKeys.from_bytes(stored.drill_key))
        health_part = recovery_set.prove(vault, asked.body.slot_head, join_halves(opened))
        with vault.transaction() as db:
            recovery.end_drill(db, self._parts.now_text())
            vault.audit("drill_passed", asked.body.device)
        custodians = self._known()
        recovery_set.renew_recovery(vault, health_part, () if custodians is None else custodians.for_slot())
        with vault.transaction() as db:
            recovery.end_renewal(db)
        return Changes(enrolment=True)

    def bring_up_to_date(self) -> None:
        """Make, renew or complete the recovery slot where that is due; never fails for the world's faults."""
        try_to_bring_up_to_date(self._parts, self._reply)

    def _known(self) -> Custodians | None:
        reply = self._reply()
        return None if reply is None else known_custodians(self._parts, reply)

    def _reply(self) -> EnrolmentReply | None:
        try:
            return self._enrolling.enrolled().reply
        except NotEnrolledError:
            return None


def asked_for(document: bytes) -> RecoveryRequest:
    """Return a request with its six words."""
    return RecoveryRequest(document, six_words(read_request(document).fingerprint(), word_list()))
