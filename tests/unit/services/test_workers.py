"""The laptop's workers through the services: who may manage, names, removal with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.domain.encounter import HealthBlock
from outreach_app.domain.errors import NameMissingError
from outreach_app.errors import DiskFullError
from outreach_app.program import Program
from outreach_app.services import workers as workers_module
from outreach_app.services.errors import NotSupervisorError
from outreach_app.services.session import Session
from outreach_app.vault import audit
from outreach_app.vault.errors import (
    KeyFileNeededError,
    KeyFileOnlyWayError,
    LastHealthWorkerError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.sessions import Laptop, PreparedLaptop, met
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE

THIRD_PASSPHRASE = "acorn bishop cactus dolphin ember"


@pytest.fixture(scope="module")
def boss(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("boss") / "vault", role="supervisor")


@pytest.fixture
def laptop(boss: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with boss.copy(tmp_path / "vault") as laptop:
        yield laptop


def program(folder: Path, number: int = 50) -> Program:
    return Program(folder, clock=FakeClock(), ids=CountingIds(number), cost=CHEAP_COST)


def id_of(session: Session, name: str) -> str:
    return next(row.id for row in session.workers.list_workers() if row.name == name)


def actions(laptop: Laptop) -> list[str]:
    return [entry.action for entry in audit.list_entries(laptop.vault)]


def test_supervisor_adds_and_everybody_sees_the_names(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop.session.workers.may_manage
    assert laptop.session.workers.add_worker("  BK ", "outreach", OTHER_PASSPHRASE).workers
    rows = laptop.session.workers.list_workers()
    assert [(row.name, row.role, row.own, row.key_file) for row in rows] == [
        ("AM", "supervisor", True, False), ("BK", "outreach", False, False),
    ]  # fmt: skip
    assert "worker_added" in actions(laptop)
    laptop.session.close()
    other = program(tmp_path / "vault").unlock(OTHER_PASSPHRASE)
    assert (other.worker.name, other.worker.role) == ("BK", "outreach")
    assert not other.workers.may_manage
    with pytest.raises(NotSupervisorError):
        other.workers.add_worker("CL", "outreach", THIRD_PASSPHRASE)
    with pytest.raises(NotSupervisorError):
        other.workers.remove_worker(id_of(other, "AM"))
    other.close()


def test_nobody_is_half_added(laptop: Laptop) -> None:
    with pytest.raises(WeakPassphraseError):
        laptop.session.workers.add_worker("BK", "outreach", "password")
    with pytest.raises(NameMissingError):
        laptop.session.workers.add_worker("  ", "outreach", OTHER_PASSPHRASE)
    assert len(laptop.session.workers.list_workers()) == 1
    assert laptop.db.execute("SELECT count(*) FROM workers").fetchone()[0] == 1


def test_who_leaves_opens_nothing_keeps_a_name_and_older_backups_are_gone(laptop: Laptop, tmp_path: Path) -> None:
    laptop.session.workers.add_worker("BK", "outreach", OTHER_PASSPHRASE)
    note = laptop.finish("kept")
    leaver = id_of(laptop.session, "BK")
    seen: list[tuple[int, int]] = []
    old = tmp_path / "vault" / "backups" / "20200101T000000Z-daily.db"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"x" * 8192)
    assert laptop.session.workers.remove_worker(leaver, progress=lambda done, total: seen.append((done, total))).workers
    assert seen
    assert [row.name for row in laptop.session.workers.list_workers()] == ["AM"]
    assert laptop.db.execute("SELECT removed_at FROM workers WHERE id = ?", (leaver,)).fetchone()[0] is not None
    assert not old.exists()
    assert len(list(old.parent.glob("*.db"))) == 1
    assert "worker_removed" in actions(laptop)
    assert audit.verify(laptop.vault).first_bad is None
    laptop.session.close()
    with pytest.raises(WrongPassphraseError):
        program(tmp_path / "vault").unlock(OTHER_PASSPHRASE)
    again = program(tmp_path / "vault").unlock(PASSPHRASE)
    assert again.encounters.find_encounter(note).current.content.note == "kept"
    again.close()


def test_what_a_full_disk_left_undone_is_done_at_the_next_unlocking(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.session.workers.add_worker("BK", "outreach", OTHER_PASSPHRASE)

    def full(_vault: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(workers_module, "renew_backups", full)
    laptop.session.workers.remove_worker(id_of(laptop.session, "BK"))
    laptop.session.close()
    monkeypatch.undo()
    assert list((tmp_path / "vault").glob("backups/*fresh*")) == []
    program(tmp_path / "vault").unlock(PASSPHRASE).close()
    assert len(list((tmp_path / "vault").glob("backups/*fresh*"))) == 1


def test_health_worker_is_confirmed_reads_and_leaves(laptop: Laptop, tmp_path: Path) -> None:
    """The health part is sealed anew when one of two leaves; the one who stays reads every block."""
    folder = tmp_path / "vault"
    laptop.session.workers.add_worker("Nurse", "health", OTHER_PASSPHRASE)
    laptop.session.workers.add_worker("Colleague", "health", THIRD_PASSPHRASE)
    assert [row.has_health for row in laptop.session.workers.list_workers()] == [False, True, False]
    with pytest.raises(LastHealthWorkerError):
        laptop.session.workers.remove_worker(id_of(laptop.session, "Nurse"))
    laptop.session.close()
    nurse = program(folder, 60).unlock(OTHER_PASSPHRASE)
    block = HealthBlock(words="a cough")
    note = nurse.encounters.finish_encounter(met("seen", health=block)).id
    assert note is not None
    nurse.drafts.keep_draft("d" * 32, {"health": {"words": "typed"}}, page="health", field="", cursor=0)
    nurse.workers.grant_health(id_of(nurse, "Colleague"))
    nurse.close()
    boss = program(folder, 61).unlock(PASSPHRASE)
    assert boss.encounters.find_encounter(note).current.health_hidden
    boss.workers.remove_worker(id_of(boss, "Nurse"))
    boss.close()
    colleague = program(folder, 62).unlock(THIRD_PASSPHRASE)
    assert colleague.encounters.find_encounter(note).current.content.health == block
    assert colleague.drafts.list_drafts()[0].fields["health"] == {"words": "typed"}
    colleague.close()


def test_health_parts_that_were_given_up_stay_hidden_and_are_kept(laptop: Laptop, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    laptop.session.workers.add_worker("Nurse", "health", OTHER_PASSPHRASE)
    laptop.session.close()
    nurse = program(folder, 60).unlock(OTHER_PASSPHRASE)
    note = nurse.encounters.finish_encounter(met("seen", health=HealthBlock(words="a cough"))).id
    nurse.drafts.keep_draft("d" * 32, {"health": {"words": "typed"}}, page="health", field="", cursor=0)
    nurse.close()
    assert note is not None
    boss = program(folder, 61).unlock(PASSPHRASE)
    boss.workers.remove_worker(id_of(boss, "Nurse"), give_up_health=True)
    boss.workers.add_worker("Colleague", "health", THIRD_PASSPHRASE)
    boss.close()
    colleague = program(folder, 62).unlock(THIRD_PASSPHRASE)
    version = colleague.encounters.find_encounter(note).current
    assert (version.content.health, version.health_hidden) == (None, True)
    assert "health" not in colleague.drafts.list_drafts()[0].fields
    colleague.encounters.amend_encounter(note, met("seen again"), "more")
    assert colleague.encounters.find_encounter(note).current.health_hidden
    colleague.close()


def test_own_passphrase_and_key_file(laptop: Laptop, tmp_path: Path) -> None:
    folder, workers = tmp_path / "vault", laptop.session.workers
    stick = workers.new_key_file()
    with pytest.raises(KeyFileOnlyWayError):
        workers.set_key_file(PASSPHRASE, stick)
    workers.add_worker("BK", "outreach", THIRD_PASSPHRASE)
    workers.set_key_file(PASSPHRASE, stick)
    with pytest.raises(KeyFileNeededError):
        workers.change_passphrase(PASSPHRASE, OTHER_PASSPHRASE)
    workers.change_passphrase(PASSPHRASE, OTHER_PASSPHRASE, stick)
    with pytest.raises(KeyFileOnlyWayError):
        workers.remove_worker(id_of(laptop.session, "BK"))
    laptop.session.close()
    with pytest.raises(KeyFileNeededError):
        program(folder).unlock(OTHER_PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        program(folder).unlock(OTHER_PASSPHRASE, workers.new_key_file())
    again = program(folder).unlock(OTHER_PASSPHRASE, stick)
    assert [row.key_file for row in again.workers.list_workers()] == [True, False]
    again.workers.set_key_file(OTHER_PASSPHRASE, None, stick)
    again.close()
    program(folder).unlock(OTHER_PASSPHRASE).close()


def test_slot_that_opened_last_is_tried_first(laptop: Laptop, tmp_path: Path) -> None:
    laptop.session.workers.add_worker("BK", "outreach", OTHER_PASSPHRASE)
    laptop.session.close()
    first = program(tmp_path / "vault")
    assert first.settings.last_slot == ""
    session = first.unlock(OTHER_PASSPHRASE)
    session.close()
    assert program(tmp_path / "vault").settings.last_slot == session.worker.id
