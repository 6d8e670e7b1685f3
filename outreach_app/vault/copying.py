"""Copies the open database into a new file without the room of deleted content, verified before it counts.

The copy is read back by a connection of its own: ``integrity_check`` reaches every page of a copy, for it has no free
ones, and each page that is read is authenticated. ``cipher_integrity_check`` would show no more, and cannot be stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from outreach_app.errors import CancelledError, DiskFullError
from outreach_app.vault import database, meta
from outreach_app.vault.anchor import Step
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import DiskFaultError, VaultDamagedError
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.layout import PAGE_BYTES
from outreach_app.vault.safe_files import create_empty, sync_file, sync_folder
from outreach_app.vault.slots import Unlocked

_READS_FOR_A_LOOK = 4  # measured: the checks ask 3.5 times as often as the copying, for few notes and for many
Report = Callable[[int, int], None]  # bytes done, bytes in all; copying is the first half, verifying the second


class Source(Protocol):
    """What is asked of the open vault."""

    @property
    def connection(self) -> Connection:
        """The database to be copied."""
        ...

    @property
    def unlocked(self) -> Unlocked:
        """The keys it is encrypted under."""
        ...

    @property
    def interrupts(self) -> int:
        """How often work was interrupted."""
        ...

    def give_up_reserve(self) -> None:
        """Free the room set aside for a full disk."""
        ...

    def step(self) -> Step:
        """Return where the vault stands."""
        ...

    def beside(self, connection: Connection) -> AbstractContextManager[None]:
        """Let an interrupt stop this connection, too."""
        ...


def copy_database(
    vault: Source,
    target: Path,
    *,
    key: bytes | None = None,
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write a verified copy of the database to ``target``, durable when this returns.

    Args:
        vault: open, with no transaction running.
        target: replaced if there; give a name that counts for nothing until the copy is whole.
        key: 32 raw bytes to encrypt the copy under; None keeps the vault's.
        progress: told where the work is.
        cancelled: asked often whether to stop; ``OpenVault.interrupt`` stops as well.

    Raises:
        CancelledError, DiskFullError, FolderNotWritableError, DiskFaultError, VaultDamagedError: there is no target.
    """
    with mapped(target.parent):
        watch = _Watch(vault, target, progress, cancelled)
    try:
        _copy(vault, target, key, watch)
    except BaseException as error:
        with suppress(OSError):  # it counts for nothing, and the next copy replaces it
            discard(target)
        if isinstance(error, DiskFullError):
            vault.give_up_reserve()  # what a worker writes next matters more
        raise
    watch.report(watch.total)


def verify_copy(target: Path, key: bytes, step: Step | None = None) -> Step:
    """Read a copy completely and return the step it stands at.

    Args:
        target: a file made by ``copy_database``.
        key: 32 raw bytes.
        step: where it must stand; None accepts any.

    Raises:
        VaultDamagedError: it is not whole, or does not stand there.
        DiskFaultError, FolderNotWritableError: it cannot be read.
    """
    with mapped(target.parent):
        connection = database.connect(target, key)
        try:
            return _checked(connection, target, step)
        finally:
            connection.close()


def discard(target: Path) -> None:
    """Remove a copy that is not wanted, and the journal beside it."""
    for file in (target, target.with_name(target.name + "-journal")):
        file.unlink(missing_ok=True)


class _Watch:
    """Looks at the growing copy now and then, tells how far it is, and says when to stop."""

    def __init__(
        self, vault: Source, target: Path, progress: Report | None, cancelled: Callable[[], bool] | None
    ) -> None:
        pages = int(vault.connection.execute("PRAGMA page_count").fetchone()[0])
        free = int(vault.connection.execute("PRAGMA freelist_count").fetchone()[0])
        self.half = (pages - free) * PAGE_BYTES
        self.total = 2 * self.half
        self._vault = vault
        self._target = target
        self._progress = progress
        self._cancelled = cancelled
        self._interrupts = vault.interrupts
        self._looks = self._reads = 0  # how often it was asked while copying, and while reading back

    def must_stop(self) -> bool:
        """Report how far the copying is and tell whether to stop."""
        self._looks += 1
        if self._progress is not None:
            self.report(min(self._target.stat().st_size, self.half))
        return self.is_stopped()

    def must_stop_reading(self) -> bool:
        """Report about how far reading back is and tell whether to stop; nothing says how far it is exactly."""
        self._reads += 1
        expected = max(1, self._looks * _READS_FOR_A_LOOK)
        self.report(self.half + self.half * min(self._reads, expected) // (expected + 1))
        return self.is_stopped()

    def is_stopped(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._vault.interrupts != self._interrupts or (self._cancelled is not None and self._cancelled())

    def check(self) -> None:
        """Stop between two statements: an interrupt that came there would be lost."""
        if self.is_stopped():
            raise CancelledError

    def report(self, done: int) -> None:
        """Tell how far the work is."""
        if self._progress is not None:
            self._progress(done, self.total)


def _copy(vault: Source, target: Path, key: bytes | None, watch: _Watch) -> None:
    own = vault.unlocked.keys.database_key()
    with mapped_files(target.parent):
        discard(target)
        create_empty(target)
    with mapped(target.parent):
        _vacuum_into(vault, target, watch)
        watch.check()
        if key is not None:
            database.change_key(target, own, key)
            watch.check()
    with _unwritten_is_no_damage(key), mapped(target.parent):
        _verify(vault, target, own if key is None else key, watch)
    with mapped_files(target.parent):
        sync_file(target)
        sync_folder(target.parent)


def _vacuum_into(vault: Source, target: Path, watch: _Watch) -> None:
    connection = vault.connection
    with database.watched(connection, watch.must_stop), database.copying_allowed(connection):
        connection.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def _unwritten_is_no_damage(key: bytes | None) -> Iterator[None]:
    """The library is silent when the disk refuses a page under the new key: what then is found is not the vault's."""
    try:
        yield
    except VaultDamagedError as error:
        if key is None:
            raise
        raise DiskFaultError from error


def _verify(vault: Source, target: Path, key: bytes, watch: _Watch) -> None:
    watch.report(watch.half)
    step = vault.step()
    connection = database.connect(target, key)
    try:
        with vault.beside(connection), database.watched(connection, watch.must_stop_reading):
            watch.check()
            _checked(connection, target, step)
    finally:
        connection.close()


def _checked(connection: Connection, target: Path, step: Step | None) -> Step:
    found = meta.read(connection).step
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    fitting = connection.execute("PRAGMA foreign_key_check").fetchone() is None
    if free or not whole or not fitting or step not in {None, found}:
        raise VaultDamagedError(part=target.name)
    return found
