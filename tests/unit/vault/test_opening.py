"""Opening: each thing that may be wrong has its own answer, and nothing is changed or created by asking."""

from __future__ import annotations

import logging
import secrets
import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from outreach_app.errors import KnownError
from outreach_app.vault import meta, slot_file
from outreach_app.vault.backoff import Backoff
from outreach_app.vault.errors import (
    AnchorLostError,
    VaultDamagedError,
    VaultEmptyError,
    VaultForeignError,
    VaultMissingError,
    VaultNewerError,
    VaultRolledBackError,
    WaitBeforeTryError,
    WrongPassphraseError,
)
from outreach_app.vault.opening import open_vault
from outreach_app.vault.passphrase_change import change_passphrase
from outreach_app.vault.slots import SlotRequest, canonical, new_slot
from tests.support.clock import FakeClock
from tests.support.vaults import (
    CHEAP_COST,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    Template,
    add_thing,
    new_vault,
    reopened,
    things,
)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "vault.lock"}


def refused(template: Template, folder: Path, kind: type[KnownError], passphrase: str = PASSPHRASE) -> str:
    """Opening is refused with this answer, changes no file, and takes no lock that stays."""
    before = contents(folder)
    for _ in range(2):
        with pytest.raises(kind) as caught:
            reopened(folder, template.migrations, passphrase)
    assert contents(folder) == before
    return str(caught.value)


def test_right_passphrase_opens(template: Template, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        vault = reopened(folder, template.migrations, "  Cabin gentle NAPKIN orbit  wagon")
    assert things(vault) == ["first"]
    assert "vault_opened slots=1 seconds=0.0" in caplog.text
    vault.close()


def test_wrong_passphrase_has_its_own_answer(template: Template, folder: Path) -> None:
    assert "Check the words" in refused(template, folder, WrongPassphraseError, OTHER_PASSPHRASE)
    refused(template, folder, WrongPassphraseError, "")


@pytest.mark.parametrize("name", ["none", "empty"])
def test_no_vault_is_not_made(template: Template, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    refused(template, tmp_path / name, VaultMissingError)
    assert not (tmp_path / "none").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_empty_file_is_not_an_empty_vault(template: Template, folder: Path) -> None:
    (folder / "vault.db").write_bytes(b"")
    refused(template, folder, VaultEmptyError)


def test_plain_database_is_foreign(template: Template, folder: Path) -> None:
    (folder / "vault.db").unlink()
    plain = sqlite3.connect(folder / "vault.db")
    plain.execute("CREATE TABLE thing (id, word)")
    plain.commit()
    plain.close()
    refused(template, folder, VaultForeignError)


def test_file_without_slots_is_foreign(template: Template, tmp_path: Path) -> None:
    (tmp_path / "vault.db").write_text("shopping list")
    refused(template, tmp_path, VaultForeignError)


def test_lost_slots_are_damage(template: Template, folder: Path) -> None:
    for name in slot_file.NAMES:
        (folder / name).unlink()
    assert "slots" in refused(template, folder, VaultDamagedError)


def test_database_that_is_a_folder_is_damage(template: Template, folder: Path) -> None:
    (folder / "vault.db").unlink()
    (folder / "vault.db").mkdir()
    refused(template, folder, VaultDamagedError)


@pytest.mark.parametrize("size", [1, 15, 16, 100, 4096, 5000])
def test_other_content_is_damage(template: Template, folder: Path, size: int) -> None:
    (folder / "vault.db").write_bytes(secrets.token_bytes(size))
    refused(template, folder, VaultDamagedError)


def test_newer_slot_format_is_said(template: Template, folder: Path) -> None:
    for name in slot_file.NAMES:
        (folder / name).write_bytes(b'{"format":"outreach-slots/7"}')
    refused(template, folder, VaultNewerError)


@pytest.mark.parametrize("change", ["UPDATE vault_meta SET engine = engine + 1", "PRAGMA user_version = 99"])
def test_newer_tables_are_said(template: Template, folder: Path, change: str) -> None:
    vault = template.open(folder)
    with vault.transaction() as connection:
        connection.execute(change)
    vault.close()
    assert "newer version" in refused(template, folder, VaultNewerError)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("DROP TABLE vault_meta", VaultDamagedError), ("DELETE FROM vault_meta", VaultDamagedError),
        (f"UPDATE vault_meta SET vault_id = '{'c' * 32}'", VaultForeignError),
        ("UPDATE vault_meta SET step = step + 9", VaultRolledBackError),
        ("UPDATE vault_meta SET slot_generation = 2", VaultRolledBackError),
    ],
)  # fmt: skip
def test_wrong_engine_table_is_refused(
    template: Template, folder: Path, change: str, kind: type[KnownError]
) -> None:
    vault = template.open(folder)
    vault.connection.execute(change)
    vault.close()
    refused(template, folder, kind)


def test_old_database_put_back_is_noticed(template: Template, folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "vault.db", tmp_path / "old.db")
    vault = template.open(folder)
    for word in ("second", "third"):
        add_thing(vault, word)
    vault.close()
    shutil.copy(tmp_path / "old.db", folder / "vault.db")
    assert "put back" in refused(template, folder, VaultRolledBackError)


def test_database_of_a_twin_put_in_place_is_noticed(template: Template, folder: Path, tmp_path: Path) -> None:
    twin = template.copy(tmp_path / "twin")
    for each, word in ((folder, "mine"), (twin, "theirs")):
        vault = template.open(each)
        add_thing(vault, word)
        vault.close()
    shutil.copy(twin / "vault.db", folder / "vault.db")
    refused(template, folder, VaultRolledBackError)


def test_old_anchors_put_back_are_noticed(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    for word in ("second", "third"):
        add_thing(vault, word)
    vault.close()
    for name in ("anchor.0", "anchor.1"):
        shutil.copy(template.folder / name, folder / name)
    refused(template, folder, VaultRolledBackError)


def test_lost_anchors_are_said(template: Template, folder: Path) -> None:
    (folder / "anchor.0").unlink()
    (folder / "anchor.1").unlink()
    refused(template, folder, AnchorLostError)


def test_anchor_one_step_behind_is_made_good(template: Template, folder: Path) -> None:
    vault = template.open(folder)
    add_thing(vault, "second")
    vault.close()
    for name in ("anchor.0", "anchor.1"):
        shutil.copy(template.folder / name, folder / name)
    again = template.open(folder)
    add_thing(again, "third")
    again.close()
    last = template.open(folder)
    assert things(last) == ["first", "second", "third"]
    last.close()


def test_damaged_copy_of_the_slots_is_renewed(template: Template, folder: Path) -> None:
    (folder / "slots.b").write_bytes(b"nonsense")
    reopened(folder, template.migrations).close()
    assert (folder / "slots.b").read_bytes() == (folder / "slots.a").read_bytes()


def test_foreign_database_under_our_slots_is_refused(template: Template, folder: Path, tmp_path: Path) -> None:
    new_vault(tmp_path / "other", template.migrations).close()
    shutil.copy(tmp_path / "other" / "vault.db", folder / "vault.db")
    refused(template, folder, VaultDamagedError)


def test_wrong_tries_have_to_wait(template: Template, folder: Path) -> None:
    clock = FakeClock()
    backoff = Backoff(folder, clock)
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            open_vault(folder, OTHER_PASSPHRASE, migrations=template.migrations, clock=clock, backoff=backoff)
    with pytest.raises(WaitBeforeTryError):
        open_vault(folder, PASSPHRASE, migrations=template.migrations, clock=clock, backoff=backoff)
    clock.advance(seconds=2)
    open_vault(folder, PASSPHRASE, migrations=template.migrations, clock=clock, backoff=backoff).close()
    assert Backoff(folder, clock).wrong_tries == 0


def test_second_slot_opens_too(template: Template, folder: Path) -> None:
    keys, header = template.unlocked.keys, template.file.slots[0].header
    request = SlotRequest(header.vault_id, "d" * 32, "supervisor", header.made_at, CHEAP_COST)
    second = new_slot(request, OTHER_PASSPHRASE, keys, None).slot
    slot_file.write_both(folder, slot_file.authenticated(header.vault_id, 1, [*template.file.slots, second], keys))
    vault = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert (vault.role, vault.slot_id) == ("supervisor", "d" * 32)
    vault.close()


def test_changed_passphrase(template: Template, folder: Path, tmp_path: Path) -> None:
    vault = reopened(folder, template.migrations)
    with pytest.raises(WrongPassphraseError):
        change_passphrase(vault, OTHER_PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    change_passphrase(vault, OTHER_PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
    assert meta.read(vault.connection).slot_generation == 3
    add_thing(vault, "second")
    vault.close()
    refused(template, folder, WrongPassphraseError)
    again = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert things(again) == ["first", "second"]
    again.close()
    for name in slot_file.NAMES:  # the old slots put back: the old passphrase would open them
        shutil.copy(template.folder / name, folder / name)
    refused(template, folder, VaultRolledBackError)


@pytest.mark.parametrize("done", ["file", "file and vault"])
def test_change_that_was_cut_is_finished_at_the_next_opening(template: Template, folder: Path, done: str) -> None:
    header, keys = template.file.slots[0].header, template.unlocked.keys
    request = SlotRequest(header.vault_id, header.slot_id, header.role, header.made_at, CHEAP_COST)
    slots = (new_slot(request, OTHER_PASSPHRASE, keys, None).slot,)
    changed = slot_file.signed(msgspec.structs.replace(template.file, generation=2, slots=slots), keys)
    slot_file.write_older(folder, changed)
    if done == "file and vault":
        vault = template.open(folder)
        with vault.transaction() as connection:
            meta.write_slot_generation(connection, 2)
        vault.close()
        slot_file.replace_durably(folder / "slots.b", canonical(template.file))
        slot_file.replace_durably(folder / "slots.a", canonical(changed))
    refused(template, folder, WrongPassphraseError)
    vault = reopened(folder, template.migrations, OTHER_PASSPHRASE)
    assert meta.read(vault.connection).slot_generation == 2
    vault.close()
    assert {(folder / name).read_bytes() for name in slot_file.NAMES} == {canonical(changed)}
