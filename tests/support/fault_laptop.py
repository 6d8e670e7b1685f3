"""The laptop on which faults are tried: made once in a process, opened through the real program, asked what it knows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.program import Program
from outreach_app.services.session import Session
from outreach_app.vault import audit, reserve
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.indicator_catalogue import load_catalogues
from tests.support import derivation
from tests.support.centre_box import CentreBox, enrol
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.sessions import met
from tests.support.vaults import CHEAP_COST, PASSPHRASE

TEXTS = ("Sommer på havnen " * 20, "Vinter ved broen " * 150, "Efterår " * 9, "Forår, grønt og stille " * 40)
AFTERWARDS = "Skrevet bagefter"
ROOT = Path(__file__).resolve().parents[2]


def prepare_process(*, real_derivation: bool = False) -> None:
    """For the process of a sweep only: what takes time or room for its own sake takes little."""
    derivation.use(derivation.RememberedDerivation if real_derivation else derivation.QuickDerivation)
    reserve.BYTES = 1 << 16


def program(folder: Path, *, prefix: int, clock: FakeClock | None = None) -> Program:
    """Return the program over a folder; what it reads from its own resources is read once in a process."""
    made = Program(folder, clock=clock or FakeClock(), ids=CountingIds(prefix), cost=CHEAP_COST)
    made.catalogues, made.code_lists = _resources()
    return made


@cache
def _resources() -> tuple[Any, Any]:
    return load_catalogues(), load_code_lists()


@contextmanager
def unlocked(
    folder: Path, passphrase: str = PASSPHRASE, *, prefix: int = 2, clock: FakeClock | None = None
) -> Iterator[Session]:
    """Open the vault as the program does."""
    session = program(folder, prefix=prefix, clock=clock).unlock(passphrase)
    try:
        yield session
    finally:
        session.close()


@dataclass(frozen=True)
class Ground:
    """A laptop with four notes, as every operation finds it; ``notes`` are their ids, ``box`` its centre if enrolled."""

    folder: Path
    notes: tuple[str, ...]
    box: CentreBox | None

    @classmethod
    def made(cls, folder: Path, *, enrolled: bool = False) -> Ground:
        session = program(folder, prefix=1).create_vault(PASSPHRASE, worker_name="AM")
        box = enrol(session) if enrolled else None
        levels = (ConsentLevel.FOLLOW_UP, ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.CODED)
        notes = [finished(session, text, consent=level) for text, level in zip(TEXTS, levels, strict=True)]
        session.close()
        with unlocked(folder, prefix=1):
            pass  # the second opening takes the reserve
        assert (folder / reserve.NAME).exists()
        return cls(folder, tuple(notes), box)

    def texts(self) -> dict[str, str]:
        """Return the text of each note by its id."""
        return dict(zip(self.notes, TEXTS, strict=True))

    def copy(self, to: Path) -> Path:
        shutil.copytree(self.folder, to, symlinks=True)
        return to


def finished(session: Session, text: str, **values: Any) -> str:
    note_id = session.encounters.finish_encounter(met(text, **values)).id
    assert note_id is not None
    return note_id


def text_of(session: Session, note_id: str) -> str:
    """Return the newest text of a note."""
    return session.encounters.find_encounter(note_id).current.content.note


def texts_in(session: Session) -> dict[str, str]:
    """Return the newest text of every note by id."""
    return {row.id: text_of(session, row.id) for row in session.encounters.list_encounters(limit=1000)}


def assert_whole(session: Session, texts: Mapping[str, str]) -> None:
    """Every page, every reference and the audit chain are as written; these notes are there, word by word."""
    assert session.check() == (), "a check of the vault finds something"
    assert audit.verify(session._vault).first_bad is None, "the audit chain is broken"
    for note_id, text in texts.items():
        assert text_of(session, note_id) == text, "a note of before is not as it was"


def assert_kept(folder: Path, made: str, passphrase: str = PASSPHRASE) -> None:
    """What was written afterwards is there after another opening, and every page is whole."""
    with unlocked(folder, passphrase, prefix=9) as session:
        assert text_of(session, made) == AFTERWARDS, "what was written afterwards is lost"
        assert session.check() == (), "a check finds something after the next change"
