"""Makes a new vault, reached only from the first run: built whole in a folder of its own, then moved into place.

The database moves last. Before that nothing in the folder can be opened, and a second attempt clears the leftovers;
after it the vault is whole. So no crash leaves something that opens as an empty vault.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from outreach_app.clock import Clock
from outreach_app.domain.ids import IdSource
from outreach_app.errors import BugError
from outreach_app.vault import anchor, database, meta, slot_file
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.connection import Connection
from outreach_app.vault.erasing import finish_erasing
from outreach_app.vault.errors import VaultExistsError
from outreach_app.vault.failures import mapped, mapped_files
from outreach_app.vault.key_pair import KeyPair, new_pair
from outreach_app.vault.keys import new_keys
from outreach_app.vault.layout import DATABASE, STAGE, vault_exists
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.passphrase import require_enough
from outreach_app.vault.safe_files import FOLDER_MODE, create_empty, sync_folder
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import HEALTH, ROLES, SlotRequest, Unlocked, new_slot
from outreach_app.vault.versions import check_versions

_MOVED = (*anchor.NAMES, *slot_file.NAMES, DATABASE)  # the database last
_OURS = frozenset({*_MOVED, STAGE, "vault.lock", "tries"})


@dataclass(frozen=True)
class _Fresh:
    """What a new vault is made of."""

    file: SlotFile
    unlocked: Unlocked
    inbox: KeyPair
    made_at: str


def create_vault(
    folder: Path,
    passphrase: str,
    *,
    role: str = "outreach",
    migrations: Path,
    clock: Clock,
    ids: IdSource,
    cost: Argon2Cost = DEFAULT,
) -> OpenVault:
    """Make a vault in ``folder`` with one slot and return it open.

    Args:
        folder: made if missing; it may hold other files, but no vault.
        passphrase: as typed; must be strong enough.
        role: of the first worker: ``outreach``, ``health``, ``meeting_place`` or ``supervisor``.
        migrations: folder of numbered SQL files.
        clock: for the time written into the slot.
        ids: for vault and slot id.
        cost: of the slow key derivation.

    Raises:
        WeakPassphraseError: nothing was made.
        VaultExistsError: a vault, or a part of one, is there; it was not touched.
        VaultInUseError, FolderNotWritableError, DiskFullError, DiskFaultError, NotEnoughMemoryError: nothing usable was
        made.
    """
    check_versions()
    if role not in ROLES:
        raise BugError(f"no such role: {role}")
    require_enough(passphrase)
    finish_erasing(folder)
    _refuse_existing(folder)
    fresh = _fresh(passphrase, role, clock.now().isoformat(), ids, cost)
    with mapped_files(folder):
        _make_folder(folder)
    lock = VaultLock(folder)
    try:
        _refuse_existing(folder)  # once more: another program may have been quicker
        _build(folder, fresh, migrations)
        return open_unlocked(folder, fresh.file, fresh.unlocked, migrations=migrations, lock=lock, clock=clock)
    except BaseException:
        lock.release()
        raise


def _refuse_existing(folder: Path) -> None:
    if vault_exists(folder):
        raise VaultExistsError(folder=folder)


def _fresh(passphrase: str, role: str, made_at: str, ids: IdSource, cost: Argon2Cost) -> _Fresh:
    keys = new_keys()
    health_part = new_keys().data_key if role == HEALTH else None
    request = SlotRequest(vault_id=ids.new_id(), slot_id=ids.new_id(), role=role, made_at=made_at, cost=cost)
    unlocked, inbox = new_slot(request, passphrase, keys, health_part), new_pair()
    file = slot_file.authenticated(request.vault_id, 1, [unlocked.slot], keys, inbox_key=inbox.public)
    return _Fresh(file, unlocked, inbox, made_at)


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if {path.name for path in folder.iterdir()} <= _OURS:  # never close a folder that holds other people's files
        folder.chmod(FOLDER_MODE)


def _build(folder: Path, fresh: _Fresh, migrations: Path) -> None:
    stage = folder / STAGE
    with mapped_files(folder):
        _clear(folder)
        stage.mkdir(mode=FOLDER_MODE)
    try:
        _fill(stage, fresh, migrations)
        with mapped_files(folder):
            _publish(stage, folder)
    except BaseException:
        if not (folder / DATABASE).exists():
            with suppress(OSError):  # where the disk refuses this, too, the stage stays and tells that nothing was made
                _clear(folder)
        raise


def _clear(folder: Path) -> None:
    """Remove what an attempt that did not end has left; reached only when there is no database."""
    for name in _MOVED:
        (folder / name).unlink(missing_ok=True)
    if (folder / STAGE).is_dir():
        shutil.rmtree(folder / STAGE)


def _fill(stage: Path, fresh: _Fresh, migrations: Path) -> None:
    """Make a whole vault inside the stage, open it once as any other, and bring its tables up to date."""
    keys = fresh.unlocked.keys
    with mapped_files(stage):
        create_empty(stage / DATABASE)
    with _closing_connection(stage, keys.database_key()) as connection:
        connection.execute("BEGIN IMMEDIATE")
        step = meta.create(connection, fresh.file.vault_id, fresh.made_at)
        meta.write_inbox_private(connection, fresh.inbox.private)
        connection.execute("COMMIT")
    with mapped_files(stage):
        anchor.Anchor(stage, fresh.file.vault_id, keys.anchor_key()).begin(step)
    slot_file.write_both(stage, fresh.file)
    open_unlocked(stage, fresh.file, fresh.unlocked, migrations=migrations, lock=None).close()


@contextmanager
def _closing_connection(stage: Path, key: bytes) -> Iterator[Connection]:
    with mapped(stage):
        connection = database.connect(stage / DATABASE, key)
        try:
            yield connection
        finally:
            connection.close()


def _publish(stage: Path, folder: Path) -> None:
    sync_folder(stage)
    for name in _MOVED:
        if name == DATABASE:
            sync_folder(folder)
        (stage / name).rename(folder / name)
    sync_folder(folder)
    shutil.rmtree(stage, ignore_errors=True)
    sync_folder(folder.parent)
