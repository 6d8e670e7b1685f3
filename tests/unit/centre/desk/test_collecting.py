"""Rounds over a mailbox and over sticks: nothing missed, nothing doubled, every answer handed back once it exists."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.collecting import (
    LIST_OLDER,
    collect_from_mailbox,
    collect_from_stick,
    publish_devices,
)
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import newest_list
from outreach_app.centre.desk.handing_back import RECEIPT_EXISTS
from outreach_app.centre.desk.ingestion import Outcome
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.errors import CancelledError
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.devices import read_device_list
from outreach_app.sync.errors import MailboxRefusedError, NoNetworkError, NotInMailboxError, NotTheMailboxError
from outreach_app.sync.letters import read_letter_header
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.sync.sealing import SealedBatch
from outreach_app.wire.mailbox_config import BatchListing
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, coded, enrol, opened
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

PAGE = 2


class MemoryMailbox:
    """A mailbox without network or disk; ``line_breaks_after`` calls it cannot be reached."""

    def __init__(self) -> None:
        self.batches: list[SealedBatch] = []
        self.receipts: dict[str, bytes] = {}
        self.letters: dict[tuple[str, str], bytes] = {}
        self.refuses_letters = False
        self.lost: set[str] = set()
        self.devices = b""
        self.refuses_lists_with = ""
        self.line_breaks_after = -1
        self.asked_after: list[int] = []

    def put(self, *batches: SealedBatch) -> None:
        self.batches += batches

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        self._call()
        self.asked_after.append(after)
        page = list(enumerate(self.batches, start=1))[after : after + PAGE]
        return tuple(
            BatchListing(
                number=number, sha512=batch.sha512, device=batch.header.device, epoch=batch.header.epoch,
                seq=batch.header.seq, size=len(batch.data), answered=batch.sha512 in self.receipts,
            )
            for number, batch in page
        )  # fmt: skip

    def get_batch(self, sha512: str) -> bytes:
        self._call()
        if sha512 in self.lost:
            raise NotInMailboxError
        return next(batch.data for batch in self.batches if batch.sha512 == sha512)

    def put_receipt(self, receipt: bytes) -> None:
        self._call()
        name = read_receipt_header(receipt).sha512
        if self.receipts.setdefault(name, receipt) != receipt:
            raise MailboxRefusedError(code=RECEIPT_EXISTS)

    def put_letter(self, letter: bytes) -> None:
        self._call()
        if self.refuses_letters:
            raise MailboxRefusedError(code="not_a_letter")
        header = read_letter_header(letter)
        self.letters[header.device, header.kind] = letter

    def put_pack_file(self, name: str, data: bytes) -> None:
        raise AssertionError(f"nothing is published while taking in: {name}, {len(data)} bytes")

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        raise AssertionError(f"nothing is published while taking in: {name}, {limit}")

    def put_devices(self, device_list: bytes) -> None:
        if self.refuses_lists_with:
            raise MailboxRefusedError(code=self.refuses_lists_with)
        self.devices = device_list

    def _call(self) -> None:
        if self.line_breaks_after == 0:
            raise NoNetworkError
        self.line_breaks_after -= 1


@pytest.fixture
def mailbox() -> Iterator[MemoryMailbox]:
    return MemoryMailbox()


def receipts_of(desk: Desk, *batches: SealedBatch) -> dict[str, bytes | None]:
    return {batch.sha512: find_receipt(desk.vault.connection, batch.sha512) for batch in batches}


def test_a_round_reads_every_page_and_answers_everything(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    batches = [laptop.seal(coded(number)) for number in range(5)]
    mailbox.put(*batches)
    seen: list[int] = []
    collected = collect_from_mailbox(desk, mailbox, name="m", progress=seen.append)
    assert (collected.number_of(Outcome.INGESTED), collected.new_records, collected.receipts) == (5, 5, 5)
    assert (collected.quarantined, collected.gaps, seen) == (0, (), [1, 2, 3, 4, 5])
    assert mailbox.receipts == receipts_of(desk, *batches)
    again = collect_from_mailbox(desk, mailbox, name="m")
    assert (again.taken, again.receipts) == ((), 0)
    assert mailbox.asked_after == [0, 2, 4, 5, 4], "one question: is the last batch still there, and what came after it?"


def test_what_waited_and_went_in_within_one_round_is_told_once(
    desk: Desk, laptop: Sender, mailbox: MemoryMailbox
) -> None:
    first, second, third, fourth = (laptop.seal(coded(number)) for number in range(4))
    mailbox.put(fourth, second, first)
    collected = collect_from_mailbox(desk, mailbox, name="m")
    assert [(one.outcome, one.seq) for one in collected.taken] == [
        (Outcome.WAITING, 4), (Outcome.INGESTED, 1), (Outcome.INGESTED, 2)
    ]  # fmt: skip
    mailbox.put(third)
    assert [one.seq for one in collect_from_mailbox(desk, mailbox, name="m").taken] == [3, 4]


def test_an_answer_to_a_batch_that_waited_reaches_its_mailbox_later(
    desk: Desk, laptop: Sender, mailbox: MemoryMailbox, tmp_path: Path
) -> None:
    first, second, third = (laptop.seal(coded(number)) for number in range(3))
    mailbox.put(first, third)
    collected = collect_from_mailbox(desk, mailbox, name="m")
    assert (collected.receipts, collected.gaps[0].first_missing) == (1, 2)
    write_batch(tmp_path, second)
    by_stick = collect_from_stick(desk, StickFolder(tmp_path))
    assert [one.seq for one in by_stick.taken] == [2, 3]
    assert (by_stick.receipts, by_stick.gaps) == (1, ())
    assert collect_from_mailbox(desk, mailbox, name="m").receipts == 1
    assert mailbox.receipts == receipts_of(desk, first, third)


@pytest.mark.parametrize("breaks_after", range(10))
def test_a_line_cut_anywhere_ends_in_one_ingestion_and_one_answer(
    desk: Desk, laptop: Sender, mailbox: MemoryMailbox, breaks_after: int
) -> None:
    batches = [laptop.seal(coded(number)) for number in range(3)]
    mailbox.put(*batches)
    mailbox.line_breaks_after = breaks_after
    with pytest.raises(NoNetworkError):
        collect_from_mailbox(desk, mailbox, name="m")
    mailbox.line_breaks_after = -1
    collect_from_mailbox(desk, mailbox, name="m")
    assert mailbox.receipts == receipts_of(desk, *batches)
    assert count(desk).totals.encounters == 3


def test_stopping_between_two_batches_keeps_what_was_done(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    mailbox.put(*[laptop.seal(coded(number)) for number in range(3)])

    def stop_after_two(seen: int) -> None:
        if seen == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        collect_from_mailbox(desk, mailbox, name="m", progress=stop_after_two)
    assert count(desk).totals.encounters == 2
    assert collect_from_mailbox(desk, mailbox, name="m").receipts == 3
    assert count(desk).totals.encounters == 3


def test_from_start_repeats_answers_and_doubles_nothing(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    batches = [laptop.seal(coded(number)) for number in range(3)]
    mailbox.put(*batches)
    collect_from_mailbox(desk, mailbox, name="m")
    mailbox.receipts.clear()
    collected = collect_from_mailbox(desk, mailbox, name="m", from_start=True)
    assert (collected.number_of(Outcome.REPEATED), collected.receipts, collected.new_records) == (3, 3, 0)
    assert mailbox.receipts == receipts_of(desk, *batches)


def test_a_batch_lost_since_it_was_listed_stops_no_other(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    mailbox.put(second, first)
    mailbox.lost.add(second.sha512)
    collected = collect_from_mailbox(desk, mailbox, name="m")
    assert [one.outcome for one in collected.taken] == [Outcome.REFUSED, Outcome.INGESTED]


def test_a_list_that_does_not_grow_is_not_read_for_ever(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    mailbox.put(laptop.seal(coded(1)))
    honest = mailbox.list_batches
    mailbox.list_batches = lambda _after: honest(0)  # type: ignore[method-assign]
    with pytest.raises(NotTheMailboxError):
        collect_from_mailbox(desk, mailbox, name="m")


def test_a_desk_put_back_from_a_backup_goes_on_where_another_answer_lies(
    desk: Desk, laptop: Sender, mailbox: MemoryMailbox
) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    mailbox.put(first, second)
    mailbox.receipts[first.sha512] = b"the answer of the desk before it was put back"
    assert collect_from_mailbox(desk, mailbox, name="m").receipts == 2
    assert set(mailbox.receipts) == {first.sha512, second.sha512}


def test_a_newer_list_of_laptops_at_the_mailbox_stays(desk: Desk, mailbox: MemoryMailbox) -> None:
    publish_devices(desk, mailbox)
    published = read_device_list(mailbox.devices, desk.keys.root.public)
    assert published.find(LAPTOP.device) is not None
    mailbox.refuses_lists_with = LIST_OLDER
    publish_devices(desk, mailbox)
    mailbox.refuses_lists_with = "not_a_device_list"
    with pytest.raises(MailboxRefusedError):
        publish_devices(desk, mailbox)


def test_a_desk_put_back_from_a_backup_issues_a_newer_list(centre: Path, tmp_path: Path, clock: FakeClock) -> None:
    kept = shutil.copytree(centre, tmp_path / "kept")
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        enrol(desk, OTHER_LAPTOP)
        before = read_device_list(newest_list(desk), desk.keys.root.public).number
    clock.advance(60)
    with open_desk(kept, PASSPHRASE, clock=clock) as desk:
        enrol(desk, OTHER_LAPTOP)
        assert read_device_list(newest_list(desk), desk.keys.root.public).number > before


def test_another_refusal_of_an_answer_is_told(desk: Desk, laptop: Sender, mailbox: MemoryMailbox) -> None:
    mailbox.put(laptop.seal(coded(1)))

    def refuse(_receipt: bytes) -> None:
        raise MailboxRefusedError(code="wrong_hash")

    mailbox.put_receipt = refuse  # type: ignore[method-assign]
    with pytest.raises(MailboxRefusedError):
        collect_from_mailbox(desk, mailbox, name="m")


def test_a_stick_brought_twice_gets_the_same_answers_again(desk: Desk, laptop: Sender, tmp_path: Path) -> None:
    batches = [laptop.seal(coded(number)) for number in range(2)]
    for batch in batches:
        write_batch(tmp_path, batch)
    assert collect_from_stick(desk, StickFolder(tmp_path)).number_of(Outcome.INGESTED) == 2
    first = {read_receipt_header(data).sha512: data for data in read_receipts(tmp_path)}
    assert first == receipts_of(desk, *batches)
    for file in tmp_path.glob("*.or1"):
        file.unlink()
    seen: list[int] = []
    assert collect_from_stick(desk, StickFolder(tmp_path), progress=seen.append).number_of(Outcome.REPEATED) == 2
    assert {read_receipt_header(data).sha512: data for data in read_receipts(tmp_path)} == first
    assert seen == [1, 2]
    receipt = opened(desk.keys.receipt.public, LAPTOP, batches[0], first[batches[0].sha512])
    assert (receipt.kind, receipt.counts.ingested) == ("ingested", 1)
