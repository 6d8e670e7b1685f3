"""Recovery beside everything else: several workers, key files, who left, and a backup put back."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from outreach_app.program import Program
from outreach_app.sync.custodians import make_custodians
from outreach_app.sync.errors import RecoveryUnreadableError
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.vault import recovery_pending
from outreach_app.vault.errors import RecoveryOutdatedError, WorkerRemovedError, WrongPassphraseError
from tests.support.centre_box import enrol
from tests.support.clock import FakeClock
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, answered
from tests.support.ids import CountingIds
from tests.support.sync_people import CENTRE
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE

HER_OLD = "violin pepper cactus saddle window"
SUPERVISOR, NURSE = 0, 1


def program_of(folder: Path) -> Program:
    return Program(folder, clock=FakeClock(), ids=CountingIds(60), cost=CHEAP_COST)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A supervisor and a health worker share an enrolled laptop."""
    folder = tmp_path_factory.mktemp("together") / "vault"
    program = Program(folder, clock=FakeClock(), ids=CountingIds(1), cost=CHEAP_COST)
    session = program.create_vault(PASSPHRASE, worker_name="AM", role="supervisor")
    enrol(session, custodians=[keys.public for keys in CUSTODIANS])
    session.workers.add_worker("BK", "health", HER_OLD)
    session.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "vault"))


def ask(folder: Path, who: int = NURSE) -> bytes:
    program = program_of(folder)
    return program.begin_recovery(program.list_slots_without_passphrase()[who].slot_id, OTHER_PASSPHRASE).document


def test_one_worker_is_recovered_and_the_others_notice_nothing(folder: Path) -> None:
    reply = answered(ask(folder), BO, ANNA)
    program_of(folder).unlock(PASSPHRASE).close()  # a colleague works meanwhile
    program_of(folder).unlock(HER_OLD).close()
    session = program_of(folder).finish_recovery(reply, OTHER_PASSPHRASE)
    assert (session.worker.name, session.worker.role) == ("BK", "health")
    assert session._vault.health is not None
    session.close()
    with pytest.raises(WrongPassphraseError):
        program_of(folder).unlock(HER_OLD)
    session = program_of(folder).unlock(PASSPHRASE)
    assert session.worker.role == "supervisor"
    assert session._vault.health is None
    assert session.recovering.status().health
    session.close()


def test_a_supervisor_who_is_recovered_gets_no_health_access(folder: Path) -> None:
    session = program_of(folder).finish_recovery(answered(ask(folder, SUPERVISOR), CARLA, ANNA), OTHER_PASSPHRASE)
    assert (session.worker.role, session._vault.health) == ("supervisor", None)
    assert session.recovering.status().health, "but recovery goes on giving it back to a health worker"
    session.close()
    program_of(folder).unlock(HER_OLD).close()


def test_who_was_removed_is_not_recovered_even_with_answers_in_hand(folder: Path) -> None:
    reply = answered(ask(folder), ANNA, BO)
    nurse = program_of(folder).list_slots_without_passphrase()[NURSE].slot_id
    session = program_of(folder).unlock(PASSPHRASE)
    session.workers.add_worker("CL", "health", OTHER_PASSPHRASE)
    session.workers.remove_worker(nurse, give_up_health=True)
    session.close()
    with pytest.raises((WorkerRemovedError, RecoveryOutdatedError)):
        program_of(folder).finish_recovery(reply, OTHER_PASSPHRASE)
    with pytest.raises(WorkerRemovedError):
        program_of(folder).begin_recovery(nurse, OTHER_PASSPHRASE)


def test_new_custodians_wait_for_a_health_worker_whose_part_would_be_lost(folder: Path) -> None:
    """She may be the one who forgot: a supervisor alone must not make a recovery slot without her health part."""
    newer = [ReceivingKeys.generate() for _ in range(3)]
    document = make_custodians([keys.public for keys in newer], issued_at=datetime(2026, 3, 9, tzinfo=UTC), root=CENTRE.root)
    session = program_of(folder).unlock(PASSPHRASE)
    session.recovering.take_custodians(document)
    status = session.recovering.status()
    assert (status.possible, status.reason, status.health) == (True, "old_custodians", True)
    session.close()
    session = program_of(folder).unlock(HER_OLD)
    status = session.recovering.status()
    assert (status.reason, status.health) == ("", True)
    session.close()
    session = program_of(folder).finish_recovery(answered(ask(folder), newer[2], newer[0]), OTHER_PASSPHRASE)
    assert session._vault.health is not None
    session.close()


def test_a_drill_passes_the_health_part_on_to_new_custodians(folder: Path) -> None:
    newer = [ReceivingKeys.generate() for _ in range(3)]
    document = make_custodians([keys.public for keys in newer], issued_at=datetime(2026, 3, 9, tzinfo=UTC), root=CENTRE.root)
    session = program_of(folder).unlock(PASSPHRASE)
    session.recovering.take_custodians(document)
    session.recovering.finish_drill(answered(session.recovering.begin_drill().document, ANNA, BO))
    status = session.recovering.status()
    assert (status.reason, status.health) == ("", True)
    session.close()


def test_a_lost_key_file_is_not_asked_for_any_more(folder: Path) -> None:
    session = program_of(folder).unlock(HER_OLD)
    key_file = session.workers.new_key_file()
    session.workers.set_key_file(HER_OLD, key_file)
    session.close()
    program_of(folder).unlock(HER_OLD, key_file).close()
    program_of(folder).finish_recovery(answered(ask(folder), ANNA, CARLA), OTHER_PASSPHRASE).close()
    program_of(folder).unlock(OTHER_PASSPHRASE).close()


def test_a_backup_opens_with_the_new_passphrase_only_and_stays_recoverable(folder: Path) -> None:
    session = program_of(folder).unlock(HER_OLD)
    backup = session.backing_up.backup_now()
    session.close()
    program_of(folder).finish_recovery(answered(ask(folder), ANNA, BO), OTHER_PASSPHRASE).close()
    (folder / "vault.db").write_bytes(b"damage" * 1000)
    with pytest.raises(WrongPassphraseError):
        program_of(folder).restore(backup.name, HER_OLD)
    session = program_of(folder).restore(backup.name, OTHER_PASSPHRASE)
    session.recovering.finish_drill(answered(session.recovering.begin_drill().document, ANNA, BO))
    assert session.recovering.status().last_drill is not None
    session.close()


def test_damage_to_the_request_that_waits_is_told(folder: Path) -> None:
    reply = answered(ask(folder), ANNA, BO)
    file = folder / recovery_pending.NAME
    file.write_bytes(file.read_bytes().replace(b'"slot_id":"', b'"slot_id":"x', 1))
    with pytest.raises(WrongPassphraseError):
        program_of(folder).finish_recovery(reply, OTHER_PASSPHRASE)
    with pytest.raises(RecoveryUnreadableError):
        program_of(folder).finish_recovery(reply[:-2], OTHER_PASSPHRASE)
    assert program_of(folder).recovery_waits() is not None
    pending = recovery_pending.require(folder)
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(pending, request=b"spoilt"), order="sorted"))
    assert program_of(folder).recovery_waits() is None


def test_the_health_part_comes_back_only_after_a_health_worker_was_there(tmp_path: Path) -> None:
    session = program_of(tmp_path / "vault").create_vault(PASSPHRASE, worker_name="AM", role="health")
    enrol(session, custodians=[keys.public for keys in CUSTODIANS])
    assert session.recovering.status().health
    session.recovering.finish_drill(answered(session.recovering.begin_drill().document, ANNA, BO))
    assert session.recovering.status().health, "a drill keeps it"
    session.close()
    reply = answered(ask(tmp_path / "vault", 0), CARLA, BO)
    session = program_of(tmp_path / "vault").finish_recovery(reply, OTHER_PASSPHRASE)
    assert session.worker.role == "health"
    assert session._vault.health is not None
    assert session.recovering.status().health
    session.close()


def test_what_a_supervisor_enrolled_is_completed_by_the_health_worker(tmp_path: Path) -> None:
    session = program_of(tmp_path / "vault").create_vault(PASSPHRASE, worker_name="AM", role="supervisor")
    session.workers.add_worker("BK", "health", HER_OLD)
    enrol(session, custodians=[keys.public for keys in CUSTODIANS])
    assert not session.recovering.status().health
    session.close()
    session = program_of(tmp_path / "vault").unlock(HER_OLD)
    assert session.recovering.status().health
    session.close()
