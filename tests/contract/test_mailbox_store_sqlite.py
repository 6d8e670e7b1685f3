"""The store's contract on SQLite, and what keeps a commit on the disk there."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from outreach_app.centre.mailbox.database import _sqlite, open_database
from outreach_app.centre.mailbox.errors import StoreUnusableError
from tests.contract.mailbox_store import MailboxStoreContract


class TestOnSqlite(MailboxStoreContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[sa.Engine]:
        opened = open_database(None, tmp_path / "mailbox.db")
        yield opened
        opened.dispose()

    @pytest.fixture
    def empty_engine(self, tmp_path: Path) -> Iterator[sa.Engine]:
        opened = _sqlite(tmp_path / "mailbox.db")
        yield opened
        opened.dispose()

    def test_commits_are_flushed_and_no_write_ahead_log_is_used(self, engine: sa.Engine) -> None:
        with engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "truncate"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 3
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1

    def test_only_the_owner_may_read_the_file(self, engine: sa.Engine, tmp_path: Path) -> None:
        assert engine.dialect.name == "sqlite"
        assert stat.S_IMODE((tmp_path / "mailbox.db").stat().st_mode) & 0o077 == 0

    def test_a_newer_schema_is_left_alone(self, engine: sa.Engine, tmp_path: Path) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreUnusableError, match="newer"):
            open_database(None, tmp_path / "mailbox.db")


def test_a_file_that_is_no_database_is_a_calm_error(tmp_path: Path) -> None:
    file = tmp_path / "mailbox.db"
    file.write_bytes(b"something else " * 100)
    with pytest.raises(StoreUnusableError):
        open_database(None, file)
    assert file.read_bytes() == b"something else " * 100


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "", "sqlite:///other.db"])
def test_other_databases_are_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(StoreUnusableError, match="address"):
        open_database(address, tmp_path / "mailbox.db")


def test_an_address_where_no_server_is(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusableError, match="OperationalError"):
        open_database("postgresql://outreach@127.0.0.1:1/none", tmp_path / "mailbox.db")


def test_one_file_is_no_second_node(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusableError, match="second node"):
        open_database(None, tmp_path / "mailbox.db", require_standby=True)
