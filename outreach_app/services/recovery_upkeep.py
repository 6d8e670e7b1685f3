"""Keeps the recovery slot as it should be: made once the centre has named custodians, renewed after use, complete."""

from __future__ import annotations

import logging
from collections.abc import Callable

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

ReplyOf = Callable[[], EnrolmentReply | None]

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


def bring_up_to_date(parts: Parts, reply_of: ReplyOf) -> None:
    """Make, renew or complete the recovery slot where that is due, and drop requests it does not fit any more.

    Args:
        parts: of the session.
        reply_of: gives the centre's reply, None before enrolment; asked only when something is to be made, for reading
            it takes a while.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: what is due is done the next time.
    """
    if find_recovery(parts.vault) is None or stored_recovery(parts).renewal_due:
        _make(parts, reply_of())
    elif lacks_health(parts.vault):
        add_health(parts.vault)
    _drop_outdated(parts)


def try_to_bring_up_to_date(parts: Parts, reply_of: ReplyOf) -> None:
    """As ``bring_up_to_date``; what stands in the way now must not keep anybody from the vault."""
    try:
        bring_up_to_date(parts, reply_of)
    except KnownError:
        logs.event(_log, "recovery_upkeep_postponed", logging.WARNING)


def _make(parts: Parts, reply: EnrolmentReply | None) -> None:
    custodians = None if reply is None else known_custodians(parts, reply)
    if reply is None or custodians is None or would_lose_health(parts.vault):
        return
    set_recovery(parts.vault, reply.device.device, custodians.for_slot())
    with parts.vault.transaction() as db:
        recovery.end_renewal(db)


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
