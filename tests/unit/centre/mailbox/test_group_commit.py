"""Batches that arrive together share one transaction, and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from outreach_app.centre.mailbox.batch_log import Arrival, LogState
from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.group_commit import GroupCommit
from outreach_app.centre.mailbox.store import MailboxStore
from tests.support.mailboxes import batch

HEADER = batch().header
AT = "2026-03-02T20:00:00Z"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    opened = open_database(None, tmp_path / "mailbox.db")
    yield opened
    opened.dispose()


def issue(state: LogState) -> bytes:
    return f"receipt {state.size}".encode()


def arrival(seq: int, name: int | None = None, data: bytes = b"data", made: Callable[[LogState], bytes] = issue) -> Arrival:
    header = msgspec.structs.replace(HEADER, seq=seq)
    return Arrival(f"{name or seq:0128x}", header, len(data or b""), data, AT, made)


@contextmanager
def held_log(engine: sa.Engine) -> Iterator[None]:
    """Keep every other writer waiting."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE log SET size = size")
        yield


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.002)


def keep_all(engine: sa.Engine, arrivals: list[Arrival]) -> tuple[dict[str, object], int]:
    """Keep everything at the same time; return receipts or errors by name, and how many commits it took."""
    group, results, commits = GroupCommit(engine), {}, []
    sa.event.listen(engine, "commit", commits.append)

    def keep(one: Arrival) -> None:
        try:
            results[one.sha512] = group.keep(one)
        except (RefusalError, RuntimeError, IntegrityError) as error:
            results[one.sha512] = error

    threads = [threading.Thread(target=keep, args=(one,)) for one in arrivals]
    with held_log(engine):
        for gathered, thread in enumerate(threads, start=1):  # the first one leads and waits with the others, in their order
            thread.start()
            until(lambda gathered=gathered: group._led and len(group._waiting) == gathered)
    for thread in threads:
        thread.join(timeout=30)
    assert results.keys() == {one.sha512 for one in arrivals}
    return results, len(commits) - 1


def test_who_comes_together_shares_a_transaction(engine: sa.Engine) -> None:
    results, commits = keep_all(engine, [arrival(seq) for seq in range(1, 41)])
    assert sorted(results.values()) == sorted(f"receipt {number}".encode() for number in range(1, 41))
    assert commits == 2  # 32, the rest
    assert [row.number for row in MailboxStore(engine).list_batches(0)] == list(range(1, 41))


def test_a_number_is_taken_only_in_its_own_epoch(engine: sa.Engine) -> None:
    def of(epoch: int, seq: int) -> Arrival:
        one = arrival(seq, epoch * 10 + seq)
        return replace(one, header=msgspec.structs.replace(one.header, epoch=epoch))

    keep_all(engine, [of(1, 1), of(2, 2)])
    results, _ = keep_all(engine, [of(1, 2), of(2, 1)])
    assert sorted(results.values()) == [b"receipt 3", b"receipt 4"]


def test_what_is_refused_or_fails_does_not_touch_the_others(engine: sa.Engine) -> None:
    def fail(_state: LogState) -> bytes:
        raise RuntimeError

    results, commits = keep_all(engine, [arrival(1), arrival(1, 77), arrival(2, made=fail), arrival(3), arrival(3)])
    assert commits == 1
    assert isinstance(results[f"{77:0128x}"], RefusalError)
    assert isinstance(results[f"{2:0128x}"], RuntimeError)
    assert results[f"{3:0128x}"] == b"receipt 2"
    assert [row.seq for row in MailboxStore(engine).list_batches(0)] == [1, 3]


def test_what_the_database_refuses_does_not_touch_the_others(engine: sa.Engine) -> None:
    nothing: bytes = None  # type: ignore[assignment]  # no such batch comes; the database refuses it
    results, _ = keep_all(engine, [arrival(1), arrival(2), arrival(3, data=nothing), arrival(4)])
    assert isinstance(results[f"{3:0128x}"], IntegrityError)
    assert sorted(row.seq for row in MailboxStore(engine).list_batches(0)) == [1, 2, 4]
    assert results[f"{4:0128x}"] in {b"receipt 2", b"receipt 3"}


def test_a_database_that_is_gone_is_told_to_everyone_and_may_come_back(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE log RENAME TO away")
    group = GroupCommit(engine)
    for _ in range(2):
        with pytest.raises(OperationalError):
            group.keep(arrival(1))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO log")
    assert group.keep(arrival(1)) == b"receipt 1"


def test_what_the_database_refuses_before_anybody_is_gathered_is_told_as_well(engine: sa.Engine) -> None:
    def refuse(_connection: sa.Connection) -> None:
        raise DataError("BEGIN", None, ValueError())

    group = GroupCommit(engine)
    sa.event.listen(engine, "begin", refuse)
    with pytest.raises(DataError):
        group.keep(arrival(1))
    sa.event.remove(engine, "begin", refuse)
    assert group.keep(arrival(1)) == b"receipt 1", "nobody is left who waits for a leader"
