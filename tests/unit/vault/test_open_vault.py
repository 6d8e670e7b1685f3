"""Transactions, reading, interrupting, closing and checking an open vault."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.errors import CancelledError, FolderNotWritableError
from outreach_app.vault import anchor
from outreach_app.vault.errors import (
    ConstraintError,
    SqlError,
    TransactionStateError,
    VaultClosedError,
    VaultRolledBackError,
)
from outreach_app.vault.open_vault import Finding, OpenVault
from tests.support.vaults import PASSPHRASE, Template, add_thing, new_vault, things

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def vault(template: Template, folder: Path) -> Iterator[OpenVault]:
    vault = template.open(folder)
    yield vault
    vault.close()


def test_a_change_stays(template: Template, folder: Path, vault: OpenVault) -> None:
    add_thing(vault, "second")
    vault.close()
    again = template.open(folder)
    assert things(again) == ["first", "second"]
    again.close()


def test_an_error_undoes_the_whole_change(vault: OpenVault) -> None:
    before = vault.chain_step()

    def fails() -> None:
        with vault.transaction() as connection:
            connection.execute("INSERT INTO thing (word) VALUES ('gone')")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert things(vault) == ["first"]
    assert vault.chain_step() == before
    add_thing(vault, "after")
    assert things(vault) == ["first", "after"]


def test_each_change_moves_one_step(vault: OpenVault) -> None:
    epoch, number, head = vault.chain_step()
    add_thing(vault, "a")
    add_thing(vault, "b")
    assert (vault.epoch, vault.chain_step()[1]) == (epoch, number + 2)
    assert vault.chain_step()[2] != head
    assert epoch == 1


def test_changes_do_not_nest(vault: OpenVault) -> None:
    with pytest.raises(TransactionStateError), vault.transaction(), vault.transaction():
        pass
    add_thing(vault, "still usable")


def test_reading_inside_a_change_is_fine(vault: OpenVault) -> None:
    with vault.transaction() as connection:
        connection.execute("INSERT INTO thing (word) VALUES ('x')")
        assert things(vault) == ["first", "x"]


def test_our_mistakes_are_ours(vault: OpenVault) -> None:
    with pytest.raises(SqlError), vault.read() as connection:
        connection.execute("SELECT nonsense")
    with pytest.raises(ConstraintError), vault.transaction() as connection:
        connection.execute("INSERT INTO thing (id, word) VALUES (1, 'again')")
    assert things(vault) == ["first"]


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'other.db' AS other KEY ''", "VACUUM", "VACUUM INTO 'copy.db'", "PRAGMA key = 'x'", "PRAGMA rekey = 'x'",
        "PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF", "PRAGMA temp_store = FILE", "PRAGMA foreign_keys = OFF",
        "PRAGMA writable_schema = ON", "PRAGMA trusted_schema = ON", "PRAGMA cipher_plaintext_header_size = 32",
        "PRAGMA locking_mode = NORMAL", "DETACH main",
    ],
)  # fmt: skip
def test_nothing_can_weaken_an_open_vault(vault: OpenVault, statement: str) -> None:
    with pytest.raises(SqlError), vault.read() as connection:
        connection.execute(statement)


def test_long_reading_stops_from_another_thread(vault: OpenVault) -> None:
    stopper = threading.Thread(target=lambda: (time.sleep(0.05), vault.interrupt()))
    stopper.start()
    with pytest.raises(CancelledError), vault.read() as connection:
        connection.execute(ENDLESS).fetchall()
    stopper.join()
    add_thing(vault, "usable")


def test_interrupted_change_leaves_nothing(vault: OpenVault) -> None:
    stopper = threading.Thread(target=lambda: (time.sleep(0.05), vault.interrupt()))
    stopper.start()

    def endless() -> None:
        with vault.transaction() as connection:
            connection.execute("INSERT INTO thing (word) VALUES ('gone')")
            connection.execute(ENDLESS).fetchall()

    with pytest.raises(CancelledError):
        endless()
    stopper.join()
    assert things(vault) == ["first"]


def test_closed_vault_says_so(vault: OpenVault) -> None:
    vault.close()
    vault.close()
    vault.interrupt()
    with pytest.raises(VaultClosedError):
        _ = vault.connection
    with pytest.raises(VaultClosedError), vault.transaction():
        pass
    with pytest.raises(VaultClosedError), vault.read():
        pass


def test_closing_inside_a_change_undoes_it(template: Template, folder: Path, vault: OpenVault) -> None:

    def closes() -> None:
        with vault.transaction() as connection:
            connection.execute("INSERT INTO thing (word) VALUES ('gone')")
            vault.close()

    with pytest.raises(VaultClosedError):
        closes()
    again = template.open(folder)
    assert things(again) == ["first"]
    again.close()


def test_whole_vault_has_no_findings(vault: OpenVault) -> None:
    assert vault.check() == ()


def test_broken_reference_is_found(vault: OpenVault) -> None:
    with vault.transaction() as connection:
        connection.execute("CREATE TABLE part (thing INTEGER REFERENCES thing (id))")
        connection.set_authorizer(None)  # type: ignore[attr-defined]
    vault.connection.execute("PRAGMA foreign_keys = OFF")
    vault.connection.execute("INSERT INTO part VALUES (99)")
    assert vault.check() == (Finding("foreign_key_check", "part 1 thing 0"),)


def test_check_can_be_stopped(vault: OpenVault) -> None:
    with vault.transaction() as connection:
        rows = [("x" * 3000,)] * 3000
        connection.executemany("INSERT INTO thing (word) VALUES (?)", rows)
    stop = threading.Event()

    def keep_stopping() -> None:
        while not stop.wait(0.001):
            vault.interrupt()

    def checks() -> None:
        for _ in range(200):
            vault.check()

    stopper = threading.Thread(target=keep_stopping)
    stopper.start()
    try:
        with pytest.raises(CancelledError):
            checks()
    finally:
        stop.set()
        stopper.join()


def test_anchor_that_cannot_be_written_does_not_undo_the_change(template: Template, folder: Path, vault: OpenVault) -> None:
    number = vault.chain_step()[1] + 1
    blocked = folder / anchor.NAMES[number % 2]
    content = blocked.read_bytes()
    blocked.unlink()
    blocked.mkdir()  # writing to it fails
    add_thing(vault, "second")
    assert things(vault) == ["first", "second"]
    with pytest.raises(FolderNotWritableError):  # but the next change waits until the anchor has caught up
        add_thing(vault, "third")
    blocked.rmdir()
    blocked.write_bytes(content)
    add_thing(vault, "third")
    vault.close()
    again = template.open(folder)
    assert things(again) == ["first", "second", "third"]
    again.close()


def test_vault_that_moved_without_its_anchor_is_noticed(vault: OpenVault) -> None:
    vault.connection.execute("UPDATE vault_meta SET step = step + 5")
    with pytest.raises(VaultRolledBackError):
        add_thing(vault, "x")


def test_health_workers_have_a_cipher_others_have_none(template: Template, vault: OpenVault, tmp_path: Path) -> None:
    assert vault.health is None
    health = new_vault(tmp_path / "health", template.migrations, role="health", passphrase=PASSPHRASE)
    assert health.health is not None
    sealed = health.health.seal(b"block", b"place")
    assert health.health.open(sealed, b"place") == b"block"
    assert health.role == "health"
    health.close()
