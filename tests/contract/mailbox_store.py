"""What every mailbox store must do; run on SQLite and on PostgreSQL by the test modules beside this one."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.migrations import STEPS, migrate
from outreach_app.centre.mailbox.schema import metadata
from outreach_app.centre.mailbox.store import LogState, MailboxStore
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.sync.uploads import CHUNK, ONE_REQUEST
from tests.contract.mailbox_publications import MailboxPublicationsContract
from tests.contract.mailbox_uploads import MailboxUploadsContract
from tests.support.mailboxes import batch

AT = "2026-03-02T20:00:00Z"
BATCH = batch()
_OLD_BATCH = sa.text(
    "INSERT INTO batches (number, sha512, device, epoch, seq, stored_at, size, data)"
    f" VALUES (:place, :name, '{'1' * 32}', 1, :place, :at, :size, :data)"
)
_OLD_RECEIPT = sa.text("INSERT INTO receipts (sha512, kind, place, data) VALUES (:name, 'stored', 0, :data)")


def issue(state: LogState) -> bytes:
    return f"receipt {state.size} {state.root[:8]}".encode()


class MailboxStoreContract(MailboxUploadsContract, MailboxPublicationsContract):
    """Subclasses give ``engine`` on a database with the newest schema, and ``empty_engine`` on one without any."""

    @pytest.fixture
    def store(self, engine: sa.Engine) -> MailboxStore:
        return MailboxStore(engine)

    def put(self, store: MailboxStore, sha512: str, header: BatchHeader = BATCH.header, data: bytes = b"data") -> bytes:
        return store.put_batch(sha512, header, data, at=AT, issue=issue)

    def numbered(self, seq: int, **changes: object) -> BatchHeader:
        import msgspec

        return msgspec.structs.replace(BATCH.header, seq=seq, **changes)

    def test_a_batch_comes_back_byte_for_byte(self, store: MailboxStore) -> None:
        store.put_batch(BATCH.sha512, BATCH.header, BATCH.data, at=AT, issue=issue)
        found = store.find_batch(BATCH.sha512)
        assert found is not None
        assert (found.size, b"".join(found.pieces)) == (len(BATCH.data), BATCH.data)
        (row,) = store.list_batches(0)
        assert (row.number, row.sha512, row.size) == (1, BATCH.sha512, len(BATCH.data))
        assert (row.device, row.epoch, row.seq) == (BATCH.header.device, 1, 1)

    def test_sent_twice_is_stored_once_with_the_same_receipt(self, store: MailboxStore) -> None:
        first = self.put(store, "a" * 128)
        assert self.put(store, "a" * 128) == first
        assert store.find_receipts("a" * 128) == (first,)
        assert len(store.list_batches(0)) == 1

    def test_the_log_counts_without_gaps(self, store: MailboxStore) -> None:
        self.put(store, "a" * 128)
        self.put(store, "a" * 128)
        with pytest.raises(RefusalError):
            self.put(store, "b" * 128)
        second = self.put(store, "c" * 128, self.numbered(2))
        assert second.startswith(b"receipt 2 ")
        assert [row.number for row in store.list_batches(0)] == [1, 2]

    def test_same_number_other_bytes_is_a_conflict_and_changes_nothing(self, store: MailboxStore) -> None:
        first = self.put(store, "a" * 128)
        with pytest.raises(RefusalError) as refused:
            self.put(store, "b" * 128)
        assert (refused.value.status, refused.value.code) == (409, "cloned_or_restored")
        assert store.find_receipts("a" * 128) == (first,)
        assert store.find_batch("b" * 128) is None

    def test_other_epoch_or_device_is_no_conflict(self, store: MailboxStore) -> None:
        self.put(store, "a" * 128)
        self.put(store, "b" * 128, self.numbered(1, epoch=2))
        self.put(store, "c" * 128, self.numbered(1, device="f" * 32))
        assert len(store.list_batches(0)) == 3

    def test_without_a_receipt_there_is_no_batch(self, store: MailboxStore) -> None:
        def fail(state: LogState) -> bytes:
            raise RuntimeError(state)

        with pytest.raises(RuntimeError):
            store.put_batch("a" * 128, BATCH.header, b"data", at=AT, issue=fail)
        assert store.list_batches(0) == ()
        assert self.put(store, "a" * 128).startswith(b"receipt 1 ")

    def test_pages_follow_each_other(self, store: MailboxStore) -> None:
        for seq in range(1, 6):
            self.put(store, f"{seq:0128x}", self.numbered(seq))
        assert [row.seq for row in store.list_batches(3)] == [4, 5]
        assert store.list_batches(5) == ()

    def test_the_list_tells_what_the_desk_answered(self, store: MailboxStore) -> None:
        self.put(store, "a" * 128)
        self.put(store, "b" * 128, self.numbered(2))
        assert [row.answered for row in store.list_batches(0)] == [False, False]
        store.put_receipt("b" * 128, "ingested", b"one")
        assert [row.answered for row in store.list_batches(0)] == [False, True]

    def test_receipts_keep_their_order_and_never_change(self, store: MailboxStore) -> None:
        stored = self.put(store, "a" * 128)
        store.put_receipt("a" * 128, "reseal", b"one")
        store.put_receipt("a" * 128, "ingested", b"two")
        store.put_receipt("a" * 128, "reseal", b"one")
        with pytest.raises(RefusalError) as refused:
            store.put_receipt("a" * 128, "reseal", b"other")
        assert refused.value.code == "receipt_exists"
        assert store.find_receipts("a" * 128) == (stored, b"one", b"two")

    def test_a_receipt_needs_its_batch(self, store: MailboxStore) -> None:
        with pytest.raises(RefusalError) as refused:
            store.put_receipt("a" * 128, "ingested", b"one")
        assert refused.value.code == "not_found"
        assert store.find_receipts("a" * 128) == ()

    def test_device_lists_only_grow(self, store: MailboxStore) -> None:
        assert (store.device_list_number(), store.find_device_list()) == (0, None)
        store.put_device_list(3, b"three")
        store.put_device_list(3, b"three")
        for number, data in ((3, b"other"), (2, b"two")):
            with pytest.raises(RefusalError) as refused:
                store.put_device_list(number, data)
            assert refused.value.code == "list_older"
        store.put_device_list(7, b"seven")
        assert (store.device_list_number(), store.find_device_list()) == (7, b"seven")

    def test_many_workers_store_each_batch_once(self, store: MailboxStore) -> None:
        receipts: list[set[bytes]] = [set() for _ in range(8)]

        def work() -> None:
            for place in range(8):
                receipts[place].add(self.put(store, f"{place:0128x}", self.numbered(place + 1)))

        self.in_threads([work] * 6)
        assert [len(found) for found in receipts] == [1] * 8
        assert [row.number for row in store.list_batches(0)] == list(range(1, 9))

    def test_of_many_batches_with_one_number_exactly_one_wins(self, store: MailboxStore) -> None:
        outcomes: list[str] = []

        def worker(place: int) -> Callable[[], None]:
            def work() -> None:
                try:
                    self.put(store, f"{place:0128x}")
                    outcomes.append("stored")
                except RefusalError as error:
                    outcomes.append(error.code)

            return work

        self.in_threads([worker(place) for place in range(6)])
        assert sorted(outcomes) == ["cloned_or_restored"] * 5 + ["stored"]
        assert len(store.list_batches(0)) == 1

    def test_what_was_answered_is_there_for_another_worker(self, engine: sa.Engine, store: MailboxStore) -> None:
        receipt = self.put(store, "a" * 128)
        other = MailboxStore(sa.create_engine(engine.url))
        with closing(other):
            assert other.find_receipts("a" * 128) == (receipt,)

    def test_the_steps_make_exactly_the_tables_the_code_knows(self, engine: sa.Engine) -> None:
        with engine.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    def test_migrating_again_changes_nothing(self, engine: sa.Engine, store: MailboxStore) -> None:
        receipt = self.put(store, "a" * 128)
        with engine.begin() as connection:
            migrate(connection)
        assert store.find_receipts("a" * 128) == (receipt,)

    def test_a_store_of_the_first_version_keeps_its_batches(self, empty_engine: sa.Engine) -> None:
        sizes = {"a" * 128: 5, "b" * 128: ONE_REQUEST, "c" * 128: ONE_REQUEST + 1, "d" * 128: 5 * CHUNK}
        contents = {name: os.urandom(size) for name, size in sizes.items()}
        with empty_engine.begin() as connection:
            migrate(connection, STEPS[:1])
            for place, (name, data) in enumerate(contents.items(), start=1):
                connection.execute(_OLD_BATCH, {"place": place, "name": name, "at": AT, "size": len(data), "data": data})
                connection.execute(_OLD_RECEIPT, {"name": name, "data": b"receipt"})
            connection.exec_driver_sql("UPDATE log SET size = 4")
        with empty_engine.begin() as connection:
            migrate(connection)
        store = MailboxStore(empty_engine)
        for name, data in contents.items():
            found = store.find_batch(name)
            assert found is not None
            pieces = list(found.pieces)
            assert (found.size, b"".join(pieces)) == (len(data), data)
            assert max(map(len, pieces)) <= (CHUNK if len(data) > ONE_REQUEST else ONE_REQUEST)
            assert self.put(store, name) == b"receipt"
        assert self.put(store, "e" * 128, self.numbered(9)).startswith(b"receipt 5 ")
        with empty_engine.begin() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []

    def test_uploads_of_the_second_version_begin_anew(self, empty_engine: sa.Engine) -> None:
        with empty_engine.begin() as connection:
            migrate(connection, STEPS[:2])
            connection.exec_driver_sql("INSERT INTO chunks (sha512, place, data) VALUES ('a', 0, 'x'), ('b', 0, 'x')")
            connection.exec_driver_sql("INSERT INTO uploads (sha512, device, opened_at, opening) VALUES ('a', 'd', 't', 'o')")
        with empty_engine.begin() as connection:
            migrate(connection)
            assert connection.exec_driver_sql("SELECT sha512 FROM chunks").scalars().all() == ["b"]
            assert connection.exec_driver_sql("SELECT count(*) FROM uploads").scalar_one() == 0

    def in_threads(self, works: list[Callable[[], None]]) -> None:
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert not any(thread.is_alive() for thread in threads)
