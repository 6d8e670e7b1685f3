"""A full disk: the change is refused with a calm sentence, everything before stays, and after making room it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from outreach_app.errors import DiskFullError, KnownError
from outreach_app.vault.errors import DiskFaultError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import vault_exists
from outreach_app.vault.passphrase_change import change_passphrase
from tests.support.clock import FakeClock
from tests.support.full_disk import LimitedProcess, SmallDisk, limited_process, small_disk
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

Disk = SmallDisk | LimitedProcess
REFUSED = (DiskFullError, DiskFaultError)  # a limit on file sizes shows as a fault, not as a full disk
LONG = "vinter " * 40_000


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.made(tmp_path_factory.mktemp("vault"), "first")


@pytest.fixture(params=["small disk", "limited process"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    kinds: dict[str, AbstractContextManager[Disk]] = {
        "small disk": small_disk(tmp_path),
        "limited process": limited_process(tmp_path),
    }
    with kinds[request.param] as disk:
        yield disk


def test_change_is_refused_and_nothing_is_lost(template: Template, disk: Disk) -> None:
    folder = template.copy(disk.folder / "vault")
    vault = template.open(folder)
    disk.fill()
    for _ in range(3):
        with pytest.raises(REFUSED) as refused:
            add_thing(vault, LONG)
        assert str(refused.value).endswith(".")
        assert things(vault) == ["first"]
    disk.free()
    add_thing(vault, LONG)
    assert vault.check() == ()
    vault.close()
    again = template.open(folder)
    assert things(again) == ["first", LONG]
    again.close()


def test_acknowledged_changes_stay_while_the_disk_fills(template: Template, disk: Disk) -> None:
    vault = template.open(template.copy(disk.folder / "vault"))
    disk.fill(leave_bytes=200_000)
    acknowledged = ["first"]
    with pytest.raises(REFUSED):
        _add_until_refused(vault, acknowledged)
    assert len(acknowledged) > 3
    assert things(vault) == acknowledged
    vault.close()
    disk.free()
    again = template.open(vault.folder)
    assert things(again) == acknowledged
    assert again.check() == ()
    again.close()


def _add_until_refused(vault: OpenVault, acknowledged: list[str]) -> None:
    for number in range(1000):
        word = f"{number} " + "x" * 7000
        add_thing(vault, word)
        acknowledged.append(word)


def test_opening_on_a_full_disk_works_for_reading(template: Template, disk: Disk) -> None:
    folder = template.copy(disk.folder / "vault")
    disk.fill()
    vault = reopened(folder, template.migrations)
    assert things(vault) == ["first"]
    vault.close()


def test_creating_on_a_full_disk_leaves_no_vault(template: Template, disk: Disk) -> None:
    folder = disk.folder / "vault"
    folder.mkdir()
    disk.fill()
    with pytest.raises(REFUSED):
        new_vault(folder, template.migrations)
    assert not vault_exists(folder)
    disk.free()
    new_vault(folder, template.migrations).close()


def test_passphrase_change_on_a_full_disk_leaves_the_old_one(template: Template, tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        folder = template.copy(disk.folder / "vault")
        vault = reopened(folder, template.migrations)
        disk.fill()
        with pytest.raises(KnownError):
            change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
        vault.close()
        disk.free()
        reopened(folder, template.migrations).close()
