"""Copies of the open database: verified, stoppable, under another key, and put in the database's place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.errors import CancelledError
from outreach_app.vault import copying, database
from outreach_app.vault.anchor import Anchor
from outreach_app.vault.copying import copy_database, verify_copy
from outreach_app.vault.errors import DiskFaultError, SqlError, VaultClosedError, VaultDamagedError
from outreach_app.vault.keys import new_keys
from outreach_app.vault.layout import PAGE_BYTES
from outreach_app.vault.open_vault import OpenVault
from tests.support.interrupting import Interrupting
from tests.support.vaults import Template, add_thing, reopened, things


@pytest.fixture
def vault(template: Template, folder: Path) -> Iterator[OpenVault]:
    vault = template.open(folder)
    yield vault
    vault.close()


def fill(vault: OpenVault, megabytes: int) -> None:
    with vault.transaction() as connection:
        connection.execute("CREATE TABLE filler (id INTEGER PRIMARY KEY, blob BLOB) STRICT")
        connection.executemany(
            "INSERT INTO filler (blob) VALUES (randomblob(?))", [(3000,)] * (megabytes * 1_000_000 // PAGE_BYTES)
        )


def own_key(vault: OpenVault) -> bytes:
    return vault.unlocked.keys.database_key()


def test_a_copy_stands_where_the_vault_stands(vault: OpenVault, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy_database(vault, target)
    epoch, number, head = vault.chain_step()
    step = verify_copy(target, own_key(vault))
    assert (step.epoch, step.number, step.head.hex()) == (epoch, number, head)
    assert target.stat().st_mode & 0o777 == 0o600
    add_thing(vault, "the vault goes on")


def test_a_copy_of_another_step_does_not_count(vault: OpenVault, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy_database(vault, target)
    step = verify_copy(target, own_key(vault))
    add_thing(vault, "later")
    copy_database(vault, target)
    with pytest.raises(VaultDamagedError):
        verify_copy(target, own_key(vault), step)


def test_a_copy_under_another_key_opens_with_that_key_only(vault: OpenVault, tmp_path: Path) -> None:
    target, key = tmp_path / "copy.db", new_keys().database_key()
    copy_database(vault, target, key=key)
    verify_copy(target, key)
    with pytest.raises(VaultDamagedError):
        verify_copy(target, own_key(vault))
    assert things(vault) == ["first"]


def test_a_flipped_bit_in_any_page_is_seen(vault: OpenVault, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    fill(vault, 1)
    copy_database(vault, target)
    whole = target.read_bytes()
    for page in range(0, len(whole), PAGE_BYTES * 16):
        damaged = bytearray(whole)
        damaged[page + 1000] ^= 4
        target.write_bytes(damaged)
        with pytest.raises(VaultDamagedError):
            verify_copy(target, own_key(vault))


def test_progress_grows_to_its_end(vault: OpenVault, tmp_path: Path) -> None:
    fill(vault, 8)
    seen: list[tuple[int, int]] = []
    copy_database(vault, tmp_path / "copy.db", progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1] == 2 * (tmp_path / "copy.db").stat().st_size
    assert any(0 < done < total // 2 for done, total in seen)
    assert any(total // 2 < done < total for done, total in seen), "reading back is told as well"


def test_stopping_leaves_nothing(vault: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        copy_database(vault, tmp_path / "copy.db", cancelled=lambda: True)
    assert list(tmp_path.glob("copy*")) == []
    with pytest.raises(SqlError), vault.read() as connection:
        connection.execute("ATTACH ? AS other", (str(tmp_path / "other.db"),))


@pytest.mark.parametrize(("at", "wait"), [(0.1, 0.0), (0.45, 0.0), (0.5, 0.02)])
def test_a_lock_stops_copying_and_verifying_at_once(vault: OpenVault, tmp_path: Path, at: float, wait: float) -> None:
    fill(vault, 24)
    waits = []
    for _ in range(3):  # the quickest counts: other programs share the machine
        lock = Interrupting(vault, at, wait)
        with pytest.raises(CancelledError):
            copy_database(vault, tmp_path / "copy.db", progress=lock)
        waits.append(lock.seconds_since())
        assert list(tmp_path.glob("copy*")) == []
    assert min(waits) < 0.1


def test_an_interrupt_between_two_statements_is_not_lost(vault: OpenVault, tmp_path: Path) -> None:
    def between(done: int, total: int) -> None:
        if done == total // 2:
            vault.interrupt()

    with pytest.raises(CancelledError):
        copy_database(vault, tmp_path / "copy.db", progress=between)
    assert not (tmp_path / "copy.db").exists()


def test_rebuilding_gives_room_back_and_opens_again(template: Template, folder: Path, vault: OpenVault) -> None:
    fill(vault, 2)
    with vault.transaction() as connection:
        connection.execute("DROP TABLE filler")
    before, size = vault.chain_step(), (folder / "vault.db").stat().st_size
    vault.rebuild()
    assert vault.chain_step() == before
    assert (folder / "vault.db").stat().st_size < size
    assert not (folder / "vault.db.new").exists()
    add_thing(vault, "after")
    vault.close()
    again = template.open(folder)
    assert things(again) == ["first", "after"]
    again.close()


def test_a_rebuilt_vault_is_still_guarded(vault: OpenVault, tmp_path: Path) -> None:
    vault.rebuild()
    with pytest.raises(SqlError), vault.read() as connection:
        connection.execute("ATTACH ? AS other", (str(tmp_path / "other.db"),))


def test_power_lost_before_the_anchors_knew_of_the_rebuilding(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    fill(vault, 1)
    with vault.transaction() as connection:
        connection.execute("DROP TABLE filler")
    vault.close()
    anchors = {name: (folder / name).read_bytes() for name in ("anchor.0", "anchor.1")}
    vault = template.open(folder)
    vault.rebuild()
    vault.close()
    for name, content in anchors.items():
        (folder / name).write_bytes(content)
    template.open(folder).close()
    assert {name: (folder / name).read_bytes() for name in anchors} != anchors


def test_a_database_under_new_keys_takes_the_place(vault: OpenVault, folder: Path) -> None:
    old = vault.unlocked.keys
    fresh = type(old)(new_keys().data_key, old.vault_secret)
    copy_database(vault, folder / "vault.db.new", key=fresh.database_key())
    vault.replace_database(folder / "vault.db.new", fresh)
    add_thing(vault, "under the new key")
    assert things(vault) == ["first", "under the new key"]
    assert vault.unlocked.keys == fresh
    vault.close()
    database.connect(folder / "vault.db", fresh.database_key()).close()


@pytest.mark.parametrize(("owner", "name"), [(Path, "replace"), (database, "connect"), (Anchor, "begin")])
def test_a_fault_while_replacing_closes_the_vault_and_the_next_opening_is_whole(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    vault = reopened(folder, template.migrations)
    copy_database(vault, folder / "vault.db.new")

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "fault") if name != "connect" else DiskFaultError

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, fails)
        with pytest.raises(DiskFaultError):
            vault.replace_database(folder / "vault.db.new")
    with pytest.raises(VaultClosedError):
        add_thing(vault, "into nothing")
    vault.close()
    again = reopened(folder, template.migrations)
    assert things(again) == ["first"]
    add_thing(again, "goes on")
    again.close()


def test_pages_the_disk_refused_are_no_damage_of_the_vault() -> None:
    with pytest.raises(DiskFaultError), copying._unwritten_is_no_damage(b"a new key"):
        raise VaultDamagedError(part="vault.db")
    with pytest.raises(VaultDamagedError), copying._unwritten_is_no_damage(None):
        raise VaultDamagedError(part="vault.db")
