"""A forgotten passphrase at the vault: the slot gets a new one, the secret is replaced, a kill leaves a way in."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import audit, recovery_opening, recovery_pending, recovery_set, slot_file
from outreach_app.vault.errors import (
    NotRecoverableError,
    RecoveryAnswerWrongError,
    RecoveryNotAskedError,
    RecoveryOutdatedError,
    WorkerRemovedError,
    WrongPassphraseError,
)
from outreach_app.vault.open_vault import OpenVault
from tests.support.recovery import PowerCut, actions, ask, make, opens, recover, secret_of
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE, Template, add_thing, reopened, things


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make(tmp_path_factory.mktemp("recoverable"))


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    return template.copy(tmp_path / "vault")


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


def test_other_workers_slots_are_not_touched(template: Template, folder: Path) -> None:
    listed = recovery_opening.list_slots_to_recover(folder)
    assert [(slot.role, slot.key_file) for slot in listed] == [("outreach", False)]
    assert recovery_opening.is_recoverable(folder)
