"""A centre's desk is made once, finishes what was interrupted, and opens only what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.enrolment import centre_words
from outreach_app.centre.desk.errors import CentreMissingError, KeyMissingError
from outreach_app.centre.desk.opening import Desk, desk_exists, init_desk, open_desk
from outreach_app.errors import KnownError
from outreach_app.sync.errors import KeyUnreadableError, MailboxAddressError
from outreach_app.vault.argon import FLOOR
from outreach_app.vault.errors import WrongPassphraseError
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE
from tests.support.ids import CountingIds
from tests.support.sync_people import CENTRE


def test_the_same_keys_are_there_after_opening_again(tmp_path: Path) -> None:
    with init_desk(tmp_path / "c", PASSPHRASE, clock=FakeClock(), ids=CountingIds(), cost=FLOOR) as made:
        keys, words = made.keys, centre_words(made)
    assert len(words.split()) == 6
    with open_desk(tmp_path / "c", PASSPHRASE, clock=FakeClock()) as again:
        assert again.keys.root.public == keys.root.public
        assert again.keys.receipt.public == keys.receipt.public
        assert again.keys.current_sealing_key == keys.current_sealing_key
        assert (again.keys.linkage, len(again.keys.linkage)) == (keys.linkage, 32)
        assert centre_words(again) == words


def test_an_interrupted_init_is_finished_with_the_same_passphrase_only(centre: Path) -> None:
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
        root = desk.keys.root.public
        with desk.vault.transaction() as connection:
            connection.execute("DELETE FROM centre_keys WHERE purpose IN ('sealing', 'linkage')")
    with pytest.raises(KeyMissingError):
        open_desk(centre, PASSPHRASE, clock=FakeClock())
    with pytest.raises(WrongPassphraseError):
        init_desk(centre, "another lantern orbit velvet canyon", clock=FakeClock(), ids=CountingIds(), cost=FLOOR)
    with init_desk(centre, PASSPHRASE, clock=FakeClock(), ids=CountingIds(), cost=FLOOR) as desk:
        assert desk.keys.root.public == root
        assert desk.keys.current_sealing_key.key_id


def test_a_key_that_cannot_be_read_stops_the_desk_and_leaves_it_closed(centre: Path) -> None:
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk, desk.vault.transaction() as connection:
        connection.execute("UPDATE centre_keys SET private = X'00' WHERE purpose = 'root'")
    for _again in range(2):  # a vault left open would be in use the second time
        with pytest.raises(KeyUnreadableError):
            open_desk(centre, PASSPHRASE, clock=FakeClock())
        with pytest.raises(KeyUnreadableError):
            init_desk(centre, PASSPHRASE, clock=FakeClock(), ids=CountingIds(), cost=FLOOR)


def test_a_file_in_the_folders_place_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(KnownError):
        init_desk(tmp_path / "file" / "c", PASSPHRASE, clock=FakeClock(), ids=CountingIds(), cost=FLOOR)


def test_no_desk_no_opening_and_nothing_made(tmp_path: Path) -> None:
    with pytest.raises(CentreMissingError):
        open_desk(tmp_path / "nothing", PASSPHRASE, clock=FakeClock())
    assert not (tmp_path / "nothing").exists()
    assert not desk_exists(tmp_path)


def test_facts_about_the_mailbox_are_kept_and_replaced(desk: Desk) -> None:
    assert facts.mailbox_address(desk) is None
    facts.keep_mailbox_address(desk, "https://one.example")
    facts.keep_mailbox_address(desk, "https://two.example")
    for untrusted in ("mailbox.example", "ftp://mailbox.example", "https://mail box.example", "https://" + "a" * 400):
        with pytest.raises(MailboxAddressError):
            facts.keep_mailbox_address(desk, untrusted)
    assert facts.mailbox_address(desk) == "https://two.example"
    assert facts.mailbox_receipt_key(desk) == CENTRE.mailbox.public
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM centre_facts")
    with pytest.raises(KeyMissingError):
        facts.mailbox_receipt_key(desk)
