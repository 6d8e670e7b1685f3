"""Recovery as a locked laptop sees it: ask with a new passphrase, and open with the custodians' answers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from outreach_app.clock import Clock
from outreach_app.errors import KnownError
from outreach_app.services.recovering import RecoveryRequest, asked_for
from outreach_app.sync.errors import OneAnswerMissingError, RecoveryUnreadableError
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import check_belongs, make_request, open_answers, read_reply, read_request
from outreach_app.vault import recovery_pending
from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.errors import WrongPassphraseError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_opening import check_can_ask, find_recoverable, keep_request, open_recovered
from outreach_app.vault.recovery_pending import Pending
from outreach_app.vault.recovery_slot import join_halves


def begin_recovery(
    folder: Path, slot_id: str, new_passphrase: str, *, clock: Clock, cost: Argon2Cost
) -> RecoveryRequest:
    """Make a request for one worker of a locked laptop; it replaces an earlier one.

    The new passphrase is chosen now: it guards the request's one-time key until the answers come.

    Raises:
        NotRecoverableError: no recovery slot. WorkerRemovedError: no such worker. WeakPassphraseError.
        VaultInUseError: the laptop is open. DiskFullError, FolderNotWritableError, NotEnoughMemoryError.
    """
    found = find_recoverable(folder)
    check_can_ask(folder, slot_id, new_passphrase)
    one_time = ReceivingKeys.generate()
    document = make_request("recover", found.slot, found.head, one_time=one_time.public, issued_at=clock.now())
    keep_request(
        folder, found, slot_id, new_passphrase,
        request=document, one_time_key=one_time.to_bytes(), clock=clock, cost=cost,
    )  # fmt: skip
    return asked_for(document)


def waiting_request(folder: Path) -> RecoveryRequest | None:
    """Return the request that waits for its answer, None when there is none, or somebody spoilt it."""
    pending = recovery_pending.find(folder)
    try:
        return None if pending is None else asked_for(pending.request)
    except RecoveryUnreadableError:
        return None


def finish_recovery(
    folder: Path, untrusted: bytes, new_passphrase: str, *, migrations: Path, clock: Clock, cost: Argon2Cost,
    backoff: Backoff,
) -> OpenVault:  # fmt: skip
    """Open the laptop with the answers of two custodians; from then on the new passphrase opens it.

    Raises:
        RecoveryNotAskedError: no request waits.
        WrongPassphraseError, WaitBeforeTryError: not the passphrase chosen with the request.
        RecoveryUnreadableError, RecoveryOtherLaptopError, RecoveryOtherRequestError, RecoveryOtherPurposeError,
        OneAnswerMissingError, RecoveryOutdatedError, RecoveryAnswerWrongError, WorkerRemovedError: nothing was changed.
        Those of ``open_vault``.
    """
    pending = recovery_pending.require(folder)
    asked, reply = read_request(pending.request), read_reply(untrusted)
    check_belongs(reply, asked)
    if not reply.complete:  # say what is wrong with the reply before the passphrase is tried
        raise OneAnswerMissingError
    one_time = ReceivingKeys.from_bytes(_one_time_key(pending, new_passphrase, backoff))
    secret = join_halves(open_answers(reply, asked, one_time))
    vault = open_recovered(folder, pending, secret, new_passphrase, migrations=migrations, clock=clock, cost=cost)
    with suppress(KnownError):  # only now: whoever sits at the laptop may choose a new passphrase and make up a reply
        backoff.note_right()
    return vault


def _one_time_key(pending: Pending, passphrase: str, backoff: Backoff) -> bytes:
    backoff.check()
    try:
        return recovery_pending.open_one_time_key(pending, passphrase)
    except WrongPassphraseError:
        backoff.note_wrong()
        raise
