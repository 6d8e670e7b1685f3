"""Vaults of every released schema open with today's program: every row is there, and a kill at any statement costs none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from outreach_app.program import Program
from outreach_app.vault import database
from outreach_app.vault.backups import backup_file, list_backups
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import VaultNewerError
from outreach_app.vault.open_vault import OpenVault
from tests.migrations.make_vaults import make_desk, make_laptop, rows_of, tables_of, written, written_rows
from tests.support import desk, vaults
from tests.support.clock import FakeClock
from tests.support.released import DESK_MIGRATIONS, LAPTOP_MIGRATIONS, Released, die, killed, released

pytestmark = pytest.mark.real_derivation
RELEASED = released()
each_vault = pytest.mark.parametrize("old", RELEASED, ids=lambda old: old.name)
READING = ("SELECT", "--", "PRAGMA")
MEANT_TO_CHANGE: dict[str, str] = {}  # table.column: why a migration may change what an old vault holds there
TAKEN_APART = 7
READ_AS_BEFORE = {  # tables of the desk that were taken apart by that schema: read together again, nothing is missing
    "records": "(SELECT r.*, n.sha512 AS batch, b.body FROM (SELECT number, id, version, kind, device, batch AS within,"
    " line, shift_date, setting, region, contact, linkage_code, count FROM records) AS r"
    " JOIN record_batches AS n ON n.number = r.within JOIN record_bodies AS b ON b.record = r.number)",
    "record_leaflets": "(SELECT l.*, r.id, r.version FROM record_leaflets AS l JOIN records AS r ON r.number = l.record)",
}


def test_a_vault_of_the_first_schema_is_kept() -> None:
    assert [old.name for old in RELEASED][:2] == ["schema-0001 laptop", "schema-0001 desk"]


@each_vault
def test_every_row_is_there_after_opening(old: Released, tmp_path: Path) -> None:
    vault = old.open(old.copy(tmp_path / "vault"))
    assert vault.schema_version == len(list(old.migrations.glob("*.sql")))
    assert vault.check() == ()
    assert missing_rows(vault, old) == {}
    vault.close()


def missing_rows(vault: OpenVault, old: Released) -> dict[str, list[Any]]:
    """Return, for each table, the rows of the old vault that are not there with the values they had."""
    missing = {}
    for table, rows in old.contents.items():
        read = READ_AS_BEFORE.get(table, table) if old.schema < TAKEN_APART else table
        now = rows_of(vault, read) if table in tables_of(vault) else []
        lost = [row for row in rows if not any(_holds(one, row, table) for one in now)]
        if lost:
            missing[table] = lost
    return missing


def _holds(now: dict[str, Any], before: dict[str, Any], table: str) -> bool:
    return all(now.get(name) == value for name, value in before.items() if f"{table}.{name}" not in MEANT_TO_CHANGE)


def test_a_row_that_is_gone_is_missed(tmp_path: Path) -> None:
    old = RELEASED[0]
    vault = old.open(old.copy(tmp_path / "vault"))
    with vault.transaction() as db:
        db.execute("UPDATE places SET warning = 'alone'")
        db.execute("DELETE FROM leaflets_printed")
    assert sorted(missing_rows(vault, old)) == ["leaflets_printed", "places"]
    vault.close()


@each_vault
def test_it_ends_with_the_same_tables_as_a_fresh_vault(old: Released, tmp_path: Path) -> None:
    vault = old.open(old.copy(tmp_path / "vault"))
    fresh = vaults.new_vault(tmp_path / "fresh", old.migrations)
    assert schema(vault) == schema(fresh)
    vault.close()
    fresh.close()


def schema(vault: OpenVault) -> list[tuple[Any, ...]]:
    listed = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    return [tuple(row) for row in vault.connection.execute(listed)]


def test_the_program_reads_and_goes_on_writing_an_old_laptop(tmp_path: Path) -> None:
    old = RELEASED[0]
    folder = old.copy(tmp_path / "vault")
    session = Program(folder, clock=FakeClock()).unlock(old.passphrase)
    found = {row.id: session.encounters.find_encounter(row.id) for row in session.encounters.list_encounters()}
    assert sorted(found) == sorted(row["id"] for row in old.contents["encounters"])
    (draft,) = session.drafts.list_drafts()
    assert draft.fields == {"note": "half", "health": {"words": "half"}}
    blocks = [version.content.health for note in found.values() for version in note.versions]
    assert [block.words for block in blocks if block is not None] == ["a cough"]
    session.drafts.discard_draft(draft.id)
    assert session.drafts.list_drafts() == ()
    session.close()


@each_vault
def test_a_backup_of_the_old_vault_is_made_first_and_is_whole(old: Released, tmp_path: Path) -> None:
    folder = old.copy(tmp_path / "vault")
    old.open(folder).close()
    (made,) = list_backups(folder)
    assert made.kind == "migration"
    connection = database.connect(backup_file(folder, made), old.unlocked.keys.database_key())
    kept = {name: written_rows(connection, name) for name in old.contents}
    assert kept == old.contents, "as it was before anything was changed"
    assert connection.execute("PRAGMA user_version").fetchone()[0] == old.schema
    connection.close()


@each_vault
def test_a_kill_at_each_statement_of_the_first_opening_costs_nothing(old: Released, tmp_path: Path) -> None:
    for number in range(1000):
        folder = old.copy(tmp_path / "vault")
        if not killed(lambda number=number, folder=folder: _open_dying_at(old, folder, number)):
            break
        vault = old.open(folder)
        assert missing_rows(vault, old) == {}, f"after a kill at statement {number}"
        assert schema_number(vault) == len(list(old.migrations.glob("*.sql")))
        assert vault.check() == ()
        vault.close()
        shutil.rmtree(folder)
    assert number > 20, "the statements of the migrations ran"


def schema_number(vault: OpenVault) -> int:
    return int(vault.connection.execute("PRAGMA user_version").fetchone()[0])


def _open_dying_at(old: Released, folder: Path, number: int) -> None:
    """Open in this process and die before the writing statement of that number, counted over every connection."""
    seen = [0]
    connect = database.connect

    def statement(text: str) -> None:
        if text.lstrip().startswith(READING):
            return  # between two statements that only read nothing can be lost
        if seen[0] == number:
            die()
        seen[0] += 1

    def counted(*given: Any, **named: Any) -> Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(statement)
        return connection

    database.connect = counted
    old.open(folder).close()


@each_vault
def test_a_vault_of_a_later_program_is_refused_and_not_touched(old: Released, tmp_path: Path) -> None:
    later = tmp_path / "later"
    shutil.copytree(old.migrations, later)
    number = len(list(later.glob("*.sql"))) + 1
    (later / f"{number:04d}_later.sql").write_text("CREATE TABLE later (one INTEGER) STRICT;", encoding="utf-8")
    folder = old.copy(tmp_path / "vault")
    old.open(folder, later).close()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(VaultNewerError):
        old.open(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_the_maker_of_the_next_release_leaves_no_table_empty(tmp_path: Path) -> None:
    """A table without a row ends it; what it makes is a whole vault that can be kept."""
    make_laptop(tmp_path / "laptop")
    make_desk(tmp_path / "centre")
    for name, folder, passphrase, migrations in (
        ("laptop", tmp_path / "laptop", vaults.PASSPHRASE, LAPTOP_MIGRATIONS),
        ("desk", tmp_path / "centre" / "desk", desk.PASSPHRASE, DESK_MIGRATIONS),
    ):
        made = Released(name, folder, passphrase, migrations)
        vault = made.open(made.copy(tmp_path / f"{name} copied"))
        assert missing_rows(vault, made) == {}
        assert set(made.contents) == set(tables_of(vault))
        vault.close()


def test_what_the_maker_writes_down_of_a_blob_is_its_hash() -> None:
    assert json.dumps(written(b"\x00")).startswith('"sha256:6e34')
    assert [written(value) for value in ("a", 1, None)] == ["a", 1, None]
