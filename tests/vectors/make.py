"""Writes the vectors anew with the independent implementation: ``python -m tests.vectors.make``. Frozen: only ever added to.

Keys come from fixed seeds; what is sealed differs at each writing, so a vector that lies there is never written again.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from tests.vectors import independent as own
from tests.vectors.independent import Receiver, Signer

FOLDER = Path(__file__).parent


def seed(name: str, length: int = 32) -> bytes:
    return hashlib.shake_256(f"outreach vectors 1 {name}".encode()).digest(length)


def signer(name: str) -> Signer:
    return Signer(seed(f"{name} ed25519"), seed(f"{name} ml-dsa"))


def receiver(name: str) -> Receiver:
    return Receiver(seed(f"{name} ml-kem", 64), seed(f"{name} x25519"))


DEVICE = "d0" * 16
LAPTOP, LAPTOP_KEY = signer("laptop"), receiver("laptop")
ROOT, DESK, MAILBOX, CENTRE_KEY = signer("root"), signer("desk"), signer("mailbox"), receiver("centre")
NO_HASH = "0" * 128
WORKER = "e1" * 16
TALLY = {
    "kind": "tally", "id": "11" * 16, "version": 1, "worker": WORKER, "shift_date": "2026-03-02", "setting": "street",
    "region": "fyn", "group": "women", "count": 3, "leaflets": [{"sheet": "any", "language": "ro", "copies": 2}],
    "help_given": ["talk"],
}
VOID = {"kind": "void", "id": "22" * 16, "version": 1, "worker": WORKER, "epoch": 1, "seq": 9, "sha512": "ab" * 64}
CODED = {
    "kind": "coded", "id": "33" * 16, "version": 2, "worker": WORKER, "contact": "44" * 16, "shift_date": "2026-03-02",
    "setting": "massage_parlour", "region": "hovedstaden", "gender": "woman", "age_band": "25_34", "nationality": "TH",
    "languages": ["th", "en"], "exploitation": "sexual", "sector": "", "help_given": [], "help_offer": "accepted",
    "return_offer": "not_offered", "leaflets": [], "indicators": {"as.coercion_at_destination.debt_bondage": "told"},
    "assessment": {"profile": "adult_sexual", "catalogue": "adult_sexual/1", "outcome": "not_classified_refer",
                   "provisional": True, "alerts": [], "additions": None},
}


def batch(seq: int, schema: int, records: list[dict[str, Any]]) -> dict[str, Any]:
    lines = [own.canonical(record) for record in records]
    header = {"device": DEVICE, "epoch": 1, "seq": seq, "prev_hash": NO_HASH, "schema": schema}
    data = own.write_batch(header, lines, LAPTOP, CENTRE_KEY, seed(f"content {seq}"))
    return {
        "header": header, "lines": [line.decode() for line in lines], "bytes": own.b64(data),
        "sha512": hashlib.sha512(data).hexdigest(),
    }


def receipt(kind: str, name: str, issuer: Signer, **more: Any) -> dict[str, Any]:
    body = {
        "kind": kind, "device": DEVICE, "epoch": 1, "seq": 1, "sha512": name, "issued_at": "2026-03-03T09:00:00Z",
        "counts": {"records": 0, "ingested": 0, "known": 0, "quarantined": 0}, "covered": [], "quarantined": [],
        "reason": 0, "log_size": 1, "log_root": "cd" * 64, **more,
    }
    header = {"format": "outreach-receipt/1", "kind": kind, "device": DEVICE, "sha512": name}
    return {"body": body, "bytes": own.b64(own.write_sealed(own.RECEIPT, header, body, LAPTOP_KEY.public(), issuer))}


def letter(kind: str, **more: Any) -> dict[str, Any]:
    body = {
        "format": "outreach-letter/1", "kind": kind, "device": DEVICE, "number": 7, "issued_at": "2026-03-03T09:00:00Z",
        "gaps": [], "as_of": None, "rule": "", "rows": [], **more,
    }
    header = {"format": "outreach-letter/1", "kind": kind, "device": DEVICE, "number": 7}
    return {"body": body, "bytes": own.b64(own.write_sealed(own.LETTER, header, body, LAPTOP_KEY.public(), DESK))}


def enrolment() -> dict[str, Any]:
    request = own.write_signed({
        "format": "outreach-enrolment-request/1", "device": DEVICE, "label": "Laptop 3", "code": "a1b2c3d4",
        "issued_at": "2026-03-01T08:00:00Z", "signing_key": own.b64(LAPTOP.public()),
        "receiving_key": own.b64(LAPTOP_KEY.public()),
    }, b"outreach-enrolment-request/1", LAPTOP)  # fmt: skip
    asked = hashlib.sha512(request)
    linkage = own.seal(LAPTOP_KEY.public(), seed("linkage"), b"outreach-linkage-key/1 " + asked.digest())
    row = {
        "device": DEVICE, "signing_key": own.b64(LAPTOP.public()), "receiving_key": own.b64(LAPTOP_KEY.public()),
        "status": "enrolled",
    }
    reply = own.write_signed({
        "format": "outreach-enrolment-reply/1", "request_sha512": asked.hexdigest(), "issued_at": "2026-03-01T09:00:00Z",
        "device": row, "root_key": own.b64(ROOT.public()), "sealing_key": own.b64(CENTRE_KEY.public()),
        "sealing_key_id": CENTRE_KEY.key_id(), "mailbox_key": own.b64(MAILBOX.public()),
        "desk_key": own.b64(DESK.public()), "mailbox_url": "https://mailbox.example", "custodians": [],
        "sealed_linkage_key": own.b64(linkage),
    }, b"outreach-enrolment-reply/1", ROOT)  # fmt: skip
    devices = own.write_signed({
        "format": "outreach-device-list/1", "number": 5, "issued_at": "2026-03-01T09:00:00Z", "devices": [row],
    }, b"outreach-device-list/1", ROOT)  # fmt: skip
    words = (FOLDER.parents[1] / "resources" / "words" / "words_en.txt").read_text().split()
    return {
        "request": own.b64(request), "reply": own.b64(reply), "devices": own.b64(devices),
        "linkage_key": seed("linkage").hex(), "request_words": own.six_words(request, words),
        "reply_words": own.six_words(reply, words),
    }


def everything() -> dict[str, Any]:
    first = batch(1, 4, [TALLY, CODED])
    covered = [{"id": "33" * 16, "version": 2, "completeness": "coded"}]
    return {
        "batches": [first, batch(2, 2, [TALLY, VOID]), batch(3, 3, [CODED]), batch(4, 4, [])],
        "receipts": [
            receipt("stored", first["sha512"], MAILBOX),
            receipt("ingested", first["sha512"], DESK, covered=covered, counts={
                "records": 2, "ingested": 1, "known": 0, "quarantined": 1,
            }, quarantined=[{"line": 1, "id": None, "reason": 1}]),
            receipt("rejected", first["sha512"], DESK, reason=23),
            receipt("reseal", first["sha512"], DESK, reason=25),
        ],
        "letters": [
            letter("gap", gaps=[{"epoch": 1, "first_missing": 3, "last_missing": 4, "waiting": 2}]),
            letter("figures", as_of="2026-03-03", rule="counting-2", rows=[{
                "month": "2026-03", "setting": "street", "encounters": 1, "contacts": 1, "uses": 0, "tallies": 3,
            }]),
        ],
        "enrolment": enrolment(),
    }  # fmt: skip


def decoded(text: str) -> bytes:
    return base64.b64decode(text)


if __name__ == "__main__":
    target = FOLDER / "version_1.json"
    if target.exists():
        raise SystemExit("The vectors are frozen. Write a new file beside them for what is new.")
    target.write_text(json.dumps(everything(), indent=1, sort_keys=True) + "\n")
