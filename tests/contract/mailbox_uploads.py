"""What every mailbox store must do with uploads in chunks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from outreach_app.centre.mailbox.batch_log import DeviceListChangedError, LogState
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.schema import chunks
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.upload_store import UploadTimes
from outreach_app.sync.sealing import SealedBatch
from outreach_app.sync.uploads import CHUNK, chunks_of, read_opening, upload_opening
from tests.support.mailboxes import large_batch

AT, LATER, EARLY = "2026-03-02T20:00:00Z", "2026-03-10T20:00:00Z", "2026-03-01T00:00:00Z"
TOKEN = "0" * 32
LARGE, RIVAL, SECOND = large_batch(), large_batch(), large_batch(2)


def issue(state: LogState) -> bytes:
    return f"receipt {state.size} {state.root[:8]}".encode()


def begin(store: MailboxStore, sealed: SealedBatch, at: str = AT, expired: str = EARLY, stalled: str = EARLY) -> tuple[int, ...]:
    times = UploadTimes(at, expired, stalled)
    return store.uploads.open_upload(sealed.sha512, upload_opening(sealed.data), TOKEN, times).missing


def fill(store: MailboxStore, sealed: SealedBatch) -> None:
    for place in begin(store, sealed):
        store.uploads.put_chunk(sealed.sha512, place, sealed.data[place * CHUNK : (place + 1) * CHUNK], at=AT)


def commit(store: MailboxStore, sealed: SealedBatch, list_number: int | None = None) -> bytes:
    opening = read_opening(upload_opening(sealed.data))
    return store.commit_upload(sealed.sha512, opening, at=AT, issue=issue, list_number=list_number)


def refused(work: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(RefusalError) as found:
        work()
    return found.value.status, found.value.code


def at_once(works: list[Callable[[], object]]) -> list[object]:
    """Do everything at the same time; return results, and codes of refusals."""
    results: list[object] = []

    def run(work: Callable[[], object]) -> None:
        try:
            results.append(work())
        except RefusalError as error:
            results.append(error.code)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(results) == len(works)
    return results


class MailboxUploadsContract:
    """Part of ``MailboxStoreContract``."""

    def test_chunks_become_a_batch_that_comes_back_byte_for_byte(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        assert begin(store, LARGE) == ()
        assert commit(store, LARGE).startswith(b"receipt 1 ")
        found = store.find_batch(LARGE.sha512)
        assert found is not None
        pieces = list(found.pieces)
        assert (found.size, b"".join(pieces)) == (len(LARGE.data), LARGE.data)
        assert len(pieces) == chunks_of(len(LARGE.data))
        (row,) = store.list_batches(0)
        assert (row.sha512, row.size, row.seq) == (LARGE.sha512, len(LARGE.data), 1)
        assert store.uploads.count_uploads() == 0

    def test_the_receipt_of_a_commit_is_the_same_for_ever(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        first = commit(store, LARGE)
        assert commit(store, LARGE) == first
        assert begin(store, LARGE) == ()
        assert store.find_receipts(LARGE.sha512) == (first,)

    def test_an_incomplete_upload_stays_as_it_is(self, store: MailboxStore) -> None:
        count = chunks_of(len(LARGE.data))
        assert begin(store, LARGE) == tuple(range(count))
        store.uploads.put_chunk(LARGE.sha512, 1, LARGE.data[CHUNK : 2 * CHUNK], at=AT)
        assert refused(lambda: commit(store, LARGE)) == (409, "incomplete")
        assert begin(store, LARGE) == store.uploads.find_missing(LARGE.sha512, len(LARGE.data)) == (0, *range(2, count))

    @pytest.mark.parametrize("place", [0, 1])
    def test_other_bytes_are_no_batch(self, store: MailboxStore, place: int) -> None:
        begin(store, LARGE)
        store.uploads.put_chunk(LARGE.sha512, place, bytes(CHUNK), at=AT)
        fill(store, LARGE)
        store.uploads.put_chunk(LARGE.sha512, place, LARGE.data[place * CHUNK : (place + 1) * CHUNK], at=AT)
        assert refused(lambda: commit(store, LARGE)) == (400, "wrong_hash")
        assert store.list_batches(0) == ()
        store.uploads.drop_upload(LARGE.sha512)
        assert self.chunk_rows(store) == 0
        store.uploads.drop_upload(LARGE.sha512)

    def test_without_an_opening_nothing_is_kept(self, store: MailboxStore) -> None:
        assert refused(lambda: store.uploads.put_chunk(LARGE.sha512, 0, b"x", at=AT)) == (404, "not_found")
        assert refused(lambda: commit(store, LARGE)) == (404, "not_found")
        assert self.chunk_rows(store) == 0

    def test_another_opening_under_the_same_name(self, store: MailboxStore) -> None:
        begin(store, LARGE)
        other = upload_opening(SECOND.data)
        times = UploadTimes(AT, EARLY, EARLY)
        assert refused(lambda: store.uploads.open_upload(LARGE.sha512, other, TOKEN, times)) == (400, "wrong_hash")

    def test_same_number_other_content(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        fill(store, RIVAL)
        commit(store, LARGE)
        assert refused(lambda: commit(store, RIVAL)) == (409, "cloned_or_restored")
        assert refused(lambda: begin(store, RIVAL)) == (409, "cloned_or_restored")
        assert [row.sha512 for row in store.list_batches(0)] == [LARGE.sha512]

    def test_the_fifth_upload_of_a_device_waits(self, store: MailboxStore) -> None:
        begun = [large_batch(seq) for seq in range(1, 6)]
        for sealed in begun[:4]:
            begin(store, sealed)
        assert refused(lambda: begin(store, begun[4])) == (429, "too_many_uploads")
        begin(store, begun[0])
        fill(store, begun[0])
        commit(store, begun[0])
        begin(store, begun[4])

    def test_the_upload_that_stands_still_longest_makes_room(self, store: MailboxStore) -> None:
        begun = [large_batch(seq) for seq in range(1, 7)]
        for sealed in begun[:4]:
            begin(store, sealed)
        store.uploads.put_chunk(begun[0].sha512, 0, begun[0].data[:CHUNK], at=LATER)
        begin(store, begun[1], stalled=LATER)
        begin(store, begun[4], at=LATER, stalled=LATER)
        begin(store, begun[5], at=LATER, stalled=LATER)
        assert store.uploads.find_opening(begun[0].sha512, expired=EARLY) is not None
        assert store.uploads.count_uploads() == 4
        assert self.chunk_rows(store) == 1

    def test_the_token_is_that_of_the_first_opening(self, store: MailboxStore) -> None:
        times = UploadTimes(AT, EARLY, EARLY)
        given = [store.uploads.open_upload(LARGE.sha512, upload_opening(LARGE.data), token, times) for token in "ab"]
        assert [one.token for one in given] == ["a", "a"]
        begun = store.uploads.find_opening(LARGE.sha512, expired=EARLY)
        assert begun is not None
        assert begun.token == "a"
        fill(store, LARGE)
        commit(store, LARGE)
        assert store.uploads.open_upload(LARGE.sha512, upload_opening(LARGE.data), "b", times).token == ""

    def test_what_expired_is_dropped_by_whoever_comes_next(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        assert store.uploads.find_opening(LARGE.sha512, expired=LATER) is None
        begin(store, SECOND, at=LATER, expired=LATER)
        assert self.chunk_rows(store) == 0
        assert store.uploads.find_opening(LARGE.sha512, expired=EARLY) is None
        assert store.uploads.count_uploads() == 1

    def test_a_batch_that_came_in_one_request_meanwhile(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        receipt = store.put_batch(LARGE.sha512, LARGE.header, LARGE.data, at=AT, issue=issue)
        assert commit(store, LARGE) == receipt
        found = store.find_batch(LARGE.sha512)
        assert found is not None
        assert b"".join(found.pieces) == LARGE.data
        assert self.chunk_rows(store) == 0

    def test_a_device_list_that_changed_is_looked_at_again(self, store: MailboxStore) -> None:
        store.put_device_list(2, b"two")
        fill(store, LARGE)
        with pytest.raises(DeviceListChangedError):
            commit(store, LARGE, list_number=1)
        with pytest.raises(DeviceListChangedError):
            store.put_batch("a" * 128, SECOND.header, b"data", at=AT, issue=issue, list_number=1)
        assert store.list_batches(0) == ()
        assert commit(store, LARGE, list_number=2)

    def test_many_workers_commit_one_upload_once(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        assert len(set(at_once([lambda: commit(store, LARGE)] * 6))) == 1
        assert [row.number for row in store.list_batches(0)] == [1]

    def test_an_upload_that_expires_while_it_is_committed_keeps_its_chunks(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        tidier = threading.Thread(target=lambda: begin(store, SECOND, at=LATER, expired=LATER))

        def issue_slowly(state: LogState) -> bytes:
            tidier.start()
            time.sleep(0.3)  # it has seen the opening by now, and waits for whoever holds it
            return issue(state)

        store.commit_upload(LARGE.sha512, read_opening(upload_opening(LARGE.data)), at=AT, issue=issue_slowly)
        tidier.join(timeout=60)
        found = store.find_batch(LARGE.sha512)
        assert found is not None
        assert b"".join(found.pieces) == LARGE.data

    def test_of_two_rivals_one_wins(self, store: MailboxStore) -> None:
        fill(store, LARGE)
        fill(store, RIVAL)
        results = at_once([lambda: commit(store, LARGE), lambda: commit(store, RIVAL)] * 3)
        assert results.count("cloned_or_restored") == 3
        assert len({result for result in results if isinstance(result, bytes)}) == 1
        assert len(store.list_batches(0)) == 1

    def test_openings_and_chunks_from_many_workers_at_once(self, store: MailboxStore) -> None:
        assert len(set(at_once([lambda: begin(store, LARGE)] * 6))) == 1
        works = [
            lambda place=place: store.uploads.put_chunk(
                LARGE.sha512, place, LARGE.data[place * CHUNK : (place + 1) * CHUNK], at=AT
            )
            for place in list(range(chunks_of(len(LARGE.data)))) * 2
        ]
        at_once(works)
        assert commit(store, LARGE)

    def chunk_rows(self, store: MailboxStore) -> int:
        with store._reading.begin() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(chunks)) or 0
