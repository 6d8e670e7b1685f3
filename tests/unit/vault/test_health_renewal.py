"""A health worker leaves: the next one puts the blocks under a part that was never the leaver's, or nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import slot_change, slot_file
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import HealthBlockError
from outreach_app.vault.fresh_backups import fresh_backup_due, renew_backups
from outreach_app.vault.health_renewal import Again, renew_health, renewal_due
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.worker_slots import add_slot, remove_slot
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, reopened

TABLE = "CREATE TABLE block (id INTEGER PRIMARY KEY, sealed BLOB) STRICT;"
THIRD_PASSPHRASE = "acorn bishop cactus dolphin ember"


def reseal(db: Connection, again: Again) -> None:
    for row_id, sealed in db.execute("SELECT id, sealed FROM block").fetchall():
        db.execute("UPDATE block SET sealed = ? WHERE id = ?", (again(sealed, b"block %d" % row_id), row_id))


def keep_block(vault: OpenVault, number: int, plain: bytes) -> None:
    assert vault.health is not None
    with vault.transaction() as db:
        db.execute("INSERT INTO block VALUES (?, ?)", (number, vault.health.seal(plain, b"block %d" % number)))


def blocks(vault: OpenVault) -> list[bytes]:
    assert vault.health is not None
    with vault.read() as db:
        rows = db.execute("SELECT id, sealed FROM block ORDER BY id").fetchall()
    return [vault.health.open(sealed, b"block %d" % number) for number, sealed in rows]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Two health workers and a supervisor, with two blocks."""
    base = tmp_path_factory.mktemp("team")
    template = Template.made(base, role="health", migrations=(TABLE,))
    vault = template.open(template.folder)
    for number, (passphrase, role) in enumerate(((OTHER_PASSPHRASE, "health"), (THIRD_PASSPHRASE, "supervisor")), 5):
        add_slot(vault, passphrase, role, clock=FakeClock(), ids=CountingIds(number), cost=CHEAP_COST)
    keep_block(vault, 1, b"one")
    keep_block(vault, 2, b"two")
    vault.close()
    return template


@pytest.fixture
def laptop(team: Template, tmp_path: Path) -> Path:
    return team.copy(tmp_path / "vault")


def leaver_removed(team: Template, laptop: Path, by: str) -> OpenVault:
    vault = reopened(laptop, team.migrations, by)
    leaver = next(slot.header.slot_id for slot in slot_change.current(vault).slots
                  if slot.header.role == "health" and slot.sealed_health_part and slot.header.slot_id != vault.slot_id)  # fmt: skip
    remove_slot(vault, leaver)
    return vault


def test_health_worker_who_removes_another_renews_at_once(team: Template, laptop: Path) -> None:
    vault = leaver_removed(team, laptop, PASSPHRASE)
    before = vault.health
    assert renewal_due(vault)
    renew_health(vault, reseal)
    assert blocks(vault) == [b"one", b"two"]
    assert not renewal_due(vault)
    assert before is not None
    with vault.read() as db, pytest.raises(HealthBlockError):
        before.open(db.execute("SELECT sealed FROM block").fetchone()[0], b"block 1")
    vault.close()
    again = reopened(laptop, team.migrations)
    assert blocks(again) == [b"one", b"two"]
    assert slot_change.current(again).health_generation == 1
    again.close()


def test_supervisor_leaves_it_to_the_next_health_worker(team: Template, laptop: Path) -> None:
    vault = leaver_removed(team, laptop, THIRD_PASSPHRASE)
    assert not renewal_due(vault)
    renew_health(vault, reseal)
    assert slot_change.current(vault).health_due
    vault.close()
    with pytest.raises(Exception, match="passphrase"):
        reopened(laptop, team.migrations)  # the first health worker was the leaver
    nurse = reopened(laptop, team.migrations, OTHER_PASSPHRASE)
    assert renewal_due(nurse)
    renew_health(nurse, reseal)
    assert blocks(nurse) == [b"one", b"two"]
    nurse.close()


class PowerCutError(Exception):
    pass


@pytest.mark.parametrize("opened_by", [PASSPHRASE, THIRD_PASSPHRASE])
@pytest.mark.parametrize("cut_at", [1, 2, 3])
def test_power_cut_leaves_exactly_one_part_in_force(
    team: Template, laptop: Path, cut_at: int, opened_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the blocks are sealed anew, after it, and before the other copies of the slot file; opened by either."""
    vault = leaver_removed(team, laptop, PASSPHRASE)
    writes = 0

    def cut(*_: object) -> None:
        nonlocal writes
        writes += 1
        if writes == cut_at:
            raise PowerCutError

    def failing_reseal(db: Connection, again: Again) -> None:
        reseal(db, again)
        cut()

    real_older, real_both = slot_file.write_older, slot_file.write_both
    monkeypatch.setattr(slot_file, "write_older", lambda folder, file: (real_older(folder, file), file.health_due or cut()))
    monkeypatch.setattr(slot_file, "write_both", lambda folder, file: (file.health_due or cut(), real_both(folder, file)))
    with pytest.raises(PowerCutError):
        renew_health(vault, failing_reseal)
    vault.close()
    monkeypatch.undo()
    reopened(laptop, team.migrations, opened_by).close()
    nurse = reopened(laptop, team.migrations)
    assert blocks(nurse) == [b"one", b"two"]
    assert renewal_due(nurse) is (cut_at == 1)
    renew_health(nurse, reseal)
    assert blocks(nurse) == [b"one", b"two"]
    assert not slot_change.is_between(slot_file.read_newest(laptop))
    nurse.close()


def test_block_nobody_can_read_does_not_stop_the_others(team: Template, laptop: Path) -> None:
    vault = leaver_removed(team, laptop, PASSPHRASE)
    with vault.transaction() as db:
        db.execute("INSERT INTO block VALUES (3, x'01ff')")
    renew_health(vault, reseal)
    with vault.transaction() as db:
        assert db.execute("SELECT sealed FROM block WHERE id = 3").fetchone()[0] == b"\x01\xff"
        db.execute("DELETE FROM block WHERE id = 3")
    assert blocks(vault) == [b"one", b"two"]
    vault.close()


def test_older_backups_go_when_keys_have_changed(team: Template, laptop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = leaver_removed(team, laptop, PASSPHRASE)
    assert fresh_backup_due(vault)
    (laptop / "backups").mkdir()
    old = laptop / "backups" / "20200101T000000Z-daily.db"
    old.write_bytes(b"x" * 8192)
    renew_backups(vault)
    assert not old.exists()
    assert len(list((laptop / "backups").glob("*.db"))) == 1
    assert not fresh_backup_due(vault)
    assert (laptop / "backups" / "slots").read_bytes() == (laptop / "slots.a").read_bytes()
    vault.close()


def test_older_backups_go_first_where_there_is_no_room_for_both(
    team: Template, laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach_app.vault import fresh_backups

    vault = leaver_removed(team, laptop, PASSPHRASE)
    (laptop / "backups").mkdir()
    old = laptop / "backups" / "20200101T000000Z-daily.db"
    old.write_bytes(b"x" * 8192)
    real = fresh_backups.make_backup

    def full_while_old_is_there(*args: object, **values: object) -> object:
        if old.exists():
            raise DiskFullError
        return real(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(fresh_backups, "make_backup", full_while_old_is_there)
    renew_backups(vault)
    assert not fresh_backup_due(vault)
    vault.close()
