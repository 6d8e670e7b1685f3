"""What the layers above may ask of the vault's database connection; keeps the untyped library out of their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Parameters = Sequence[Any] | Mapping[str, Any]


class Cursor(Protocol):
    """Rows of one statement, as tuples."""

    @property
    def rowcount(self) -> int:
        """Rows changed by the statement, -1 for a reading one."""
        ...

    @property
    def lastrowid(self) -> int | None:
        """Row id of the last inserted row."""
        ...

    @property
    def description(self) -> Any:
        """Column names as 7-tuples, or None."""
        ...

    def fetchone(self) -> Any:
        """Return the next row or None."""
        ...

    def fetchmany(self, size: int = ...) -> list[Any]:
        """Return up to ``size`` rows."""
        ...

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """The open database; statements only, transactions belong to ``OpenVault.transaction``."""

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        ...

    @property
    def total_changes(self) -> int:
        """Rows changed since opening."""
        ...

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor:
        """Run one statement for each set of parameters."""
        ...

    def create_function(self, name: str, narg: int, func: Callable[..., Any], /) -> None:
        """Make a Python function usable in SQL."""
        ...

    def interrupt(self) -> None:
        """Stop the running statement; may be called from any thread."""
        ...

    def close(self) -> None:
        """Close the database."""
        ...
