"""Several workers on one vault: added, listed, given and refused, removed; nobody's passphrase but one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.errors import BugError, DiskFullError
from outreach_app.vault import audit, key_pair, slot_change, slot_file, worker_slots
from outreach_app.vault.errors import (
    HealthKeyMissingError,
    LastHealthWorkerError,
    LastSupervisorError,
    OwnSlotError,
    SlotMissingError,
    TooManySlotsError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_set import set_recovery
from outreach_app.vault.recovery_slot import Custodian, RecoverySlot
from outreach_app.vault.rekeying import rekey
from outreach_app.vault.worker_slots import add_slot, grant_health, list_slots, remove_slot
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, add_thing, reopened, things

THIRD_PASSPHRASE = "acorn bishop cactus dolphin ember"


def added(vault: OpenVault, passphrase: str = OTHER_PASSPHRASE, role: str = "outreach", number: int = 7) -> str:
    return add_slot(vault, passphrase, role, clock=FakeClock(), ids=CountingIds(number), cost=CHEAP_COST)


def test_added_worker_opens_the_same_vault(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    slot_id = added(vault, role="meeting_place")
    assert [(slot.slot_id == slot_id, slot.role, slot.own, slot.has_health) for slot in list_slots(vault)] == [
        (False, "outreach", True, False), (True, "meeting_place", False, False),
    ]  # fmt: skip
    vault.close()
    for passphrase, own in ((PASSPHRASE, False), (OTHER_PASSPHRASE, True)):
        other = reopened(folder, template.migrations, passphrase)
        assert things(other) == ["first"]
        assert (other.slot_id == slot_id) is own
        other.close()


def test_weak_passphrase_adds_nobody(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    with pytest.raises(WeakPassphraseError):
        added(vault, "password")
    assert len(list_slots(vault)) == 1
    vault.close()
    assert slot_file.read_newest(folder) == template.file


def test_who_has_left_opens_nothing_and_the_others_everything(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    leaver, stays = added(vault), added(vault, THIRD_PASSPHRASE, number=8)
    old_files = {name: (folder / name).read_bytes() for name in (*slot_file.NAMES, "anchor.0", "anchor.1")}
    remove_slot(vault, leaver)
    add_thing(vault, "after")
    assert {slot.slot_id for slot in list_slots(vault)} == {vault.slot_id, stays}
    assert slot_file.read_newest(folder).backups_due
    vault.close()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations, OTHER_PASSPHRASE)
    for passphrase in (PASSPHRASE, THIRD_PASSPHRASE):
        other = reopened(folder, template.migrations, passphrase)
        assert things(other) == ["first", "after"]
        assert other.check() == ()
        other.close()
    for name, content in old_files.items():  # his copy of the small files does not help him either
        (folder / name).write_bytes(content)
    with pytest.raises(Exception, match=r"damaged|passphrase|belong"):
        reopened(folder, template.migrations, OTHER_PASSPHRASE)


def test_who_may_not_be_removed(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    boss = added(vault, role="supervisor")
    for slot_id, error in ((vault.slot_id, OwnSlotError), (boss, LastSupervisorError), ("9" * 32, SlotMissingError)):
        with pytest.raises(error):
            remove_slot(vault, slot_id)
    assert len(list_slots(vault)) == 2
    vault.close()


def test_health_worker_waits_until_a_health_worker_grants(tmp_path: Path) -> None:
    template = Template.made(tmp_path, role="supervisor")
    folder = template.copy(tmp_path / "vault")
    vault = template.open(folder)
    first = added(vault, role="health")
    assert [slot.has_health for slot in list_slots(vault)] == [False, True]  # nobody had it: a fresh one was made
    second = added(vault, THIRD_PASSPHRASE, role="health", number=9)
    assert [slot.has_health for slot in list_slots(vault)] == [False, True, False]
    with pytest.raises(HealthKeyMissingError):
        grant_health(vault, second)
    with pytest.raises(LastHealthWorkerError):
        remove_slot(vault, first)
    vault.close()
    nurse = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert nurse.health is not None
    sealed = nurse.health.seal(b"plan", b"here")
    with pytest.raises(HealthKeyMissingError):
        grant_health(nurse, template.unlocked.slot.header.slot_id)  # a supervisor is not a health worker
    grant_health(nurse, second)
    nurse.close()
    colleague = reopened(folder, template.migrations, THIRD_PASSPHRASE)
    assert colleague.health is not None
    assert colleague.health.open(sealed, b"here") == b"plan"
    colleague.close()


def test_removing_the_last_who_reads_health_parts_is_possible_knowingly(tmp_path: Path) -> None:
    template = Template.made(tmp_path, role="supervisor")
    vault = template.open(template.copy(tmp_path / "vault"))
    nurse = added(vault, role="health")
    remove_slot(vault, nurse, give_up_health=True)
    assert slot_change.current(vault).health_due
    vault.close()


def test_full_slot_file_takes_nobody_more(template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_slots, "MOST_SLOTS", 2)
    vault = template.open(folder)
    added(vault)
    with pytest.raises(TooManySlotsError):
        added(vault, THIRD_PASSPHRASE, number=8)
    assert len(list_slots(vault)) == 2
    vault.close()


def test_role_nobody_knows_is_a_bug(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    with pytest.raises(BugError):
        added(vault, role="owner")
    vault.close()


def test_slot_that_could_not_be_written_stands_in_the_audit_as_failed(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    vault = template.open(folder)
    monkeypatch.setattr(slot_file, "write_older", full)
    with pytest.raises(DiskFullError):
        added(vault)
    assert [(entry.action, entry.detail) for entry in audit.list_entries(vault, limit=2)] == [
        ("worker_added", "failed"), ("worker_added", ""),
    ]  # fmt: skip
    assert len(list_slots(vault)) == 1
    vault.close()


def test_new_key_without_anybody_leaving_keeps_everybody(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    added(vault)
    before = vault.unlocked.keys
    rekey(vault)
    assert vault.unlocked.keys.data_key != before.data_key
    assert audit.list_entries(vault, limit=1)[0].action == "rekeyed"
    assert len(list_slots(vault)) == 2
    add_thing(vault, "after")
    vault.close()
    for passphrase in (PASSPHRASE, OTHER_PASSPHRASE):
        again = reopened(folder, template.migrations, passphrase)
        assert things(again) == ["first", "after"]
        again.close()


@pytest.mark.parametrize("role", ["outreach", "health"])
def test_recovery_gives_back_what_a_health_worker_grants(tmp_path: Path, role: str) -> None:
    """Where the first worker is no health worker, the fresh part is kept for recovery, too."""
    template = Template.made(tmp_path, role=role)
    vault = template.open(template.copy(tmp_path / "vault"))
    set_recovery(vault, "d" * 32, [Custodian(f"{number:032x}", key_pair.new_pair().public) for number in range(3)])
    assert bool(_recovery(vault).sealed_health_part) is (role == "health")
    nurse = added(vault, role="health")
    assert _recovery(vault).sealed_health_part
    remove_slot(vault, nurse, give_up_health=True)
    assert not _recovery(vault).sealed_next_key
    vault.close()


def _recovery(vault: OpenVault) -> RecoverySlot:
    found = slot_change.current(vault).recovery
    assert found is not None
    return found
