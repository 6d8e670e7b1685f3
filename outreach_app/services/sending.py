"""The vault's side of sending: what waits, sealing it, and taking the centre's receipts. No network here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import ConsentLevel
from outreach_app.records import batches, notices, packs, policy, roads, tallies
from outreach_app.records.batches import BatchKey, BatchRow
from outreach_app.records.errors import NotFoundError
from outreach_app.records.roads import LastContact
from outreach_app.records.rows import instant_text
from outreach_app.services.enrolling import Enrolled, Enrolling
from outreach_app.services.errors import NothingTakenAnyMoreError, SealingKeyRetiredError
from outreach_app.services.giving_up import give_up_missing
from outreach_app.services.keys_in_force import open_receipt
from outreach_app.services.letters import asked_for, take_letter
from outreach_app.services.packs import Packs
from outreach_app.services.parts import Parts
from outreach_app.services.progress import Progress, Report, check_cancel, silent
from outreach_app.services.sending_again import supersede_changed
from outreach_app.services.standing import standing_of
from outreach_app.services.waiting_records import WaitingLine, waiting_lines, waiting_notes
from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import BatchName, ReasonCode, Receipt
from outreach_app.sync.sealing import SealedBatch, read_header, seal_batch
from outreach_app.wire.batch_records import write_record

RECORDS_A_BATCH = 2_000
BYTES_A_BATCH = 16 << 20
_FINAL = frozenset({"ingested", "rejected", "reseal"})


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """What would leave now, by consent level; ``held_back`` notes wait for review.

    ``notices`` tell the centre what was erased or blanked, or which number it need not wait for.
    """

    by_level: Mapping[ConsentLevel, int]
    tallies: int
    held_back: int
    notices: int = 0

    @property
    def total(self) -> int:
        """Records that would leave."""
        return sum(self.by_level.values()) + self.tallies + self.notices


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """A verified receipt; ``is_new`` is False when the vault had it already."""

    receipt: Receipt
    is_new: bool


class Sending:
    """The verbs of sending that touch the vault."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling
        self.packs = Packs(parts, enrolling)

    def outbox(self) -> OutboxSummary:
        """Return what waits to be sealed."""
        with self._parts.vault.read():
            db = self._parts.vault.connection
            ready, every = waiting_notes(self._parts), batches.list_unbatched_notes(db, reviewed_only=False)
            levels = dict.fromkeys(ConsentLevel, 0)
            for level in batches.levels_of(db, ready):
                levels[level] += 1
            return OutboxSummary(
                levels, len(tallies.list_unbatched_tallies(db)), len(every) - len(ready),
                len(notices.list_unbatched_notices(db)),
            )  # fmt: skip

    def seal(self, report: Report = silent, cancel: Event | None = None) -> tuple[BatchRow, ...]:
        """Seal everything that may leave; sealing and the sequence step are one transaction for each batch.

        Raises:
            NotEnrolledError: before the centre has answered. CancelledError: between two batches.
            SealingKeyRetiredError: something waits, and the centre opens nothing any more that is sealed for the key
                known here; nothing was sealed.
            NothingTakenAnyMoreError: something waits, and the centre answered that this laptop was revoked.
        """
        enrolled = self._enrolling.enrolled()
        supersede_changed(self._parts, enrolled.reply.linkage_key)
        with self._parts.vault.read() as db:
            waiting = waiting_lines(self._parts, enrolled.reply.linkage_key)
            revoked = policy.revoked_device(db) == enrolled.device
        if waiting and revoked:
            raise NothingTakenAnyMoreError
        if waiting and self.needs_new_key():
            raise SealingKeyRetiredError
        sealed: list[BatchRow] = []
        done = 0
        report(Progress("sealing", done, len(waiting)))
        for chunk in _chunks(waiting):
            check_cancel(cancel)
            sealed.append(self._seal_chunk(enrolled, chunk))
            done += len(chunk)
            report(Progress("sealing", done, len(waiting)))
        return tuple(sealed)

    def needs_new_key(self) -> bool:
        """Tell whether the centre asked to seal again and no newer key is here: its pack must be fetched first."""
        enrolled = self._enrolling.enrolled()
        with self._parts.vault.read() as db:
            return enrolled.sealing.key_id in policy.retired_keys(db)

    def to_hand_over(self) -> tuple[BatchRow, ...]:
        """Return sealed batches that no mailbox has yet, and those that never came by the centre's letter."""
        with self._parts.vault.read() as db:
            missing = asked_for(db)
            return tuple(
                row for row in batches.list_unfinished(db) if row.stored_at is None or row.sha512 in missing
            )

    def unconfirmed(self) -> tuple[BatchRow, ...]:
        """Return sealed batches that have no last word from the desk, oldest first."""
        with self._parts.vault.read() as db:
            return batches.list_unfinished(db)

    def sealed_bytes(self, sha512: str) -> bytes | None:
        """Return the bytes of a batch; None once they were let go."""
        with self._parts.vault.read() as db:
            return batches.sealed_bytes(db, sha512)

    def mark_sent(self, sha512: str, road: str) -> Changes:
        """Keep that a batch was handed over by ``network`` or ``stick``; NotFoundError for one that is not here."""
        with self._parts.vault.transaction():
            self._mark_sent(sha512, road)
        return Changes(sending=True)

    def give_up_lost(self, sha512: str) -> Changes:
        """Give up a batch that was stored and lost, where its bytes are gone here, too: its notes wait again."""
        with self._parts.vault.transaction():
            row = self._batch(sha512)
            lost = row.state == "stored"
            give_up_missing(self._parts, (row,) if lost else ())
        return Changes(sending=lost)

    def take_receipt(self, sha512: str, untrusted: bytes, handed_over_by: str = "") -> TakenReceipt:
        """Keep a receipt for a batch and what it says about each record; a second time changes nothing.

        Args:
            sha512: the batch.
            untrusted: the receipt as it came.
            handed_over_by: the road, where it answered the handing over: that is kept in the same step, and also
                when the receipt cannot be used.

        Raises:
            ReceiptUnreadableError: not signed by this centre, or not for this batch. NotFoundError: no such batch.
        """
        try:
            receipt, is_new = self._open_receipt(sha512, untrusted)
        except ReceiptUnreadableError:
            if handed_over_by:
                self.mark_sent(sha512, handed_over_by)
            raise
        if is_new or handed_over_by:
            with self._parts.vault.transaction():
                if handed_over_by:
                    self._mark_sent(sha512, handed_over_by)
                if is_new:
                    self._keep_receipt(sha512, receipt, untrusted)
        return TakenReceipt(receipt, is_new)

    def take_letter(self, untrusted: bytes) -> Changes:
        """Keep a letter of the desk; see ``Letters.take``."""
        return take_letter(self._parts, self._enrolling, untrusted)

    def device(self) -> str:
        """Return the name letters to this laptop carry (32 hex digits); NotEnrolledError before it has one."""
        return self._enrolling.enrolled().device

    def now(self) -> datetime:
        """Return the present instant, so that a run can say when it began."""
        return self._parts.clock.now()

    def keep_run(self, road: str, began: datetime, stopped_by: str = "") -> Changes:
        """Keep that a run by ``network`` or ``stick`` is over; ``stopped_by`` names what stopped it."""
        with self._parts.vault.transaction() as db:
            done = None if stopped_by else self._parts.now_text()
            roads.keep_run(db, road, instant_text(began), done, stopped_by)
        return Changes(sending=True)

    def last_contacts(self) -> Mapping[str, LastContact]:
        """Return the last run by each road that was ever taken: ``network``, ``stick``."""
        with self._parts.vault.read() as db:
            return roads.list_roads(db)

    def list_batches(self) -> tuple[BatchRow, ...]:
        """Return batches with the instants of their states, newest first."""
        with self._parts.vault.read():
            return batches.list_batches(self._parts.vault.connection)

    def list_receipts(self) -> tuple[tuple[str, str, str], ...]:
        """Return (hash of the batch, kind, issued at) of every receipt, newest first."""
        with self._parts.vault.read():
            return batches.list_receipts(self._parts.vault.connection)

    def kinds_sent(self) -> Mapping[str, str]:
        """Return the kind of record each note or tally was last sealed as, by id."""
        with self._parts.vault.read():
            return batches.kinds_sent(self._parts.vault.connection)

    def _seal_chunk(self, enrolled: Enrolled, chunk: Sequence[WaitingLine]) -> BatchRow:
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            seq, before = batches.next_seq(db, self._parts.vault.epoch)
            sealed = self._sealed(enrolled, chunk, seq, before or FIRST_PREV_HASH)
            key = BatchKey(self._parts.vault.epoch, seq, sealed.sha512)
            packed = [one.packed for one in chunk]
            batches.add_batch(db, key, sealed.data, packed, self._parts.now_text())
            self._parts.vault.audit("sealed", detail=f"{key.epoch}.{seq}:{len(packed)}")
            return self._batch(sealed.sha512)

    def _batch(self, sha512: str) -> BatchRow:
        row = batches.find_batch(self._parts.vault.connection, sha512)
        if row is None:
            raise NotFoundError
        return row

    def _sealed(self, enrolled: Enrolled, chunk: Sequence[WaitingLine], seq: int, before: str) -> SealedBatch:
        return seal_batch(
            [*(one.line for one in chunk), write_record(standing_of(self._parts))],
            device=enrolled.device,
            epoch=self._parts.vault.epoch,
            seq=seq,
            prev_hash=before,
            signing=enrolled.signing,
            centre_key=enrolled.sealing,
        )

    def _mark_sent(self, sha512: str, road: str) -> None:
        row = self._batch(sha512)
        batches.mark_sent(self._parts.vault.connection, sha512, road, self._parts.now_text())
        self._parts.vault.audit("sent", detail=f"{row.epoch}.{row.seq}:{road}")

    def _open_receipt(self, sha512: str, untrusted: bytes) -> tuple[Receipt, bool]:
        """Return a receipt of this centre for this batch, and whether none of its kind is here."""
        enrolled = self._enrolling.enrolled()
        with self._parts.vault.read() as db:
            row = self._batch(sha512)
            name = BatchName(enrolled.device, row.epoch, row.seq, row.sha512)
            place = packs.place_of_batch(db, row.epoch, row.seq)
            receipt = open_receipt(untrusted, enrolled.receiving, enrolled.keys, batch=name, place=place)
            return receipt, not batches.has_receipt(db, sha512, receipt.kind)

    def _keep_receipt(self, sha512: str, receipt: Receipt, untrusted: bytes) -> None:
        row = self._batch(sha512)
        batches.add_receipt(self._parts.vault.connection, sha512, receipt.kind, receipt.issued_at, untrusted)
        self._apply(row, receipt)
        self._parts.vault.audit("receipt", detail=f"{row.epoch}.{row.seq}:{receipt.kind}")

    def _apply(self, row: BatchRow, receipt: Receipt) -> None:
        db = self._parts.vault.connection
        batches.mark_covered(db, row, ((one.id, one.version, one.completeness) for one in receipt.covered))
        for put_aside in receipt.quarantined:
            if put_aside.id is not None:
                batches.mark_put_aside(db, row, put_aside.id, str(int(put_aside.reason)))
        if receipt.kind == "reseal":
            self._note_retired_key(row)
        if receipt.reason == ReasonCode.DEVICE_REVOKED:
            policy.keep_revoked_device(db, receipt.device)
        if receipt.kind in _FINAL:
            batches.drop_sealed_bytes(db, row.sha512)

    def _note_retired_key(self, row: BatchRow) -> None:
        """Keep for which key the batch was sealed, so that nothing more is sealed for it."""
        db = self._parts.vault.connection
        sealed = batches.sealed_bytes(db, row.sha512)
        if sealed is not None:
            policy.keep_retired_key(db, read_header(sealed).centre_key_id)


def _chunks(waiting: Sequence[WaitingLine]) -> Iterator[list[WaitingLine]]:
    """Cut what waits into batches well under every limit of the format."""
    chunk: list[WaitingLine] = []
    size = 0
    for one in waiting:
        length = len(one.line)
        if chunk and (len(chunk) == RECORDS_A_BATCH or size + length > BYTES_A_BATCH):
            yield chunk
            chunk, size = [], 0
        chunk.append(one)
        size += length
    if chunk:
        yield chunk
