"""The audit chain: only codes, only inside a change, and every alteration is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import BugError
from outreach_app.vault import audit, meta
from outreach_app.vault.errors import TransactionStateError
from outreach_app.vault.open_vault import OpenVault
from tests.support.vaults import Template, add_thing

SUBJECT = "c" * 32


@pytest.fixture
def vault(template: Template, folder: Path) -> Iterator[OpenVault]:
    vault = template.open(folder)
    yield vault
    vault.close()


@pytest.fixture(scope="module")
def long_lived(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = template.open(template.copy(tmp_path_factory.mktemp("audit") / "vault"))
    for number in range(6):
        note(vault, "read", SUBJECT, str(number))
    yield vault
    vault.close()


def note(vault: OpenVault, action: str = "read", subject: str = "", detail: str = "") -> None:
    with vault.transaction():
        vault.audit(action, subject, detail)


def test_entries_say_who_what_and_when(vault: OpenVault) -> None:
    note(vault, "finished", SUBJECT)
    note(vault, "printed", detail="rights,da,a4:2")
    newest, before = audit.list_entries(vault, limit=2)
    assert (before.action, before.subject, before.detail) == ("finished", SUBJECT, "")
    assert (newest.action, newest.detail, newest.worker) == ("printed", "rights,da,a4:2", vault.slot_id)
    assert newest.at.endswith("+00:00")
    assert audit.list_entries(vault, limit=1, before=newest.seq) == (before,)


def test_an_untouched_chain_is_whole(vault: OpenVault) -> None:
    assert audit.verify(vault).first_bad is None
    add_thing(vault, "a change without an entry")
    note(vault)
    add_thing(vault, "and one after")
    report = audit.verify(vault)
    assert report.first_bad is None
    assert report.entries == len(audit.list_entries(vault))
    assert report.head == audit.list_entries(vault)[0].hash.hex()


def test_an_entry_goes_with_its_change(vault: OpenVault) -> None:
    before = audit.verify(vault)

    def fails() -> None:
        with vault.transaction():
            vault.audit("changed", SUBJECT)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert audit.verify(vault) == before
    with pytest.raises(TransactionStateError):
        vault.audit("changed", SUBJECT)


@pytest.mark.parametrize(
    ("action", "subject", "detail"),
    [("looked", "", ""), ("read", "Anna", ""), ("read", "", "two words"), ("read", "", "ø"), ("read", "", "x" * 81)],
)
def test_no_words_get_in(vault: OpenVault, action: str, subject: str, detail: str) -> None:
    with pytest.raises(BugError):
        note(vault, action, subject, detail)
    assert audit.verify(vault).first_bad is None


COLUMNS = {
    "at": "'2020-01-01'",
    "worker": "'x'",
    "action": "'sent'",
    "subject": "'y'",
    "detail": "'z'",
    "hash": "x'00'",
}


@given(st.integers(1, 6), st.sampled_from(sorted(COLUMNS)))
@settings(max_examples=20, deadline=None)
def test_every_changed_field_is_named(long_lived: OpenVault, seq: int, column: str) -> None:
    connection = long_lived.connection
    connection.execute("BEGIN")
    connection.execute(f"UPDATE audit SET {column} = {COLUMNS[column]} WHERE seq = ?", (seq,))
    assert audit.verify(long_lived).first_bad == seq
    connection.execute("ROLLBACK")


@given(st.integers(1, 6))
@settings(max_examples=6, deadline=None)
def test_every_missing_entry_is_named(long_lived: OpenVault, seq: int) -> None:
    connection = long_lived.connection
    connection.execute("BEGIN")
    connection.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    assert audit.verify(long_lived).first_bad == seq
    connection.execute("ROLLBACK")


def test_a_chain_cut_short_or_written_anew_is_seen(long_lived: OpenVault) -> None:
    connection = long_lived.connection
    connection.execute("BEGIN")
    connection.execute("DELETE FROM audit WHERE seq > 3")
    assert audit.verify(long_lived).first_bad == 4
    audit.append(connection, "2026-03-01T00:00:00+00:00", "w", "read")
    assert audit.verify(long_lived).first_bad == 5, "whole in itself, but not what the step vouches for"
    connection.execute("DELETE FROM audit")
    assert audit.verify(long_lived).first_bad == 1
    connection.execute("ROLLBACK")


def test_a_vault_of_engine_1_gets_its_chain(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    as_engine_1(vault)
    vault.close()
    vault = template.open(folder)
    assert vault.engine == meta.ENGINE
    assert audit.verify(vault).first_bad is None
    assert audit.list_entries(vault)[0].action == "migrated"
    vault.close()
    [backup] = (folder / "backups").glob("*-migration.db")
    assert backup.stat().st_size > 0


def as_engine_1(vault: OpenVault) -> None:
    """Take from a vault what engine 2 brought."""
    with vault.transaction() as connection:
        connection.execute("UPDATE vault_meta SET engine = 1")
    connection.execute("BEGIN")
    for column in ("salt", "epoch_began", "health_generation", "inbox_private"):
        connection.execute(f"ALTER TABLE vault_meta DROP COLUMN {column}")
    connection.execute("DROP TABLE audit")
    connection.execute("COMMIT")
