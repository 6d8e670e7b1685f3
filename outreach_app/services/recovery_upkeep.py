"""Keeps the recovery slot as it should be: made once the centre has named custodians, renewed after use, complete."""

from __future__ import annotations

import logging

from outreach_app import logs
from outreach_app.errors import KnownError
from outreach_app.records import recovery
from outreach_app.records.recovery import StoredRecovery
from outreach_app.services.parts import Parts
from outreach_app.sync.custodians import Custodians, read_custodians
from outreach_app.sync.enrolment import EnrolmentReply
from outreach_app.sync.recovery import read_request
from outreach_app.vault import recovery_pending
from outreach_app.vault.recovery_set import add_health, find_recovery, lacks_health, set_recovery, would_lose_health
from outreach_app.vault.recovery_slot import slot_head

_log = logging.getLogger(__name__)


def known_custodians(parts: Parts, reply: EnrolmentReply) -> Custodians | None:
    """Return whom the centre named last, in a list of their own or in its reply; None when it named nobody."""
    stored = stored_recovery(parts)
    if stored.custodians is None:
        return reply.custodians
    return read_custodians(stored.custodians, reply.centre.root)


def stored_recovery(parts: Parts) -> StoredRecovery:
    """Return what the vault holds about recovery."""
    with parts.vault.read() as db:
        return recovery.find_recovery(db)


def bring_up_to_date(parts: Parts, reply: EnrolmentReply) -> None:
    """Make, renew or complete the recovery slot where that is due, and drop requests it does not fit any more.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: what is due is done the next time.
    """
    custodians = known_custodians(parts, reply)
    if custodians is None:
        return
    device = reply.device.device
    slot, due = find_recovery(parts.vault), stored_recovery(parts).renewal_due
    fits = slot is not None and (slot.device, slot.custodian_keys) == (device, custodians.key_ids())
    if (due or not fits) and not would_lose_health(parts.vault):
        set_recovery(parts.vault, device, custodians.for_slot())
        if due:
            with parts.vault.transaction() as db:
                recovery.end_renewal(db)
    elif lacks_health(parts.vault):
        add_health(parts.vault)
    _drop_outdated(parts)


def try_to_bring_up_to_date(parts: Parts, reply: EnrolmentReply) -> None:
    """As ``bring_up_to_date``; what stands in the way now must not keep anybody from the vault."""
    try:
        bring_up_to_date(parts, reply)
    except KnownError:
        logs.event(_log, "recovery_upkeep_postponed", logging.WARNING)


def _drop_outdated(parts: Parts) -> None:
    """Forget requests that were made for another recovery slot: their answers would open nothing."""
    slot, vault = find_recovery(parts.vault), parts.vault
    head = "" if slot is None else slot_head(slot, vault.vault_id).hex()
    drill = stored_recovery(parts).drill_request
    if drill is not None and read_request(drill).body.slot_head != head:
        with vault.transaction() as db:
            recovery.drop_drill(db)
    pending = recovery_pending.find(vault.folder)
    if pending is not None and pending.head != head:
        recovery_pending.forget(vault.folder)
