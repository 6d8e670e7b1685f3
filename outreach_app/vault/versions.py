"""Which encryption library the vault accepts: others embed an SQLite with a known way to corrupt a database."""

from __future__ import annotations

import sqlcipher3

from outreach_app.vault.errors import UnsafeLibraryError

LEAST_SQLITE = (3, 53, 0)  # 3.51.1 and its neighbours have the WAL-reset bug
LEAST_SQLCIPHER = (4, 19)


def check_versions(sqlite: str | None = None, sqlcipher: str | None = None) -> None:
    """Refuse a library that was not tested; without arguments the one in use is asked.

    Raises:
        UnsafeLibraryError: too old, or not SQLCipher at all.
    """
    sqlite = sqlite if sqlite is not None else str(sqlcipher3.sqlite_version)
    sqlcipher = sqlcipher if sqlcipher is not None else _sqlcipher_version()
    if _numbers(sqlite) < LEAST_SQLITE:
        raise UnsafeLibraryError(found=f"SQLite {sqlite}", needed=f"SQLite {_text(LEAST_SQLITE)}")
    if _numbers(sqlcipher) < LEAST_SQLCIPHER:
        raise UnsafeLibraryError(found=f"SQLCipher {sqlcipher or '?'}", needed=f"SQLCipher {_text(LEAST_SQLCIPHER)}")


def _sqlcipher_version() -> str:
    connection = sqlcipher3.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(row[0]) if row else ""


def _numbers(version: str) -> tuple[int, ...]:
    words = version.split(" ", maxsplit=1)[0].split(".")
    return tuple(int(word) for word in words if word.isdigit())


def _text(version: tuple[int, ...]) -> str:
    return ".".join(str(number) for number in version)
