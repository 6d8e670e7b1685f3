"""Backups, the third copy of the slots and the counts kept while locked: a flipped bit or a cut is told, or made good."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach_app.vault import counter_inbox, reserve, slot_file
from outreach_app.vault.backups import backup_file, list_backups, make_backup
from outreach_app.vault.errors import BackupDamagedError, BackupMissingError, VaultDamagedError
from outreach_app.vault.layout import BACKUPS, SLOT_COPY
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.restoring import restore_backup
from tests.support.clock import FakeClock
from tests.support.fault_disk import read_state
from tests.support.vaults import PASSPHRASE, Template, things

PAGE = 4096
WORDS = tuple(f"{number} " + "vinter " * (number * 41 % 300) for number in range(40))
COUNTS = tuple(f"print job {number}".encode() for number in range(4))
THIRD = f"{BACKUPS}/{SLOT_COPY}"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A vault with one backup and four counts that wait."""
    made = Template.made(tmp_path_factory.mktemp("vault"), *WORDS)
    vault = made.open(made.folder)
    make_backup(vault, clock=FakeClock())
    vault.close()
    (made.folder / reserve.NAME).unlink(missing_ok=True)  # eight MiB that no test here looks at
    for content in COUNTS:
        assert counter_inbox.append(made.folder, content)
    return Template(made.folder, made.migrations, slot_file.read_newest(made.folder), made.unlocked)


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << place % 8
    file.write_bytes(content)


def cut(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])


def restore(template: Template, folder: Path, name: str) -> OpenVault:
    return restore_backup(folder, PASSPHRASE, name, migrations=template.migrations, clock=FakeClock())


def only_backup(folder: Path) -> tuple[str, Path]:
    (info,) = list_backups(folder)
    return info.name, backup_file(folder, info)


def assert_refused(template: Template, folder: Path) -> None:
    """Restoring is refused and leaves the vault as it is."""
    name, _ = only_backup(folder)
    before = read_state(folder)
    with pytest.raises(BackupDamagedError):
        restore(template, folder, name)
    assert read_state(folder) == before


def test_flipped_bit_in_each_page_of_a_backup_is_told_before_anything_is_replaced(
    template: Template, tmp_path: Path
) -> None:
    folder = template.copy(tmp_path / "vault")
    _, file = only_backup(folder)
    whole = file.read_bytes()
    assert len(whole) > 12 * PAGE
    for place in [*range(77, len(whole), PAGE), 3, 16, PAGE - 80, PAGE - 1]:
        flip(file, place)
        assert_refused(template, folder)
        file.write_bytes(whole)
    restored = restore(template, folder, only_backup(folder)[0])
    assert things(restored) == list(WORDS)
    restored.close()


def test_backup_cut_at_each_page_is_told_or_no_longer_listed(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    name, file = only_backup(folder)
    whole = file.read_bytes()
    for kept in [*range(PAGE, len(whole), PAGE), PAGE + 1, len(whole) - 1]:
        cut(file, kept)
        assert_refused(template, folder)
        file.write_bytes(whole)
    for kept in (0, 1, PAGE - 1):
        cut(file, kept)
        assert list_backups(folder) == ()
        with pytest.raises(BackupMissingError):
            restore(template, folder, name)
        file.write_bytes(whole)


@pytest.mark.parametrize("damaged", [(THIRD,), ("slots.a", "slots.b")])
def test_one_whole_copy_of_the_slots_is_enough(template: Template, tmp_path: Path, damaged: tuple[str, ...]) -> None:
    folder = template.copy(tmp_path / "vault")
    copies = {name: (folder / name).read_bytes() for name in ("slots.a", "slots.b", THIRD)}
    size = len(copies[THIRD])
    for place in [*range(0, size, 211), size - 1]:
        for name in damaged:
            flip(folder / name, place)
        assert slot_file.read_newest(folder) == template.file
        template.open(folder).close()
        assert {name: (folder / name).read_bytes() for name in copies} == copies, "a damaged copy was not made good"
    for kept in (0, 1, 512, size - 1):
        for name in damaged:
            cut(folder / name, kept)
        template.open(folder).close()
        assert {name: (folder / name).read_bytes() for name in copies} == copies


def test_three_damaged_copies_of_the_slots_are_damage(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    before = read_state(folder)
    for place in range(0, len(template.file.mac) * 100, 307):
        for name in ("slots.a", "slots.b", THIRD):
            shutil.copy(template.folder / name, folder / name)
            flip(folder / name, place)
        with pytest.raises(VaultDamagedError):
            slot_file.read_newest(folder)
    for name in ("slots.a", "slots.b", THIRD):
        shutil.copy(template.folder / name, folder / name)
    assert read_state(folder) == before


def taken_in(template: Template, folder: Path) -> list[bytes]:
    vault = template.open(folder)
    found: list[bytes] = []
    counter_inbox.take_in(vault, lambda _, content: found.append(content))
    vault.close()
    assert not (folder / counter_inbox.NAME).exists()
    return found


def test_flipped_bit_in_a_count_loses_that_count_only(template: Template, tmp_path: Path) -> None:
    size = counter_inbox.RECORD_BYTES
    for number in range(len(COUNTS)):
        for place in (0, 1119, 1120, 1500, size - 1):
            folder = template.copy(tmp_path / f"{number} {place}")
            flip(folder / counter_inbox.NAME, number * size + place)
            assert taken_in(template, folder) == [each for each in COUNTS if each != COUNTS[number]]
            shutil.rmtree(folder)


def test_counts_cut_anywhere_keep_the_whole_ones_and_go_on(template: Template, tmp_path: Path) -> None:
    size = counter_inbox.RECORD_BYTES
    for kept in [*range(0, len(COUNTS) * size, 512), len(COUNTS) * size - 1]:
        folder = template.copy(tmp_path / str(kept))
        cut(folder / counter_inbox.NAME, kept)
        assert counter_inbox.append(folder, b"after the cut")
        assert taken_in(template, folder) == [*COUNTS[: kept // size], b"after the cut"]
        shutil.rmtree(folder)
