"""The desk's receipts: listed, their log followed, and the same bytes handed out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.errors import DeviceUnknownError
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.letters import letters_to
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.receipt_log import document_name, find_head
from outreach_app.centre.desk.receipts_given import hand_again, list_given, verify_given
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.errors import NotInMailboxError
from outreach_app.sync.receipts import ReasonCode, make_receipt, read_receipt_header
from outreach_app.vault import audit
from outreach_app.wire.batch_records import VoidRecord
from tests.support.desk import WORKER, Sender, answer_to, coded, enrol, record_id, sender
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP
from tests.unit.centre.desk.test_collecting import MemoryMailbox


def test_receipts_are_listed_with_the_batch_they_answer(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(coded(1)).data)
    take_in(desk, sender(desk, LAPTOP).seal(coded(2)).data)
    take_in(desk, sender(desk, OTHER_LAPTOP).seal(coded(3)).data)
    assert [(one.device, one.epoch, one.seq, one.kind, one.reason, one.log_size) for one in list_given(desk)] == [
        (OTHER_LAPTOP.device, 1, 1, "ingested", 0, 3), (LAPTOP.device, 1, 1, "rejected", ReasonCode.NUMBER_TAKEN, 2),
        (LAPTOP.device, 1, 1, "ingested", 0, 1),
    ]
    assert [one.log_size for one in list_given(desk, OTHER_LAPTOP.device)] == [3]


def test_a_whole_log_is_whole_with_numbers_given_up_and_batches_that_wait(desk: Desk, laptop: Sender) -> None:
    assert verify_given(desk).is_whole
    lost, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    void = VoidRecord(id=record_id(70), version=1, worker=WORKER, epoch=1, seq=1, sha512=lost.sha512)
    for batch in (second, laptop.seal(void), laptop.seal(coded(3), seq=9)):
        take_in(desk, batch.data)
    report = verify_given(desk)
    assert (report.is_whole, report.receipts, report.root) == (True, 2, find_head(desk.vault.connection).root)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("UPDATE receipt_log SET entry = X'7b7d' WHERE size = 2", (2, 1, 0)),
        ("UPDATE receipts SET kind = 'rejected' WHERE log_size = 2", (None, 1, 0)),
        ("UPDATE receipts SET document = X'00' WHERE log_size = 3", (None, 1, 0)),
        ("UPDATE receipts SET log_size = 1 WHERE log_size = 2", (None, 1, 0)),
        ("DELETE FROM receipts WHERE log_size = 2", (None, 0, 1)),
    ],
)
def test_whatever_was_changed_is_found(desk: Desk, laptop: Sender, harm: str, says: tuple[int | None, int, int]) -> None:
    for number in range(3):
        take_in(desk, laptop.seal(coded(number)).data)
    with desk.vault.transaction() as connection:
        connection.execute(harm)
    report = verify_given(desk)
    assert (report.first_wrong, len(report.differing), len(report.unanswered)) == says
    assert not report.is_whole


def test_the_same_bytes_go_onto_a_new_stick(desk: Desk, laptop: Sender, tmp_path: Path) -> None:
    enrol(desk, OTHER_LAPTOP)
    (first := tmp_path / "first").mkdir()
    (second := tmp_path / "second").mkdir()
    for batch in (laptop.seal(coded(1)), laptop.seal(coded(2)), sender(desk, OTHER_LAPTOP).seal(coded(3))):
        write_batch(first, batch)
    collect_from_stick(desk, StickFolder(first))
    handed = hand_again(desk, StickFolder(second))
    assert (handed.receipts, handed.letters, handed.elsewhere) == (3, 2, 0)
    assert set(read_receipts(second)) == set(read_receipts(first))
    (third := tmp_path / "third").mkdir()
    assert hand_again(desk, StickFolder(third), OTHER_LAPTOP.device).receipts == 1
    assert StickFolder(third).fetch_letters(OTHER_LAPTOP.device) == letters_to(desk.vault.connection, OTHER_LAPTOP.device)
    told = [(entry.subject, entry.detail) for entry in audit.list_entries(desk.vault) if entry.action == "handed_again"]
    assert told == [(OTHER_LAPTOP.device, "1"), ("", "3")]


@pytest.mark.parametrize("name", ["zz", "0" * 32])
def test_a_laptop_that_does_not_exist_is_told(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(DeviceUnknownError):
        list_given(desk, name)
    with pytest.raises(DeviceUnknownError):
        hand_again(desk, StickFolder(tmp_path), name)


def test_a_mailbox_that_never_had_a_batch_is_passed_over(desk: Desk, laptop: Sender) -> None:
    mailbox = MemoryMailbox()
    here, elsewhere = laptop.seal(coded(1)), laptop.seal(coded(2))
    for batch in (here, elsewhere):
        take_in(desk, batch.data)
    honest = mailbox.put_receipt

    def put(receipt: bytes) -> None:
        if read_receipt_header(receipt).sha512 == elsewhere.sha512:
            raise NotInMailboxError
        honest(receipt)

    mailbox.put_receipt = put  # type: ignore[method-assign]
    handed = hand_again(desk, mailbox)
    assert (handed.receipts, handed.elsewhere, set(mailbox.receipts)) == (1, 1, {here.sha512})


def test_a_receipt_exchanged_for_another_with_the_same_outside_is_found(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number)) for number in range(2)]
    for batch in batches:
        take_in(desk, batch.data)
    other = make_receipt(answer_to(desk, batches[0]), device=LAPTOP.receiving.public, issuer=desk.keys.receipt)
    with desk.vault.transaction() as connection:
        connection.execute("UPDATE receipts SET document = ? WHERE batch = ?", (other, batches[0].sha512))
    report = verify_given(desk)
    assert (report.first_wrong, report.differing, report.unchecked) == (None, (batches[0].sha512,), 0)
    with desk.vault.transaction() as connection:
        connection.execute("UPDATE receipt_log SET document = ? WHERE size = 1", (document_name(other),))
    assert verify_given(desk).first_wrong == 2


def test_receipts_from_before_their_bytes_were_pinned_are_told_as_unchecked(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    with desk.vault.transaction() as connection:
        connection.execute("UPDATE receipt_log SET document = NULL")
    take_in(desk, laptop.seal(coded(2)).data)
    report = verify_given(desk)
    assert (report.is_whole, report.receipts, report.unchecked) == (True, 2, 1)
