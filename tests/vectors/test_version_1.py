"""Version 1 of the formats: the program reads what a second implementation wrote, and that one reads the program's."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from outreach_app.errors import KnownError
from outreach_app.sync import letters, receipts
from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.devices import read_device_list
from outreach_app.sync.enrolment import make_request, read_reply, read_request, six_words
from outreach_app.sync.keys import PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, open_receipt_of
from outreach_app.sync.sealing import CentreSealingKey, open_batch, read_header, seal_batch, verify_batch
from outreach_app.vault.passphrase import word_list
from outreach_app.wire.batch_records import SCHEMA, CodedRecord, TallyRecord, VoidRecord, read_record
from outreach_app.wire.letters import Letter
from tests.vectors import independent as own
from tests.vectors import make
from tests.vectors.make import DEVICE, decoded

FROZEN = json.loads((Path(__file__).parent / "version_1.json").read_text())
SHA256 = "8820022354f5afef92d8b1432f313bed7647291a79a2550410c75b9bfc06f382"
LAPTOP, DESK, MAILBOX, ROOT = (
    SigningKeys.from_bytes(b"outreach-signing-keys/1\n" + each.ed25519_seed + each.ml_dsa_seed)
    for each in (make.LAPTOP, make.DESK, make.MAILBOX, make.ROOT)
)
LAPTOP_KEY, CENTRE_KEY = (
    ReceivingKeys.from_bytes(b"outreach-receiving-keys/1\n" + each.ml_kem_seed + each.x25519_seed)
    for each in (make.LAPTOP_KEY, make.CENTRE_KEY)
)
ISSUERS = ReceiptIssuers(mailbox=MAILBOX.public, desk=DESK.public)


def as_json(value: object) -> Any:
    return json.loads(msgspec.json.encode(value))


def test_the_vectors_are_those_that_were_frozen() -> None:
    written = (Path(__file__).parent / "version_1.json").read_bytes()
    assert hashlib.sha256(written).hexdigest() == SHA256, "never change a frozen vector: add a file beside it"


def test_the_second_implementation_knows_nothing_of_ours() -> None:
    tree = ast.parse((Path(__file__).parent / "independent.py").read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not [name for name in imported if name.startswith(("outreach_app", "tests"))]
    assert {name.split(".")[0] for name in imported} <= {*sys.stdlib_module_names, "cryptography", "zstandard"}


@pytest.mark.parametrize("vector", FROZEN["batches"], ids=lambda each: f"schema {each['header']['schema']}")
def test_a_batch_is_read(vector: dict[str, Any]) -> None:
    data = decoded(vector["bytes"])
    header = as_json(read_header(data))
    assert header == {**header, **vector["header"]}
    verified = verify_batch(data, LAPTOP.public)
    assert verified.sha512 == vector["sha512"]
    assert [line.decode() for line in open_batch(verified, CENTRE_KEY)] == vector["lines"]
    assert own.read_batch(data, LAPTOP.public.to_bytes(), make.CENTRE_KEY)[1] == [line.encode() for line in vector["lines"]]


def test_records_of_older_schemas_are_read_as_they_are() -> None:
    kinds = {
        batch["header"]["schema"]: [type(read_record(line.encode())) for line in batch["lines"]]
        for batch in FROZEN["batches"] if batch["lines"]
    }  # fmt: skip
    assert kinds == {4: [TallyRecord, CodedRecord], 2: [TallyRecord, VoidRecord], 3: [CodedRecord]}
    assert max(kinds) <= SCHEMA


@pytest.mark.parametrize("place", range(0, 8000, 97))
def test_a_changed_byte_of_a_batch_is_refused(place: int) -> None:
    data = bytearray(decoded(FROZEN["batches"][0]["bytes"]))
    data[place % len(data)] ^= 0x20
    with pytest.raises(KnownError):
        open_batch(verify_batch(bytes(data), LAPTOP.public), CENTRE_KEY)


@pytest.mark.parametrize("vector", FROZEN["receipts"], ids=lambda each: each["body"]["kind"])
def test_a_receipt_is_read(vector: dict[str, Any]) -> None:
    body = vector["body"]
    name = BatchName(DEVICE, body["epoch"], body["seq"], body["sha512"])
    read = open_receipt_of(decoded(vector["bytes"]), LAPTOP_KEY, ISSUERS, batch=name)
    assert as_json(read) == body


@pytest.mark.parametrize("vector", FROZEN["letters"], ids=lambda each: each["body"]["kind"])
def test_a_letter_is_read(vector: dict[str, Any]) -> None:
    read = letters.open_letter(decoded(vector["bytes"]), LAPTOP_KEY, DESK.public, name=DEVICE)
    assert as_json(read) == vector["body"]


def test_request_reply_and_list_are_read() -> None:
    vector = FROZEN["enrolment"]
    request, reply = decoded(vector["request"]), decoded(vector["reply"])
    asked = read_request(request)
    answered = read_reply(reply, request=request, receiving=LAPTOP_KEY)
    assert (asked.device.device, asked.label, asked.code) == (DEVICE, "Laptop 3", "a1b2c3d4")
    assert answered.linkage_key.hex() == vector["linkage_key"]
    assert answered.centre.sealing == CentreSealingKey(CENTRE_KEY.public)
    assert six_words(asked.fingerprint(), word_list()) == vector["request_words"]
    assert six_words(answered.fingerprint(), word_list()) == vector["reply_words"]
    listed = read_device_list(decoded(vector["devices"]), ROOT.public)
    assert (listed.number, listed.find(DEVICE)) == (5, asked.device)


def test_what_the_program_writes_is_read_by_the_second_implementation() -> None:
    lines = [json.dumps({"n": number, "words": "ord æøå ไทย"}, ensure_ascii=False).encode() for number in range(300)]
    batch = seal_batch(
        lines, device=DEVICE, epoch=1, seq=5, prev_hash=FIRST_PREV_HASH, signing=LAPTOP,
        centre_key=CentreSealingKey(CENTRE_KEY.public),
    )
    header, read = own.read_batch(batch.data, LAPTOP.public.to_bytes(), make.CENTRE_KEY)
    assert (header["seq"], read) == (5, lines)
    receipt = Receipt(kind="ingested", device=DEVICE, epoch=1, seq=5, sha512=batch.sha512, issued_at="2026-03-03T09:00:00Z")
    written = receipts.make_receipt(receipt, device=LAPTOP_KEY.public, issuer=DESK)
    outside, inside = own.read_sealed(own.RECEIPT, written, make.LAPTOP_KEY, DESK.public.to_bytes())
    assert (outside["sha512"], inside) == (batch.sha512, as_json(receipt))
    letter = Letter(kind="gap", device=DEVICE, number=1, issued_at="2026-03-03T09:00:00Z")
    written = letters.make_letter(letter, device=LAPTOP_KEY.public, issuer=DESK)
    assert own.read_sealed(own.LETTER, written, make.LAPTOP_KEY, DESK.public.to_bytes())[1] == as_json(letter)


def test_a_request_of_the_program_is_read_by_the_second_implementation() -> None:
    data = make_request(
        device=DEVICE, signing=LAPTOP, receiving=LAPTOP_KEY.public, code="abcd", label="", issued_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    body = own.read_signed(data, b"outreach-enrolment-request/1", LAPTOP.public.to_bytes())
    assert PublicSigningKeys.from_text(body["signing_key"]) == LAPTOP.public
