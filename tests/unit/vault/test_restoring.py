"""A backup takes a damaged vault's place, in an epoch of its own, and the damaged files stay."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from outreach_app.vault import audit, restoring, slot_file
from outreach_app.vault.anchor import Anchor
from outreach_app.vault.backups import BackupInfo, backup_file, list_backups, make_backup
from outreach_app.vault.errors import (
    BackupDamagedError,
    BackupMissingError,
    VaultDamagedError,
    VaultNewerError,
    VaultRolledBackError,
    WrongPassphraseError,
)
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase_change import change_passphrase
from tests.support.clock import FakeClock
from tests.support.vaults import (
    CHEAP_COST,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Template,
    add_thing,
    reopened,
    things,
    write_migrations,
)


def backed_up(template: Template, folder: Path) -> BackupInfo:
    """Make a backup that holds "first", then a note that it does not hold."""
    vault = template.open(folder)
    info = make_backup(vault, clock=FakeClock())
    add_thing(vault, "since")
    vault.close()
    return info


def damage(folder: Path) -> bytes:
    file = folder / "vault.db"
    content = bytearray(file.read_bytes())
    for place in range(100, len(content), 4096):
        content[place] ^= 1
    file.write_bytes(content)
    return bytes(content)


def restored(template: Template, folder: Path, info: BackupInfo, passphrase: str = PASSPHRASE) -> OpenVault:
    return restoring.restore_backup(folder, passphrase, info.name, migrations=template.migrations, clock=FakeClock())


def test_the_backup_opens_in_a_new_epoch(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    damaged = damage(folder)
    with pytest.raises(VaultDamagedError):
        reopened(folder, template.migrations)
    vault = restored(template, folder, info)
    assert things(vault) == ["first"]
    assert vault.epoch == 2
    entry = audit.list_entries(vault)[0]
    assert (entry.action, entry.detail) == ("restored", info.name)
    assert audit.verify(vault).first_bad is None
    add_thing(vault, "goes on")
    vault.close()
    [kept] = (folder / "kept").iterdir()
    assert (kept / "vault.db").read_bytes() == damaged
    assert {path.name for path in kept.iterdir()} >= {"vault.db", "anchor.0", "anchor.1"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in [kept, *kept.iterdir()])
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first", "goes on"]
    vault.close()


@pytest.mark.parametrize("lost", ["vault.db", "slots.a slots.b", "anchor.0 anchor.1", "vault.db anchor.0 slots.b"])
def test_missing_files_do_not_stand_in_the_way(template: Template, folder: Path, lost: str) -> None:
    info = backed_up(template, folder)
    for name in lost.split():
        (folder / name).unlink()
    restored(template, folder, info).close()
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first"]
    vault.close()


def test_no_file_goes_on_opening_with_a_passphrase_changed_after_restoring(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    old = base64.b64encode(slot_file.read_newest(folder).slots[0].wrapped_private)
    vault = restored(template, folder, info)
    assert [path for path in folder.rglob("*") if path.is_file() and old in path.read_bytes()]
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    assert [path for path in folder.rglob("*") if path.is_file() and old in path.read_bytes()] == []


def test_each_restoring_begins_an_epoch(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    restored(template, folder, info).close()
    vault = restored(template, folder, info)
    assert vault.epoch == 3
    vault.close()
    assert len(list((folder / "kept").iterdir())) == 2


def test_a_wrong_passphrase_changes_nothing(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(WrongPassphraseError):
        restored(template, folder, info, OTHER_PASSPHRASE)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_damaged_or_missing_backup_changes_nothing(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    file = backup_file(folder, info)
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)
    with pytest.raises(BackupDamagedError):
        restored(template, folder, info)
    file.unlink()
    with pytest.raises(BackupMissingError):
        restored(template, folder, info)
    assert not (folder / "kept").exists()
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first", "since"]
    vault.close()


def test_a_vault_that_is_only_too_new_is_not_replaced(template: Template, folder: Path, tmp_path: Path) -> None:
    info = backed_up(template, folder)
    newer = write_migrations(
        tmp_path / "newer", *("CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT;", "CREATE TABLE b (x);")
    )
    reopened(folder, newer).close()
    with pytest.raises(VaultNewerError):
        restored(template, folder, info)
    reopened(folder, newer).close()


def test_a_backup_put_in_place_by_hand_is_a_roll_back(template: Template, folder: Path) -> None:
    info = backed_up(template, folder)
    (folder / "vault.db").write_bytes(backup_file(folder, info).read_bytes())
    with pytest.raises(VaultRolledBackError):
        reopened(folder, template.migrations)


class PowerCutError(Exception):
    """The process ends here."""


STOPS = [
    ("_stage", "before"), ("_stage", "after"), ("_put_aside", "before"), ("_put_aside", "after"), ("begin", "before"),
    ("begin", "after"), ("rename", "before"), ("rename", "after"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "when"), STOPS)
def test_power_lost_on_the_way(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch, where: str, when: str
) -> None:
    info = backed_up(template, folder)
    damage(folder)
    owner = {"begin": Anchor, "rename": Path}.get(where, restoring)
    working = getattr(owner, where)

    def cut(*args: object) -> object:
        if when == "after":
            working(*args)
        raise PowerCutError

    monkeypatch.setattr(owner, where, cut)
    with pytest.raises(PowerCutError):
        restored(template, folder, info)
    monkeypatch.undo()
    try:
        vault = reopened(folder, template.migrations)
    except VaultDamagedError:
        vault = restored(template, folder, list_backups(folder)[0])
    assert things(vault) == ["first"]
    assert vault.epoch >= 2
    assert audit.verify(vault).first_bad is None
    vault.close()
    assert not (folder / "vault.db.new").exists()
