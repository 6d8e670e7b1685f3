import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import audit, recovery_opening, recovery_pending, recovery_set, rekeying, slot_file
from outreach_app.vault.argon import Argon2Cost
from outreach_app.vault.errors import (
    NotRecoverableError,
    RecoveryAnswerWrongError,
    RecoveryNotAskedError,
    RecoveryOutdatedError,
    UnsafeCostError,
    VaultClosedError,
    VaultInUseError,
    WeakPassphraseError,
    WorkerRemovedError,
    WrongPassphraseError,
)
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.recovery_slot import halves_info, join_halves, slot_head
from outreach_app.vault.rekeying import rekey
from tests.support.clock import FakeClock
from tests.support.custodians import CUSTODIANS, CUSTODIANS_DOCUMENT, DEVICE
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, Template, add_thing, reopened, things

ONE_TIME = b"one-time private key"


def secret_of(folder: Path) -> bytes:
    """Free the secret as the first two custodians would."""
    file = slot_file.read_newest(folder)
    assert file.recovery is not None
    info = halves_info(slot_head(file.recovery, file.vault_id))
    opened = {place: CUSTODIANS[place].unseal(file.recovery.sealed_halves[place], info) for place in (0, 1)}
    return join_halves({place: halves for place, halves in opened.items() if halves is not None})


def make(base: Path, role: str = "outreach") -> Template:
    template = Template.made(base, "before", role=role)
    vault = template.open(template.folder)
    recovery_set.set_recovery(vault, DEVICE, CUSTODIANS_DOCUMENT.for_slot())
    vault.close()
    return Template(template.folder, template.migrations, slot_file.read_newest(template.folder), template.unlocked)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make(tmp_path_factory.mktemp("recoverable"))


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    return template.copy(tmp_path / "vault")


def ask(folder: Path, slot_id: str = "", passphrase: str = OTHER_PASSPHRASE) -> recovery_pending.Pending:
    found = recovery_opening.find_recoverable(folder)
    slot_id = slot_id or recovery_opening.list_slots_to_recover(folder)[0].slot_id
    recovery_opening.check_can_ask(folder, slot_id, passphrase)
    recovery_opening.keep_request(
        folder, found, slot_id, passphrase, request=b"{}", one_time_key=ONE_TIME, clock=FakeClock(), cost=CHEAP_COST
    )
    return recovery_pending.require(folder)


def recover(template: Template, folder: Path, secret: bytes | None = None) -> OpenVault:
    pending = recovery_pending.require(folder)
    return recovery_opening.open_recovered(
        folder, pending, secret or secret_of(folder), OTHER_PASSPHRASE, migrations=template.migrations, clock=FakeClock(), cost=CHEAP_COST
    )


def actions(vault: OpenVault) -> list[str]:
    return [entry.action for entry in audit.list_entries(vault)][::-1]


def test_recovery_gives_the_slot_its_new_passphrase_and_keeps_everything(template: Template, folder: Path) -> None:
    before = slot_file.read_newest(folder)
    ask(folder)
    vault = recover(template, folder)
    assert (vault.slot_id, vault.role, things(vault)) == (before.slots[0].header.slot_id, "outreach", ["before"])
    add_thing(vault, "after")
    assert actions(vault)[-2:] == ["recovery_requested", "recovered"]
    assert audit.verify(vault).first_bad is None
    vault.close()
    with pytest.raises(WrongPassphraseError):
        reopened(folder, template.migrations, PASSPHRASE)
    vault = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert things(vault) == ["before", "after"]
    vault.close()
    assert recovery_pending.find(folder) is None


def test_the_secret_is_replaced_after_use(template: Template, folder: Path) -> None:
    used = secret_of(folder)
    ask(folder)
    recover(template, folder).close()
    ask(folder)
    with pytest.raises(RecoveryAnswerWrongError):
        recover(template, folder, used)
    recover(template, folder).close()


def test_a_request_made_before_the_secret_was_replaced_is_out_of_date(template: Template, folder: Path) -> None:
    ask(folder)
    used = secret_of(folder)
    vault = reopened(folder, template.migrations)
    recovery_set.renew_recovery(vault, None)
    vault.close()
    with pytest.raises(RecoveryOutdatedError):
        recover(template, folder, used)


def test_a_wrong_secret_changes_nothing(template: Template, folder: Path) -> None:
    ask(folder)
    with pytest.raises(RecoveryAnswerWrongError):
        recover(template, folder, bytes(32))
    reopened(folder, template.migrations).close()
    recover(template, folder).close()


def test_a_removed_worker_is_not_recovered(template: Template, folder: Path) -> None:
    with pytest.raises(WorkerRemovedError):
        ask(folder, "ab" * 16)
    pending = ask(folder)
    content = msgspec.json.encode(msgspec.structs.replace(pending, slot_id="ab" * 16), order="sorted")
    (folder / recovery_pending.NAME).write_bytes(content)
    with pytest.raises(WorkerRemovedError):
        recover(template, folder)
    reopened(folder, template.migrations).close()


def test_without_a_recovery_slot_nothing_can_be_asked(template: Template, tmp_path: Path) -> None:
    plain = Template.made(tmp_path)
    assert not recovery_opening.is_recoverable(plain.folder)
    with pytest.raises(NotRecoverableError):
        recovery_opening.find_recoverable(plain.folder)
    with pytest.raises(RecoveryNotAskedError):
        recovery_pending.require(plain.folder)
    vault = plain.open(plain.folder)
    with pytest.raises(NotRecoverableError):
        recovery_set.renew_recovery(vault, None)
    recovery_set.add_health(vault)
    assert recovery_set.find_recovery(vault) is None
    vault.close()


def test_a_weak_new_passphrase_is_refused_at_once(folder: Path) -> None:
    with pytest.raises(WeakPassphraseError):
        ask(folder, passphrase="password")
    assert recovery_pending.find(folder) is None


def test_an_open_vault_is_not_asked_for(folder: Path) -> None:
    lock = VaultLock(folder)
    with pytest.raises(VaultInUseError):
        ask(folder)
    lock.release()


def test_the_request_that_waits_opens_with_its_passphrase_only(folder: Path) -> None:
    pending = ask(folder)
    assert recovery_pending.open_one_time_key(pending, OTHER_PASSPHRASE) == ONE_TIME
    assert ONE_TIME not in (folder / recovery_pending.NAME).read_bytes()
    with pytest.raises(WrongPassphraseError):
        recovery_pending.open_one_time_key(pending, PASSPHRASE)
    for change in ({"slot_id": "cd" * 16}, {"head": "00"}, {"wrapped_key": b"short"}, {"request": b"other"}):
        with pytest.raises(WrongPassphraseError):
            recovery_pending.open_one_time_key(msgspec.structs.replace(pending, **change), OTHER_PASSPHRASE)
    with pytest.raises(UnsafeCostError):
        recovery_pending.open_one_time_key(msgspec.structs.replace(pending, cost=Argon2Cost(8, 1, 1)), OTHER_PASSPHRASE)


def test_only_the_worker_may_read_the_request_that_waits(folder: Path) -> None:
    ask(folder)
    assert stat.S_IMODE((folder / recovery_pending.NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 10_000, b"\xff", b"x" * 300_000])
def test_a_damaged_file_counts_as_no_request(folder: Path, content: bytes) -> None:
    (folder / recovery_pending.NAME).write_bytes(content)
    assert recovery_pending.find(folder) is None


def test_a_newer_request_drops_the_earlier_one(template: Template, folder: Path) -> None:
    first = ask(folder, passphrase=PASSPHRASE)
    second = ask(folder)
    assert recovery_pending.find(folder) == second != first
    recover(template, folder).close()


class PowerCut(BaseException):
    """Stands for a kill: nothing catches it."""


STEPS: list[tuple[str, str]] = [
    ("outreach_app.vault.recovery_opening", "open_unlocked"),
    ("outreach_app.vault.recovery_opening", "new_slot"),
    ("outreach_app.vault.slot_change.slot_file", "write_older"),
    ("outreach_app.vault.slot_change.slot_file", "write_both"),
    ("outreach_app.vault.recovery_pending", "forget"),
]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(("module", "name"), STEPS)
def test_a_kill_at_any_step_leaves_a_laptop_that_opens(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, *, late: bool
) -> None:
    ask(folder)
    secret = secret_of(folder)
    with monkeypatch.context() as patched:
        patched.setattr(f"{module}.{name}", cut(module, name, late=late))
        with pytest.raises(PowerCut):
            recover(template, folder)
    opened = [word for word in (PASSPHRASE, OTHER_PASSPHRASE) if opens(template, folder, word)]
    assert len(opened) == 1, "exactly one passphrase opens it"
    if opened == [PASSPHRASE]:  # nothing was changed: the same reply does it now
        recover(template, folder, secret).close()
    assert opens(template, folder, OTHER_PASSPHRASE)


def cut(module: str, name: str, *, late: bool) -> Callable[..., object]:
    import importlib

    parent, _, last = module.rpartition(".")
    owner = getattr(importlib.import_module(parent), last)
    real = getattr(owner, name)

    def stand_in(*arguments: object, **named: object) -> object:
        if late:
            result = real(*arguments, **named)
            if isinstance(result, OpenVault):
                result.close()
        raise PowerCut

    return stand_in


def opens(template: Template, folder: Path, passphrase: str) -> bool:
    try:
        vault = reopened(folder, template.migrations, passphrase)
    except WrongPassphraseError:
        return False
    assert things(vault) == ["before"]
    vault.close()
    return True


def test_a_full_disk_leaves_the_old_passphrase(template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFullError

    ask(folder)
    with monkeypatch.context() as patched:
        patched.setattr(slot_file, "write_older", full)
        with pytest.raises(DiskFullError):
            recover(template, folder)
    vault = reopened(folder, template.migrations)
    assert actions(vault)[-2:] == ["recovered", "recovered"], "the second one says that it failed"
    vault.close()
    recover(template, folder).close()


def test_a_health_worker_keeps_the_health_block(tmp_path: Path) -> None:
    template = make(tmp_path / "health", role="health")
    vault = template.open(template.folder)
    assert vault.health is not None
    sealed = vault.health.seal(b"words", b"place")
    vault.close()
    ask(template.folder)
    vault = recover(template, template.folder)
    assert vault.role == "health"
    assert vault.health is not None
    assert vault.health.open(sealed, b"place") == b"words"
    assert not recovery_set.lacks_health(vault)
    vault.close()


def test_a_recovery_slot_without_the_health_part_is_completed_by_a_health_worker(tmp_path: Path) -> None:
    template = make(tmp_path / "health", role="health")
    vault = template.open(template.folder)
    file = slot_file.read_newest(template.folder)
    assert file.recovery is not None
    bare = msgspec.structs.replace(file, recovery=msgspec.structs.replace(file.recovery, sealed_health_part=b""))
    recovery_set.slot_change.publish(vault, bare)
    assert recovery_set.lacks_health(vault)
    recovery_set.add_health(vault)
    assert not recovery_set.lacks_health(vault)
    vault.close()


def test_other_workers_slots_are_not_touched(template: Template, folder: Path) -> None:
    listed = recovery_opening.list_slots_to_recover(folder)
    assert [(slot.role, slot.key_file) for slot in listed] == [("outreach", False)]
    assert recovery_opening.is_recoverable(folder)


def test_who_left_cannot_use_an_answer_got_before(template: Template, folder: Path) -> None:
    ask(folder)
    used = secret_of(folder)
    vault = reopened(folder, template.migrations)
    rekey(vault)
    vault.close()
    with pytest.raises(RecoveryOutdatedError):
        recover(template, folder, used)
    ask(folder)
    vault = recover(template, folder)
    assert things(vault) == ["before"]
    vault.close()


@pytest.mark.parametrize("name", ["copy_database", "replaced"])
def test_recovery_goes_on_where_a_change_of_keys_was_cut(
    template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    vault = reopened(folder, template.migrations)
    with monkeypatch.context() as patched:
        if name == "copy_database":
            patched.setattr(rekeying, name, lambda *_, **__: cut_power(vault))
        else:
            replace = vault.replace_database
            patched.setattr(vault, "replace_database", lambda new, keys: (replace(new, keys), cut_power(vault)))
        patched.setattr(slot_file, "write_both", lambda *_: None)
        with pytest.raises((PowerCut, VaultClosedError)):
            rekey(vault)
    ask(folder)
    recovered = recover(template, folder)
    assert things(recovered) == ["before"]
    recovered.close()
    assert opens(template, folder, OTHER_PASSPHRASE)


def cut_power(vault: OpenVault) -> None:
    vault.close()
    raise PowerCut


def test_a_health_part_that_nobody_at_work_knows_keeps_the_secret(tmp_path: Path) -> None:
    template = make(tmp_path / "health", role="health")
    vault = template.open(template.folder)
    slot = recovery_set.find_recovery(vault)
    assert slot is not None
    renewed = recovery_set.under_next_key(vault, slot, bytes(32))
    assert renewed.public_key != slot.public_key
    assert renewed.sealed_health_part
    vault.use(replace(vault.unlocked, health_part=None))
    kept = recovery_set.under_next_key(vault, slot, bytes(32))
    assert (kept.public_key, kept.sealed_health_part) == (slot.public_key, slot.sealed_health_part)
    vault.close()
