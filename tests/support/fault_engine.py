"""Operations on the vault itself: workers and keys, backups, restoring, an older vault opened, counts while locked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from outreach_app.errors import KnownError
from outreach_app.services.session import Session
from outreach_app.vault import backups, copying, key_file
from outreach_app.vault.errors import KeyFileNeededError, VaultDamagedError, WrongPassphraseError
from outreach_app.vault.failures import mapped
from tests.support.clock import FakeClock
from tests.support.fault_laptop import AFTERWARDS, ROOT, finished, program, text_of, unlocked
from tests.support.fault_operations import Acknowledge, Operation, old_or_new, opens, said
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE

OLD_VAULT = ROOT / "tests" / "migrations" / "vaults" / "schema-0001"


def later(days: int = 1) -> FakeClock:
    clock = FakeClock()
    clock.advance(days * 86_400)
    return clock


class AddWorker(Operation):
    """A second worker gets a way in; the first keeps hers all the time."""

    name = "add worker"

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        session.workers.add_worker("BO", "outreach", OTHER_PASSPHRASE)
        acknowledge("added")

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        there = opens(folder, OTHER_PASSPHRASE)
        assert there or "added" not in acknowledged, "an acknowledged worker has no way in"
        self.look(folder, acknowledged, PASSPHRASE)
        assert opens(folder, OTHER_PASSPHRASE) == there
        return "added" if there else "not added"


class RemoveWorker(Operation):
    """A worker leaves: his slot goes, and the vault is under a new key; there are backups under the old one."""

    name = "remove worker"
    may_close = True

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder) as session:
            session.workers.add_worker("BO", "outreach", OTHER_PASSPHRASE)
            session.backing_up.backup_now()
            self.leaver = next(row.id for row in session.workers.list_workers() if not row.own)
            self.old_key = session._vault.unlocked.keys.database_key()

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        session.workers.remove_worker(self.leaver)
        acknowledge("removed")

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        there = opens(folder, OTHER_PASSPHRASE)
        found = old_or_new("removed" in acknowledged, not there, there)
        self.look(folder, acknowledged, PASSPHRASE)
        assert opens(folder, OTHER_PASSPHRASE) == there, "he left and came back"
        if not there:
            assert not [file for file in databases(folder) if is_under(file, self.old_key)], "a file is under the old key"
        assert backups.list_backups(folder), "there is no backup any more"
        return found


class SetKeyFile(Operation):
    """A worker's way in asks for a key file from now on: at any moment exactly one of the two ways opens."""

    name = "key file"

    def prepare(self) -> None:
        super().prepare()
        self.content = key_file.new_key_file()
        with unlocked(self.folder) as session:
            session.workers.add_worker("BO", "outreach", OTHER_PASSPHRASE)

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        session.workers.set_key_file(PASSPHRASE, self.content)
        acknowledge("set")

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        with_file, without = self._opens(folder, self.content), self._opens(folder, None)
        found = old_or_new("set" in acknowledged, with_file and not without, without)
        self.look(folder, acknowledged, OTHER_PASSPHRASE)
        return found

    def _opens(self, folder: Path, content: bytes | None) -> bool:
        try:
            program(folder, prefix=6).unlock(PASSPHRASE, content).close()
        except (WrongPassphraseError, KeyFileNeededError):
            return False
        return True


class Backup(Operation):
    """A backup is made beside an older one: whichever is listed can be read back, and the older one stays."""

    name = "backup"

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder) as session:
            self.first = session.backing_up.backup_now().name
            self.key = session._vault.unlocked.keys.database_key()

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        with unlocked(folder, clock=later()) as session:
            try:
                acknowledge(f"backup {session.backing_up.backup_now().name}")
            except KnownError:
                mended()
                self.go_on(session, acknowledge)
                acknowledge(f"backup {session.backing_up.backup_now().name}")
                raise

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        listed = program(folder, prefix=5).list_backups()
        names = {info.name for info in listed}
        assert {self.first, *said(acknowledged, "backup")} <= names, "a backup is lost"
        for info in listed:
            copying.verify_copy(backups.backup_file(folder, info), self.key)
        self.look(folder, acknowledged, PASSPHRASE)
        return f"{len(names)} backups"


class Restore(Operation):
    """The vault is damaged and a backup takes its place; where that was interrupted it can be done again."""

    name = "restore"

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder) as session:
            self.backup = session.backing_up.backup_now().name
            finished(session, "Kun i den beskadigede")
        content = bytearray((self.folder / "vault.db").read_bytes())
        content[2000] ^= 1
        (self.folder / "vault.db").write_bytes(content)
        self.damaged = bytes(content)

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            program(folder, prefix=2).restore(self.backup, PASSPHRASE).close()
            acknowledge("restored")
        except KnownError:
            mended()
            raise

    def reopen(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        if _refusal(folder) is not None:
            self.run(folder, acknowledge, mended)

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        damage = _refusal(folder)
        assert damage is None or "restored" not in acknowledged, "what was restored is damaged again"
        if damage is not None:
            opener = program(folder, prefix=5)
            assert opener.backup_may_help(damage), "no backup is offered"
            opener.restore(self.backup, PASSPHRASE).close()
        self.look(folder, acknowledged, PASSPHRASE)
        kept = [file.read_bytes() for file in (folder / "kept").glob("*/vault.db")]
        assert self.damaged in kept, "the damaged file was not kept"
        return "restored" if damage is None else type(damage).__name__

    def found(self, session: Session, acknowledged: list[str]) -> str:  # noqa: ARG002 - as in every operation
        assert session._vault.epoch >= 2, "the restored vault goes on in the old epoch"
        return ""


class OpenOlder(Operation):
    """A vault of the first release is opened: engine and tables are brought up to date, after a backup."""

    name = "migration"
    real_derivation = True

    def prepare(self) -> None:
        shutil.copytree(OLD_VAULT / "laptop", self.folder)
        self.notes = len(json.loads((OLD_VAULT / "laptop.json").read_text())["tables"]["encounters"])

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            program(folder, prefix=2, clock=later(30)).unlock(PASSPHRASE).close()
            acknowledge("opened")
        except KnownError:
            mended()
            raise

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        made = bool(program(folder, prefix=5).list_backups())
        assert made or "opened" not in acknowledged, "no backup was made before"
        with unlocked(folder, prefix=7, clock=later(30)) as session:
            assert session.check() == ()
            assert session.encounters.count_encounters() == self.notes, "a note is lost"
            new = finished(session, AFTERWARDS)
        with unlocked(folder, prefix=8, clock=later(30)) as session:
            assert text_of(session, new) == AFTERWARDS
            assert session.check() == ()
        assert program(folder, prefix=5).list_backups(), "no backup was made before"
        return "with backup" if made else "as it was"


class CountWhileLocked(Operation):
    """Leaflets are printed without unlocking: each print job is counted once at the next unlocking."""

    name = "counts while locked"
    jobs: ClassVar = (("da", 2), ("en", 5), ("th", 11))

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        printing = program(folder, prefix=3)
        for language, copies in self.jobs:
            if printing.count_printed_while_locked("rights", language, "wallet", copies):
                acknowledge(f"printed {language}")
        mended()
        with unlocked(folder):
            acknowledge("taken in")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        counted = session.printing.printed_by_language()
        assert set(said(acknowledged, "printed")) <= set(counted), "a print job is lost"
        assert set(counted.items()) <= set(self.jobs), "a print job was counted twice"
        return f"{len(counted)} counted"

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        with unlocked(folder, prefix=7) as session:
            found = self.found(session, acknowledged)
        self.look(folder, acknowledged, PASSPHRASE)
        return found


def databases(folder: Path) -> list[Path]:
    """Return every file of the vault that may be a whole database."""
    return [file for file in folder.rglob("*") if file.is_file() and file.stat().st_size >= 4096 and ".db" in file.name]


def is_under(file: Path, key: bytes) -> bool:
    """Tell whether a file opens with this key."""
    try:
        with mapped(file.parent):
            copying.verify_copy(file, key)
    except VaultDamagedError:
        return False
    return True


def _refusal(folder: Path) -> KnownError | None:
    try:
        with unlocked(folder, prefix=6):
            return None
    except WrongPassphraseError:
        raise
    except KnownError as error:
        return error


ENGINE: tuple[type[Operation], ...] = (
    AddWorker, RemoveWorker, SetKeyFile, Backup, Restore, OpenOlder, CountWhileLocked
)  # fmt: skip
