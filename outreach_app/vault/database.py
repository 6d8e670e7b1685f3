"""Opens the encrypted file: every setting that protects it is made and then asserted; it never creates a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import sqlcipher3

from outreach_app.errors import BugError
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import UnsafeSettingError
from outreach_app.vault.keys import SECRET_BYTES

# name, what is set, what must be read back
_BEFORE_READING = (
    ("temp_store", "MEMORY", "2"),  # a temporary file would hold plain text
    ("cache_spill", "OFF", "0"),  # the file is touched at the commit only, so a journal has one header (hot_journal.py)
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("secure_delete", "ON", "1"),
    ("cache_size", "-65536", "-65536"),  # 64 MiB of opened pages: a search over 10,000 notes need not open them again
    ("cipher_memory_security", "OFF", "0"),  # costs 5.5 x in full-text work; locking ends the process instead
)
_AFTER_READING = (  # the first reading may play back a journal, and removes it only in normal locking mode
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),  # damage in a write-ahead log is silent
    ("synchronous", "EXTRA", "3"),
)
_ASSERTED = (("cipher_use_hmac", "1"), ("cipher_plaintext_header_size", "0"), ("cipher_page_size", "4096"))

_PRAGMAS_ALLOWED = frozenset({
    "cipher_integrity_check", "data_version", "defer_foreign_keys", "foreign_key_check", "foreign_key_list",
    "freelist_count", "incremental_vacuum", "index_info", "index_list", "index_xinfo", "integrity_check",
    "optimize", "page_count", "page_size", "quick_check", "shrink_memory", "table_info", "table_list",
    "table_xinfo", "user_version",
})  # fmt: skip
_STEPS_BETWEEN_LOOKS = 500  # some milliseconds
_REFUSED_ACTIONS = frozenset({sqlcipher3.SQLITE_ATTACH, sqlcipher3.SQLITE_DETACH})


def connect(file: Path, key: bytes) -> Connection:
    """Return a guarded connection to an existing database.

    Args:
        file: must exist; a missing file is not made.
        key: 32 raw bytes.

    Raises:
        sqlcipher3.Error: for ``failures.mapped`` of the caller; a wrong key shows as "not a database".
        UnsafeSettingError: a setting was not taken.
    """
    if len(key) != SECRET_BYTES:
        raise BugError("a key of the wrong length would silently be taken as a passphrase")
    connection = sqlcipher3.connect(
        file.resolve().as_uri() + "?mode=rw", uri=True, isolation_level=None, timeout=0.0, cached_statements=200
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        connection.set_key(f"x'{key.hex()}'")
        _make_safe(connection)
        guard(connection)
    except BaseException:
        connection.close()
        raise
    return cast("Connection", connection)


def guard(connection: Connection) -> None:
    """Refuse ATTACH (and with it VACUUM) and every PRAGMA that could weaken the protection."""
    connection.set_authorizer(_authorise)  # type: ignore[attr-defined]  # not offered to the layers above


@contextmanager
def copying_allowed(connection: Connection) -> Iterator[None]:
    """Let the block run VACUUM INTO, and keep the copy's pages in a small cache, so that stopping takes no time."""
    connection.set_authorizer(None)  # type: ignore[attr-defined]  # not offered to the layers above
    try:
        connection.execute("PRAGMA cache_size = -2048")
        yield
    finally:
        connection.execute("PRAGMA cache_size = -65536")
        guard(connection)


@contextmanager
def watched(connection: Connection, must_stop: Callable[[], bool]) -> Iterator[None]:
    """Ask ``must_stop`` every few hundred steps of a statement inside the block; True interrupts the statement."""
    connection.set_progress_handler(must_stop, _STEPS_BETWEEN_LOOKS)  # type: ignore[attr-defined]  # as above
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)  # type: ignore[attr-defined]  # as above


def change_key(file: Path, old: bytes, new: bytes) -> None:
    """Encrypt a copy under a new key, in place and without a journal: if it fails the copy is of no use.

    Raises:
        sqlcipher3.Error: for ``failures.mapped`` of the caller.
    """
    connection = connect(file, old)
    try:
        connection.set_authorizer(None)  # type: ignore[attr-defined]  # as above
        connection.execute("PRAGMA journal_mode = OFF").fetchall()
        connection.execute("PRAGMA cache_spill = ON")  # the copy need not fit into memory
        connection.reset_key(f"x'{new.hex()}'")  # type: ignore[attr-defined]  # as above
    finally:
        connection.close()


def _make_safe(connection: Connection) -> None:
    for name, value, expected in _BEFORE_READING:
        connection.execute(f"PRAGMA {name} = {value}")
        _assert_setting(connection, name, expected)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first page proves the key
    for name, value, expected in _AFTER_READING:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        _assert_setting(connection, name, expected)
    for name, expected in _ASSERTED:
        _assert_setting(connection, name, expected)
    connection.execute("BEGIN EXCLUSIVE")  # takes the lock for good, and fails on a file that may only be read
    connection.execute("ROLLBACK")


def _assert_setting(connection: Connection, name: str, expected: str) -> None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    if row is None or str(row[0]).lower() != expected:
        raise UnsafeSettingError(setting=name)


def _authorise(action: int, first: str | None, _second: str | None, _database: str | None, _cause: str | None) -> int:
    if action in _REFUSED_ACTIONS:
        return int(sqlcipher3.SQLITE_DENY)
    if action == sqlcipher3.SQLITE_PRAGMA and str(first).lower() not in _PRAGMAS_ALLOWED:
        return int(sqlcipher3.SQLITE_DENY)
    return int(sqlcipher3.SQLITE_OK)
