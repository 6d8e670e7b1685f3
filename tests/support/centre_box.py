"""A centre for tests made of keys alone: a road that stores, opens what laptops sealed, and answers as told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from outreach_app.services.session import Session
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.enrolment import CentreKeys, make_reply, read_request
from outreach_app.sync.errors import NotInMailboxError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys
from outreach_app.sync.receipts import (
    CoveredRecord,
    QuarantinedRecord,
    ReasonCode,
    Receipt,
    ReceiptKind,
    make_receipt,
)
from outreach_app.sync.sealing import key_id, open_batch, read_header, verify_batch
from outreach_app.wire.batch_records import BatchRecord, NoteRecord, StandingRecord, read_record
from tests.support.sync_people import CENTRE, Centre

LINKAGE_KEY = bytes(range(32))
ANSWERED_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@dataclass
class CentreBox:
    """What reached the centre, by name; ``receipts`` is what the road hands out."""

    signing: PublicSigningKeys
    receiving: PublicReceivingKey
    centre: Centre = CENTRE
    former: tuple[ReceivingKeys, ...] = ()
    gives_stored: bool = True
    batches: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, list[bytes]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    letters: dict[str, list[bytes]] = field(default_factory=dict)
    packs: dict[str, bytes] = field(default_factory=dict)

    def fresh(self) -> CentreBox:
        """Return one for the same laptop that has received nothing yet."""
        return replace(self, batches={}, receipts={}, calls=[], letters={}, packs={})

    def put_batch(self, data: bytes, _between: Between = going_on) -> bytes | None:
        self.calls.append("put")
        name = hashlib.sha512(data).hexdigest()
        self.batches[name] = data
        if not self.gives_stored:
            return None
        if name not in self.receipts:
            self.receipts[name] = [self.receipt(name, "stored")]
        return self.receipts[name][0]

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        self.calls.append("fetch")
        if sha512 not in self.batches:
            raise NotInMailboxError
        return tuple(self.receipts.get(sha512, ()))

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        return tuple(self.letters.get(device, ()))

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        data = self.packs.get(name)
        assert data is None or len(data) <= limit
        return data

    def lines(self) -> list[bytes]:
        """Return every line of every batch, opened as the desk would, in the order of arrival."""
        return [line for data in self.batches.values() for line in self.open(data)]

    def open(self, data: bytes) -> list[bytes]:
        batch = verify_batch(data, self.signing)
        keys = {key_id(key.public): key for key in (*self.former, self.centre.receiving)}
        return list(open_batch(batch, keys[batch.header.centre_key_id]))

    def records(self) -> list[BatchRecord]:
        """Return every record but where the vault stood, which rides in each batch."""
        return [record for record in self.everything() if not isinstance(record, StandingRecord)]

    def everything(self) -> list[BatchRecord]:
        return [read_record(line) for line in self.lines()]

    def ingest(self, *, put_aside: dict[str, ReasonCode] | None = None) -> None:
        """Answer every batch that has no last word with ``ingested``; records named in ``put_aside`` are not covered."""
        for name, data in self.batches.items():
            if len(self.receipts.setdefault(name, [])) < 2:
                self.receipts[name].append(self._ingested(name, data, put_aside or {}))

    def refuse(self, sha512: str, kind: ReceiptKind = "rejected") -> None:
        reason = ReasonCode.BATCH_DAMAGED if kind == "rejected" else ReasonCode.KEY_RETIRED
        self.receipts.setdefault(sha512, []).append(self.receipt(sha512, kind, reason=reason))

    def receipt(self, sha512: str, kind: ReceiptKind, **values: object) -> bytes:
        header = read_header(self.batches[sha512])
        receipt = Receipt(
            kind=kind, device=header.device, epoch=header.epoch, seq=header.seq, sha512=sha512,
            **{"issued_at": write_instant(ANSWERED_AT), **values},  # type: ignore[arg-type]  # fields of a receipt
        )  # fmt: skip
        issuer = self.centre.mailbox if kind == "stored" else self.centre.desk
        return make_receipt(receipt, device=self.receiving, issuer=issuer)

    def _ingested(self, name: str, data: bytes, put_aside: dict[str, ReasonCode]) -> bytes:
        covered, quarantined = [], []
        for number, line in enumerate(self.open(data), start=1):
            record = read_record(line)
            if isinstance(record, StandingRecord):
                continue
            if record.id in put_aside:
                quarantined.append(QuarantinedRecord(line=number, id=record.id, reason=put_aside[record.id]))
            else:
                full = "full" if isinstance(record, NoteRecord) else "coded"
                covered.append(CoveredRecord(id=record.id, version=record.version, completeness=full))
        return self.receipt(name, "ingested", covered=tuple(covered), quarantined=tuple(quarantined))


def enrol(
    session: Session, centre: Centre = CENTRE, *, url: str | None = "https://mailbox.example",
    custodians: Sequence[PublicReceivingKey] = (),
) -> CentreBox:  # fmt: skip
    """Enrol the laptop by files as people would, and return the centre it now trusts."""
    request = session.enrolling.request()
    reply = reply_to(request.data, centre, url=url, custodians=custodians)
    session.enrolling.confirm(session.enrolling.accept(reply))
    device = read_request(request.data).device
    return CentreBox(device.signing, device.receiving, centre)


def reply_to(
    request: bytes, centre: Centre = CENTRE, *, url: str | None = None, custodians: Sequence[PublicReceivingKey] = ()
) -> bytes:
    """Return the centre's reply to a request."""
    keys = CentreKeys(centre.root.public, centre.sealing_key, centre.mailbox.public, centre.desk.public, url)
    asked = read_request(request)
    return make_reply(
        asked, root=centre.root, centre=keys, linkage_key=LINKAGE_KEY, issued_at=ANSWERED_AT, custodians=custodians
    )
