"""Vaults for tests: real ones, with the cheapest key derivation the program accepts (64 MiB, one pass)."""

from __future__ import annotations

from pathlib import Path

from outreach_app.vault.argon import FLOOR
from outreach_app.vault.creation import create_vault
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_vault
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
