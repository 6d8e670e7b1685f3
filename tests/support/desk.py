"""A desk for tests, real but with the cheapest key derivation allowed, and laptops that seal fictional records for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.opening import Desk, init_desk
from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.enrolment import make_request
from outreach_app.sync.keys import PublicSigningKeys
from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, open_receipt_of
from outreach_app.sync.sealing import CentreSealingKey, SealedBatch, seal_batch
from outreach_app.vault.argon import FLOOR
from outreach_app.wire.batch_records import (
    AssessmentRow,
    BatchRecord,
    CodedRecord,
    LeafletCount,
    NoteRecord,
    ReferralRecord,
    StandingRecord,
    TallyRecord,
    write_record,
)
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.sync_people import CENTRE, LAPTOP, Laptop

PASSPHRASE = "lantern orbit velvet canyon thistle marble"
WORKER = "f" * 32


def make_desk(folder: Path, clock: FakeClock | None = None) -> Desk:
    """Make a centre's desk with a mailbox key in it."""
    desk = init_desk(folder, PASSPHRASE, clock=clock or FakeClock(), ids=CountingIds(7), cost=FLOOR)
    facts.keep_mailbox_receipt_key(desk, CENTRE.mailbox.public)
    return desk


def request_of(laptop: Laptop, *, code: str | None = None) -> bytes:
    """Return the request of a laptop, the same bytes each time it is signed anew are not promised."""
    return make_request(
        device=laptop.device, signing=laptop.signing, receiving=laptop.receiving.public, code=code or laptop.device[:8],
        label="Laptop 3", issued_at=FakeClock().now(),
    )


def enrol(desk: Desk, laptop: Laptop) -> None:
    enrol_device(desk, request_of(laptop))


@dataclass
class Sender:
    """A laptop's way of sealing: numbers grow, each batch names the one before."""

    laptop: Laptop
    centre_key: CentreSealingKey
    epoch: int = 1
    seq: int = 0
    prev_hash: str = FIRST_PREV_HASH
    sealed: list[SealedBatch] = field(default_factory=list)

    def seal(self, *records: BatchRecord | bytes, **changes: Any) -> SealedBatch:
        lines = [record if isinstance(record, bytes) else write_record(record) for record in records]
        self.seq += 1
        values: dict[str, Any] = {
            "device": self.laptop.device, "epoch": self.epoch, "seq": self.seq, "prev_hash": self.prev_hash,
            "signing": self.laptop.signing, "centre_key": self.centre_key,
        }
        batch = seal_batch(lines, **(values | changes))
        self.prev_hash = batch.sha512
        self.sealed.append(batch)
        return batch


def sender(desk: Desk, laptop: Laptop) -> Sender:
    return Sender(laptop, desk.keys.current_sealing_key)


def opened(desk_keys: PublicSigningKeys, laptop: Laptop, batch: SealedBatch, receipt: bytes) -> Receipt:
    """Open a receipt as the laptop would: both signatures, for exactly this batch."""
    name = BatchName(batch.header.device, batch.header.epoch, batch.header.seq, batch.sha512)
    issuers = ReceiptIssuers(mailbox=CENTRE.mailbox.public, desk=desk_keys)
    return open_receipt_of(receipt, laptop.receiving, issuers, batch=name)


def answer_to(desk: Desk, batch: SealedBatch) -> Receipt:
    """Return the desk's answer to a batch of ``LAPTOP``, opened."""
    document = find_receipt(desk.vault.connection, batch.sha512)
    assert document is not None
    return opened(desk.keys.receipt.public, LAPTOP, batch, document)


def rows_of(desk: Desk, table: str) -> int:
    return int(desk.vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def record_id(number: int) -> str:
    return f"{number:032x}"


def tally(number: int, **changes: Any) -> TallyRecord:
    values: dict[str, Any] = {
        "id": record_id(number), "version": 1, "worker": WORKER, "shift_date": date(2026, 3, 2),
        "setting": "meeting_place", "region": "capital", "group": "women", "count": 12,
    }
    return TallyRecord(**(values | changes))


def coded(number: int, **changes: Any) -> CodedRecord:
    return CodedRecord(**(_coded_values(number) | changes))


def standing(number: int, step: int, *, head: str = "", **values: Any) -> StandingRecord:
    """Return where a vault stood whose audit grew with each step."""
    given: dict[str, Any] = {
        "id": record_id(number), "version": 1, "worker": WORKER, "epoch": 1, "step": step,
        "head": head or f"{step:064x}", "audit_entries": step, "audit_head": f"{step:064x}",
    }
    return StandingRecord(**(given | values))


def note(number: int, **changes: Any) -> NoteRecord:
    return NoteRecord(**(_coded_values(number) | _note_values() | changes))


def referral(number: int, **changes: Any) -> ReferralRecord:
    extra = {"recipient": "cmm", "identity_name": "Anna Eksempel"}
    return ReferralRecord(**(_coded_values(number) | _note_values() | extra | changes))


def _coded_values(number: int) -> dict[str, Any]:
    return {
        "id": record_id(number), "version": 1, "worker": WORKER, "contact": record_id(1_000_000 + number),
        "shift_date": date(2026, 3, 2), "setting": "street", "region": "capital", "gender": "woman",
        "age_band": "25_34", "nationality": "RO", "languages": ["ro"], "exploitation": "sexual", "sector": "",
        "help_offer": "accepted", "return_offer": "not_offered",
        "leaflets": [LeafletCount(sheet="where_to_get_help", language="ro", copies=1)],
        "indicators": {"as_01": "observed"},
        "assessment": AssessmentRow(
            profile="adult_sexual", catalogue="1", outcome="not_classified_refer", provisional=True
        ),
    }


def _note_values() -> dict[str, Any]:
    return {
        "met_at": "2026-03-02T23:10:00+01:00", "place_code": "ST-04", "speaking": "alone", "interpreter": "none",
        "stay": "unknown", "sells_sex": True, "note": "Fictional words of a fictional note.",
    }
