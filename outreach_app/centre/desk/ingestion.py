"""Take batches in, each exactly once: open, screen every line, keep records and answer in one transaction.

Batches of one epoch of a laptop go in in their order. A later one is kept, sealed, until those before it have come. The
same bytes again give the same answer; nothing is ever doubled or overwritten.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from enum import StrEnum

from outreach_app import logs
from outreach_app.centre.desk import batch_rows, notices, record_rows, standings
from outreach_app.centre.desk.answering import answer_batch, find_receipt
from outreach_app.centre.desk.devices import Device, find_device, known_device
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.screening import Screened, screen_lines
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.sync.errors import (
    BatchTooLargeError,
    BatchUnreadableError,
    OtherSealingKeyError,
    SignatureWrongError,
)
from outreach_app.sync.receipts import ReasonCode, ReceiptKind
from outreach_app.sync.sealing import VerifiedBatch, open_batch, read_header, verify_batch
from outreach_app.wire.batch_records import (
    CountedRecord,
    NoticeRecord,
    StandingRecord,
    VoidRecord,
)

_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a batch; ``refused`` leaves no trace, for nobody is known to have sent it."""

    INGESTED = "ingested"
    REPEATED = "repeated"
    WAITING = "waiting"
    REJECTED = "rejected"
    RESEAL = "reseal"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one batch. ``device`` and numbers are empty when the bytes do not even show them."""

    sha512: str
    outcome: Outcome
    reason: ReasonCode = ReasonCode.NONE
    device: str = ""
    epoch: int = 0
    seq: int = 0
    new_records: int = 0
    quarantined: int = 0


def take_in(desk: Desk, untrusted_batch: bytes) -> tuple[TakenIn, ...]:
    """Take in one batch, and after it those whose turn has come; the batch itself is always the first answer."""
    with desk.vault.read():
        first = _take_one(desk, untrusted_batch)
    return (first, *settle_waiting(desk))


def settle_waiting(desk: Desk) -> tuple[TakenIn, ...]:
    """Take in every kept batch whose turn has come; also what a newer desk program can read now.

    What waits of a laptop that was revoked meanwhile is turned away: nothing will come that it could wait for.
    """
    taken: list[TakenIn] = []
    with desk.vault.read() as connection:
        taken.extend([_turn_away_revoked(desk, batch) for batch in batch_rows.list_waiting_of_revoked(connection)])
        while ready := batch_rows.list_ready(connection):
            taken.extend([_take_waiting(desk, batch) for batch in ready])
    return tuple(taken)


def ask_to_reseal(desk: Desk, centre_key_id: str) -> None:
    """Answer every batch that still waits sealed for this key, before the key is destroyed: its number is void."""
    with desk.vault.read() as connection:
        for batch in batch_rows.list_waiting(connection):
            device = known_device(connection, batch.device)
            verified = verify_batch(batch.sealed, device.entry.signing)
            if verified.header.centre_key_id == centre_key_id:
                _void(desk, device, verified, "reseal", ReasonCode.KEY_RETIRED)


def _take_one(desk: Desk, untrusted_batch: bytes) -> TakenIn:
    sha512 = hashlib.sha512(untrusted_batch).hexdigest()
    known = _find_known(desk, sha512)
    if known is not None:
        return known
    try:
        header = read_header(untrusted_batch)
        device = find_device(desk.vault.connection, header.device)
        if device is None:
            return _refused(sha512, ReasonCode.SIGNATURE_WRONG, header)
        verified = verify_batch(untrusted_batch, device.entry.signing)
    except (BatchUnreadableError, BatchTooLargeError):
        return _refused(sha512, ReasonCode.BATCH_DAMAGED)
    except SignatureWrongError:
        return _refused(sha512, ReasonCode.SIGNATURE_WRONG, header)
    return _place(desk, device, verified, untrusted_batch)


def _find_known(desk: Desk, sha512: str) -> TakenIn | None:
    """Recognise bytes that were here before: answered already, or still waiting for their turn."""
    connection = desk.vault.connection
    row = batch_rows.find_batch(connection, sha512)
    if row is not None and row.state == batch_rows.WAITING:
        return TakenIn(sha512, Outcome.WAITING, ReasonCode.NONE, row.device, row.epoch, row.seq)
    if find_receipt(connection, sha512) is None:
        return None
    if row is None:
        return TakenIn(sha512, Outcome.REPEATED)
    return TakenIn(sha512, Outcome.REPEATED, ReasonCode(row.reason), row.device, row.epoch, row.seq)


def _place(desk: Desk, device: Device, verified: VerifiedBatch, sealed: bytes) -> TakenIn:
    """Decide what a genuine batch that was never here is: turned away, void, waiting, or next."""
    connection, header = desk.vault.connection, verified.header
    if device.entry.status == "revoked":
        return _turn_away(desk, device, verified, ReasonCode.DEVICE_REVOKED)
    held = batch_rows.find_number(connection, header.device, header.epoch, header.seq)
    if held is not None and held.sha512 == verified.sha512:
        return _answer_given_up(desk, device, verified)
    if held is not None:
        return _turn_away(desk, device, verified, ReasonCode.NUMBER_TAKEN)
    if desk.keys.opening_key(header.centre_key_id) is None:
        return _void(desk, device, verified, "reseal", ReasonCode.KEY_RETIRED)
    if header.seq <= batch_rows.next_seq(connection, header.device, header.epoch) and batch_rows.readable(header):
        return _ingest(desk, device, verified)
    with desk.vault.transaction():
        batch_rows.keep_waiting(connection, header, verified.sha512, sealed, desk.clock.now().isoformat())
        _heed_given_up(desk, verified)
    reason = ReasonCode.NONE if batch_rows.readable(header) else ReasonCode.UNKNOWN_SCHEMA
    return _taken(verified, Outcome.WAITING, reason)


def _take_waiting(desk: Desk, batch: batch_rows.ReadyBatch) -> TakenIn:
    device = known_device(desk.vault.connection, batch.device)
    return _ingest(desk, device, verify_batch(batch.sealed, device.entry.signing))


def _turn_away_revoked(desk: Desk, batch: batch_rows.ReadyBatch) -> TakenIn:
    device = known_device(desk.vault.connection, batch.device)
    return _turn_away(desk, device, verify_batch(batch.sealed, device.entry.signing), ReasonCode.DEVICE_REVOKED)


def _ingest(desk: Desk, device: Device, verified: VerifiedBatch) -> TakenIn:
    """Open the batch whose turn it is and keep what is in it."""
    header = verified.header
    if not batch_rows.fits_chain(desk.vault.connection, header, verified.sha512):
        return _turn_away(desk, device, verified, ReasonCode.CHAIN_BROKEN)
    key = desk.keys.opening_key(header.centre_key_id, waited=True)
    if key is None:  # destroyed while the batch waited
        return _void(desk, device, verified, "reseal", ReasonCode.KEY_RETIRED)
    try:
        lines = open_batch(verified, key)
    except OtherSealingKeyError:
        return _void(desk, device, verified, "reseal", ReasonCode.KEY_RETIRED)
    except (BatchUnreadableError, BatchTooLargeError):
        return _void(desk, device, verified, "rejected", ReasonCode.BATCH_DAMAGED)
    late = header.seq < batch_rows.next_seq(desk.vault.connection, header.device, header.epoch)
    with desk.vault.transaction():
        screened = screen_lines(desk.vault.connection, header.device, lines)
        if late:  # nobody waited for it any more: where its vault stood says nothing beside what came before it
            screened = replace(screened, standing=None)
        _keep(desk, verified, screened)
        answer_batch(desk, device, header, verified.sha512, kind="ingested", screened=screened)
    new = sum(not good.known for good in screened.good)
    logs.event(_log, "batch_ingested", records=new, quarantined=len(screened.bad))
    return _taken(verified, Outcome.INGESTED, new_records=new, quarantined=len(screened.bad))


def _keep(desk: Desk, verified: VerifiedBatch, screened: Screened) -> None:
    connection, header, sha512 = desk.vault.connection, verified.header, verified.sha512
    batch_rows.settle(connection, header, sha512, batch_rows.INGESTED, ReasonCode.NONE, desk.clock.now().isoformat())
    new = [good for good in screened.good if not good.known]
    counted = [(good.line, good.record, good.body) for good in new if isinstance(good.record, CountedRecord)]
    record_rows.add_records(connection, counted, device=header.device, batch=sha512)
    for good in new:  # what is to leave may have come with the same batch
        if isinstance(good.record, NoticeRecord):
            _heed(desk, verified, good.record, good.line)
    if screened.standing is not None:
        _keep_standing(desk, verified, screened.standing)
    connection.executemany(
        "INSERT INTO quarantine (batch, line, record_id, reason) VALUES (?, ?, ?, ?)",
        [(sha512, bad.line, bad.record_id, int(bad.reason)) for bad in screened.bad],
    )


def _heed(desk: Desk, verified: VerifiedBatch, notice: NoticeRecord, line: int) -> None:
    """Keep a notice and do what it says, in the transaction of its batch."""
    now = desk.clock.now().isoformat()
    removed = notices.keep_notice(
        desk.vault.connection, notice, device=verified.header.device, batch=verified.sha512, line=line, now=now
    )
    if not isinstance(notice, VoidRecord):
        desk.vault.audit(*notices.audited(notice, removed))
    logs.event(_log, "notice_heeded", removed=removed)


def _heed_given_up(desk: Desk, verified: VerifiedBatch) -> None:
    """A batch that must wait may say that a number before it will never come: without a look inside all would wait."""
    header = verified.header
    key = desk.keys.opening_key(header.centre_key_id)
    if key is None or not batch_rows.readable(header):
        return
    try:
        lines = open_batch(verified, key)
    except (BatchUnreadableError, BatchTooLargeError, OtherSealingKeyError):  # told when its turn has come
        return
    now = desk.clock.now().isoformat()
    for good in screen_lines(desk.vault.connection, header.device, lines).good:
        if isinstance(good.record, VoidRecord):
            notices.give_up_number(desk.vault.connection, header.device, good.record, now)


def _keep_standing(desk: Desk, verified: VerifiedBatch, standing: StandingRecord) -> None:
    now = desk.clock.now().isoformat()
    raised = standings.keep_standing(desk.vault.connection, verified.header, verified.sha512, standing, now)
    for kind in raised:
        logs.event(_log, f"alarm_{kind}", logging.WARNING)


def _answer_given_up(desk: Desk, device: Device, verified: VerifiedBatch) -> TakenIn:
    """A batch its laptop gave up arrives after all: it is not opened, for it may hold what was erased meanwhile."""
    with desk.vault.transaction():
        answer_batch(
            desk, device, verified.header, verified.sha512, kind="rejected", reason=ReasonCode.GIVEN_UP
        )
    return _taken(verified, Outcome.REJECTED, ReasonCode.GIVEN_UP)


def _void(desk: Desk, device: Device, verified: VerifiedBatch, kind: ReceiptKind, reason: ReasonCode) -> TakenIn:
    """Answer a batch that cannot be opened; its number is void and blocks nothing behind it."""
    with desk.vault.transaction():
        now = desk.clock.now().isoformat()
        batch_rows.settle(desk.vault.connection, verified.header, verified.sha512, kind, reason, now)
        answer_batch(desk, device, verified.header, verified.sha512, kind=kind, reason=reason)
    logs.event(_log, "batch_void", reason=int(reason))
    return _taken(verified, Outcome(kind), reason)


def _turn_away(desk: Desk, device: Device, verified: VerifiedBatch, reason: ReasonCode) -> TakenIn:
    """Answer a batch that does not belong under its number; whatever holds the number stays untouched."""
    header = verified.header
    with desk.vault.transaction():
        batch_rows.turn_away(desk.vault.connection, header, verified.sha512, reason, desk.clock.now().isoformat())
        answer_batch(desk, device, header, verified.sha512, kind="rejected", reason=reason)
    logs.event(_log, "batch_turned_away", reason=int(reason))
    return _taken(verified, Outcome.REJECTED, reason)


def _taken(
    verified: VerifiedBatch,
    outcome: Outcome,
    reason: ReasonCode = ReasonCode.NONE,
    *,
    new_records: int = 0,
    quarantined: int = 0,
) -> TakenIn:
    header = verified.header
    return TakenIn(
        verified.sha512, outcome, reason, header.device, header.epoch, header.seq, new_records, quarantined
    )


def _refused(sha512: str, reason: ReasonCode, header: BatchHeader | None = None) -> TakenIn:
    logs.event(_log, "batch_refused", reason=int(reason))
    if header is None:
        return TakenIn(sha512, Outcome.REFUSED, reason)
    return TakenIn(sha512, Outcome.REFUSED, reason, header.device, header.epoch, header.seq)
