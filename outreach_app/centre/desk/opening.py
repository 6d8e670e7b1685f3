"""Make the desk's register and open it: a vault of its own beside the mailbox, with the centre's keys inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from outreach_app.centre.desk.errors import CentreMissingError
from outreach_app.centre.desk.keys import CentreKeys, load_keys, make_keys
from outreach_app.clock import Clock
from outreach_app.domain.ids import IdSource
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.creation import create_vault
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_vault, vault_exists

VAULT_FOLDER = "desk"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(eq=False)
class Desk:
    """The open desk: one writer on its register, the centre's keys, and the time. Close it when done."""

    vault: OpenVault
    clock: Clock
    keys: CentreKeys

    def reload_keys(self) -> None:
        """Take the keys as the register has them now: one was added, retired or destroyed."""
        with self.vault.read() as connection:
            self.keys = load_keys(connection)

    def close(self) -> None:
        """Close the register; the keys are gone with it."""
        self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def desk_exists(centre: Path) -> bool:
    """Tell whether the centre's folder holds a desk."""
    return vault_exists(centre / VAULT_FOLDER)


def init_desk(
    centre: Path, passphrase: str, *, clock: Clock, ids: IdSource, cost: Argon2Cost = DEFAULT
) -> Desk:
    """Make the register and the centre's keys, or finish what an interrupted call began.

    Args:
        centre: the centre's folder; the register is made in its ``desk`` folder.
        passphrase: opens the register from now on.
        clock: time for the register.
        ids: ids for the register's vault.
        cost: of the slow key derivation.

    Raises:
        WrongPassphraseError: a desk is there and opens with another passphrase.
        WeakPassphraseError, FolderNotWritableError, DiskFullError: nothing was made.
    """
    folder = centre / VAULT_FOLDER
    if vault_exists(folder):
        vault = open_vault(folder, passphrase, migrations=MIGRATIONS, clock=clock)
    else:
        with mapped_files(centre):
            centre.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault = create_vault(folder, passphrase, migrations=MIGRATIONS, clock=clock, ids=ids, cost=cost)
    try:
        with vault.transaction() as connection:
            make_keys(connection, clock)
        return _desk(vault, clock)
    except BaseException:  # whatever happened, the vault must not stay open without an owner
        vault.close()
        raise


def open_desk(centre: Path, passphrase: str, *, clock: Clock, backoff: Backoff | None = None) -> Desk:
    """Open the desk of a centre that is there; ``backoff`` counts wrong tries and refuses those that come too early.

    Raises:
        CentreMissingError: no desk in this folder.
        WaitBeforeTryError, WrongPassphraseError, VaultDamagedError, VaultInUseError, ...: see ``open_vault``.
    """
    if not desk_exists(centre):
        raise CentreMissingError(folder=centre)
    vault = open_vault(centre / VAULT_FOLDER, passphrase, migrations=MIGRATIONS, clock=clock, backoff=backoff)
    try:
        return _desk(vault, clock)
    except BaseException:  # whatever happened, the vault must not stay open without an owner
        vault.close()
        raise


def _desk(vault: OpenVault, clock: Clock) -> Desk:
    with vault.read() as connection:
        return Desk(vault, clock, load_keys(connection))
