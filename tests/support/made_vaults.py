"""The vault behind a window, made once for each kind of laptop, copied and opened for each test as it was left.

What ``Program.create_vault`` leaves is the same each time but for its keys; making it takes four times as long as a copy.
"""

from __future__ import annotations

import atexit
import copy
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from outreach_app.content import content_in_use
from outreach_app.program import Program
from outreach_app.records import MIGRATIONS
from outreach_app.records.workers import find_worker
from outreach_app.services.parts import Parts
from outreach_app.services.session import Session
from outreach_app.vault import argon, slot_file
from outreach_app.vault.argon import FLOOR
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, unlock_slot

Fill = Callable[[Session, Any], object]  # what is put into a new vault, with the clock by which it is dated


def _nothing_more(_session: Session, _clock: Any) -> None:
    """Fill in nothing."""


@dataclass(frozen=True)
class NewVault:
    """What a vault is made of: for the same values a copy will do."""

    passphrase: str
    worker_name: str
    role: str = "outreach"
    fill: Fill = _nothing_more

    def open(self, program: Program) -> Session:
        """Return a session over a new vault in the program's folder, as ``create_vault`` and ``fill`` would leave it."""
        derivation, content = argon.Argon2id, content_in_use().sha256  # type: ignore[attr-defined]
        key = (self, derivation, content, program.clock.now(), repr(vars(program.ids)))
        made = _Made.known.get(key) or _Made.known.setdefault(key, _Made.by(self, program))
        return made.copied(program)


@dataclass(frozen=True)
class _Made:
    """A vault that lies ready, what opens it, and where its source of ids had come to."""

    folder: Path
    file: SlotFile
    unlocked: Unlocked
    ids: dict[str, Any]
    known: ClassVar[dict[object, _Made]] = {}

    @classmethod
    def by(cls, new: NewVault, program: Program) -> _Made:
        folder = Path(tempfile.mkdtemp(prefix="outreach-made-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))) / "vault"
        atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
        maker = copy.copy(program)  # a new one would look for content beside its own vault
        maker.folder, maker.ids = folder, copy.deepcopy(program.ids)
        session = maker.create_vault(new.passphrase, worker_name=new.worker_name, role=new.role)
        try:
            new.fill(session, program.clock)
        finally:
            session.close()
        file = slot_file.read_newest(folder)
        return cls(folder, file, unlock_slot(file.slots[0], new.passphrase), vars(maker.ids))

    def copied(self, program: Program) -> Session:
        shutil.copytree(self.folder, program.folder, symlinks=True, dirs_exist_ok=True)
        vars(program.ids).update(self.ids)
        vault = open_unlocked(
            program.folder, self.file, self.unlocked, migrations=MIGRATIONS, lock=VaultLock(program.folder), clock=program.clock
        )
        worker = find_worker(vault.connection, vault.slot_id)
        assert worker is not None
        parts = Parts(vault, worker, program.clock, program.ids, program.catalogues, program.code_lists, FLOOR)
        return Session(parts)
