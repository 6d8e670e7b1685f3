"""A change of passphrase: refused cleanly, in force with the first copy, finished later if need be."""

from __future__ import annotations

import errno
import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from outreach_app.errors import FolderNotWritableError
from outreach_app.vault import audit, safe_files, slot_file
from outreach_app.vault.errors import DiskFaultError, VaultDamagedError, WeakPassphraseError, WrongPassphraseError
from outreach_app.vault.passphrase_change import change_passphrase
from outreach_app.vault.slots import SlotRequest, canonical, new_slot
from tests.support.clock import FakeClock
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, reopened


def test_weak_new_one_changes_nothing(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    with pytest.raises(WeakPassphraseError):
        change_passphrase(vault, PASSPHRASE, "password", clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    assert slot_file.read_newest(folder) == template.file


def test_second_copy_that_cannot_be_written_is_written_at_the_next_opening(
    template: Template, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vault = template.open(folder)
    in_the_way = folder / "slots.b.new"
    in_the_way.mkdir()
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    assert "slot_change_to_be_finished" in caplog.text
    assert (folder / "slots.b").read_bytes() == canonical(template.file)
    in_the_way.rmdir()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations)
    reopened(folder, template.migrations, OTHER_PASSPHRASE).close()
    assert (folder / "slots.b").read_bytes() == (folder / "slots.a").read_bytes()


@pytest.mark.parametrize("times", [1, 99])
def test_a_sync_that_fails_when_the_new_file_is_there_already(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Once: the second copy makes good what the first left in doubt, and nobody is told that nothing was changed."""
    vault, failing = template.open(folder), [OSError(errno.EIO, "bad")] * times

    def sync(_: Path) -> None:
        if failing:
            raise failing.pop()

    monkeypatch.setattr(safe_files, "sync_folder", sync)
    with nullcontext() if times == 1 else pytest.raises(DiskFaultError):
        change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    monkeypatch.undo()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations)
    vault = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    told = [(entry.action, entry.detail) for entry in audit.list_entries(vault) if entry.action == "passphrase_changed"]
    assert told == [("passphrase_changed", "")]
    vault.close()


def test_slot_that_was_removed_meanwhile_is_said(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    keys, header = template.unlocked.keys, template.file.slots[0].header
    request = SlotRequest(header.vault_id, "e" * 32, "outreach", header.made_at, CHEAP_COST)
    other = new_slot(request, OTHER_PASSPHRASE, keys, None).slot
    slot_file.write_both(folder, slot_file.authenticated(header.vault_id, 2, [other], keys))
    with pytest.raises(VaultDamagedError):
        change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()


def test_folder_without_the_right_to_write_is_said(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # for root everything is writable
    with pytest.raises(FolderNotWritableError):
        reopened(folder, template.migrations)
