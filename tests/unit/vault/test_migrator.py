"""Migrations: order, one transaction each, splitting, and refusing what is newer."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import audit, migrator
from outreach_app.vault.backups import backup_file, list_backups
from outreach_app.vault.copying import verify_copy
from outreach_app.vault.errors import MigrationError, NoRoomToUpdateError, SqlError, VaultNewerError
from outreach_app.vault.migrator import migrate, read_migrations, split_statements
from outreach_app.vault.restoring import restore_backup
from tests.support.clock import FakeClock
from tests.support.vaults import PASSPHRASE, Template, things, write_migrations

FIRST = "CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT;"
FULL_TEXT = """
-- a comment; with a semicolon and an 'apostrophe
CREATE VIRTUAL TABLE words USING fts5(word, content='');
INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
/* another; comment */
CREATE TRIGGER follow AFTER INSERT ON thing BEGIN
    INSERT INTO words(rowid, word) VALUES (new.id, new.word);
    UPDATE thing SET word = word || ';' WHERE id = new.id;
END;
ALTER TABLE thing ADD COLUMN note TEXT NOT NULL DEFAULT 'a;b' CHECK (length(note) < 100);
"""


def test_splits_at_the_ends_of_statements_only() -> None:
    statements = split_statements(FULL_TEXT, "x")
    assert [statement.split()[0] for statement in statements] == ["CREATE", "INSERT", "CREATE", "ALTER"]
    assert statements[2].endswith("END;")


def test_comments_at_the_end_are_no_statement() -> None:
    assert len(split_statements(FIRST + "\n-- the end\n/* really */\n", "x")) == 1
    assert split_statements("", "x") == ()


@pytest.mark.parametrize(
    "text",
    ["CREATE TABLE a (b)", "BEGIN; COMMIT;", "pragma user_version = 9;", "-- so\nVACUUM;", "ATTACH 'x' AS y;", "CREATE TRIGGER t;;x"],
)
def test_strange_statements_are_refused(text: str) -> None:
    with pytest.raises(MigrationError):
        split_statements(text, "x")


def test_gaps_and_strange_names_are_refused(tmp_path: Path) -> None:
    write_migrations(tmp_path, FIRST)
    (tmp_path / "0003_gap.sql").write_text(FIRST)
    with pytest.raises(MigrationError, match="0002"):
        read_migrations(tmp_path)
    (tmp_path / "0003_gap.sql").rename(tmp_path / "later.sql")
    with pytest.raises(MigrationError, match=r"later\.sql"):
        read_migrations(tmp_path)


def test_later_migrations_reach_an_older_vault(template: Template, folder: Path, tmp_path: Path) -> None:
    vault = template.open(folder)
    assert vault.schema_version == 1
    newer = read_migrations(write_migrations(tmp_path / "newer", FIRST, FULL_TEXT))
    assert migrate(vault, newer) == 1
    assert vault.schema_version == 2
    assert migrate(vault, newer) == 0
    with vault.transaction() as connection:
        connection.execute("INSERT INTO thing (word) VALUES ('kanal')")
    with vault.read() as connection:
        assert connection.execute("SELECT rowid FROM words WHERE words MATCH 'kanal'").fetchall() == [(2,)]
    assert things(vault) == ["first", "kanal;"]
    assert vault.check() == ()
    vault.close()


def test_vault_ahead_of_the_program_is_refused(template: Template, folder: Path, tmp_path: Path) -> None:
    vault = template.open(folder)
    migrate(vault, read_migrations(write_migrations(tmp_path / "newer", FIRST, FULL_TEXT)))
    with pytest.raises(VaultNewerError):
        migrate(vault, read_migrations(template.migrations))
    vault.close()
    with pytest.raises(VaultNewerError):
        template.open(folder)


def test_broken_migration_leaves_the_version_before(template: Template, folder: Path, tmp_path: Path) -> None:
    vault = template.open(folder)
    broken = write_migrations(tmp_path / "newer", FIRST, "CREATE TABLE good (a);", "CREATE TABLE half (a); SELECT nonsense;")
    with pytest.raises(SqlError):
        migrate(vault, read_migrations(broken))
    assert vault.schema_version == 2
    with vault.read() as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {"vault_meta", "audit", "thing", "good"}
    vault.close()


def test_a_vault_with_rows_is_backed_up_before_and_not_when_it_is_new(
    template: Template, folder: Path, tmp_path: Path
) -> None:
    assert list_backups(folder) == ()
    vault, newer = template.open(folder), write_migrations(tmp_path / "newer", FIRST, FULL_TEXT)
    before = vault.step()
    migrate(vault, read_migrations(newer))
    [made] = list_backups(folder)
    assert made.kind == "migration"
    assert verify_copy(backup_file(folder, made), vault.unlocked.keys.database_key()) == before
    assert audit.list_entries(vault)[0].detail == "schema=2"
    vault.close()
    vault = restore_backup(folder, PASSPHRASE, made.name, migrations=newer, clock=FakeClock())
    assert (vault.schema_version, vault.epoch, things(vault)) == (2, 2, ["first"])
    vault.close()


def test_without_room_for_the_backup_nothing_is_changed(
    template: Template, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = template.open(folder)
    newer = read_migrations(write_migrations(tmp_path / "newer", FIRST, FULL_TEXT))

    def full(*_: object, **__: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(migrator, "make_backup", full)
    with pytest.raises(NoRoomToUpdateError, match=r"Nothing was changed\. Free 1 MB"):
        migrate(vault, newer)
    assert vault.schema_version == 1
    assert things(vault) == ["first"]
    vault.close()
