"""Recovery through the services: enrolment makes it possible, a drill proves it, a forgotten passphrase uses it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outreach_app.errors import DiskFullError, KnownError
from outreach_app.program import Program
from outreach_app.services import recovery_upkeep
from outreach_app.services.errors import NoDrillError, NotEnrolledError, NothingToRehearseError
from outreach_app.services.recovering import RecoveryStatus
from outreach_app.services.session import Session
from outreach_app.sync.custodians import make_custodians
from outreach_app.sync.errors import (
    CustodiansOlderError,
    OneAnswerMissingError,
    RecoveryOtherLaptopError,
    RecoveryOtherPurposeError,
    RecoveryOtherRequestError,
    RecoveryUnreadableError,
)
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import read_reply, read_request
from outreach_app.vault import audit, recovery_pending, recovery_set, slot_file
from outreach_app.vault.errors import (
    RecoveryNotAskedError,
    RecoveryOutdatedError,
    WaitBeforeTryError,
    WrongPassphraseError,
)
from outreach_app.vault.open_vault import OpenVault
from tests.support.centre_box import enrol
from tests.support.clock import FakeClock
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, answered
from tests.support.ids import CountingIds
from tests.support.sessions import PreparedLaptop, met
from tests.support.sync_people import CENTRE, Centre
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE

KEYS = [keys.public for keys in CUSTODIANS]


def program_of(folder: Path, clock: FakeClock | None = None) -> Program:
    return Program(folder, clock=clock or FakeClock(), ids=CountingIds(50), cost=CHEAP_COST)


@dataclass
class Recoverable(PreparedLaptop):
    """A laptop that was enrolled at a centre with custodians."""

    @contextmanager
    def session(self, folder: Path) -> Iterator[Session]:
        with self.open(folder) as laptop:
            yield laptop.session


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Recoverable:
    folder = tmp_path_factory.mktemp("recoverable") / "vault"
    session = Program(folder, clock=FakeClock(), ids=CountingIds(1), cost=CHEAP_COST).create_vault(PASSPHRASE, worker_name="AM")
    session.encounters.finish_encounter(met("Waits at the station"))
    enrol(session, custodians=KEYS)
    return as_recoverable(session, folder)


def as_recoverable(session: Session, folder: Path) -> Recoverable:
    unlocked = session._vault.unlocked
    session.close()
    return Recoverable(folder, slot_file.read_newest(folder), unlocked)


@pytest.fixture
def folder(prepared: Recoverable, tmp_path: Path) -> Path:
    return shutil.copytree(prepared.folder, tmp_path / "vault")


@pytest.fixture
def session(prepared: Recoverable, folder: Path) -> Iterator[Session]:
    with prepared.session(folder) as session:
        yield session


def actions(vault: OpenVault) -> list[str]:
    return [entry.action for entry in audit.list_entries(vault)][::-1]


def ask(folder: Path, clock: FakeClock | None = None) -> bytes:
    program = program_of(folder, clock)
    return program.begin_recovery(program.list_slots_without_passphrase()[0].slot_id, OTHER_PASSPHRASE).document


def drill(session: Session) -> bytes:
    return session.recovering.begin_drill().document


def test_enrolment_at_a_centre_with_custodians_makes_the_laptop_recoverable(session: Session, folder: Path) -> None:
    status = session.recovering.status()
    assert (status.possible, status.reason, status.last_drill, status.drill_waits, status.health) == (True, "", None, False, False)
    assert status.made_at == FakeClock().now()
    assert program_of(folder).recovery_possible()
    assert "recovery_set" in actions(session._vault)


def test_before_enrolment_nothing_can_be_recovered(tmp_path: Path) -> None:
    session = program_of(tmp_path / "vault").create_vault(PASSPHRASE, worker_name="AM")
    assert session.recovering.status() == RecoveryStatus(possible=False, reason="not_enrolled")
    with pytest.raises(NothingToRehearseError):
        session.recovering.begin_drill()
    with pytest.raises(NoDrillError):
        session.recovering.finish_drill(b"{}")
    with pytest.raises(NotEnrolledError):
        session.recovering.take_custodians(b"{}")
    enrol(session)
    assert session.recovering.status() == RecoveryStatus(possible=False, reason="no_custodians")
    session.recovering.take_custodians(list_of(KEYS))
    assert session.recovering.status().possible
    session.close()


def list_of(keys: list[object], day: int = 4, centre: Centre = CENTRE) -> bytes:
    return make_custodians(keys, issued_at=datetime(2026, 3, day, tzinfo=UTC), root=centre.root)  # type: ignore[arg-type]  # keys


def test_later_custodians_take_the_place_of_earlier_ones(session: Session) -> None:
    newer = [ReceivingKeys.generate() for _ in range(3)]
    session.recovering.take_custodians(list_of([keys.public for keys in newer]))
    assert session.recovering.status().reason == ""
    request = drill(session)
    assert set(read_request(request).sealed_halves).isdisjoint(key.fingerprint().hex()[:32] for key in KEYS)
    session.recovering.finish_drill(answered(request, *newer[1:]))


def test_an_older_list_or_one_of_another_centre_is_not_taken(session: Session) -> None:
    other = [ReceivingKeys.generate().public for _ in range(3)]
    with pytest.raises(CustodiansOlderError):
        session.recovering.take_custodians(list_of(other, day=1))
    with pytest.raises(RecoveryUnreadableError):
        session.recovering.take_custodians(list_of(other, centre=Centre()))
    session.recovering.take_custodians(list_of(KEYS, day=1))  # the same custodians, told before the laptop was enrolled
    assert session.recovering.status().reason == ""


def test_a_drill_proves_it_and_replaces_the_secret(session: Session) -> None:
    before = recovery_set.find_recovery(session._vault)
    asked = session.recovering.begin_drill()
    assert len(asked.words.split()) == 6
    assert session.recovering.begin_drill() == asked, "asked again, the same request comes back"
    assert session.recovering.status().drill_waits
    session.recovering.finish_drill(answered(asked.document, CARLA, ANNA))
    status, after = session.recovering.status(), recovery_set.find_recovery(session._vault)
    assert (status.last_drill, status.drill_waits) == (FakeClock().now(), False)
    assert before is not None
    assert after is not None
    assert after.public_key != before.public_key
    assert actions(session._vault)[-3:] == ["recovery_requested", "drill_passed", "recovery_set"]
    with pytest.raises(NoDrillError):
        session.recovering.finish_drill(answered(asked.document, CARLA, ANNA))


def test_a_forgotten_passphrase_is_recovered(folder: Path) -> None:
    clock = FakeClock()
    request = ask(folder, clock)
    clock.advance(600)
    session = program_of(folder, clock).finish_recovery(answered(request, BO, ANNA), OTHER_PASSPHRASE)
    assert [row.first_words for row in session.encounters.list_encounters()] == ["Waits at the station"]
    assert actions(session._vault)[-3:] == ["recovery_requested", "recovered", "unlocked"]
    assert session.recovering.status().possible
    session.close()
    with pytest.raises(WrongPassphraseError):
        program_of(folder).unlock(PASSPHRASE)
    program_of(folder).unlock(OTHER_PASSPHRASE).close()
    with pytest.raises(RecoveryNotAskedError):
        program_of(folder).finish_recovery(answered(request, BO, ANNA), OTHER_PASSPHRASE)


def test_replies_that_do_not_fit_are_refused_and_nothing_changes(prepared: Recoverable, folder: Path, tmp_path: Path) -> None:
    earlier = ask(folder)
    request = ask(folder)
    with prepared.session(shutil.copytree(folder, tmp_path / "copy")) as session:
        rehearsed = drill(session)
    elsewhere = program_of(tmp_path / "other").create_vault(PASSPHRASE, worker_name="BK")
    enrol(elsewhere, custodians=KEYS)
    elsewhere.close()
    wrong: list[tuple[bytes, type[KnownError]]] = [
        (answered(earlier, ANNA, BO), RecoveryOtherRequestError),
        (answered(rehearsed, ANNA, BO), RecoveryOtherPurposeError),
        (answered(ask(tmp_path / "other"), ANNA, BO), RecoveryOtherLaptopError),
        (answered(request, ANNA), OneAnswerMissingError),
        (b"{}", RecoveryUnreadableError),
    ]
    for reply, kind in wrong:
        with pytest.raises(kind) as refused:
            program_of(folder).finish_recovery(reply, OTHER_PASSPHRASE)
        assert "{" not in refused.value.sentence()
    program_of(folder).finish_recovery(answered(request, ANNA, BO), OTHER_PASSPHRASE).close()


def test_a_recovery_reply_is_no_drill(session: Session, folder: Path, tmp_path: Path) -> None:
    drill(session)
    session.close()
    request = ask(folder)
    reopened = program_of(folder).unlock(PASSPHRASE)
    with pytest.raises(RecoveryOtherPurposeError):
        reopened.recovering.finish_drill(answered(request, ANNA, BO))
    reopened.close()


def test_wrong_new_passphrases_wait_like_any_other(folder: Path) -> None:
    clock = FakeClock()
    reply = answered(ask(folder), ANNA, BO)
    program = program_of(folder, clock)
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            program.finish_recovery(reply, PASSPHRASE)
    with pytest.raises(WaitBeforeTryError):
        program.finish_recovery(reply, OTHER_PASSPHRASE)
    clock.advance(10)
    sealed = read_reply(reply).body.answers[0].sealed
    with pytest.raises(RecoveryUnreadableError):  # whoever asks knows the new passphrase: that alone ends no wait
        program.finish_recovery(reply.replace(sealed.encode(), b"AAAA" + sealed[4:].encode()), OTHER_PASSPHRASE)
    assert program.backoff.wrong_tries == 3
    program.finish_recovery(reply, OTHER_PASSPHRASE).close()
    assert program.backoff.wrong_tries == 0


def test_unlocking_drops_requests_whose_answers_would_open_nothing(prepared: Recoverable, folder: Path) -> None:
    request = ask(folder)
    with prepared.session(folder) as session:
        rehearsed = drill(session)
        recovery_set.renew_recovery(session._vault, None)
        with pytest.raises(RecoveryOutdatedError):
            session.recovering.finish_drill(answered(rehearsed, ANNA, BO))
        session.recovering.bring_up_to_date()
        assert not session.recovering.status().drill_waits
        assert drill(session) != rehearsed
    assert recovery_pending.find(folder) is None
    with pytest.raises(RecoveryNotAskedError):
        program_of(folder).finish_recovery(answered(request, ANNA, BO), OTHER_PASSPHRASE)


def test_a_drill_cut_before_the_secret_was_replaced_replaces_it_at_the_next_opening(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = recovery_set.find_recovery(session._vault)
    reply = answered(drill(session), ANNA, BO)
    with monkeypatch.context() as patched:
        patched.setattr(recovery_set, "renew_recovery", lambda *_: (_ for _ in ()).throw(DiskFullError))
        with pytest.raises(DiskFullError):
            session.recovering.finish_drill(reply)
    assert session.recovering.status().last_drill is not None
    session.recovering.bring_up_to_date()
    after = recovery_set.find_recovery(session._vault)
    assert after != before
    session.recovering.bring_up_to_date()
    assert recovery_set.find_recovery(session._vault) == after, "once"


def test_what_stands_in_the_way_of_upkeep_keeps_nobody_out(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(recovery_upkeep, "find_recovery", full)
    session.recovering.bring_up_to_date()


def test_a_laptop_enrolled_on_a_full_disk_is_set_at_the_next_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = program_of(tmp_path / "vault").create_vault(PASSPHRASE, worker_name="AM")
    with monkeypatch.context() as patched:
        patched.setattr(recovery_upkeep, "set_recovery", lambda *_: (_ for _ in ()).throw(DiskFullError))
        enrol(session, custodians=KEYS)
    assert session.recovering.status() == RecoveryStatus(possible=False, reason="not_set")
    session.close()
    session = program_of(tmp_path / "vault").unlock(PASSPHRASE)
    assert session.recovering.status().possible
    session.close()


def test_new_custodians_on_a_full_disk_are_set_at_the_next_opening(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = [ReceivingKeys.generate() for _ in range(3)]
    with monkeypatch.context() as patched:
        patched.setattr(recovery_upkeep, "set_recovery", lambda *_: (_ for _ in ()).throw(DiskFullError))
        with pytest.raises(DiskFullError):
            session.recovering.take_custodians(list_of([keys.public for keys in newer]))
    status = session.recovering.status()
    assert (status.possible, status.reason) == (True, "old_custodians")
    session.recovering.bring_up_to_date()
    assert session.recovering.status().reason == ""
