"""Backups: made whole or not at all, pruned, listed without a passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.errors import BugError, CancelledError
from outreach_app.vault.backups import (
    BackupInfo,
    backup_due,
    backup_file,
    destroy_all_but,
    find_backup,
    last_good,
    list_backups,
    make_backup,
)
from outreach_app.vault.copying import verify_copy
from outreach_app.vault.errors import BackupMissingError, VaultDamagedError, VaultExistsError
from outreach_app.vault.layout import vault_exists
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.restoring import restore_backup
from tests.support.clock import FakeClock
from tests.support.interrupting import Interrupting
from tests.support.vaults import PASSPHRASE, Template, add_thing, new_vault, reopened, things


@pytest.fixture
def vault(template: Template, folder: Path) -> Iterator[OpenVault]:
    vault = template.open(folder)
    yield vault
    vault.close()


def at(day: int, hour: int = 12) -> FakeClock:
    return FakeClock(datetime(2026, 3, 1, hour, tzinfo=UTC) + timedelta(days=day))


def days(vault: OpenVault) -> list[int]:
    return [info.made_at.day for info in list_backups(vault.folder)]


def test_a_backup_is_a_whole_copy_under_the_same_key(vault: OpenVault) -> None:
    info = make_backup(vault, clock=at(0))
    assert info == BackupInfo("20260301T120000Z-daily", datetime(2026, 3, 1, 12, tzinfo=UTC), info.bytes, "daily")
    file = backup_file(vault.folder, info)
    assert verify_copy(file, vault.unlocked.keys.database_key()) == vault.step()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert (file.parent / "slots").read_bytes() == (vault.folder / "slots.a").read_bytes()


def test_two_in_one_second_have_two_names(vault: OpenVault) -> None:
    first = make_backup(vault, clock=at(0))
    fresh = make_backup(vault, clock=at(0), kind="fresh")
    last = make_backup(vault, clock=at(0))
    assert len({first.name, fresh.name, last.name}) == 3
    assert list_backups(vault.folder) == (last, fresh, first), "the last one made is the last, whatever its kind"


def test_one_is_due_each_day(vault: OpenVault) -> None:
    assert backup_due(vault.folder, at(0))
    make_backup(vault, clock=at(0, hour=1))
    assert not backup_due(vault.folder, at(0, hour=23))
    assert backup_due(vault.folder, at(1, hour=0))
    make_backup(vault, clock=at(300))  # the clock was wrong
    assert not backup_due(vault.folder, at(0, hour=23))


def test_three_stay_and_one_of_an_earlier_week(vault: OpenVault) -> None:
    for day in range(12):  # 1 March 2026 is a Sunday
        make_backup(vault, clock=at(day))
    assert days(vault) == [12, 11, 10, 8]


def test_the_week_before_is_kept_all_week(vault: OpenVault) -> None:
    for day in range(14):
        make_backup(vault, clock=at(day))
        if day >= 1:
            oldest = list_backups(vault.folder)[-1].made_at
            assert oldest.isocalendar().week < at(day).now().isocalendar().week
    assert len(days(vault)) == 4


def test_a_clock_set_back_does_not_take_the_newest(vault: OpenVault) -> None:
    for day in range(10, 15):
        make_backup(vault, clock=at(day))
    made = make_backup(vault, clock=at(-400))
    assert find_backup(vault.folder, made.name) == made


def test_stopping_leaves_the_old_ones_only(vault: OpenVault) -> None:
    info = make_backup(vault, clock=at(0))
    with pytest.raises(CancelledError):
        make_backup(vault, clock=at(1), cancelled=lambda: True)
    assert list_backups(vault.folder) == (info,)
    assert {file.name for file in (vault.folder / "backups").iterdir()} == {"slots", info.name + ".db"}


def test_what_was_left_half_made_does_not_count(vault: OpenVault) -> None:
    folder = vault.folder / "backups"
    folder.mkdir()
    (folder / "backup.new").write_bytes(b"half")
    (folder / "20260301T120000Z-daily.db").touch()
    (folder / "20269901T120000Z-daily.db").write_bytes(bytes(9000))
    (folder / "notes.db").write_bytes(bytes(9000))
    assert list_backups(vault.folder) == ()
    assert last_good(vault.folder) is None
    made = make_backup(vault, clock=at(0))
    assert last_good(vault.folder) == made


def test_destroying_leaves_one_and_no_kept_files(vault: OpenVault) -> None:
    make_backup(vault, clock=at(0))
    add_thing(vault, "later")
    fresh = make_backup(vault, clock=at(1), kind="fresh")
    (vault.folder / "kept" / "20260301T120000Z").mkdir(parents=True)
    (vault.folder / "kept" / "20260301T120000Z" / "vault.db").write_bytes(b"old")
    destroy_all_but(vault.folder, fresh.name)
    assert list_backups(vault.folder) == (fresh,)
    assert not (vault.folder / "kept").exists()


def test_destroying_needs_one_that_is_there(vault: OpenVault) -> None:
    info = make_backup(vault, clock=at(0))
    with pytest.raises(BackupMissingError):
        destroy_all_but(vault.folder, "20200101T000000Z-daily")
    assert list_backups(vault.folder) == (info,)


def test_only_known_kinds(vault: OpenVault) -> None:
    with pytest.raises(BugError):
        make_backup(vault, clock=at(0), kind="hourly")


def test_a_lock_stops_a_backup_at_once_and_leaves_nothing(vault: OpenVault) -> None:
    with vault.transaction() as connection:
        connection.execute("CREATE TABLE filler (id INTEGER PRIMARY KEY, blob BLOB) STRICT")
        connection.executemany("INSERT INTO filler (blob) VALUES (randomblob(?))", [(3000,)] * 4000)
    waits = []
    for _ in range(3):  # the quickest counts: other programs share the machine
        lock = Interrupting(vault, 0.125)
        with pytest.raises(CancelledError):
            make_backup(vault, clock=at(0), progress=lock)
        waits.append(lock.seconds_since())
    assert min(waits) < 0.1
    assert list_backups(vault.folder) == ()
    assert [file.name for file in (vault.folder / "backups").iterdir()] == ["slots"]
    add_thing(vault, "the vault goes on until it is closed")


def test_backups_alone_are_a_vault_to_be_restored_and_no_place_for_a_new_one(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    made = make_backup(vault, clock=at(0))
    vault.close()
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    assert vault_exists(folder)
    with pytest.raises(VaultExistsError):
        new_vault(folder, template.migrations)
    with pytest.raises(VaultDamagedError):
        reopened(folder, template.migrations)
    vault = restore_backup(folder, PASSPHRASE, made.name, migrations=template.migrations, clock=at(1))
    assert things(vault) == ["first"]
    vault.close()
