"""The laptop's workers: who has a way in, adding and removing, one's own passphrase and key file, the health part."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from outreach_app import logs
from outreach_app.domain.changes import Changes
from outreach_app.domain.texts import check_name
from outreach_app.errors import KnownError
from outreach_app.records import workers
from outreach_app.records.health_blocks import reseal_health
from outreach_app.records.workers import Worker, WorkerAtWork
from outreach_app.services.errors import NotSupervisorError
from outreach_app.services.parts import Parts
from outreach_app.vault import key_file as key_files
from outreach_app.vault import worker_slots
from outreach_app.vault.fresh_backups import fresh_backup_due, renew_backups
from outreach_app.vault.health_renewal import renew_health
from outreach_app.vault.passphrase_change import change_passphrase

_log = logging.getLogger(__name__)
SUPERVISOR = "supervisor"
CHANGED = Changes(workers=True)
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker with a way in; one with the role ``health`` but without ``has_health`` waits to be confirmed."""

    id: str
    name: str
    role: str
    own: bool
    has_health: bool
    key_file: bool
    created_at: datetime | None


class Workers:
    """The verbs of workers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def may_manage(self) -> bool:
        """Whether this worker may add and remove others: a supervisor, or anybody where there is none."""
        slots = worker_slots.list_slots(self._parts.vault)
        return self._parts.vault.role == SUPERVISOR or all(slot.role != SUPERVISOR for slot in slots)

    def list_workers(self) -> tuple[WorkerRow, ...]:
        """Return everybody who can open the vault, in the order in which they came."""
        with self._parts.vault.read() as db:
            known = {row.worker.id: row for row in workers.list_workers(db)}
        return tuple(_row(slot, known.get(slot.slot_id)) for slot in worker_slots.list_slots(self._parts.vault))

    def add_worker(self, name: str, role: str, passphrase: str, key_file: bytes | None = None) -> Changes:
        """Give a worker a way in; takes about half a second.

        Args:
            name: a name or initials; they never leave the laptop.
            role: ``outreach``, ``health``, ``meeting_place`` or ``supervisor``.
            passphrase: the new worker's own.
            key_file: content of the new worker's key file, None for none.

        Raises:
            NotSupervisorError, NameMissingError, TextTooLongError, WeakPassphraseError, TooManySlotsError,
            KeyFileError, KeyFileOnlyWayError, DiskFullError, FolderNotWritableError: nobody was added.
        """
        self._require_supervisor()
        parts, worker = self._parts, Worker(self._parts.ids.new_id(), check_name(name, "worker"), role)
        with parts.vault.transaction() as db:  # the name first: a way in without a name would not be told apart
            workers.add_worker(db, worker, parts.now_text())
        try:
            worker_slots.add_slot(
                parts.vault, passphrase, role, clock=parts.clock, ids=parts.ids, cost=parts.cost, key_file=key_file,
                slot_id=worker.id,
            )  # fmt: skip
        except KnownError:
            with suppress(KnownError), parts.vault.transaction() as db:
                workers.forget_worker(db, worker.id)
            raise
        return CHANGED

    def remove_worker(
        self,
        worker_id: str,
        *,
        give_up_health: bool = False,
        progress: Report | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Changes:
        """Take a worker's way in and encrypt everything anew; takes seconds, with many notes longer.

        Args:
            worker_id: whose.
            give_up_health: go on even when nobody is left who can read the health parts of notes.
            progress: told how far the work is, in bytes.
            cancelled: asked often whether to stop.

        Raises:
            NotSupervisorError, SlotMissingError, OwnSlotError, LastSupervisorError, LastHealthWorkerError,
            KeyFileOnlyWayError, CancelledError, DiskFullError, DiskFaultError: the worker still has a way in.
        """
        self._require_supervisor()
        worker_slots.remove_slot(
            self._parts.vault, worker_id, give_up_health=give_up_health, progress=progress, cancelled=cancelled
        )
        self.end_changes()
        return CHANGED

    def grant_health(self, worker_id: str) -> Changes:
        """Let a new health worker read the health parts; she can from her next unlocking on.

        Raises:
            HealthKeyMissingError: only a health worker can, and only for a health worker. SlotMissingError,
            DiskFullError: nothing was changed.
        """
        worker_slots.grant_health(self._parts.vault, worker_id)
        return CHANGED

    def change_passphrase(self, old: str, new: str, key_file: bytes | None = None) -> Changes:
        """Replace one's own passphrase; takes about a second.

        Raises:
            WrongPassphraseError, KeyFileNeededError, KeyFileError, WeakPassphraseError, DiskFullError: the old one
            stays.
        """
        parts = self._parts
        change_passphrase(parts.vault, old, new, clock=parts.clock, cost=parts.cost, key_file=key_file)
        return CHANGED

    def set_key_file(
        self, passphrase: str, key_file: bytes | None, old_key_file: bytes | None = None
    ) -> Changes:
        """Ask for a key file beside one's own passphrase from now on, for another one, or (None) for none.

        Raises:
            WrongPassphraseError, KeyFileNeededError, KeyFileError, KeyFileOnlyWayError, DiskFullError: nothing was
            changed.
        """
        parts = self._parts
        worker_slots.set_key_file(
            parts.vault, passphrase, key_file, clock=parts.clock, old_key_file=old_key_file, cost=parts.cost
        )
        return CHANGED

    def new_key_file(self) -> bytes:
        """Return the content of a fresh key file, to be written to a stick before it is set."""
        return key_files.new_key_file()

    def end_changes(self) -> bool:
        """Do what a removal leaves to be done, now or at a later unlocking: health parts, backups, the list of names.

        Returns:
            Whether all is done; what is not, on a full disk for instance, is tried again at the next unlocking.
        """
        try:
            self._note_who_left()
            renew_health(self._parts.vault, reseal_health)
            if fresh_backup_due(self._parts.vault):
                renew_backups(self._parts.vault)
        except KnownError:
            logs.event(_log, "key_change_to_be_finished", logging.WARNING)
            return False
        return True

    def _note_who_left(self) -> None:
        vault = self._parts.vault
        staying = {slot.slot_id for slot in worker_slots.list_slots(vault)}
        with vault.read() as db:
            gone = [row for row in workers.list_workers(db) if row.removed_at is None and row.worker.id not in staying]
        if gone:
            with vault.transaction() as db:
                workers.mark_removed(db, staying, self._parts.now_text())

    def _require_supervisor(self) -> None:
        if not self.may_manage:
            raise NotSupervisorError


def _row(slot: worker_slots.SlotInfo, known: WorkerAtWork | None) -> WorkerRow:
    return WorkerRow(
        id=slot.slot_id,
        name="" if known is None else known.worker.name,
        role=slot.role,
        own=slot.own,
        has_health=slot.has_health,
        key_file=slot.key_file,
        created_at=None if known is None else known.created_at,
    )
