"""Making and renewing the recovery slot: the health part, a change of keys, and who left."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from outreach_app.vault import recovery_opening, recovery_set, rekeying, slot_file
from outreach_app.vault.errors import (
    RecoveryAnswerWrongError,
    RecoveryOutdatedError,
    VaultClosedError,
)
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.rekeying import rekey
from tests.support.recovery import PowerCut, ask, make, opens, recover, secret_of
from tests.support.vaults import OTHER_PASSPHRASE, Template, reopened, things


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make(tmp_path_factory.mktemp("recoverable"))


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    return template.copy(tmp_path / "vault")


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


def test_the_health_part_of_who_stays_keeps_the_secret_where_it_is_not_known(tmp_path: Path) -> None:
    template = make(tmp_path / "health", role="health")
    vault = template.open(template.folder)
    file = slot_file.read_newest(vault.folder)
    before = file.recovery
    assert before is not None
    renewed = recovery_set.under_next_key(vault, file, bytes(32))
    assert renewed is not None
    assert renewed.public_key != before.public_key
    assert renewed.sealed_health_part
    vault.use(replace(vault.unlocked, health_part=None))
    kept = recovery_set.under_next_key(vault, file, bytes(32))
    assert kept is not None
    assert (kept.public_key, kept.sealed_health_part) == (before.public_key, before.sealed_health_part)
    given_up = recovery_set.under_next_key(vault, file, bytes(32), leaving=vault.slot_id)
    assert given_up is not None
    assert (given_up.public_key != before.public_key, given_up.sealed_health_part) == (True, b"")
    vault.close()


def test_without_a_recovery_slot_a_new_key_makes_none(tmp_path: Path) -> None:
    template = Template.made(tmp_path)
    vault = template.open(template.folder)
    assert recovery_set.under_next_key(vault, slot_file.read_newest(vault.folder), bytes(32)) is None
    vault.close()


def test_a_wrong_secret_proves_nothing(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    head = ask_head(folder)
    with pytest.raises(RecoveryAnswerWrongError):
        recovery_set.prove(vault, head, bytes(32))
    assert recovery_set.prove(vault, head, secret_of(folder)) is None
    with pytest.raises(RecoveryOutdatedError):
        recovery_set.prove(vault, "00" * 32, secret_of(folder))
    vault.close()


def ask_head(folder: Path) -> str:
    return recovery_opening.find_recoverable(folder).head.hex()
