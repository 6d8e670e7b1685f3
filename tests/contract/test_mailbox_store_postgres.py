"""The store's contract on PostgreSQL, and that a careless server is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from outreach_app.centre.mailbox.database import _postgresql, open_database
from outreach_app.centre.mailbox.errors import RefusalError, StoreUnusableError
from outreach_app.centre.mailbox.metrics import Metrics
from outreach_app.centre.mailbox.post_office import PostOffice
from outreach_app.centre.mailbox.store import MailboxStore
from tests.contract.mailbox_store import MailboxStoreContract
from tests.support.clock import FakeClock
from tests.support.mailboxes import CONFIGURATION

NOWHERE = Path("unused.db")


@pytest.fixture
def empty_database(postgres_address: str) -> Iterator[str]:
    """A database of its own for each test."""
    server = sa.create_engine(postgres_address.replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS mailbox WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE mailbox")
    server.dispose()
    return postgres_address.rpartition("/")[0] + "/mailbox"


class TestOnPostgres(MailboxStoreContract):
    @pytest.fixture
    def engine(self, empty_database: str) -> Iterator[sa.Engine]:
        opened = open_database(empty_database, NOWHERE)
        yield opened
        opened.dispose()

    @pytest.fixture
    def empty_engine(self, empty_database: str) -> Iterator[sa.Engine]:
        opened = _postgresql(empty_database)
        yield opened
        opened.dispose()

    def test_it_is_really_postgres(self, engine: sa.Engine) -> None:
        assert engine.dialect.name == "postgresql"
        assert not NOWHERE.exists()


def test_several_workers_may_start_at_once(empty_database: str) -> None:
    engines: list[sa.Engine] = []
    threads = [
        threading.Thread(target=lambda: engines.append(open_database(empty_database, NOWHERE))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(engines) == 4
    for engine in engines:
        engine.dispose()


def test_a_server_that_is_gone_without_a_word_is_noticed_unless_the_address_says_when(empty_database: str) -> None:
    engine = _postgresql(f"{empty_database}?keepalives_idle=7")
    with engine.connect() as connection:
        line = connection.connection.driver_connection
        assert line is not None
        said = line.info.get_parameters()
    engine.dispose()
    assert (said["keepalives_idle"], said["keepalives_count"], said["tcp_user_timeout"]) == ("7", "3", "60000")


def test_a_server_that_may_forget_is_refused(empty_database: str) -> None:
    server = sa.create_engine(empty_database.replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("ALTER DATABASE mailbox SET synchronous_commit = off")
    server.dispose()
    with pytest.raises(StoreUnusableError, match="synchronous_commit"):
        open_database(empty_database, NOWHERE)


def test_a_server_that_is_alone_later_is_not_well(empty_database: str) -> None:
    engine = open_database(empty_database, NOWHERE)
    with closing(MailboxStore(engine, require_standby=True)) as store:
        assert store.standby_problem() == "standby_not_named"
        with pytest.raises(RefusalError, match="store_unavailable"):
            PostOffice(CONFIGURATION, store, FakeClock()).check_health()
        samples = {sample.name: sample.value for one in Metrics(store).registry.collect() for sample in one.samples}
        assert samples["outreach_mailbox_standby_up"] == 0


def test_a_server_alone_is_refused_where_a_second_node_is_asked_for(empty_database: str) -> None:
    with pytest.raises(StoreUnusableError, match="synchronous_standby_names"):
        open_database(empty_database, NOWHERE, require_standby=True)
