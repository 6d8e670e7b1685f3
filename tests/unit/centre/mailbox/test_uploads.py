"""Large batches in chunks: begun, gone on with, committed once; nothing kept without a signature."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator

import httpx
import pytest
import sqlalchemy as sa

from outreach_app.centre.mailbox.schema import chunks, uploads
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.batch_format import BATCH_LIMIT
from outreach_app.sync.carriers.http import HttpDesk
from outreach_app.sync.framing import frame
from outreach_app.sync.receipts import BatchName, open_receipt
from outreach_app.sync.uploads import CHUNK, MAGIC, UPLOAD_HEADER, read_opening, upload_opening
from tests.support.mailboxes import RunningMailbox, Uploading, batch, device_list, entry, large_batch
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

LARGE = large_batch()
NAME = BatchName(LAPTOP.device, 1, 1, LARGE.sha512)


def too_large_opening() -> bytes:
    opening = read_opening(upload_opening(LARGE.data))
    length = f'"ct_len":{opening.header.ct_len}'.encode()
    header = opening.header_bytes.replace(length, f'"ct_len":{BATCH_LIMIT}'.encode())
    return MAGIC + frame((header, opening.sealed_key, opening.signatures.to_bytes(), bytes(64)))


@pytest.fixture
def client(mailbox: RunningMailbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=30) as opened:
        yield opened


@pytest.fixture
def upload(client: httpx.Client) -> Uploading:
    return Uploading(client, LARGE)


def code(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["outreach-mailbox"] == "1"
    return response.status_code, response.json()["error"]


def kept(store: MailboxStore) -> tuple[int, int]:
    """How many openings and chunks lie there."""
    with store._reading.begin() as connection:
        counts = (sa.select(sa.func.count()).select_from(table) for table in (uploads, chunks))
        first, second = (connection.scalar(count) or 0 for count in counts)
        return first, second


def test_a_large_batch_goes_in_chunks_and_gets_its_receipt(
    upload: Uploading, mailbox: RunningMailbox, store: MailboxStore
) -> None:
    answer = upload.send()
    receipt = open_receipt(answer.content, LAPTOP.receiving, CENTRE.mailbox.public, kind="stored", batch=NAME)
    assert receipt.log_size == 1
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as desk:
        assert desk.get_batch(LARGE.sha512) == LARGE.data
    assert kept(store) == (0, upload.count)


def test_the_receipt_is_the_same_for_ever(upload: Uploading, client: httpx.Client) -> None:
    first = upload.send().content
    assert upload.commit().content == first
    assert upload.missing(upload.open()) == upload.missing(upload.look()) == ()
    assert upload.open().json()["missing"] == ""
    assert upload.put(0).status_code == 204  # late, and without effect
    assert upload.put(0, b"x").status_code == 204
    assert upload.send().content == first
    assert client.get(f"/v1/receipts/{LARGE.sha512}").json()["receipts"].__len__() == 1


def test_an_upload_goes_on_where_it_was_cut(upload: Uploading) -> None:
    assert upload.missing(upload.open()) == tuple(range(upload.count))
    for index in (4, 1, 4):
        assert upload.put(index).status_code == 204
    assert upload.missing(upload.open()) == upload.missing(upload.look())
    assert upload.missing(upload.look()) == tuple(index for index in range(upload.count) if index not in {1, 4})
    assert code(upload.commit()) == (409, "incomplete")
    assert upload.send().status_code == 200


def test_a_chunk_that_is_there_stays(upload: Uploading) -> None:
    upload.open()
    assert upload.put(2).status_code == 204
    assert upload.put(2, bytes(CHUNK)).status_code == 204
    assert upload.send().status_code == 200


def test_who_only_knows_the_name_can_neither_spoil_nor_commit(upload: Uploading) -> None:
    upload.open()
    upload.put(1)
    token = upload.headers
    for wrong in ({}, {UPLOAD_HEADER: "0" * 32}, {UPLOAD_HEADER: ""}):
        upload.headers = wrong
        assert code(upload.put(0, bytes(CHUNK))) == code(upload.commit()) == (403, "wrong_token")
    assert upload.look().json()["token"] == ""
    upload.open()
    assert upload.headers == token
    assert upload.send().status_code == 200
    assert upload.open().json()["token"] == ""


@pytest.mark.parametrize("index", [0, 2])
def test_a_whole_that_is_not_what_was_signed_begins_anew(upload: Uploading, store: MailboxStore, index: int) -> None:
    upload.open()
    upload.put(index, bytes(CHUNK))
    assert code(upload.send()) == (400, "wrong_hash")
    assert kept(store) == (0, 0)
    assert code(upload.look()) == (404, "not_found")
    assert upload.send().status_code == 200


def test_a_name_that_is_not_the_hash_of_the_whole_is_refused_at_the_commit(client: httpx.Client) -> None:
    wrong = Uploading(client, LARGE)
    wrong.path = f"/v1/uploads/{'a' * 128}"
    assert code(wrong.send()) == (400, "wrong_hash")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (400, "not_an_opening")),
        (b"x" * 20_000, (413, "too_large")),
        (too_large_opening(), (413, "too_large")),
        (upload_opening(LARGE.data)[:-1], (400, "not_an_opening")),
        (upload_opening(LARGE.data)[:-1] + b"x", (403, "signature_wrong")),
        (upload_opening(batch(laptop=OTHER_LAPTOP).data), (403, "unknown_device")),
    ],
)
def test_without_a_valid_signature_nothing_begins(
    client: httpx.Client, store: MailboxStore, data: bytes, expected: tuple[int, str]
) -> None:
    assert code(client.put(f"/v1/uploads/{LARGE.sha512}", content=data)) == expected
    assert code(client.put(f"/v1/uploads/{LARGE.sha512}/0", content=LARGE.data[:CHUNK])) == (404, "not_found")
    assert kept(store) == (0, 0)


@pytest.mark.parametrize(
    ("index", "length"), [("0", 5), ("0", CHUNK + 1), ("99", CHUNK), ("x", CHUNK), ("-1", CHUNK), ("0", 0)]
)
def test_a_chunk_must_fit_its_place(upload: Uploading, client: httpx.Client, index: str, length: int) -> None:
    upload.open()
    assert code(client.put(f"{upload.path}/{index}", content=bytes(length), headers=upload.headers)) == (400, "wrong_chunk")


def test_revoked_between_chunk_and_commit(upload: Uploading, store: MailboxStore) -> None:
    for index in upload.missing(upload.open()):
        upload.put(index)
    store.put_device_list(2, device_list(entry(LAPTOP, "revoked"), number=2))
    assert code(upload.put(0)) == (403, "revoked_device")
    assert code(upload.commit()) == (403, "revoked_device")
    assert store.list_batches(0) == ()


def test_a_list_that_changed_meanwhile_is_looked_at_again(upload: Uploading, store: MailboxStore) -> None:
    for index in upload.missing(upload.open()):
        upload.put(index)
    store.put_device_list(2, device_list(entry(LAPTOP), number=2))
    assert upload.commit().status_code == 200


def test_another_batch_with_this_number(client: httpx.Client, upload: Uploading, store: MailboxStore) -> None:
    rival = large_batch()
    for index in upload.missing(upload.open()):
        upload.put(index)
    assert Uploading(client, rival).send().status_code == 200
    assert code(upload.commit()) == (409, "cloned_or_restored")
    assert code(Uploading(client, large_batch()).open()) == (409, "cloned_or_restored")
    assert [row.sha512 for row in store.list_batches(0)] == [rival.sha512]


def test_four_uploads_at_a_time(client: httpx.Client, mailbox: RunningMailbox) -> None:
    begun = [Uploading(client, large_batch(seq)) for seq in range(1, 6)]
    assert [one.open().status_code for one in begun] == [200, 200, 200, 200, 429]
    assert code(begun[4].open()) == (429, "too_many_uploads")
    assert begun[0].open().status_code == 200
    assert begun[0].send().status_code == 200
    assert begun[4].open().status_code == 200


def test_one_that_stands_still_for_an_hour_makes_room(client: httpx.Client, mailbox: RunningMailbox) -> None:
    begun = [Uploading(client, large_batch(seq)) for seq in range(1, 6)]
    for one in begun[:4]:
        one.open()
    mailbox.clock.advance(3600)
    begun[0].put(0)
    assert code(begun[4].open()) == (429, "too_many_uploads")
    mailbox.clock.advance(1)
    assert begun[1].open().status_code == 200  # to go on needs no room
    assert begun[4].open().status_code == 200
    assert [one.look().status_code for one in begun].count(404) == 1
    assert begun[0].look().status_code == 200


def test_after_seven_days_an_upload_is_dropped_by_whoever_comes_next(
    client: httpx.Client, upload: Uploading, mailbox: RunningMailbox, store: MailboxStore
) -> None:
    upload.open()
    upload.put(0)
    mailbox.clock.advance(7 * 86_400 + 1)
    for answer in (upload.look(), upload.put(1), upload.commit()):
        assert code(answer) == (404, "not_found")
    assert kept(store) == (1, 1)
    Uploading(client, large_batch(2)).open()
    assert kept(store) == (1, 0)
    assert upload.send().status_code == 200


def test_a_batch_that_comes_in_one_request_too(client: httpx.Client, store: MailboxStore) -> None:
    small = batch()
    upload = Uploading(client, small)
    for index in upload.missing(upload.open()):
        upload.put(index)
    receipt = client.put(f"/v1/batches/{small.sha512}", content=small.data).content
    assert upload.commit().content == receipt
    assert kept(store) == (0, 0)
    assert hashlib.sha512(b"".join(store.find_batch(small.sha512).pieces)).hexdigest() == small.sha512


def test_many_commits_of_one_upload_store_it_once(
    client: httpx.Client, upload: Uploading, mailbox: RunningMailbox, store: MailboxStore
) -> None:
    for index in upload.missing(upload.open()):
        upload.put(index)
    answers: list[httpx.Response] = []

    def commit() -> None:
        with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=60) as other:
            answers.append(other.post(f"{upload.path}/commit", headers=upload.headers))

    threads = [threading.Thread(target=commit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.content for answer in answers}) == 1
    assert len(store.list_batches(0)) == 1
