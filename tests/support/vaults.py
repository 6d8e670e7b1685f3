"""Vaults for tests: real ones, with the cheapest key derivation the program accepts (64 MiB, one pass)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from outreach_app.vault import slot_file
from outreach_app.vault.argon import FLOOR
from outreach_app.vault.creation import create_vault
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked, open_vault
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, unlock_slot
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds

CHEAP_COST = FLOOR
PASSPHRASE = "cabin gentle napkin orbit wagon"  # five words of the list
OTHER_PASSPHRASE = "meadow copper lantern violin basket thunder"


def write_migrations(folder: Path, *texts: str) -> Path:
    """Write each text as the next numbered migration; without texts one small table."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts or ("CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT;",), start=1):
        (folder / f"{number:04d}_step.sql").write_text(text, encoding="utf-8")
    return folder


def new_vault(folder: Path, migrations: Path, *, role: str = "outreach", passphrase: str = PASSPHRASE) -> OpenVault:
    """Create a vault quickly and return it open."""
    return create_vault(
        folder, passphrase, role=role, migrations=migrations, clock=FakeClock(), ids=CountingIds(), cost=CHEAP_COST
    )


def reopened(folder: Path, migrations: Path, passphrase: str = PASSPHRASE) -> OpenVault:
    """Open a vault as the program does."""
    return open_vault(folder, passphrase, migrations=migrations, clock=FakeClock())


def add_thing(vault: OpenVault, word: str) -> None:
    """Commit one row."""
    with vault.transaction() as connection:
        connection.execute("INSERT INTO thing (word) VALUES (?)", (word,))


def things(vault: OpenVault) -> list[str]:
    """Return the words of all rows, in order."""
    with vault.read() as connection:
        return [row[0] for row in connection.execute("SELECT word FROM thing ORDER BY id")]


@dataclass(frozen=True)
class Template:
    """A vault made once and copied for each test; copies open without the slow key derivation."""

    folder: Path
    migrations: Path
    file: SlotFile
    unlocked: Unlocked

    @classmethod
    def made(cls, base: Path, *words: str, role: str = "outreach", migrations: tuple[str, ...] = ()) -> Template:
        """Make it, with a row for each word."""
        folder, steps = base / "template", write_migrations(base / "migrations", *migrations)
        vault = new_vault(folder, steps, role=role)
        for word in words:
            add_thing(vault, word)
        vault.close()
        file = slot_file.read_newest(folder)
        return cls(folder, steps, file, unlock_slot(file.slots[0], PASSPHRASE))

    def copy(self, to: Path) -> Path:
        """Return the folder of a fresh copy at ``to``."""
        shutil.copytree(self.folder, to, symlinks=True)
        return to

    def open(self, folder: Path) -> OpenVault:
        """Open a copy by the steps that come after the passphrase (no lock file is taken)."""
        return open_unlocked(folder, self.file, self.unlocked, migrations=self.migrations, lock=None)
