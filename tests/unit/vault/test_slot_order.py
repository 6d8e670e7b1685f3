"""Which slot is tried first, what is looked at before any work is done, and which copy of the slot file counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from outreach_app.vault import argon, opening, slot_file, slots
from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.errors import UnsafeCostError, VaultDamagedError, VaultRolledBackError, WrongPassphraseError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_vault
from outreach_app.vault.passphrase_change import change_passphrase
from outreach_app.vault.slots import canonical
from outreach_app.vault.worker_slots import add_slot
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, reopened, things


def two_workers(template: Template, folder: Path) -> str:
    vault = template.open(folder)
    slot_id = add_slot(vault, OTHER_PASSPHRASE, "outreach", clock=FakeClock(), ids=CountingIds(5), cost=CHEAP_COST)
    vault.close()
    return slot_id


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Count how often the slow key derivation runs."""
    run: list[bytes] = []

    def counted(passphrase: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        run.append(salt)
        return argon.derive(passphrase, salt, cost)

    monkeypatch.setattr(slots, "derive", counted)
    return run


@pytest.mark.parametrize(("hint", "tries"), [(True, 1), (False, 2)])
def test_slot_used_last_is_tried_first(
    template: Template, folder: Path, derivations: list[bytes], hint: bool, tries: int
) -> None:
    second = two_workers(template, folder)
    derivations.clear()
    vault = open_vault(
        folder, OTHER_PASSPHRASE, migrations=template.migrations, clock=FakeClock(), first_slot=second if hint else ""
    )
    assert vault.slot_id == second
    vault.close()
    assert len(derivations) == tries


def test_every_cost_is_looked_at_before_any_slot_is_tried(
    template: Template, folder: Path, derivations: list[bytes]
) -> None:
    two_workers(template, folder)
    file = slot_file.read_newest(folder)
    weak = msgspec.structs.replace(file.slots[1].header, cost=Argon2Cost(1024, 1, 1))
    changed = (file.slots[0], msgspec.structs.replace(file.slots[1], header=weak))
    forged = slot_file.signed(msgspec.structs.replace(file, slots=changed), template.unlocked.keys)
    for name in slot_file.NAMES:
        (folder / name).write_bytes(canonical(forged))
    derivations.clear()
    with pytest.raises(UnsafeCostError):
        reopened(folder, template.migrations)
    assert derivations == []


def test_wrong_passphrase_tries_every_slot_once(template: Template, folder: Path, derivations: list[bytes]) -> None:
    two_workers(template, folder)
    derivations.clear()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations, "acorn bishop cactus dolphin ember")
    assert len(set(derivations)) == len(derivations) == 2


def with_backups(template: Template, folder: Path) -> OpenVault:
    (folder / "backups").mkdir()
    return template.open(folder)


def test_copy_beside_the_backups_follows_each_change_and_replaces_two_damaged_ones(
    template: Template, folder: Path
) -> None:
    vault = with_backups(template, folder)
    third = slot_file.copies(folder)[2]
    assert third.read_bytes() == canonical(template.file)
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    assert third.read_bytes() == (folder / "slots.a").read_bytes() != canonical(template.file)
    assert third.stat().st_mode & 0o777 == 0o600
    (folder / "slots.a").write_bytes(b"nonsense")
    (folder / "slots.b").unlink()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations)
    again = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert things(again) == ["first"]
    again.close()
    assert {path.read_bytes() for path in slot_file.copies(folder)} == {third.read_bytes()}


def test_all_slots_gone_but_the_copy_opens(template: Template, folder: Path) -> None:
    with_backups(template, folder).close()
    for name in slot_file.NAMES:
        (folder / name).unlink()
    reopened(folder, template.migrations).close()
    assert {path.read_bytes() for path in slot_file.copies(folder)} == {canonical(template.file)}


def test_old_copy_put_back_in_all_places_is_said(template: Template, folder: Path, tmp_path: Path) -> None:
    vault = with_backups(template, folder)
    kept = shutil.copytree(folder, tmp_path / "kept")
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    vault.close()
    for path in slot_file.copies(folder):
        shutil.copy2(kept / path.relative_to(folder), path)
    with pytest.raises(VaultRolledBackError):
        reopened(folder, template.migrations)


def test_file_of_format_1_opens_and_becomes_2(template: Template, folder: Path) -> None:
    file = msgspec.structs.replace(template.file, format="outreach-slots/1", inbox_key=b"", mac=b"", checksum="")
    with_mac = msgspec.structs.replace(file, mac=slot_file._mac(file, template.unlocked.keys))
    old = msgspec.structs.replace(with_mac, checksum=slot_file._checksum(with_mac))
    for name in slot_file.NAMES:
        (folder / name).write_bytes(canonical(old))
    assert b"inbox_key" not in canonical(old)
    assert b"key_file" not in canonical(old)
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first"]
    vault.close()
    found = slot_file.read_newest(folder)
    assert (found.format, found.generation, len(found.inbox_key)) == ("outreach-slots/2", 2, 1216)
    reopened(folder, template.migrations).close()


@pytest.mark.parametrize(
    "added", [{"inbox_key": bytes(1216)}, {"health_generation": 1}, {"health_due": True}, {"backups_due": True}]
)
def test_file_of_format_1_with_fields_of_2_is_damage(template: Template, added: dict[str, object]) -> None:
    file = msgspec.structs.replace(template.file, **{"format": "outreach-slots/1", "inbox_key": b"", **added})
    bare = msgspec.structs.replace(file, checksum="")
    assert slot_file.parse(canonical(msgspec.structs.replace(bare, checksum=slot_file._checksum(bare)))) is None


def test_slot_that_lies_in_the_file_twice_over_opens_nothing(template: Template, folder: Path) -> None:
    """A key sealed to one slot, moved into another, is refused: it is bound to its header."""
    two_workers(template, folder)
    file = slot_file.read_newest(folder)
    mixed = msgspec.structs.replace(file.slots[1], sealed_data_key=file.slots[0].sealed_data_key)
    with pytest.raises(VaultDamagedError):
        slots.opened_slot(mixed, template.unlocked.private, template.unlocked.keys.vault_secret)
    assert opening.unlock_file(file, PASSPHRASE, None).slot == file.slots[0]


def test_copy_that_cannot_be_written_does_not_keep_the_vault_closed(
    template: Template, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "slots.b").write_bytes(b"nonsense")
    (folder / "slots.b.new").mkdir()  # in the way, as a full disk would be
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first"]
    vault.close()
    assert "slot_copy_to_be_written" in caplog.text
    (folder / "slots.b.new").rmdir()
    reopened(folder, template.migrations).close()
    assert (folder / "slots.b").read_bytes() == (folder / "slots.a").read_bytes()
