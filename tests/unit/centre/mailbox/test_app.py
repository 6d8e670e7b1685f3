"""The HTTP face: what is stored, what is refused with which code, and that nothing else is kept."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from datetime import datetime

import httpx
import pytest

from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.batch_format import BATCH_LIMIT
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.desk_request import sign_request
from outreach_app.sync.errors import (
    ClocksDifferError,
    DeviceNotAcceptedError,
    MailboxRefusedError,
    NotInMailboxError,
)
from outreach_app.sync.keys import SigningKeys
from outreach_app.sync.receipts import BatchName, Receipt, make_receipt, open_receipt
from outreach_app.sync.uploads import ONE_REQUEST
from tests.support.clock import FakeClock
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, raw_answer, running_mailbox
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

BATCH = batch()
NAME = BatchName(LAPTOP.device, 1, 1, BATCH.sha512)


@pytest.fixture
def client(mailbox: RunningMailbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=20) as opened:
        yield opened


@pytest.fixture
def desk(mailbox: RunningMailbox) -> Iterator[HttpDesk]:
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as opened:
        yield opened


def code(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["outreach-mailbox"] == "1"
    return response.status_code, response.json()["error"]


def put(client: httpx.Client, data: bytes, name: str | None = None) -> httpx.Response:
    return client.put(f"/v1/batches/{name or batch_name(data)}", content=data)


def batch_name(data: bytes) -> str:
    return hashlib.sha512(data).hexdigest()


def ingested(sha512: str = BATCH.sha512, kind: str = "ingested") -> bytes:
    receipt = Receipt(kind=kind, device=LAPTOP.device, epoch=1, seq=1, sha512=sha512, issued_at="2026-03-02T20:00:00Z")
    return make_receipt(receipt, device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def test_a_batch_is_answered_with_a_signed_receipt(client: httpx.Client) -> None:
    answer = put(client, BATCH.data)
    assert answer.status_code == 200
    receipt = open_receipt(answer.content, LAPTOP.receiving, CENTRE.mailbox.public, kind="stored", batch=NAME)
    assert (receipt.log_size, receipt.covered, receipt.issued_at) == (1, (), "2026-03-02T20:00:00Z")


def test_the_same_batch_again_gets_the_same_receipt(client: httpx.Client) -> None:
    assert put(client, BATCH.data).content == put(client, BATCH.data).content


def test_another_batch_with_this_number_is_a_conflict(client: httpx.Client) -> None:
    assert put(client, BATCH.data).status_code == 200
    assert code(put(client, batch().data)) == (409, "cloned_or_restored")
    assert put(client, batch(epoch=2).data).status_code == 200


def test_batches_may_come_in_any_order(client: httpx.Client, desk: HttpDesk) -> None:
    for seq in (3, 1, 2):
        assert put(client, batch(seq).data).status_code == 200
    assert [(row.number, row.seq) for row in desk.list_batches()] == [(1, 3), (2, 1), (3, 2)]
    assert [row.number for row in desk.list_batches(2)] == [3]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (400, "not_a_batch")),
        (b"x" * 9000, (400, "not_a_batch")),
        (BATCH.data[:-1], (400, "not_a_batch")),
        (BATCH.data + b"x", (400, "not_a_batch")),
        (BATCH.data[:-1] + bytes([BATCH.data[-1] ^ 1]), (403, "signature_wrong")),
        (batch(laptop=OTHER_LAPTOP).data, (403, "unknown_device")),
        (BATCH.data[:17] + b"\xff" * 8 + BATCH.data[25:], (413, "too_large")),
    ],
)
def test_what_is_no_batch_of_an_enrolled_device_is_not_kept(
    client: httpx.Client, store: MailboxStore, data: bytes, expected: tuple[int, str]
) -> None:
    assert code(put(client, data)) == expected
    assert store.list_batches(0) == ()


def test_name_and_bytes_must_fit(client: httpx.Client) -> None:
    assert code(put(client, BATCH.data, "a" * 128)) == (400, "wrong_hash")
    assert code(put(client, BATCH.data, "A" * 128)) == (400, "wrong_hash")


def test_a_revoked_device_is_refused(client: httpx.Client, store: MailboxStore) -> None:
    store.put_device_list(2, device_list(entry(LAPTOP, "revoked"), number=2))
    assert code(put(client, BATCH.data)) == (403, "revoked_device")


def test_a_body_that_says_it_is_huge_is_not_read(mailbox: RunningMailbox) -> None:
    head = f"PUT /v1/batches/{BATCH.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: {10 << 30}\r\n\r\n"
    answer = raw_answer(mailbox.address, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b'{"error":"too_large"}')


def test_a_refusal_reaches_whoever_is_still_sending(mailbox: RunningMailbox) -> None:
    """Closing while bytes arrive would reset the line, and the laptop would take the refusal for a bad network."""
    for _ in range(5):
        with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=20) as client:
            assert code(put(client, b"x" * ONE_REQUEST)) == (400, "not_a_batch")


@pytest.mark.parametrize(
    ("length", "expected"),
    [(ONE_REQUEST + 1, b"send_in_chunks"), (BATCH_LIMIT, b"send_in_chunks"), (BATCH_LIMIT + 1, b"too_large")],
)
def test_large_batches_are_to_come_in_chunks(mailbox: RunningMailbox, length: int, expected: bytes) -> None:
    head = f"PUT /v1/batches/{BATCH.sha512} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n"
    answer = raw_answer(mailbox.address, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b'{"error":"' + expected + b'"}')


def test_a_body_without_length_is_cut_at_its_first_bytes(client: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * 65536

    assert code(client.put(f"/v1/batches/{BATCH.sha512}", content=pieces())) == (400, "not_a_batch")


def test_an_endless_body_is_cut_at_the_limit(client: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        yield BATCH.data
        for _ in range(ONE_REQUEST // (1 << 16) + 2):
            yield bytes(1 << 16)

    assert code(client.put(f"/v1/batches/{BATCH.sha512}", content=pieces())) == (413, "send_in_chunks")


def test_a_large_batch_fits_and_comes_back(mailbox: RunningMailbox, desk: HttpDesk) -> None:
    big = batch(lines=tuple(os.urandom(500_000).replace(b"\n", b"") for _ in range(6)))
    with HttpMailbox(mailbox.url) as laptop:
        assert laptop.put_batch(big.data) == laptop.put_batch(big.data)
    assert desk.get_batch(big.sha512) == big.data


def test_receipts_of_the_desk_reach_the_laptop(mailbox: RunningMailbox, client: httpx.Client, desk: HttpDesk) -> None:
    stored = put(client, BATCH.data).content
    receipt = ingested()
    desk.put_receipt(receipt)
    desk.put_receipt(receipt)
    with HttpMailbox(mailbox.url) as laptop:
        assert laptop.fetch_receipts(BATCH.sha512) == (stored, receipt)
    with pytest.raises(MailboxRefusedError, match="receipt_exists"):
        desk.put_receipt(ingested())


def test_receipts_that_fit_nothing_are_refused(client: httpx.Client, desk: HttpDesk) -> None:
    with pytest.raises(NotInMailboxError):
        desk.put_receipt(ingested())
    put(client, BATCH.data)
    with pytest.raises(MailboxRefusedError, match="wrong_kind"):
        desk.put_receipt(ingested(kind="stored"))


def test_receipts_of_an_unknown_batch(mailbox: RunningMailbox) -> None:
    with HttpMailbox(mailbox.url) as laptop, pytest.raises(NotInMailboxError):
        laptop.fetch_receipts("0" * 128)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/batches"), ("GET", f"/v1/batches/{BATCH.sha512}"), ("PUT", f"/v1/receipts/{BATCH.sha512}"), ("PUT", "/v1/devices")],
)
def test_only_the_desk_may(client: httpx.Client, method: str, path: str) -> None:
    put(client, BATCH.data)
    assert code(client.request(method, path)) == (401, "not_the_desk")
    other = sign_request(method, path, b"", now=running_now(), keys=LAPTOP.signing)
    assert code(client.request(method, path, headers=other)) == (401, "not_the_desk")
    moved = sign_request(method, path + "x", b"", now=running_now(), keys=CENTRE.desk)
    assert code(client.request(method, path, headers=moved)) == (401, "not_the_desk")
    broken = sign_request(method, path, b"", now=running_now(), keys=CENTRE.desk) | {"outreach-signature": "QQ=="}
    assert code(client.request(method, path, headers=broken)) == (401, "not_the_desk")


def running_now() -> datetime:
    return FakeClock().now()  # as the mailbox has it


def test_a_signed_request_with_another_body_is_refused(client: httpx.Client) -> None:
    put(client, BATCH.data)
    path = f"/v1/receipts/{BATCH.sha512}"
    headers = sign_request("PUT", path, ingested(), now=running_now(), keys=CENTRE.desk)
    assert code(client.put(path, headers=headers, content=ingested())) == (400, "wrong_hash")
    headers = sign_request("PUT", path, b"{}", now=running_now(), keys=CENTRE.desk)
    assert code(client.put(path, headers=headers, content=b"{}")) == (400, "not_a_receipt")


def test_an_old_request_is_refused(mailbox: RunningMailbox, desk: HttpDesk) -> None:
    class Stopped:
        def now(self):
            return running_now()

        local_now = now

        def running_seconds(self):
            return 0.0

    mailbox.clock.advance(601)
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=Stopped()) as late, pytest.raises(ClocksDifferError):
        late.list_batches()
    assert desk.list_batches() == ()


def test_somebody_elses_keys_are_not_the_desk(mailbox: RunningMailbox) -> None:
    with (
        HttpDesk(mailbox.url, signing=SigningKeys.generate(), clock=mailbox.clock) as stranger,
        pytest.raises(MailboxRefusedError, match="not_the_desk"),
    ):
        stranger.list_batches()


def test_device_lists_only_grow(desk: HttpDesk, client: httpx.Client) -> None:
    newer = device_list(entry(LAPTOP), entry(OTHER_LAPTOP), number=2)
    desk.put_devices(newer)
    desk.put_devices(newer)
    assert put(client, batch(laptop=OTHER_LAPTOP).data).status_code == 200
    with pytest.raises(MailboxRefusedError, match="list_older"):
        desk.put_devices(device_list(entry(LAPTOP), number=1))
    with pytest.raises(MailboxRefusedError, match="not_a_device_list"):
        desk.put_devices(b"{}")


def test_without_a_device_list_nobody_may_send(tmp_path, store: MailboxStore) -> None:
    with running_mailbox(store) as running, HttpMailbox(running.url) as laptop, pytest.raises(DeviceNotAcceptedError):
        laptop.put_batch(BATCH.data)


def test_a_device_list_that_was_changed_behind_our_back(client: httpx.Client, store: MailboxStore) -> None:
    store.put_device_list(2, b"no list")
    assert code(put(client, BATCH.data)) == (503, "no_device_list")


def test_a_newer_list_counts_at_once(client: httpx.Client, store: MailboxStore) -> None:
    assert put(client, batch(1).data).status_code == 200
    store.put_device_list(2, device_list(entry(LAPTOP), entry(OTHER_LAPTOP), number=2))
    assert put(client, batch(2).data).status_code == 200
    assert put(client, batch(laptop=OTHER_LAPTOP).data).status_code == 200
    store.put_device_list(3, device_list(entry(LAPTOP, "revoked"), number=3))
    assert code(put(client, batch(3).data)) == (403, "revoked_device")


def test_a_wrong_page_number_is_refused(client: httpx.Client) -> None:
    for after in ("-1", "x", "1" * 16):
        path = f"/v1/batches?after={after}"
        headers = sign_request("GET", path, b"", now=running_now(), keys=CENTRE.desk)
        assert code(client.get(path, headers=headers)) == (400, "wrong_number")


def test_many_laptops_at_once_lose_and_double_nothing(mailbox: RunningMailbox, store: MailboxStore) -> None:
    sealed = [batch(seq) for seq in range(1, 7)]
    answers: list[set[bytes]] = [set() for _ in sealed]

    def send() -> None:
        with HttpMailbox(mailbox.url) as laptop:
            for place, one in enumerate(sealed):
                answers[place].add(laptop.put_batch(one.data))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [len(receipts) for receipts in answers] == [1] * 6
    assert [row.number for row in store.list_batches(0)] == [1, 2, 3, 4, 5, 6]
