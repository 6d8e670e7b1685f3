"""Builds the program's parts in one place and hands them over (the composition root)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_app.clock import Clock, SystemClock
from outreach_app.domain.ids import IdSource, RandomIds
from outreach_app.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from outreach_app.domain.code_lists import CodeLists
    from outreach_app.domain.indicator import Catalogue, Profile
    from outreach_app.services.machine_check import MachineFinding
    from outreach_app.services.session import Session
    from outreach_app.vault.argon import Argon2Cost
    from outreach_app.vault.backoff import Backoff
    from outreach_app.vault.open_vault import OpenVault


class Program:
    """One per process. Holds no secret: what an unlocked vault can do is in the ``Session`` it hands out.

    The services, their data and what they stand on are imported when a vault is opened, not before: the first page
    must stand at once.
    """

    def __init__(
        self, folder: Path, *, clock: Clock | None = None, ids: IdSource | None = None,
        cost: Argon2Cost | None = None,
    ) -> None:  # fmt: skip
        """Prepare for the vault in ``folder``; nothing is read yet but the settings. ``cost`` None: the full one."""
        self.folder = folder
        self.clock = clock or SystemClock()
        self.ids = ids or RandomIds()
        self.settings: Settings = load_settings(folder)
        self._cost = cost

    @cached_property
    def catalogues(self) -> Mapping[Profile, Catalogue]:
        """The indicators of every profile."""
        from outreach_app.wire.indicator_catalogue import load_catalogues  # noqa: PLC0415 - see the class

        return load_catalogues()

    @cached_property
    def code_lists(self) -> CodeLists:
        """The codes of every field."""
        from outreach_app.wire.code_lists import load_code_lists  # noqa: PLC0415 - see the class

        return load_code_lists()

    @cached_property
    def backoff(self) -> Backoff:
        """The waits after wrong passphrases."""
        from outreach_app.vault.backoff import Backoff  # noqa: PLC0415 - see the class

        return Backoff(self.folder, self.clock)

    def vault_exists(self) -> bool:
        """Tell whether the folder holds a vault, whole or damaged."""
        from outreach_app.vault.layout import vault_exists  # noqa: PLC0415 - see the class

        return vault_exists(self.folder)

    def check_machine(self) -> tuple[MachineFinding, ...]:
        """Tell how safe this computer itself is: its disk and its swap. May take seconds; never fails."""
        from outreach_app.services.machine_check import check_machine  # noqa: PLC0415 - see the class

        return check_machine(self.folder)

    def keep_settings(self, settings: Settings) -> None:
        """Use and keep new settings."""
        save_settings(self.folder, settings)
        self.settings = settings

    def create_vault(self, passphrase: str, *, worker_name: str, role: str = "outreach") -> Session:
        """Make the vault and return it open; takes about a second (Argon2id).

        Raises:
            TextTooLongError, TextNotUsableError: in the worker's name.
            VaultExistsError, WeakPassphraseError, DiskFullError, FolderNotWritableError.
        """
        from outreach_app.domain.texts import check_text, one_line  # noqa: PLC0415 - see the class
        from outreach_app.records import MIGRATIONS  # noqa: PLC0415 - see the class
        from outreach_app.vault.argon import DEFAULT  # noqa: PLC0415 - see the class
        from outreach_app.vault.creation import create_vault  # noqa: PLC0415 - see the class

        name = one_line(check_text(worker_name, "worker"))
        vault = create_vault(
            self.folder, passphrase, role=role, migrations=MIGRATIONS, clock=self.clock, ids=self.ids,
            cost=self._cost or DEFAULT,
        )  # fmt: skip
        return self._session(vault, name)

    def unlock(self, passphrase: str) -> Session:
        """Open the vault; takes about half a second (Argon2id).

        Raises:
            WrongPassphraseError, WaitBeforeTryError, and one error for each way a vault can be wrong.
        """
        from outreach_app.records import MIGRATIONS  # noqa: PLC0415 - see the class
        from outreach_app.vault.opening import open_vault  # noqa: PLC0415 - see the class

        vault = open_vault(self.folder, passphrase, migrations=MIGRATIONS, clock=self.clock, backoff=self.backoff)
        return self._session(vault, "")

    def _session(self, vault: OpenVault, worker_name: str) -> Session:
        from outreach_app.records.rows import instant_text  # noqa: PLC0415 - see the class
        from outreach_app.records.workers import Worker, add_worker, find_worker  # noqa: PLC0415 - see the class
        from outreach_app.services.parts import Parts  # noqa: PLC0415 - see the class
        from outreach_app.services.session import Session  # noqa: PLC0415 - see the class

        try:
            with vault.read() as db:
                worker = find_worker(db, vault.slot_id)
            if worker is None:  # the first opening, or power was lost between creating and this line
                worker = Worker(vault.slot_id, worker_name, vault.role)
                with vault.transaction() as db:
                    add_worker(db, worker, instant_text(self.clock.now()))
            return Session(Parts(vault, worker, self.clock, self.ids, self.catalogues, self.code_lists))
        except BaseException:
            vault.close()
            raise
