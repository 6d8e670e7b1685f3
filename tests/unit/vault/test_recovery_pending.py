"""The request that waits beside the vault: only the new passphrase opens it, and damage counts as none."""

import stat
from pathlib import Path

import msgspec
import pytest

from outreach_app.vault import recovery_pending
from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.errors import (
    UnsafeCostError,
    VaultInUseError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from outreach_app.vault.lock_file import VaultLock
from tests.support.recovery import ONE_TIME, ask, make, recover
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE, Template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make(tmp_path_factory.mktemp("recoverable"))


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    return template.copy(tmp_path / "vault")


def test_a_weak_new_passphrase_is_refused_at_once(folder: Path) -> None:
    with pytest.raises(WeakPassphraseError):
        ask(folder, passphrase="password")
    assert recovery_pending.find(folder) is None


def test_an_open_vault_is_not_asked_for(folder: Path) -> None:
    lock = VaultLock(folder)
    with pytest.raises(VaultInUseError):
        ask(folder)
    lock.release()


def test_the_request_that_waits_opens_with_its_passphrase_only(folder: Path) -> None:
    pending = ask(folder)
    assert recovery_pending.open_one_time_key(pending, OTHER_PASSPHRASE) == ONE_TIME
    assert ONE_TIME not in (folder / recovery_pending.NAME).read_bytes()
    with pytest.raises(WrongPassphraseError):
        recovery_pending.open_one_time_key(pending, PASSPHRASE)
    for change in ({"slot_id": "cd" * 16}, {"head": "00"}, {"wrapped_key": b"short"}, {"request": b"other"}):
        with pytest.raises(WrongPassphraseError):
            recovery_pending.open_one_time_key(msgspec.structs.replace(pending, **change), OTHER_PASSPHRASE)
    with pytest.raises(UnsafeCostError):
        recovery_pending.open_one_time_key(msgspec.structs.replace(pending, cost=Argon2Cost(8, 1, 1)), OTHER_PASSPHRASE)


def test_only_the_worker_may_read_the_request_that_waits(folder: Path) -> None:
    ask(folder)
    assert stat.S_IMODE((folder / recovery_pending.NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 10_000, b"\xff", b"x" * 300_000])
def test_a_damaged_file_counts_as_no_request(folder: Path, content: bytes) -> None:
    (folder / recovery_pending.NAME).write_bytes(content)
    assert recovery_pending.find(folder) is None


def test_a_newer_request_drops_the_earlier_one(template: Template, folder: Path) -> None:
    first = ask(folder, passphrase=PASSPHRASE)
    second = ask(folder)
    assert recovery_pending.find(folder) == second != first
    recover(template, folder).close()
