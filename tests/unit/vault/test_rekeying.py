"""A new data key: at every moment the vault opens in exactly one of two states, and refusals leave the old one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach_app.errors import CancelledError, DiskFullError, KnownError
from outreach_app.vault import audit, rekeying, slot_change, slot_file
from outreach_app.vault.backups import make_backup
from outreach_app.vault.errors import (
    AnchorLostError,
    DiskFaultError,
    VaultDamagedError,
    VaultError,
    VaultRolledBackError,
    WrongPassphraseError,
)
from outreach_app.vault.fresh_backups import renew_backups
from outreach_app.vault.layout import REBUILT
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.restoring import restore_backup
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, opened_slot, unlock_slot
from outreach_app.vault.worker_slots import add_slot, list_slots, remove_slot
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.snapshots import power_cuts
from tests.support.vaults import (
    CHEAP_COST,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Template,
    add_thing,
    things,
)

THIRD_PASSPHRASE = "acorn bishop cactus dolphin ember"


class Team:
    """Three workers; each opens without the slow key derivation, as if the passphrase had just been typed."""

    def __init__(self, template: Template, folder: Path) -> None:
        self.migrations = template.migrations
        self.folder = folder
        vault = template.open(folder)
        for passphrase, number in ((OTHER_PASSPHRASE, 5), (THIRD_PASSPHRASE, 6)):
            add_slot(vault, passphrase, "outreach", clock=FakeClock(), ids=CountingIds(number), cost=CHEAP_COST)
        vault.close()
        file = slot_file.read_newest(folder)
        passphrases = (PASSPHRASE, OTHER_PASSPHRASE, THIRD_PASSPHRASE)
        self.boss, self.leaver, self.stays = (
            unlock_slot(slot, passphrase) for slot, passphrase in zip(file.slots, passphrases, strict=True)
        )

    def open(self, who: Unlocked, folder: Path | None = None) -> OpenVault:
        """Open a folder as this worker.

        Raises:
            WrongPassphraseError: the worker has no slot any more, as a passphrase would find.
        """
        folder = folder or self.folder
        file = slot_file.read_newest(folder)
        slots = [slot for slot in file.slots if slot.header.slot_id == who.slot.header.slot_id]
        if not slots:
            raise WrongPassphraseError
        own = opened_slot(slots[0], who.private, who.keys.vault_secret)
        return open_unlocked(folder, file, own, migrations=self.migrations, lock=None)


@pytest.fixture(scope="module")
def prepared(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Team:
    return Team(template, template.copy(tmp_path_factory.mktemp("team") / "vault"))


@pytest.fixture
def team(prepared: Team, tmp_path: Path) -> Team:
    copy = Team.__new__(Team)
    copy.__dict__.update(prepared.__dict__)
    copy.folder = shutil.copytree(prepared.folder, tmp_path / "team")
    return copy


def leaver_opens(team: Team, folder: Path) -> bool:
    try:
        vault = team.open(team.leaver, folder)
    except WrongPassphraseError:
        return False
    assert things(vault) == ["first", "second"]
    vault.close()
    return True


def test_every_power_cut_leaves_exactly_one_working_state(team: Team, tmp_path: Path) -> None:
    vault = team.open(team.boss)
    add_thing(vault, "second")
    with power_cuts(team.folder, tmp_path / "cuts") as cuts:
        remove_slot(vault, team.leaver.slot.header.slot_id)
        renew_backups(vault)
    vault.close()
    assert len(cuts) > 20
    outcomes = []
    for cut in cuts:
        twin = shutil.copytree(cut, tmp_path / "twin" / cut.name)
        outcomes.append(leaver_opens(team, twin))
        boss = team.open(team.boss, cut)
        assert things(boss) == ["first", "second"]
        assert any(slot.slot_id == team.leaver.slot.header.slot_id for slot in list_slots(boss)) is outcomes[-1]
        assert not slot_change.is_between(slot_file.read_newest(cut))
        assert not (cut / REBUILT).exists()
        noted = [entry.action for entry in audit.list_entries(boss) if entry.action == "worker_removed"]
        assert noted == ([] if outcomes[-1] else ["worker_removed"])
        add_thing(boss, "third")
        boss.close()
        stays = team.open(team.stays, cut)
        assert things(stays) == ["first", "second", "third"]
        stays.close()
    assert outcomes == sorted(outcomes, reverse=True)  # first he opens it, from one moment on he does not
    assert (outcomes[0], outcomes[-1]) == (True, False)


def test_leaver_with_his_old_files_opens_neither_the_vault_nor_a_new_backup(team: Team, tmp_path: Path) -> None:
    kept = shutil.copytree(team.folder, tmp_path / "kept")
    vault = team.open(team.boss)
    remove_slot(vault, team.leaver.slot.header.slot_id)
    renew_backups(vault)
    vault.close()
    for name in (*slot_file.NAMES, "anchor.0", "anchor.1"):
        shutil.copy2(kept / name, team.folder / name)
    with pytest.raises(VaultError):
        team.open(team.leaver)
    backup = next((team.folder / "backups").glob("*.db"))
    shutil.copy2(backup, team.folder / "vault.db")
    with pytest.raises(VaultError):
        team.open(team.leaver)
    for name in slot_file.NAMES:
        (team.folder / name).unlink()
    with pytest.raises(WrongPassphraseError):  # the slot file beside the backups does not know him either
        team.open(team.leaver)


def test_slots_of_before_a_new_key_put_back_are_said(team: Team, tmp_path: Path) -> None:
    """To those who stay: the files do not belong together; neither damage nor a wrong passphrase."""
    kept = shutil.copytree(team.folder, tmp_path / "kept")
    vault = team.open(team.boss)
    remove_slot(vault, team.leaver.slot.header.slot_id)
    vault.close()
    for name in slot_file.NAMES:
        shutil.copy2(kept / name, team.folder / name)
    with pytest.raises(VaultRolledBackError):
        team.open(team.stays)
    for name in ("anchor.0", "anchor.1"):
        (team.folder / name).write_bytes(b"nonsense")
    with pytest.raises(AnchorLostError):
        team.open(team.stays)


@pytest.mark.parametrize("error", [CancelledError, DiskFullError, DiskFaultError])
def test_copy_that_fails_leaves_the_old_key(team: Team, error: type[KnownError], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(rekeying, "copy_database", fails)
    vault = team.open(team.boss)
    with pytest.raises(error):
        remove_slot(vault, team.leaver.slot.header.slot_id)
    assert len(list_slots(vault)) == 3
    assert not slot_change.is_between(slot_file.read_newest(team.folder))
    add_thing(vault, "second")
    vault.close()
    assert leaver_opens(team, team.folder)


def test_cancelling_is_heard(team: Team) -> None:
    vault = team.open(team.boss)
    with pytest.raises(CancelledError):
        remove_slot(vault, team.leaver.slot.header.slot_id, cancelled=lambda: True)
    assert len(list_slots(vault)) == 3
    vault.close()


def test_file_that_could_not_be_ended_is_ended_by_the_next_change(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is under the new key, the slot file still carries both; then somebody is added in the same session."""
    vault, written = team.open(team.boss), []
    real = slot_file.write_older

    def second_fails(folder: Path, file: SlotFile) -> None:
        written.append(file)
        if len(written) == 2:
            raise DiskFullError
        real(folder, file)

    monkeypatch.setattr(slot_file, "write_older", second_fails)
    remove_slot(vault, team.leaver.slot.header.slot_id)
    assert slot_change.is_between(slot_file.read_newest(team.folder))
    assert [(entry.action, entry.detail) for entry in audit.list_entries(vault, limit=1)] == [("worker_removed", "")]
    assert {slot.slot_id for slot in list_slots(vault)} == {
        team.boss.slot.header.slot_id, team.stays.slot.header.slot_id,
    }  # fmt: skip
    add_slot(vault, OTHER_PASSPHRASE, "outreach", clock=FakeClock(), ids=CountingIds(9), cost=CHEAP_COST)
    assert not slot_change.is_between(slot_file.read_newest(team.folder))
    assert slot_file.read_newest(team.folder).backups_due
    vault.close()
    stays = team.open(team.stays)
    assert len(list_slots(stays)) == 3
    stays.close()


def test_leaver_restores_no_backup_of_before_while_the_slot_file_still_knows_him(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full when the new slot file was written; what is under the new key must not be put aside by him."""
    vault = team.open(team.boss)
    old = make_backup(vault)
    add_thing(vault, "second")
    real, written = slot_file.write_older, []

    def only_first_fits(folder: Path, file: SlotFile) -> None:
        written.append(file)
        if len(written) > 1:
            raise DiskFullError
        real(folder, file)

    with monkeypatch.context() as full_disk:
        full_disk.setattr(slot_file, "write_older", only_first_fits)
        remove_slot(vault, team.leaver.slot.header.slot_id)
        vault.close()
    assert slot_change.is_between(slot_file.read_newest(team.folder))
    for lost in ("", "vault.db"):
        (team.folder / lost).unlink() if lost else None
        with pytest.raises(WrongPassphraseError):
            restore_backup(team.folder, OTHER_PASSPHRASE, old.name, migrations=team.migrations, clock=FakeClock())
    assert not (team.folder / "kept").exists()


def test_between_two_keys_a_damaged_vault_is_damaged_and_not_a_wrong_passphrase(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCutError(Exception):
        pass

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    vault = team.open(team.boss)
    monkeypatch.setattr(rekeying, "copy_database", cut)
    monkeypatch.setattr(slot_change, "current", lambda *_: cut() if slot_change.is_between(slot_file.read_newest(team.folder)) else slot_file.read_newest(team.folder))
    with pytest.raises(PowerCutError):
        rekeying.rekey(vault, leaving=team.leaver.slot.header.slot_id)
    monkeypatch.undo()
    vault.close()
    assert slot_change.is_between(slot_file.read_newest(team.folder))
    database = team.folder / "vault.db"
    content = bytearray(database.read_bytes())
    content[100] ^= 1
    database.write_bytes(content)
    with pytest.raises(VaultDamagedError):
        team.open(team.stays)
