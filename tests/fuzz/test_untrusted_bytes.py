"""Whatever bytes arrive, every reader of this package answers with a known error and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.errors import KnownError
from outreach_app.sync import recovery
from outreach_app.sync.batch_format import MAGIC, split_batch
from outreach_app.sync.carriers.stick import StickFolder, list_batches
from outreach_app.sync.custodians import make_custodians, read_custodians
from outreach_app.sync.devices import make_device_list, read_device_list
from outreach_app.sync.enrolment import make_request, read_reply, read_request
from outreach_app.sync.framing import frame
from outreach_app.sync.receipts import MAGIC as RECEIPT_MAGIC
from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, make_receipt, open_receipt_of
from outreach_app.sync.sealing import open_batch, verify_batch
from outreach_app.vault.recovery_slot import slot_head
from tests.support.custodians import ANNA, BO, CUSTODIANS, VAULT_ID, answered, recovery_slot
from tests.support.mailboxes import NOW, batch, entry
from tests.support.sync_people import CENTRE, LAPTOP

ISSUERS = ReceiptIssuers(CENTRE.mailbox.public, CENTRE.desk.public)
BATCH = batch()
NAME = BatchName(LAPTOP.device, 1, 1, BATCH.sha512)
RECEIPT = make_receipt(
    Receipt(kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=BATCH.sha512, issued_at="2026-03-02T20:00:00Z"),
    device=LAPTOP.receiving.public, issuer=CENTRE.desk,
)
REQUEST = make_request(
    device=LAPTOP.device, signing=LAPTOP.signing, receiving=LAPTOP.receiving.public, code="1234", label="", issued_at=NOW
)
LIST = make_device_list([entry(LAPTOP)], number=1, issued_at=NOW, root=CENTRE.root)
SLOT = recovery_slot(device=LAPTOP.device)
ASKED = recovery.make_request(
    "recover", SLOT, slot_head(SLOT, VAULT_ID), one_time=LAPTOP.receiving.public, issued_at=NOW
)
ANSWERED = answered(ASKED, ANNA, BO)
CUSTODIANS_LIST = make_custodians([keys.public for keys in CUSTODIANS], issued_at=NOW, root=CENTRE.root)

READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "batch": (lambda data: open_batch(verify_batch(data, LAPTOP.signing.public), CENTRE.receiving), BATCH.data),
    "split": (split_batch, BATCH.data),
    "receipt": (lambda data: open_receipt_of(data, LAPTOP.receiving, ISSUERS, batch=NAME), RECEIPT),
    "request": (read_request, REQUEST),
    "reply": (lambda data: read_reply(data, request=REQUEST, receiving=LAPTOP.receiving), REQUEST),
    "recovery request": (lambda data: recovery.answer(recovery.read_request(data), ANNA), ASKED),
    "recovery reply": (
        lambda data: recovery.open_answers(recovery.read_reply(data), recovery.read_request(ASKED), LAPTOP.receiving), ANSWERED,
    ),
    "custodians": (lambda data: read_custodians(data, CENTRE.root.public), CUSTODIANS_LIST),
    "devices": (lambda data: read_device_list(data, CENTRE.root.public), LIST),
}
BOUNDED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

framed = st.builds(
    lambda start, parts, rest: start + frame(parts) + rest,
    st.sampled_from([b"", MAGIC, RECEIPT_MAGIC]),
    st.lists(st.binary(max_size=60), max_size=5),
    st.binary(max_size=20),
)
jsonish = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["body", "signatures", "x"]), inner),
    max_leaves=8,
).map(lambda tree: json.dumps(tree).encode())


@pytest.mark.parametrize("name", READERS)
@BOUNDED
@given(data=st.one_of(st.binary(max_size=300), framed, jsonish))
def test_rubbish_is_refused_calmly(name: str, data: bytes) -> None:
    with pytest.raises(KnownError):
        READERS[name][0](data)


@pytest.mark.parametrize("name", ["batch", "receipt", "request", "reply", "devices"])
@BOUNDED
@given(data=st.data())
def test_no_change_of_a_good_file_is_taken(name: str, data: st.DataObject) -> None:
    reader, good = READERS[name]
    start = data.draw(st.integers(0, len(good) - 1))
    end = data.draw(st.integers(start, min(len(good), start + 50)))
    changed = good[:start] + data.draw(st.binary(max_size=50)) + good[end:]
    if changed != good or name == "reply":
        with pytest.raises(KnownError):
            reader(changed)


@BOUNDED
@given(content=st.binary(max_size=200))
def test_any_file_on_a_stick_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"outreach-batch-{'0' * 32}.ob1").write_bytes(content)
    (tmp_path / f"outreach-receipt-{'0' * 32}-stored.or1").write_bytes(content)
    assert list_batches(tmp_path) == ()
    assert StickFolder(tmp_path).fetch_receipts("0" * 128) == ()
