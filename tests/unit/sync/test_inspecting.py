"""Looking at sealed files: what stands outside, nothing of what is inside."""

from __future__ import annotations

import msgspec
import pytest

from outreach_app.errors import KnownError
from outreach_app.sync.errors import FileOfAnotherKindError
from outreach_app.sync.inspecting import inspect
from outreach_app.sync.letters import make_letter
from outreach_app.sync.receipts import Receipt, make_receipt
from outreach_app.wire.letters import Letter
from tests.support.mailboxes import batch
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

BATCH = batch(lines=(b'{"note":"marmalade"}',))
RECEIPT = make_receipt(
    Receipt(kind="stored", device=LAPTOP.device, epoch=1, seq=1, sha512=BATCH.sha512, issued_at="2026-03-02T20:00:00Z"),
    device=LAPTOP.receiving.public, issuer=CENTRE.mailbox,
)
LETTER = make_letter(
    Letter(kind="gap", device=LAPTOP.device, number=3, issued_at="2026-03-02T20:00:00Z"),
    device=LAPTOP.receiving.public, issuer=CENTRE.desk,
)


def test_of_a_batch_its_header_and_sizes() -> None:
    found = inspect(BATCH.data)
    assert (found.kind, found.sha512, found.size) == ("batch", BATCH.sha512, len(BATCH.data))
    assert found.outside == msgspec.to_builtins(BATCH.header)
    assert found.parts["ciphertext"] == BATCH.header.ct_len
    assert found.signature == "not checked"
    assert "marmalade" not in str(found)


@pytest.mark.parametrize(("laptop", "said"), [(LAPTOP, "fits"), (OTHER_LAPTOP, "does not fit")])
def test_whose_signature_it_is(laptop, said: str) -> None:
    assert inspect(BATCH.data, laptop.signing.public).signature == said


@pytest.mark.parametrize(("data", "kind"), [(RECEIPT, "receipt"), (LETTER, "letter")])
def test_of_a_receipt_and_a_letter_only_the_outside(data: bytes, kind: str) -> None:
    found = inspect(data)
    assert found.kind == kind
    assert found.outside["device"] == LAPTOP.device
    assert found.parts == {}


def test_a_damaged_one_says_so() -> None:
    for data in (BATCH.data, RECEIPT, LETTER):
        with pytest.raises(KnownError):
            inspect(data[:40])


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"{}"])
def test_anything_else_is_told_apart(data: bytes) -> None:
    with pytest.raises(FileOfAnotherKindError):
        inspect(data)
