"""Erasing a whole vault: at no moment after the mark does anything open, and whoever comes next finishes it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest

from outreach_app.errors import DiskFullError
from outreach_app.program import Program
from outreach_app.settings import Settings, save_settings, settings_file
from outreach_app.vault import backoff, counter_inbox, erasing, layout, recovery_pending, reserve, slot_file
from outreach_app.vault.backups import make_backup
from outreach_app.vault.erasing import begin_erasing, finish_erasing, is_erasing
from outreach_app.vault.errors import BackupMissingError, VaultInUseError, VaultMissingError
from outreach_app.vault.lock_file import VaultLock
from outreach_app.vault.restoring import restore_backup
from tests.support.clock import FakeClock
from tests.support.snapshots import power_cuts
from tests.support.vaults import PASSPHRASE, Template, new_vault, reopened


@pytest.fixture
def full(template: Template, tmp_path: Path) -> Path:
    """A vault with a backup and one of every file a vault's folder can hold."""
    folder = template.copy(tmp_path / "full")
    vault = template.open(folder)
    make_backup(vault, clock=FakeClock())
    vault.close()
    for name in (layout.COUNTER_INBOX, layout.RECOVERY_PENDING, layout.RESERVE, layout.TRIES, layout.REBUILT, "slots.a.new"):
        (folder / name).write_bytes(b"x" * 5000)
    (folder / layout.KEPT / "20260302T200000Z").mkdir(parents=True)
    (folder / layout.KEPT / "20260302T200000Z" / "vault.db").write_bytes(b"damaged")
    return folder


def opens(folder: Path, template: Template) -> bool:
    """Try every way in: opening, and each backup."""
    for way in (lambda: reopened(folder, template.migrations), lambda: restored(folder, template)):
        try:
            way().close()
        except (VaultMissingError, BackupMissingError):
            continue
        return True
    return False


def restored(folder: Path, template: Template) -> Any:
    name = next((file.stem for file in (folder / "backups").glob("*.db")), "none")
    return restore_backup(folder, PASSPHRASE, name, migrations=template.migrations, clock=FakeClock())


def test_nothing_of_ours_is_left_and_what_is_not_ours_stays(full: Path) -> None:
    (full / "letter.txt").write_text("not ours")
    begin_erasing(full)
    assert finish_erasing(full)
    assert [path.name for path in full.rglob("*")] == ["letter.txt"]
    assert not finish_erasing(full)


def test_the_settings_beside_it_go_too_and_a_strange_file_of_their_name_stays(full: Path) -> None:
    assert save_settings(full, Settings(last_slot="e" * 32))
    begin_erasing(full)
    finish_erasing(full)
    assert not settings_file(full).exists()
    for strange in (b'{"editor": "not ours"}', b"", b"[" * 20_000):
        settings_file(full).write_bytes(strange)
        begin_erasing(full)
        finish_erasing(full)
        assert settings_file(full).read_bytes() == strange


def test_before_the_mark_stands_nothing_is_touched(full: Path) -> None:
    before = sorted(path.name for path in full.rglob("*"))
    assert not finish_erasing(full)
    (full / layout.ERASING).write_text("a file that only has the name")
    assert not is_erasing(full)
    assert not finish_erasing(full)
    assert sorted(path.name for path in full.rglob("*") if path.name != layout.ERASING) == before


def test_power_cut_at_any_moment_leaves_nothing_that_opens(full: Path, template: Template, tmp_path: Path) -> None:
    with power_cuts(full, tmp_path / "cuts") as cuts:
        begin_erasing(full)
        marked = len(cuts)
        finish_erasing(full)
    assert len(cuts) - marked > 20
    whole = [folder for folder in cuts[:marked] if not is_erasing(folder)]
    assert whole, "before the mark everything is there"
    for number, cut in enumerate(cuts[marked:]):
        left = Path(shutil.copytree(cut, tmp_path / f"left{number}"))
        assert not opens(left, template), number
        assert {path.name for path in left.rglob("*") if path.is_file()} <= {"vault.lock"}, "it is finished by whoever comes next"


def test_slots_are_unreadable_before_anything_else_goes(full: Path, tmp_path: Path) -> None:
    with power_cuts(full, tmp_path / "cuts") as cuts:
        begin_erasing(full)
        finish_erasing(full)
    for cut in cuts:
        database_gone = not (cut / layout.DATABASE).exists()
        anchors_gone = not (cut / layout.ANCHOR_FILES[0]).exists()
        if database_gone or anchors_gone:
            assert [path for path in slot_file.copies(cut) if path.exists()] == []
            assert not (cut / layout.RECOVERY_PENDING).exists()


def test_the_first_page_finishes_what_was_begun_and_a_new_vault_can_be_made(full: Path, template: Template) -> None:
    begin_erasing(full)
    assert not Program(full).vault_exists()
    assert not is_erasing(full)
    new_vault(full, template.migrations).close()
    reopened(full, template.migrations).close()


def test_creating_finishes_it_too(full: Path, template: Template) -> None:
    begin_erasing(full)
    new_vault(full, template.migrations).close()
    assert (full / layout.DATABASE).exists()


def test_a_full_disk_stops_nobody_while_there_is_the_reserve(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = erasing.replace_durably

    def no_room(file: Path, content: bytes) -> None:
        if (full / layout.RESERVE).exists():
            raise OSError(errno.ENOSPC, "full")
        real(file, content)

    monkeypatch.setattr(erasing, "replace_durably", no_room)
    begin_erasing(full)
    assert is_erasing(full)


def test_a_full_disk_without_the_reserve_is_told(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_file: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(erasing, "replace_durably", no_room)
    (full / layout.RESERVE).unlink()
    with pytest.raises(DiskFullError):
        begin_erasing(full)
    assert not is_erasing(full)


def test_two_programs_do_not_erase_at_once(full: Path) -> None:
    begin_erasing(full)
    lock = VaultLock(full)
    with pytest.raises(VaultInUseError):
        finish_erasing(full)
    assert Program(full).vault_exists(), "told when somebody unlocks"
    lock.release()
    assert finish_erasing(full)


def test_every_file_a_module_writes_is_known_here() -> None:
    names = {counter_inbox.NAME, recovery_pending.NAME, reserve.NAME, backoff.NAME}
    assert names == {layout.COUNTER_INBOX, layout.RECOVERY_PENDING, layout.RESERVE, layout.TRIES}
