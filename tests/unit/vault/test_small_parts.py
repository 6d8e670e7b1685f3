"""Library versions, the mapping of faults, the lock, the health cipher, and small files."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import sqlcipher3

from outreach_app.errors import (
    BugError,
    CancelledError,
    DiskFullError,
    FolderNotWritableError,
    KnownError,
    OutreachError,
)
from outreach_app.vault import database, inspection, reserve
from outreach_app.vault.errors import (
    ConstraintError,
    DiskFaultError,
    HealthBlockError,
    SqlError,
    UnsafeLibraryError,
    UnsafeSettingError,
    VaultClosedError,
    VaultDamagedError,
    VaultInUseError,
)
from outreach_app.vault.failures import from_library, from_system
from outreach_app.vault.health import HealthCipher
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.safe_files import create_empty, overwrite_durably, read_limited, replace_durably
from outreach_app.vault.versions import check_versions
from tests.support.vaults import Template

FOLDER = Path("somewhere")


def test_the_library_in_use_is_accepted() -> None:
    check_versions()


@pytest.mark.parametrize(("sqlite", "sqlcipher"), [("3.51.1", "4.19.0"), ("3.53.4", "4.6.1 community"), ("3.53.4", "")])
def test_other_libraries_are_refused(sqlite: str, sqlcipher: str) -> None:
    with pytest.raises(UnsafeLibraryError, match="Install the program again"):
        check_versions(sqlite, sqlcipher)


def library_error(code: int | None, text: str = "text") -> Exception:
    error = sqlcipher3.OperationalError(text)
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (13, DiskFullError), (11, VaultDamagedError), (267, VaultDamagedError), (26, VaultDamagedError), (9, CancelledError),
        (8, FolderNotWritableError), (1032, FolderNotWritableError), (14, FolderNotWritableError), (3, FolderNotWritableError),
        (5, VaultInUseError), (6, VaultInUseError), (10, DiskFaultError), (778, DiskFaultError), (19, ConstraintError),
        (2067, ConstraintError), (1, SqlError), (23, SqlError), (None, SqlError),
    ],
)  # fmt: skip
def test_library_faults_have_one_meaning(code: int | None, expected: type[OutreachError]) -> None:
    assert type(from_library(library_error(code), FOLDER)) is expected


def test_faults_without_a_code() -> None:
    assert isinstance(from_library(library_error(None, "Cannot operate on a closed database."), FOLDER), VaultClosedError)
    assert isinstance(from_library(library_error(None, "unable to open database file"), FOLDER), FolderNotWritableError)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, DiskFullError), (errno.EDQUOT, DiskFullError), (errno.EACCES, FolderNotWritableError),
        (errno.EROFS, FolderNotWritableError), (errno.EIO, DiskFaultError),
    ],
)  # fmt: skip
def test_system_faults_have_one_meaning(code: int, expected: type[KnownError]) -> None:
    error = from_system(OSError(code, "text"), FOLDER)
    assert type(error) is expected
    assert str(error).endswith(".")


def test_no_new_file_on_a_disk_without_room_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "is_needed", lambda _: True)
    assert isinstance(from_library(library_error(14), FOLDER), DiskFullError)
    assert isinstance(from_library(library_error(None, "unable to open database file"), FOLDER), DiskFullError)


def test_lock_is_taken_once(tmp_path: Path) -> None:
    lock = VaultLock(tmp_path)
    with pytest.raises(VaultInUseError):
        VaultLock(tmp_path)
    lock.release()
    lock.release()
    VaultLock(tmp_path).release()
    assert (tmp_path / "vault.lock").stat().st_mode & 0o777 == 0o600


def test_lock_does_not_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "vault.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FolderNotWritableError):
        VaultLock(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_health_block_opens_in_its_place_only() -> None:
    cipher = HealthCipher(bytes(32))
    sealed = cipher.seal(b"blodtryk", b"encounter/1")
    assert sealed != cipher.seal(b"blodtryk", b"encounter/1")
    assert cipher.open(sealed, b"encounter/1") == b"blodtryk"
    with pytest.raises(HealthBlockError):
        cipher.open(sealed, b"encounter/2")
    with pytest.raises(HealthBlockError):
        HealthCipher(b"\1" * 32).open(sealed, b"encounter/1")


def test_damaged_health_block_is_said() -> None:
    cipher = HealthCipher(bytes(32))
    sealed = cipher.seal(b"x", b"")
    for length in range(len(sealed)):
        with pytest.raises(HealthBlockError):
            cipher.open(sealed[:length], b"")
    with pytest.raises(HealthBlockError):
        cipher.open(b"\x02" + sealed[1:], b"")


def test_small_files_are_private_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "small"
    create_empty(file)
    with pytest.raises(FileExistsError):
        create_empty(file)
    replace_durably(file, b"longer content")
    overwrite_durably(file, b"short")
    assert file.read_bytes() == b"short"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["small"]
    assert read_limited(file, 5) == b"short"
    assert read_limited(file, 4) is None
    assert read_limited(tmp_path, 4) is None


def test_leftover_temporary_file_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "small.new").write_bytes(b"half")
    replace_durably(tmp_path / "small", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_key_of_a_wrong_length_is_our_fault(folder: Path) -> None:
    with pytest.raises(BugError):
        database.connect(folder / "vault.db", bytes(31))


def test_connecting_never_creates(tmp_path: Path) -> None:
    with pytest.raises(sqlcipher3.Error):
        database.connect(tmp_path / "none.db", bytes(32))
    assert list(tmp_path.iterdir()) == []


def test_setting_that_is_not_taken_is_refused(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_AFTER_READING", (("journal_mode", "TRUNCATE", "wal"),))
    with pytest.raises(UnsafeSettingError, match="journal_mode"):
        template.open(folder)


def test_settings_stand(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    vault.connection.set_authorizer(None)  # type: ignore[attr-defined]
    for name, _, expected in (*database._BEFORE_READING, *database._AFTER_READING):
        assert str(vault.connection.execute(f"PRAGMA {name}").fetchone()[0]).lower() == expected
    vault.close()


def test_the_beginning_of_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert inspection.read_beginning(tmp_path / "vault.db") is None
    (tmp_path / "vault.db").write_bytes(b"short")
    assert inspection.read_beginning(tmp_path / "vault.db") == b"short"
