"""Open the mailbox's database so that a commit is on the disk when it returns: SQLite for one machine, PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, InternalError, NoResultFound, SQLAlchemyError

from outreach_app.centre.mailbox.errors import RefusalError, StoreUnusableError
from outreach_app.centre.mailbox.migrations import migrate

READING = "outreach_reading"  # execution option of an engine that only reads
_WAIT_SECONDS = 30
# A server whose machine is gone says nothing. By the system's own ways a commit would wait two hours for its answer,
# with every batch behind it. For one that only works long, or waits for its second node, its system answers.
_NOTICE_SILENCE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
_DAMAGE = (NoResultFound, DatabaseError, InternalError)  # these types alone, not what derives from them


def open_database(database: str | None, sqlite_file: Path, *, require_standby: bool = False) -> Engine:
    """Return an engine on a database with the newest schema.

    Args:
        database: ``postgresql://...``, or None for SQLite in ``sqlite_file``.
        sqlite_file: created when missing, readable by its owner only.
        require_standby: take only a server that acknowledges nothing before a second node has it.

    Raises:
        StoreUnusableError: no such database, no right to use it, or one that may lose commits.
    """
    engine = None
    try:
        engine = _sqlite(sqlite_file) if database is None else _postgresql(database)
        _prepare(engine, require_standby=require_standby)
    except BaseException as error:  # whatever happens, no connection stays open
        if engine is not None:
            engine.dispose()
        if isinstance(error, SQLAlchemyError | OSError):
            raise StoreUnusableError(reason=type(error).__name__) from error
        raise
    return engine


def _prepare(engine: Engine, *, require_standby: bool) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            _refuse_careless_server(connection)
        if require_standby:
            _refuse_a_server_alone(connection)
        migrate(connection)


def _sqlite(file: Path) -> Engine:
    file.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once, unless the transaction was announced as reading only."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _postgresql(database: str) -> Engine:
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise StoreUnusableError(reason="address") from error
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise StoreUnusableError(reason="address")
    line = {"connect_timeout": _WAIT_SECONDS, **_NOTICE_SILENCE}
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,  # an error names the statement, never what was kept with it
        connect_args={name: value for name, value in line.items() if name not in url.query},
    )


def _refuse_careless_server(connection: Any) -> None:
    """A receipt is a promise: a server that acknowledges before the disk has it cannot keep it."""
    for setting, careful in (("fsync", {"on"}), ("synchronous_commit", {"on", "remote_apply"})):
        if connection.execute(text(f"SHOW {setting}")).scalar_one() not in careful:
            raise StoreUnusableError(reason=setting)


def _refuse_a_server_alone(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        raise StoreUnusableError(reason="no second node")
    if not connection.execute(text("SHOW synchronous_standby_names")).scalar_one():
        raise StoreUnusableError(reason="synchronous_standby_names")


@contextmanager
def telling_damage() -> Iterator[None]:
    """Around reading one batch: bytes that the database lost are no reason to take all of it for unavailable.

    Raises:
        RefusalError: it answers, but not with these bytes (500 ``fault``).
    """
    try:
        yield
    except SQLAlchemyError as error:
        if type(error) not in _DAMAGE:
            raise
        raise RefusalError(500, "fault") from error


def standby_problem(connection: Connection) -> str:
    """Return why a commit may be acknowledged by one node alone or waits for ever; empty: a second one is in step.

    Whoever may not read all of PostgreSQL's statistics (role ``pg_monitor``) sees only that a second node is connected.
    """
    if not connection.execute(text("SHOW synchronous_standby_names")).scalar_one():
        return "standby_not_named"
    return "" if connection.execute(_IN_STEP).scalar_one() else "standby_not_in_step"


_IN_STEP = text(
    "SELECT count(*) FROM pg_stat_replication WHERE sync_state IS NULL OR sync_state IN ('sync', 'quorum')"
)
