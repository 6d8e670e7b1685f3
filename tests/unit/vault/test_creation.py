"""Creating: private files, one vault only, and leftovers of an attempt that did not end."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from outreach_app.errors import BugError, FolderNotWritableError
from outreach_app.vault import creation
from outreach_app.vault.errors import (
    SqlError,
    VaultDamagedError,
    VaultExistsError,
    VaultInUseError,
    VaultMissingError,
    WeakPassphraseError,
)
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.opening import inspect_vault, vault_exists
from tests.support.vaults import Template, add_thing, new_vault, reopened, things, write_migrations


@pytest.fixture
def migrations(template: Template) -> Path:
    return template.migrations


def test_files_are_for_the_worker_alone_whatever_the_umask(tmp_path: Path, migrations: Path) -> None:
    before = os.umask(0)
    try:
        vault = new_vault(tmp_path / "deep" / "vault", migrations)
        add_thing(vault, "x")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in vault.folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert set(modes) >= {"vault.db", "slots.a", "slots.b", "anchor.0", "anchor.1", "vault.lock"}
    assert "creating" not in modes
    assert vault.folder.stat().st_mode & 0o777 == 0o700
    vault.close()


def test_new_vault_is_ready_and_opens_again(tmp_path: Path, migrations: Path) -> None:
    vault = new_vault(tmp_path / "vault", migrations, role="supervisor")
    add_thing(vault, "first")
    assert (vault.role, vault.epoch, vault.schema_version, len(vault.vault_id), len(vault.slot_id)) == (
        "supervisor", 1, 1, 32, 32,
    )  # fmt: skip
    vault.close()
    again = reopened(tmp_path / "vault", migrations)
    assert (again.vault_id, again.slot_id, again.role) == (vault.vault_id, vault.slot_id, "supervisor")
    assert things(again) == ["first"]
    again.close()


def test_second_vault_is_refused_and_the_first_untouched(folder: Path, migrations: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(VaultExistsError):
        new_vault(folder, migrations)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("left", ["vault.db", "slots.a", "slots.b"])
@pytest.mark.parametrize("content", [b"", b"anything"])
def test_any_part_of_a_vault_is_never_overwritten(tmp_path: Path, migrations: Path, left: str, content: bytes) -> None:
    (tmp_path / left).write_bytes(content)
    with pytest.raises(VaultExistsError):
        new_vault(tmp_path, migrations)
    assert [path.name for path in tmp_path.iterdir()] == [left]


def test_database_that_was_taken_away_is_not_replaced(folder: Path, migrations: Path) -> None:
    (folder / "vault.db").unlink()
    assert vault_exists(folder)
    with pytest.raises(VaultExistsError):
        new_vault(folder, migrations)
    with pytest.raises(VaultDamagedError, match=r"vault\.db"):
        reopened(folder, migrations)


@pytest.mark.parametrize("moved", range(len(creation._MOVED)))
def test_half_made_vault_never_opens_and_is_made_anew(folder: Path, migrations: Path, moved: int) -> None:
    stage = folder / "creating"
    stage.mkdir()
    for name in creation._MOVED[moved:]:  # as after a crash that came after so many files had been moved
        shutil.move(folder / name, stage / name)
    assert not vault_exists(folder)
    with pytest.raises(VaultMissingError):
        reopened(folder, migrations)
    vault = new_vault(folder, migrations)
    assert things(vault) == []
    assert not stage.exists()
    vault.close()


def test_leftover_stage_beside_a_whole_vault_does_no_harm(folder: Path, migrations: Path) -> None:
    (folder / "creating").mkdir()
    assert vault_exists(folder)
    with pytest.raises(VaultExistsError):
        new_vault(folder, migrations)
    vault = reopened(folder, migrations)
    assert things(vault) == ["first"]
    vault.close()


def test_weak_passphrase_makes_nothing(tmp_path: Path, migrations: Path) -> None:
    for weak in ("", "password", "cabin gentle"):
        with pytest.raises(WeakPassphraseError):
            new_vault(tmp_path / "vault", migrations, passphrase=weak)
    assert not (tmp_path / "vault").exists()


def test_unknown_role_is_our_fault(tmp_path: Path, migrations: Path) -> None:
    with pytest.raises(BugError):
        new_vault(tmp_path / "vault", migrations, role="owner")


def test_folder_with_other_files_keeps_its_rights(tmp_path: Path, migrations: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    (shared / "other.txt").write_text("not ours")
    new_vault(shared, migrations).close()
    assert shared.stat().st_mode & 0o777 == 0o755
    assert (shared / "other.txt").read_text() == "not ours"


def test_folder_that_cannot_be_made_is_said(tmp_path: Path, migrations: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderNotWritableError):
        new_vault(tmp_path / "file" / "vault", migrations)
    with pytest.raises(FolderNotWritableError):
        new_vault(tmp_path / "file", migrations)


@pytest.mark.parametrize("name", ["n" * 300, "/".join(["n" * 200] * 30)])
def test_folder_with_a_name_too_long_for_the_system_is_said(tmp_path: Path, migrations: Path, name: str) -> None:
    with pytest.raises(VaultMissingError):
        inspect_vault(tmp_path / name)
    with pytest.raises(FolderNotWritableError):
        new_vault(tmp_path / name, migrations)


def test_two_programs_do_not_create_at_once(tmp_path: Path, migrations: Path) -> None:
    lock = VaultLock(tmp_path)
    with pytest.raises(VaultInUseError):
        new_vault(tmp_path, migrations)
    lock.release()
    new_vault(tmp_path, migrations).close()


def test_fault_in_the_tables_leaves_no_vault(tmp_path: Path, migrations: Path) -> None:
    broken = write_migrations(tmp_path / "broken", "CREATE TABLE thing (id);", "SELECT nonsense;")
    folder = tmp_path / "vault"
    with pytest.raises(SqlError):
        new_vault(folder, broken)
    assert not vault_exists(folder)
    assert [path.name for path in folder.iterdir()] == ["vault.lock"]
    new_vault(folder, migrations).close()


def test_info_needs_no_passphrase(folder: Path, template: Template) -> None:
    info = inspect_vault(folder)
    assert (info.format, info.slots, info.roles) == (2, 1, ("outreach",))
    assert info.vault_id == template.file.vault_id
    assert info.total_bytes > info.database_bytes > 4096


def test_info_of_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(VaultMissingError, match="Create one first"):
        inspect_vault(tmp_path / "none")
    assert not (tmp_path / "none").exists()
