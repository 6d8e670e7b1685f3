"""What is counted while locked: sealed, of one size, taken in once."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import BugError
from outreach_app.vault import counter_inbox, slot_file
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import DiskFaultError
from outreach_app.vault.open_vault import OpenVault
from tests.support.vaults import Template


@pytest.fixture
def vault(template: Template, folder: Path) -> Iterator[OpenVault]:
    vault = template.open(folder)
    yield vault
    vault.close()


def taken(vault: OpenVault) -> list[bytes]:
    records: list[bytes] = []
    count = counter_inbox.take_in(vault, lambda _, record: records.append(record))
    assert count == len(records)
    return records


def test_what_was_counted_comes_out_once_and_in_order(vault: OpenVault) -> None:
    assert counter_inbox.append(vault.folder, b"one")
    assert counter_inbox.append(vault.folder, b"two" * 100)
    file = vault.folder / counter_inbox.NAME
    assert file.stat().st_size == 2 * counter_inbox.RECORD_BYTES
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"two" not in file.read_bytes()
    assert taken(vault) == [b"one", b"two" * 100]
    assert not file.exists()
    assert taken(vault) == []


@given(st.binary(max_size=510))
@settings(max_examples=10, deadline=None)
def test_any_content_comes_back(vault_of_module: OpenVault, content: bytes) -> None:
    counter_inbox.append(vault_of_module.folder, content)
    assert taken(vault_of_module) == [content]


@pytest.fixture(scope="module")
def vault_of_module(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = template.open(template.copy(tmp_path_factory.mktemp("inbox") / "vault"))
    yield vault
    vault.close()


def test_a_record_that_is_too_long_is_ours(vault: OpenVault) -> None:
    with pytest.raises(BugError):
        counter_inbox.append(vault.folder, bytes(511))


def test_a_record_cut_off_or_changed_does_not_take_the_others_along(vault: OpenVault) -> None:
    file = vault.folder / counter_inbox.NAME
    counter_inbox.append(vault.folder, b"first")
    counter_inbox.append(vault.folder, b"torn")
    os.truncate(file, file.stat().st_size - 100)
    counter_inbox.append(vault.folder, b"after")
    content = bytearray(file.read_bytes())
    assert len(content) == 3 * counter_inbox.RECORD_BYTES
    assert taken(vault) == [b"first", b"after"]
    counter_inbox.append(vault.folder, b"changed")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert taken(vault) == []


def test_nothing_is_lost_when_taking_in_fails(vault: OpenVault) -> None:
    counter_inbox.append(vault.folder, b"kept")

    def fails(_: Connection, __: bytes) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        counter_inbox.take_in(vault, fails)
    assert taken(vault) == [b"kept"]


def test_what_comes_while_it_is_taken_in_waits_for_the_next_time(vault: OpenVault) -> None:
    def more_comes(_: Connection, __: bytes) -> None:
        counter_inbox.append(vault.folder, b"meanwhile")

    counter_inbox.append(vault.folder, b"first")
    counter_inbox.take_in(vault, more_comes)
    assert taken(vault) == [b"first", b"meanwhile"], "both once more: ids make the first one harmless"


def test_a_record_after_one_that_failed_is_as_safe_as_any(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    sync = os.fsync

    def fail_once(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        if len(synced) == 1:
            raise OSError(errno.EIO, "the disk failed")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail_once)
    with pytest.raises(DiskFaultError):
        counter_inbox.append(vault.folder, b"one")
    assert counter_inbox.append(vault.folder, b"two")
    assert synced == [False, False, True], "the file exists already, but its name may not be on the disk"


def test_a_full_inbox_counts_no_more(vault: OpenVault) -> None:
    file = vault.folder / counter_inbox.NAME
    room = counter_inbox.MOST_BYTES // counter_inbox.RECORD_BYTES * counter_inbox.RECORD_BYTES
    file.write_bytes(bytes(room - counter_inbox.RECORD_BYTES))
    assert counter_inbox.append(vault.folder, b"last")
    assert not counter_inbox.append(vault.folder, b"too many")
    assert file.stat().st_size <= counter_inbox.MOST_BYTES
    assert taken(vault) == [b"last"]


def test_a_vault_without_a_key_counts_nothing(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    file = slot_file.read_newest(vault.folder)
    monkeypatch.setattr(slot_file, "read_newest", lambda _: type(file)(file.format, file.vault_id, 1, file.slots, b"", ""))
    assert not counter_inbox.append(vault.folder, b"x")


def test_a_record_of_another_vault_does_not_open(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    counter_inbox.append(vault.folder, b"ours")
    monkeypatch.setattr(vault, "vault_id", "f" * 32)
    assert taken(vault) == []
