"""Rounds over a mailbox that lost or damaged something: nobody else's answer is kept away, and all of it is told."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from outreach_app.centre.desk.collecting import Collected, collect_from_mailbox, collect_from_stick
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import Outcome
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.words import ingest_lines, ingest_numbers
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.errors import (
    BatchDamagedError,
    LineCutError,
    MailboxFaultError,
    MailboxRefusedError,
    NotInMailboxError,
    NotTheMailboxError,
)
from outreach_app.sync.receipts import ReasonCode, read_receipt_header
from outreach_app.wire.mailbox_config import BatchListing
from tests.support.desk import Sender, answer_to, coded
from tests.support.sticks import write_batch
from tests.support.sync_people import LAPTOP
from tests.unit.centre.desk.test_collecting import MemoryMailbox


class UnwellMailbox(MemoryMailbox):
    """``bad`` batches cannot be given, ``gone`` ones have no place for a receipt; each by name, with what it raises."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: dict[str, KnownError] = {}
        self.gone: dict[str, KnownError] = {}
        self.list_fails_after = -1

    def list_batches(self, after: int = 0) -> tuple[BatchListing, ...]:
        if self.list_fails_after == 0:
            raise NotTheMailboxError
        self.list_fails_after -= 1
        return super().list_batches(after)

    def get_batch(self, sha512: str) -> bytes:
        if sha512 in self.bad:
            raise self.bad[sha512]
        return super().get_batch(sha512)

    def put_receipt(self, receipt: bytes) -> None:
        name = read_receipt_header(receipt).sha512
        if name in self.gone:
            raise self.gone[name]
        super().put_receipt(receipt)


@pytest.fixture
def mailbox() -> UnwellMailbox:
    return UnwellMailbox()


def collect(desk: Desk, mailbox: MemoryMailbox) -> Collected:
    return collect_from_mailbox(desk, mailbox, name="m")


def told(collected: Collected) -> str:
    return " ".join(ingest_lines(ingest_numbers(collected)))


@pytest.mark.parametrize(
    "error",
    [BatchDamagedError(), LineCutError(), NotInMailboxError(), NotTheMailboxError(), MailboxFaultError(code="fault")],
    ids=lambda error: type(error).__name__,
)
def test_one_batch_that_cannot_be_read_stops_no_other_and_is_told_until_it_is_well(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox, error: KnownError
) -> None:
    batches = [laptop.seal(coded(number)) for number in range(5)]
    mailbox.put(*batches)
    bad = batches[2]
    mailbox.bad[bad.sha512] = error
    for _round in range(2):
        collected = collect(desk, mailbox)
        assert [(one.outcome, one.reason, one.seq) for one in collected.at_mailbox] == [
            (Outcome.REFUSED, ReasonCode.BATCH_DAMAGED, 3)
        ]
        assert [gap.first_missing for gap in collected.gaps] == [3]
        assert "Batch 3 of laptop" in told(collected)
        assert told(collected).count("damaged") == 1
        assert set(mailbox.receipts) == {batch.sha512 for batch in batches[:2]}
        assert (LAPTOP.device, "gap") in mailbox.letters
    mailbox.bad.clear()
    well = collect(desk, mailbox)
    assert (well.at_mailbox, well.gaps, well.receipts) == ((), (), 3)
    assert set(mailbox.receipts) == {batch.sha512 for batch in batches}
    assert collect(desk, mailbox).taken == ()
    assert count(desk).totals.encounters == 5


def test_a_damaged_batch_that_comes_by_stick_is_told_no_more_and_answered_there_too(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox, tmp_path: Path
) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    mailbox.put(first, second)
    mailbox.bad[first.sha512] = BatchDamagedError()
    assert collect(desk, mailbox).receipts == 0
    write_batch(tmp_path, first)
    assert [one.seq for one in collect_from_stick(desk, StickFolder(tmp_path)).taken] == [1, 2]
    collected = collect(desk, mailbox)
    assert (collected.at_mailbox, set(mailbox.receipts)) == ((), {first.sha512, second.sha512})


def test_a_line_that_was_cut_once_damages_nothing(desk: Desk, laptop: Sender, mailbox: UnwellMailbox) -> None:
    mailbox.put(laptop.seal(coded(1)))
    honest, calls = mailbox.get_batch, list[str]()

    def cut_once(sha512: str) -> bytes:
        calls.append(sha512)
        if len(calls) == 1:
            raise LineCutError
        return honest(sha512)

    mailbox.get_batch = cut_once  # type: ignore[method-assign]
    collected = collect(desk, mailbox)
    assert (collected.at_mailbox, collected.receipts, len(calls)) == ((), 1, 2)


def test_what_is_owed_goes_out_also_where_the_reading_stops(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    batches = [laptop.seal(coded(number)) for number in range(3)]
    mailbox.put(*batches)
    mailbox.list_fails_after = 1
    with pytest.raises(NotTheMailboxError):
        collect(desk, mailbox)
    assert set(mailbox.receipts) == {batch.sha512 for batch in batches[:2]}


def test_an_answer_without_its_batch_stays_owed_and_keeps_no_other_away(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    gone, here = laptop.seal(coded(1)), laptop.seal(coded(2))
    mailbox.put(gone, here)
    mailbox.gone[gone.sha512] = NotInMailboxError()
    for receipts in (1, 0):
        collected = collect(desk, mailbox)
        assert (collected.receipts, collected.owed, set(mailbox.receipts)) == (receipts, 1, {here.sha512})
        assert "1 receipt waits here" in told(collected)
    mailbox.gone.clear()
    again = collect(desk, mailbox)
    assert (again.receipts, again.owed, len(mailbox.receipts)) == (1, 0, 2)


def test_one_answer_that_is_refused_is_told_after_the_others_went(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    mailbox.put(first, second)
    mailbox.gone[first.sha512] = MailboxRefusedError(code="wrong_hash")
    with pytest.raises(MailboxRefusedError):
        collect(desk, mailbox)
    assert set(mailbox.receipts) == {second.sha512}


def test_a_mailbox_put_back_is_noticed_and_read_from_its_start(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    before = [laptop.seal(coded(number)) for number in range(5)]
    mailbox.put(*before)
    collect(desk, mailbox)
    mailbox.batches, mailbox.receipts, mailbox.letters = before[:2], {}, {}
    mailbox.put(*[laptop.seal(coded(number)) for number in range(10, 14)])
    collected = collect(desk, mailbox)
    assert (collected.put_back, collected.number_of(Outcome.INGESTED), collected.receipts) == (True, 4, 6)
    assert "put back from a backup" in told(collected)
    assert set(mailbox.receipts) == {batch.sha512 for batch in mailbox.batches}
    assert (LAPTOP.device, "figures") in mailbox.letters
    assert count(desk).totals.encounters == 9
    calm = collect(desk, mailbox)
    assert (calm.put_back, calm.taken) == (False, ())


def test_a_mailbox_that_lost_only_answers_is_noticed_once(desk: Desk, laptop: Sender, mailbox: UnwellMailbox) -> None:
    mailbox.put(*[laptop.seal(coded(number)) for number in range(3)])
    collect(desk, mailbox)
    answers, mailbox.receipts = mailbox.receipts, {}
    again = collect(desk, mailbox)
    assert (again.put_back, again.number_of(Outcome.REPEATED), mailbox.receipts) == (True, 3, answers)
    assert not collect(desk, mailbox).put_back


def test_a_mailbox_that_lost_an_answer_and_damaged_its_batch_is_noticed_once(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    batches = [laptop.seal(coded(number)) for number in range(2)]
    mailbox.put(*batches)
    collect(desk, mailbox)
    answers, mailbox.receipts = mailbox.receipts, {}
    mailbox.bad[batches[-1].sha512] = BatchDamagedError()
    assert [collect(desk, mailbox).put_back for _round in range(3)] == [True, False, False]
    assert mailbox.receipts == answers


def test_a_mailbox_of_an_older_version_does_not_say_what_is_answered(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.put(laptop.seal(coded(1)))
    newer = mailbox.list_batches
    untold = {"answered": None}
    monkeypatch.setattr(
        mailbox, "list_batches", lambda after=0: tuple(msgspec.structs.replace(one, **untold) for one in newer(after))
    )
    assert [collect(desk, mailbox).put_back for _round in range(2)] == [False, False]


def test_an_emptied_mailbox_is_noticed_once(desk: Desk, laptop: Sender, mailbox: UnwellMailbox) -> None:
    mailbox.put(laptop.seal(coded(1)))
    collect(desk, mailbox)
    mailbox.batches.clear()
    assert [collect(desk, mailbox).put_back for _round in range(2)] == [True, False]
    mailbox.put(laptop.sealed[0])
    assert collect(desk, mailbox).number_of(Outcome.REPEATED) == 1


def test_a_place_from_before_names_were_kept_is_believed(desk: Desk, laptop: Sender, mailbox: UnwellMailbox) -> None:
    mailbox.put(laptop.seal(coded(1)))
    collect(desk, mailbox)
    with desk.vault.transaction() as connection:
        connection.execute("UPDATE source_positions SET sha512 = NULL")
    mailbox.put(laptop.seal(coded(2)))
    collected = collect(desk, mailbox)
    assert (collected.put_back, collected.number_of(Outcome.INGESTED), collected.receipts) == (False, 1, 1)


def test_what_waits_of_a_laptop_that_was_revoked_is_answered(
    desk: Desk, laptop: Sender, mailbox: UnwellMailbox
) -> None:
    first, second, third = (laptop.seal(coded(number)) for number in range(3))
    mailbox.put(third, second)
    assert collect(desk, mailbox).number_of(Outcome.WAITING) == 2
    revoke_device(desk, LAPTOP.device)
    collected = collect(desk, mailbox)
    assert [(one.outcome, one.reason, one.seq) for one in collected.taken] == [
        (Outcome.REJECTED, ReasonCode.DEVICE_REVOKED, seq) for seq in (2, 3)
    ]
    assert set(mailbox.receipts) == {second.sha512, third.sha512}
    assert answer_to(desk, second).reason == ReasonCode.DEVICE_REVOKED
    mailbox.put(first)
    assert [one.reason for one in collect(desk, mailbox).taken] == [ReasonCode.DEVICE_REVOKED]
    assert (collect(desk, mailbox).taken, len(mailbox.receipts)) == ((), 3)
