"""Key files: made, read back however they were copied, refused when they are something else; a second factor, no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.vault.backoff import Backoff
from outreach_app.vault.errors import (
    KeyFileError,
    KeyFileNeededError,
    KeyFileOnlyWayError,
    WrongPassphraseError,
)
from outreach_app.vault.key_file import new_key_file, read_key_file
from outreach_app.vault.opening import open_vault
from outreach_app.vault.worker_slots import add_slot, remove_slot, set_key_file
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, things


def test_each_is_another_and_reads_back_as_typed_again() -> None:
    content = new_key_file()
    assert content != new_key_file()
    secret = read_key_file(content)
    assert len(secret) == 32
    typed = content.decode().lower().replace("key file 1\n", "key file 1\r\n  ").replace(" ", "  ")
    assert read_key_file(typed.replace("key  file  1", "key file 1").encode()) == secret
    assert len(content) < 120  # it fits on a slip of paper


@pytest.mark.parametrize(
    "content",
    [b"", b"key file 1\n", b"\xff\xfe", b"key file 2\n" + new_key_file()[11:], b"x" * 9999],
    ids=["empty", "heading only", "no text", "of a newer form", "too long"],  # names that are the same in each process
)
def test_what_is_no_key_file_is_said(content: bytes) -> None:
    with pytest.raises(KeyFileError):
        read_key_file(content)


def test_every_changed_letter_is_seen() -> None:
    content = new_key_file()
    for place in range(11, len(content) - 1):
        if chr(content[place]).isalnum():
            other = ord("A") if content[place] != ord("A") else ord("B")
            with pytest.raises(KeyFileError):
                read_key_file(content[:place] + bytes([other]) + content[place + 1 :])


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_nonsense_is_no_key_file(content: bytes) -> None:
    with pytest.raises(KeyFileError):
        read_key_file(content)


def test_slot_with_a_key_file_needs_both_and_a_way_without_stays(template: Template, folder: Path) -> None:
    vault, stick = template.open(folder), new_key_file()
    with pytest.raises(KeyFileOnlyWayError):
        set_key_file(vault, PASSPHRASE, stick, clock=FakeClock(), cost=CHEAP_COST)
    slot_id = add_slot(
        vault, OTHER_PASSPHRASE, "outreach", clock=FakeClock(), ids=CountingIds(5), cost=CHEAP_COST, key_file=stick
    )
    with pytest.raises(KeyFileOnlyWayError):
        set_key_file(vault, PASSPHRASE, new_key_file(), clock=FakeClock(), cost=CHEAP_COST)
    vault.close()

    def opened(passphrase: str, key_file: bytes | None) -> str:
        vault = open_vault(folder, passphrase, migrations=template.migrations, clock=FakeClock(), key_file=key_file)
        assert things(vault) == ["first"]
        vault.close()
        return vault.slot_id

    assert opened(OTHER_PASSPHRASE, stick) == slot_id
    assert opened(PASSPHRASE, None) != slot_id
    assert opened(PASSPHRASE, stick) != slot_id  # a key file too many does no harm
    with pytest.raises(KeyFileNeededError):
        opened(OTHER_PASSPHRASE, None)
    with pytest.raises(WrongPassphraseError):
        opened(OTHER_PASSPHRASE, new_key_file())
    with pytest.raises(KeyFileError):
        opened(OTHER_PASSPHRASE, b"not a key file")


def test_last_way_without_a_key_file_is_not_removed(template: Template, folder: Path) -> None:
    vault, stick = template.open(folder), new_key_file()
    add_slot(vault, OTHER_PASSPHRASE, "outreach", clock=FakeClock(), ids=CountingIds(5), cost=CHEAP_COST, key_file=stick)
    vault.close()
    other = open_vault(
        folder, OTHER_PASSPHRASE, migrations=template.migrations, clock=FakeClock(), key_file=stick
    )
    with pytest.raises(KeyFileOnlyWayError):
        remove_slot(other, template.unlocked.slot.header.slot_id)
    other.close()


def test_missing_key_file_counts_as_a_wrong_try(template: Template, folder: Path) -> None:
    vault, clock = template.open(folder), FakeClock()
    add_slot(
        vault, OTHER_PASSPHRASE, "outreach", clock=clock, ids=CountingIds(5), cost=CHEAP_COST, key_file=new_key_file()
    )
    vault.close()
    backoff = Backoff(folder, clock)
    with pytest.raises(KeyFileNeededError):
        open_vault(folder, OTHER_PASSPHRASE, migrations=template.migrations, clock=clock, backoff=backoff)
    assert backoff.wrong_tries == 1
