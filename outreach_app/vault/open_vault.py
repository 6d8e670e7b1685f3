"""An open vault: one connection, transactions that move the anchor, the health cipher, and a check of every page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import sqlcipher3

from outreach_app import logs
from outreach_app.clock import Clock, SystemClock
from outreach_app.errors import CancelledError, DiskFullError, KnownError
from outreach_app.vault import audit, database, meta, reserve
from outreach_app.vault.anchor import Anchor, Step
from outreach_app.vault.connection import Connection
from outreach_app.vault.copying import Report, copy_database
from outreach_app.vault.errors import TransactionStateError, VaultClosedError
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.health import HealthCipher
from outreach_app.vault.keys import VaultKeys
from outreach_app.vault.layout import DATABASE, REBUILT
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.safe_files import sync_folder
from outreach_app.vault.slots import Unlocked

_log = logging.getLogger(__name__)
_AUTHENTICITY = ("cipher_integrity_check", frozenset[str]())
_STRUCTURE = (("integrity_check", frozenset({"ok"})), ("foreign_key_check", frozenset[str]()))
_PAGE = "HMAC verification failed for page "
_MOST_FINDINGS = 100


@dataclass(frozen=True)
class Finding:
    """One thing a check found: which check, and what it says (tables, pages and row numbers, never content)."""

    check: str
    detail: str


class OpenVault:
    """Belongs to the thread that opened it; only ``interrupt`` may be called from others."""

    def __init__(
        self, folder: Path, connection: Connection, unlocked: Unlocked, anchor: Anchor, lock: VaultLock | None,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.clock = clock or SystemClock()
        self.unlocked = unlocked  # for this package only: slots are made and keys changed without a passphrase
        self.vault_id = unlocked.slot.header.vault_id
        self.slot_id = unlocked.slot.header.slot_id
        self.role = unlocked.slot.header.role
        self.health = _health_cipher(unlocked)
        self._connection = connection
        self._anchor = anchor
        self._lock = lock
        self._inside = False
        self._closed = False
        self._closing = threading.Lock()
        self._interrupts = 0
        self.reserve_given_up = False  # the disk became nearly full since this vault was opened
        self._beside: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The connection for plain ``execute``; faults are mapped inside ``transaction`` and ``read`` only."""
        if self._closed:
            raise VaultClosedError
        return self._connection

    @property
    def epoch(self) -> int:
        """Device epoch; a restored copy gets a new one."""
        return self.chain_step()[0]

    @property
    def engine(self) -> int:
        """Version of the engine's own tables."""
        with self.read() as connection:
            return meta.read(connection).engine

    @property
    def schema_version(self) -> int:
        """Number of the last migration applied."""
        with self.read() as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])

    def chain_step(self) -> tuple[int, int, str]:
        """Return epoch, step number and chain head (64 hex digits): they ride in each batch."""
        step = self.step()
        return step.epoch, step.number, step.head.hex()

    def step(self) -> Step:
        """Return where the vault stands."""
        with self.read() as connection:
            return meta.read(connection).step

    def health_generation(self) -> int:
        """Return how often the health part was replaced by a fresh one."""
        with self.read() as connection:
            return meta.read_health_generation(connection)

    def audit(self, action: str, subject: str = "", detail: str = "") -> None:
        """Add an entry to the audit chain, as part of the transaction that runs.

        Args:
            action: one of ``audit.ACTIONS``.
            subject: a random id or nothing; never a name.
            detail: codes or numbers or nothing; never words of a note.

        Raises:
            TransactionStateError: outside a transaction.
        """
        if not self._inside:
            raise TransactionStateError("an audit entry outside a transaction")
        audit.append(self.connection, self.clock.now().isoformat(), self.slot_id, action, subject, detail)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run the block as one change: all of it is durable when the block has ended, or none of it.

        Raises:
            DiskFullError, FolderNotWritableError, DiskFaultError: nothing was changed.
            VaultDamagedError, VaultRolledBackError: nothing was changed; the vault must be closed.
            CancelledError: ``interrupt`` was called; nothing was changed.
            VaultClosedError: the vault is locked.
            ConstraintError, SqlError, TransactionStateError: ours.
        """
        if self._inside:
            raise TransactionStateError("a transaction inside a transaction")
        connection = self.connection
        self._inside = True
        if reserve.is_needed(self.folder):
            self.give_up_reserve()
        try:
            with mapped(self.folder):
                step = yield from self._change(connection)
        except DiskFullError:
            self.give_up_reserve()  # for the next try
            raise
        finally:
            self._inside = False
        self._anchor_follows(step)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run the block for reading; faults become this program's errors."""
        with mapped(self.folder):
            yield self.connection

    def interrupt(self) -> None:
        """Stop the running statement; may be called from any thread, also when the vault is closed already."""
        with self._closing:
            self._interrupts += 1
            for connection in (None if self._closed else self._connection, self._beside):
                if connection is not None:
                    connection.interrupt()

    @property
    def interrupts(self) -> int:
        """How often ``interrupt`` was called: long work of many statements stops when this has grown."""
        return self._interrupts

    @contextmanager
    def beside(self, connection: Connection) -> Iterator[None]:
        """Let ``interrupt`` stop this connection, too, while the block runs."""
        with self._closing:
            self._beside = connection
        try:
            yield
        finally:
            with self._closing:
                self._beside = None

    def replace_database(self, new_file: Path, keys: VaultKeys | None = None) -> None:
        """Put a verified copy in the place of the database and go on with it; the anchors follow.

        Args:
            new_file: in the vault's folder, made by ``copying.copy_database``.
            keys: what it is encrypted under when that has changed; the slots are the caller's matter.

        Raises:
            DiskFaultError, FolderNotWritableError: the vault is closed; the next opening finds the old file or the new
            one, whole.
        """
        unlocked = self.unlocked if keys is None else replace(self.unlocked, keys=keys)
        step = self.step()
        with self._closing:
            self._connection.close()
            self._closed = True
            with mapped_files(self.folder):
                new_file.replace(self.folder / DATABASE)
                sync_folder(self.folder)
            with mapped(self.folder):
                self._connection = database.connect(self.folder / DATABASE, unlocked.keys.database_key())
            self._closed = False
        self.unlocked = unlocked
        self._anchor = Anchor(self.folder, self.vault_id, unlocked.keys.anchor_key())
        try:
            with mapped_files(self.folder):
                self._anchor.begin(step)
        except KnownError:
            self.close()
            raise

    def use(self, unlocked: Unlocked) -> None:
        """Go on with what the slot opens after a change of slots; for this package only."""
        self.unlocked = unlocked
        self.health = _health_cipher(unlocked)

    def rebuild(self, progress: Report | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        """Write the database anew, without the room that deleted content took.

        Raises:
            Those of ``copying.copy_database`` (nothing was changed) and of ``replace_database``.
        """
        new = self.folder / REBUILT
        copy_database(self, new, progress=progress, cancelled=cancelled)
        self.replace_database(new)

    def close(self) -> None:
        """Close the database and give the lock back; a second time does nothing."""
        with self._closing:
            try:
                if not self._closed:
                    self._closed = True
                    self._connection.close()
            finally:
                if self._lock is not None:
                    self._lock.release()

    def check(self) -> tuple[Finding, ...]:
        """Read every page and every reference; an empty result means the vault is whole.

        A free page may be torn: a power cut while it is being used again leaves it so, and nothing ever reads it.
        """
        authenticity = self._findings(_AUTHENTICITY)
        if authenticity:
            with self.read() as connection:
                connection.execute("PRAGMA shrink_memory")  # so that each page in use is read from the disk once more
        structure = tuple(finding for check in _STRUCTURE for finding in self._findings(check))
        return (*authenticity, *structure) if structure or _is_of_more_than_pages(authenticity) else ()

    def _findings(self, check: tuple[str, frozenset[str]]) -> tuple[Finding, ...]:
        name, fine = check
        try:
            with self.read() as connection:
                rows = connection.execute(f"PRAGMA {name}").fetchmany(_MOST_FINDINGS)
        except CancelledError:
            raise
        except KnownError as error:  # damage that stops the check is a finding, too
            return (Finding(name, type(error).__name__),)
        details = (" ".join(str(part) for part in row) for row in rows)
        return tuple(Finding(name, detail) for detail in details if detail not in fine)

    def _change(self, connection: Connection) -> Generator[Connection, None, Step]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            step = meta.read(connection).step
            with mapped_files(self.folder):
                self._anchor.catch_up(step)  # it is behind only if the disk refused it after the last commit
            yield connection
            step = step.following(audit.head(connection))
            meta.write_step(connection, step)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlcipher3.Error):  # the first fault is the one to tell
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise
        return step

    def give_up_reserve(self) -> None:
        """Free the room set aside for a full disk; the next opening takes it again when there is plenty."""
        if reserve.give_up(self.folder):
            self.reserve_given_up = True
            logs.event(_log, "reserve_given_up", logging.WARNING)

    def _anchor_follows(self, step: Step) -> None:
        """Write the anchor; the change is durable already, so a refusal here must not look as if it had failed."""
        try:
            self._anchor.catch_up(step)
        except OSError:
            logs.event(_log, "anchor_behind", logging.WARNING)


def _is_of_more_than_pages(findings: tuple[Finding, ...]) -> bool:
    return any(not finding.detail.startswith(_PAGE) for finding in findings)


def _health_cipher(unlocked: Unlocked) -> HealthCipher | None:
    if unlocked.health_part is None:
        return None
    return HealthCipher(unlocked.keys.health_key(unlocked.health_part))
