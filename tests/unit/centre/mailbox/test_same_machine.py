"""The desk's road to the store beside it says what the network road would say."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.centre.mailbox.errors import MailboxNotSetUpError, StoreUnusableError
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.sync.devices import DeviceEntry, make_device_list
from outreach_app.sync.errors import (
    BatchDamagedError,
    MailboxFaultError,
    MailboxRefusedError,
    NotInMailboxError,
    NotTheMailboxError,
)
from outreach_app.sync.letters import make_letter
from outreach_app.sync.receipts import Receipt, make_receipt
from outreach_app.wire.letters import Letter
from tests.support.clock import FakeClock
from tests.support.mailboxes import batch, large_batch
from tests.support.sync_people import CENTRE, LAPTOP

NAME = "ab" * 64
PAGE = 4096  # bytes of a page of SQLite


@pytest.fixture
def mailbox(tmp_path: Path):
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    opened = SameMachineMailbox(tmp_path, database=None, clock=FakeClock())
    yield opened
    opened.close()


def device_list(number: int) -> bytes:
    entry = DeviceEntry(LAPTOP.device, LAPTOP.signing.public, LAPTOP.receiving.public)
    return make_device_list([entry], number=number, issued_at=FakeClock().now(), root=CENTRE.root)


def test_no_mailbox_no_road(tmp_path: Path) -> None:
    with pytest.raises(MailboxNotSetUpError):
        SameMachineMailbox(tmp_path, database=None, clock=FakeClock())


def test_what_is_not_there_is_not_there(mailbox: SameMachineMailbox) -> None:
    assert mailbox.list_batches() == ()
    with pytest.raises(NotInMailboxError):
        mailbox.get_batch(NAME)
    receipt = Receipt(
        kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=NAME, issued_at="2026-03-02T20:00:00Z"
    )
    with pytest.raises(NotInMailboxError):
        mailbox.put_receipt(make_receipt(receipt, device=LAPTOP.receiving.public, issuer=CENTRE.desk))


def test_a_device_list_is_taken_again_but_never_an_older_one(mailbox: SameMachineMailbox) -> None:
    newer = device_list(2)
    mailbox.put_devices(newer)
    mailbox.put_devices(newer)
    with pytest.raises(MailboxRefusedError):
        mailbox.put_devices(device_list(1))


def test_a_fault_of_the_database_is_a_known_error(mailbox: SameMachineMailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_after: int) -> None:
        raise OperationalError("select", {}, Exception("disk"))

    monkeypatch.setattr(mailbox._office, "list_batches", broken)
    with pytest.raises(StoreUnusableError):
        mailbox.list_batches()


def test_a_batch_with_another_hash_is_not_handed_on(mailbox: SameMachineMailbox) -> None:
    mailbox.put_devices(device_list(1))
    good = batch(1)
    mailbox._office.take_batch(good.sha512, good.data)
    assert mailbox.get_batch(good.sha512) == good.data
    with mailbox._store._engine.begin() as connection:
        connection.execute(text("UPDATE batches SET data = :data"), {"data": good.data[:-1] + b"\0"})
    with pytest.raises(BatchDamagedError):
        mailbox.get_batch(good.sha512)


def test_a_batch_that_the_database_lost_keeps_no_other_away(mailbox: SameMachineMailbox, tmp_path: Path) -> None:
    mailbox.put_devices(device_list(1))
    good, bad = batch(1), large_batch(2)
    for each in (good, bad):
        mailbox._office.take_batch(each.sha512, each.data)
    mailbox.close()
    spoil(tmp_path / "mailbox" / "mailbox.db", bad.data)
    with pytest.raises(MailboxFaultError):
        mailbox.get_batch(bad.sha512)
    assert mailbox.get_batch(good.sha512) == good.data
    with mailbox._store._engine.begin() as connection:
        connection.execute(text("UPDATE batches SET data = X'' WHERE number = 1"))  # as if it lay in chunks
    with pytest.raises(MailboxFaultError):
        mailbox.get_batch(good.sha512)
    assert [row.sha512 for row in mailbox.list_batches()] == [good.sha512, bad.sha512]


def spoil(database: Path, data: bytes) -> None:
    """Break what leads from the page with some of these bytes to the next one."""
    raw = bytearray(database.read_bytes())
    page = raw.find(data[5000:5100]) // PAGE * PAGE
    raw[page : page + 4] = b"\xff" * 4
    database.write_bytes(raw)


def test_letters_and_files_are_left_as_over_the_network(mailbox: SameMachineMailbox) -> None:
    letter = Letter(kind="gap", device=LAPTOP.device, number=1, issued_at="2026-03-03T09:00:00Z")
    sealed = make_letter(letter, device=LAPTOP.receiving.public, issuer=CENTRE.desk)
    mailbox.put_letter(sealed)
    assert mailbox._office.publications.find_letters(LAPTOP.device) == (sealed,)
    assert mailbox.fetch_pack_file("1.root.json", 10) is None
    mailbox.put_pack_file("1.root.json", b"root")
    assert mailbox.fetch_pack_file("1.root.json", 10) == b"root"
    with pytest.raises(NotTheMailboxError):
        mailbox.fetch_pack_file("1.root.json", 3)
    with pytest.raises(MailboxRefusedError, match="file_exists"):
        mailbox.put_pack_file("1.root.json", b"other")
