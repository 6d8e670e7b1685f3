"""A second program, a killed program, a folder that may only be read: nothing acknowledged is lost, each has its answer."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from outreach_app.errors import FolderNotWritableError
from outreach_app.vault.errors import VaultInUseError, WrongPassphraseError
from outreach_app.vault.opening import vault_exists
from tests.support.vault_child import started
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE, Template, add_thing, new_vault, reopened, things

pytestmark = pytest.mark.real_derivation
KILLS = 6
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.made(tmp_path_factory.mktemp("vault"))


def said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def test_second_program_is_told(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    child = started("hold", folder, template.migrations)
    assert said(child) == "open"
    with pytest.raises(VaultInUseError):
        reopened(folder, template.migrations)
    (folder / "vault.lock").unlink()  # someone tidies up: the database's own lock still holds
    with pytest.raises(VaultInUseError):
        reopened(folder, template.migrations)
    child.communicate("", timeout=60)
    vault = reopened(folder, template.migrations)
    add_thing(vault, "free again")
    vault.close()


def test_lock_of_a_killed_program_is_free(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    child = started("hold", folder, template.migrations)
    assert said(child) == "open"
    child.kill()
    child.communicate(timeout=60)
    reopened(folder, template.migrations).close()


@pytest.mark.parametrize("what", ["folder", "file", "unreadable file", "lock"])
def test_folder_that_may_only_be_read_is_said(template: Template, tmp_path: Path, what: str) -> None:
    folder = template.copy(tmp_path / "vault")
    target, mode = {
        "folder": (folder, 0o500),
        "file": (folder / "vault.db", 0o400),
        "unreadable file": (folder / "vault.db", 0o000),
        "lock": (folder / "vault.lock", 0o400),
    }[what]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    target.chmod(mode)
    child = started("try", folder, template.migrations, *(WITHOUT_RIGHTS if os.geteuid() == 0 else ()))
    out, _ = child.communicate(timeout=60)
    target.chmod(0o700)
    assert out.split() == [FolderNotWritableError.__name__]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_creating_in_a_folder_that_may_only_be_read_is_said(template: Template, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir(mode=0o500)
    (folder / "other.txt").write_text("so that the rights are left alone")
    folder.chmod(0o500)
    child = started("create", folder, template.migrations, *(WITHOUT_RIGHTS if os.geteuid() == 0 else ()))
    out, _ = child.communicate(timeout=60)
    assert out.split() == [FolderNotWritableError.__name__]
    assert [path.name for path in folder.iterdir()] == ["other.txt"]
    folder.chmod(0o700)


def test_kill_during_commits_loses_nothing_acknowledged(template: Template, tmp_path: Path) -> None:
    chance = random.Random(21)
    folder = template.copy(tmp_path / "vault")
    known: list[str] = []
    for _ in range(KILLS):
        with started("commit", folder, template.migrations) as child:
            assert child.stdout is not None
            assert said(child) == "0"
            time.sleep(chance.random() / 10)
            child.kill()
            out = child.stdout.read()  # not communicate, which would pass over what was read ahead with the first line
        whole_lines = out[: out.rfind("\n") + 1].split()
        acknowledged = ["0", *whole_lines]
        vault = template.open(folder)
        stored = [word.split()[0] for word in things(vault)]
        assert vault.check() == ()
        vault.close()
        fresh = stored[len(known) :]
        assert stored[: len(known)] == known
        assert fresh in (acknowledged, [*acknowledged, str(len(acknowledged))])  # one more may have been durable already
        known = stored


@pytest.mark.parametrize("wait", [0.0, 0.02, 0.08])
def test_kill_during_creation_leaves_nothing_that_opens_as_empty(
    template: Template, tmp_path: Path, wait: float
) -> None:
    folder = tmp_path / "vault"
    child = started("create", folder, template.migrations)
    limit = time.monotonic() + 60
    while not (folder / "creating").exists() and child.poll() is None and time.monotonic() < limit:
        time.sleep(0.001)
    time.sleep(wait)
    child.kill()
    child.communicate(timeout=60)
    if vault_exists(folder):
        reopened(folder, template.migrations).close()
        shutil.rmtree(folder)
    vault = new_vault(folder, template.migrations)
    assert things(vault) == []
    vault.close()


def test_kill_during_a_passphrase_change_leaves_exactly_one_that_works(template: Template, tmp_path: Path) -> None:
    chance = random.Random(22)
    for number in range(3):
        folder = template.copy(tmp_path / str(number))
        child = started("change", folder, template.migrations)
        assert said(child) == "open"
        time.sleep(chance.random() / 2)
        child.kill()
        child.communicate(timeout=60)
        working = [words for words in (PASSPHRASE, OTHER_PASSPHRASE) if _opens(folder, template.migrations, words)]
        assert len(working) == 1


def _opens(folder: Path, migrations: Path, passphrase: str) -> bool:
    try:
        reopened(folder, migrations, passphrase).close()
    except WrongPassphraseError:
        return False
    return True
