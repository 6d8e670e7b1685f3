"""Unlocked laptops for tests: one vault is made, enrolled once if asked, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from outreach_app.domain.encounter import Encounter
from outreach_app.program import Program
from outreach_app.records import MIGRATIONS
from outreach_app.records.workers import find_worker
from outreach_app.services.parts import Parts
from outreach_app.services.session import Session
from outreach_app.vault import slot_file
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, unlock_slot
from tests.support.centre_box import CentreBox, enrol
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, PASSPHRASE

WORKER_NAME = "AM"
MET_AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)


def met(note: str = "", **values: Any) -> Encounter:
    """Return an encounter on the street with a note and whatever else is given."""
    return Encounter(**{"met_at": MET_AT, "setting": "street", "note": note, **values})


@dataclass
class Laptop:
    """An open laptop and what stands behind it; ``db`` is for looking behind the services."""

    session: Session
    parts: Parts
    clock: FakeClock
    box: CentreBox | None = None

    @property
    def vault(self) -> OpenVault:
        return self.parts.vault

    @property
    def db(self) -> Any:
        return self.parts.vault.connection

    def finish(self, note: str = "", **values: Any) -> str:
        """Finish an encounter and return its note's id."""
        note_id = self.session.encounters.finish_encounter(met(note, **values)).id
        assert note_id is not None
        return note_id


@dataclass
class PreparedLaptop:
    """A vault that was made once; copies open without the slow key derivation."""

    folder: Path
    file: SlotFile
    unlocked: Unlocked
    box: CentreBox | None = None
    _copies: int = field(default=0)

    @classmethod
    def made(cls, folder: Path, *, role: str = "outreach", enrolled: bool = False) -> PreparedLaptop:
        program = Program(folder, clock=FakeClock(), ids=CountingIds(1), cost=CHEAP_COST)
        session = program.create_vault(PASSPHRASE, worker_name=WORKER_NAME, role=role)
        box = enrol(session) if enrolled else None
        session.close()
        file = slot_file.read_newest(folder)
        return cls(folder, file, unlock_slot(file.slots[0], PASSPHRASE), box)

    @contextmanager
    def copy(self, to: Path, *, health_hidden: bool = False) -> Iterator[Laptop]:
        """Open a fresh copy at ``to``; ``health_hidden`` as somebody whose slot lacks the health key."""
        shutil.copytree(self.folder, to)
        with self.open(to, health_hidden=health_hidden) as laptop:
            yield laptop

    @contextmanager
    def open(self, folder: Path, *, health_hidden: bool = False) -> Iterator[Laptop]:
        """Open a copy that is there already."""
        unlocked = replace(self.unlocked, health_part=None) if health_hidden else self.unlocked
        vault = open_unlocked(folder, self.file, unlocked, migrations=MIGRATIONS, lock=None)
        clock = FakeClock()
        program = Program(folder)
        self._copies += 1
        worker = find_worker(vault.connection, vault.slot_id)
        assert worker is not None
        ids = CountingIds(100 + self._copies)
        parts = Parts(vault, worker, clock, ids, program.catalogues, program.code_lists, CHEAP_COST)
        session = Session(parts)
        try:
            yield Laptop(session, parts, clock, None if self.box is None else self.box.fresh())
        finally:
            session.close()
