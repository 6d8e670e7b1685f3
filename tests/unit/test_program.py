"""The composition root: one vault folder, settings beside it, a session for whoever unlocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.clock import SystemClock
from outreach_app.domain.errors import TextNotUsableError
from outreach_app.domain.ids import RandomIds
from outreach_app.errors import KnownError
from outreach_app.program import Program
from outreach_app.settings import Settings
from outreach_app.vault.errors import VaultExistsError, WaitBeforeTryError, WrongPassphraseError
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE


def program(folder: Path, clock: FakeClock | None = None) -> Program:
    return Program(folder, clock=clock or FakeClock(), ids=CountingIds(), cost=CHEAP_COST)


def test_a_new_program_reads_settings_and_touches_nothing(tmp_path: Path) -> None:
    made = Program(tmp_path / "vault")
    assert isinstance(made.clock, SystemClock)
    assert isinstance(made.ids, RandomIds)
    assert made.settings == Settings()
    assert not made.vault_exists()
    assert list(tmp_path.iterdir()) == []
    assert set(made.catalogues) == {"adult_labour", "child_labour", "adult_sexual", "child_sexual"}
    assert made.code_lists["settings"].has("street")


def test_settings_lie_beside_the_vault_and_come_back(tmp_path: Path) -> None:
    made = program(tmp_path / "vault")
    chosen = made.settings.changed(language="da", theme="dark", lock_after=60)
    made.keep_settings(chosen)
    assert made.settings == chosen
    assert program(tmp_path / "vault").settings == chosen
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    (tmp_path / "settings.json").write_text("{broken")
    assert program(tmp_path / "vault").settings == Settings()


def test_create_unlock_and_find_the_same_worker(tmp_path: Path) -> None:
    clock = FakeClock()
    first = program(tmp_path / "vault", clock).create_vault(PASSPHRASE, worker_name="  Anna \n M. ", role="supervisor")
    assert (first.worker.name, first.worker.role) == ("Anna M.", "supervisor")
    first.close()
    again = program(tmp_path / "vault", clock)
    assert again.vault_exists()
    session = again.unlock(PASSPHRASE)
    assert session.worker == first.worker
    session.close()
    with pytest.raises(VaultExistsError):
        again.create_vault(PASSPHRASE, worker_name="B")


def test_a_wrong_passphrase_counts_and_makes_the_next_try_wait(tmp_path: Path) -> None:
    clock = FakeClock()
    made = program(tmp_path / "vault", clock)
    made.create_vault(PASSPHRASE, worker_name="AM").close()
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            made.unlock(OTHER_PASSPHRASE)
    with pytest.raises(WaitBeforeTryError):
        made.unlock(PASSPHRASE)
    clock.advance(seconds=made.backoff.seconds_left())
    made.unlock(PASSPHRASE).close()


def test_a_worker_who_was_lost_to_a_power_cut_is_made_at_the_next_opening(tmp_path: Path) -> None:
    made = program(tmp_path / "vault")
    session = made.create_vault(PASSPHRASE, worker_name="AM")
    with session._vault.transaction() as db:
        db.execute("DELETE FROM workers")
    session.close()
    later = made.unlock(PASSPHRASE)
    assert (later.worker.name, later.worker.role, later.worker.id) == ("", "outreach", session.worker.id)
    later.close()


def test_a_vault_that_cannot_be_used_is_not_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = program(tmp_path / "vault")
    made.create_vault(PASSPHRASE, worker_name="AM").close()

    def broken(*_: object) -> None:
        raise KnownError

    with monkeypatch.context() as patch:
        patch.setattr("outreach_app.records.workers.find_worker", broken)
        with pytest.raises(KnownError):
            made.unlock(PASSPHRASE)
    made.unlock(PASSPHRASE).close()


def test_a_name_that_cannot_be_kept_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(TextNotUsableError):
        program(tmp_path / "vault").create_vault(PASSPHRASE, worker_name="half \udcff")
    assert list(tmp_path.iterdir()) == []
