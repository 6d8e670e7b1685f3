"""Builds the program's parts in one place and hands them over (the composition root)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_app.clock import Clock, SystemClock
from outreach_app.content import NOTHING, Content, use_content, use_content_later
from outreach_app.domain.ids import IdSource, RandomIds
from outreach_app.errors import KnownError
from outreach_app.settings import Settings, load_settings, save_settings
from outreach_app.vault.layout import CONTENT_COPY

if TYPE_CHECKING:
    from outreach_app.domain.code_lists import CodeLists
    from outreach_app.domain.indicator import Catalogue, Profile
    from outreach_app.services.machine_check import MachineFinding
    from outreach_app.services.recovering import RecoveryRequest
    from outreach_app.services.session import Session
    from outreach_app.vault.argon import Argon2Cost
    from outreach_app.vault.backoff import Backoff
    from outreach_app.vault.backups import BackupInfo
    from outreach_app.vault.open_vault import OpenVault
    from outreach_app.vault.recovery_opening import SlotToRecover


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
        use_copy(folder)

    @cached_property
    def catalogues(self) -> Mapping[Profile, Catalogue]:
        """The indicators of every profile, always those of the content in use."""
        from outreach_app.wire.indicator_catalogue import CataloguesInUse  # noqa: PLC0415 - see the class

        return CataloguesInUse()

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
        """Tell whether the folder holds a vault, whole or damaged; an erasing that was cut short is finished first."""
        from outreach_app.vault.layout import ERASING, is_there, vault_exists  # noqa: PLC0415 - see the class

        if is_there(self.folder / ERASING):
            from outreach_app.vault.erasing import finish_erasing  # noqa: PLC0415 - see the class

            with suppress(KnownError):  # told when somebody unlocks
                finish_erasing(self.folder)
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

    def unlock(self, passphrase: str, key_file: bytes | None = None) -> Session:
        """Open the vault; takes about half a second (Argon2id) for the worker who opened it last.

        Args:
            passphrase: as typed.
            key_file: content of the worker's key file, if she has one.

        Raises:
            WrongPassphraseError, KeyFileNeededError, KeyFileError, WaitBeforeTryError, and one error for each way a
            vault can be wrong.
        """
        from outreach_app.records import MIGRATIONS  # noqa: PLC0415 - see the class
        from outreach_app.vault.opening import open_vault  # noqa: PLC0415 - see the class

        wrong_tries = self.backoff.wrong_tries
        vault = open_vault(
            self.folder, passphrase, migrations=MIGRATIONS, clock=self.clock, backoff=self.backoff, key_file=key_file,
            first_slot=self.settings.last_slot,
        )  # fmt: skip
        session = self._session(vault, "", wrong_tries)
        if self.settings.last_slot != vault.slot_id:
            self.keep_settings(self.settings.changed(last_slot=vault.slot_id))
        return session

    def backup_may_help(self, error: Exception) -> bool:
        """Tell whether a backup could take the place of a vault that did not open for this reason."""
        from outreach_app.vault import errors  # noqa: PLC0415 - see the class
        from outreach_app.vault.backups import list_backups  # noqa: PLC0415 - see the class

        spoilt = (
            errors.VaultDamagedError, errors.VaultEmptyError, errors.VaultRolledBackError, errors.AnchorLostError,
        )  # fmt: skip
        return isinstance(error, spoilt) and bool(list_backups(self.folder))

    def recovery_possible(self) -> bool:
        """Tell whether a forgotten passphrase can be recovered with the centre; says so while the vault is locked.

        Raises:
            VaultMissingError, VaultDamagedError, ...: there is no whole vault.
        """
        from outreach_app.vault.recovery_opening import is_recoverable  # noqa: PLC0415 - see the class

        return is_recoverable(self.folder)

    def list_slots_without_passphrase(self) -> tuple[SlotToRecover, ...]:
        """Return each worker's slot (id, role, when made, key file or not); names are inside the vault."""
        from outreach_app.vault.recovery_opening import list_slots_to_recover  # noqa: PLC0415 - see the class

        return list_slots_to_recover(self.folder)

    def key_file_may_be_needed(self) -> bool:
        """Tell whether a slot opens with a key file only; False also where that cannot be read, unlocking says why."""
        from outreach_app.errors import KnownError  # noqa: PLC0415 - see the class

        try:
            return any(slot.key_file for slot in self.list_slots_without_passphrase())
        except KnownError:
            return False

    def begin_recovery(self, slot_id: str, new_passphrase: str) -> RecoveryRequest:
        """Make the request for a worker who forgot her passphrase; the new one is chosen now.

        Raises:
            See ``recovering_locked.begin_recovery``.
        """
        from outreach_app.services.recovering_locked import begin_recovery  # noqa: PLC0415 - see the class
        from outreach_app.vault.argon import DEFAULT  # noqa: PLC0415 - see the class

        return begin_recovery(self.folder, slot_id, new_passphrase, clock=self.clock, cost=self._cost or DEFAULT)

    def recovery_waits(self) -> RecoveryRequest | None:
        """Return the request that waits for the centre's answer, with its six words; None when there is none."""
        from outreach_app.services.recovering_locked import waiting_request  # noqa: PLC0415 - see the class

        return waiting_request(self.folder)

    def finish_recovery(self, untrusted_reply: bytes, new_passphrase: str) -> Session:
        """Open the vault with two custodians' answers; the new passphrase is the worker's from then on.

        Raises:
            See ``recovering_locked.finish_recovery``.
        """
        from outreach_app.records import MIGRATIONS  # noqa: PLC0415 - see the class
        from outreach_app.services.recovering_locked import finish_recovery  # noqa: PLC0415 - see the class
        from outreach_app.vault.argon import DEFAULT  # noqa: PLC0415 - see the class

        wrong_tries = self.backoff.wrong_tries
        vault = finish_recovery(
            self.folder, untrusted_reply, new_passphrase, migrations=MIGRATIONS, clock=self.clock,
            cost=self._cost or DEFAULT, backoff=self.backoff,
        )  # fmt: skip
        return self._session(vault, "", wrong_tries)

    def list_backups(self) -> tuple[BackupInfo, ...]:
        """Return the backups beside the vault, the newest first; needs no passphrase."""
        from outreach_app.vault.backups import list_backups  # noqa: PLC0415 - see the class

        return list_backups(self.folder)

    def last_backup(self) -> BackupInfo | None:
        """Return the newest backup, None when there is none: what can take a damaged vault's place."""
        return next(iter(self.list_backups()), None)

    def restore(self, name: str, passphrase: str, key_file: bytes | None = None) -> Session:
        """Put a backup in the vault's place and open it; the files that were there are kept in the folder ``kept``.

        Raises:
            See ``vault.restoring.restore_backup``.
        """
        from outreach_app.records import MIGRATIONS  # noqa: PLC0415 - see the class
        from outreach_app.vault.restoring import restore_backup  # noqa: PLC0415 - see the class

        wrong_tries = self.backoff.wrong_tries
        vault = restore_backup(
            self.folder, passphrase, name, migrations=MIGRATIONS, clock=self.clock, key_file=key_file,
            backoff=self.backoff, first_slot=self.settings.last_slot,
        )  # fmt: skip
        return self._session(vault, "", wrong_tries)

    def count_printed_while_locked(self, sheet: str, language: str, form: str, copies: int) -> bool:
        """Count a print job without unlocking: sealed beside the vault, taken in at the next unlocking.

        Returns:
            Whether it was counted; printing goes on without.
        """
        from outreach_app.errors import KnownError  # noqa: PLC0415 - see the class
        from outreach_app.vault.counter_inbox import append  # noqa: PLC0415 - see the class
        from outreach_app.wire.counted import CountedPrint, write_counted  # noqa: PLC0415 - see the class

        job = CountedPrint(self.ids.new_id(), sheet, language, form, copies, self.clock.now())
        try:
            return append(self.folder, write_counted(job))
        except KnownError:
            return False

    def _session(self, vault: OpenVault, worker_name: str, wrong_tries: int = 0) -> Session:
        from outreach_app.records.rows import instant_text  # noqa: PLC0415 - see the class
        from outreach_app.records.workers import Worker, add_worker, find_worker  # noqa: PLC0415 - see the class
        from outreach_app.services.parts import Parts  # noqa: PLC0415 - see the class
        from outreach_app.services.session import Session  # noqa: PLC0415 - see the class
        from outreach_app.vault.argon import DEFAULT  # noqa: PLC0415 - see the class

        try:
            with vault.read() as db:
                worker = find_worker(db, vault.slot_id)
            if worker is None:  # the first opening, or power was lost between creating and this line
                worker = Worker(vault.slot_id, worker_name, vault.role)
                with vault.transaction() as db:
                    add_worker(db, worker, instant_text(self.clock.now()))
            cost = self._cost or DEFAULT
            session = Session(Parts(vault, worker, self.clock, self.ids, self.catalogues, self.code_lists, cost))
            session.workers.end_changes()
            session.recovering.bring_up_to_date()
            session.packs.bring_up_to_date()
            session.begin(wrong_tries)
        except BaseException:
            vault.close()
            raise
        return session


def use_copy(folder: Path) -> None:
    """Let leaflets and help lines come from the pack that lies beside the vault, once somebody asks for them."""
    if (folder / CONTENT_COPY).is_file():
        use_content_later(lambda: _read_copy(folder))
    else:
        use_content(NOTHING)


def _read_copy(folder: Path) -> Content:
    from outreach_app.services.content_copy import read_copy  # noqa: PLC0415 - not needed where there is no copy

    return read_copy(folder)
