"""The reserve: made where there is room, given up so that what is being written can be saved."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import reserve
from outreach_app.vault.open_vault import OpenVault
from tests.support.full_disk import LimitedProcess, SmallDisk, small_disk
from tests.support.vaults import Template, add_thing, reopened, things


class Usage(NamedTuple):
    """What the system says of a disk, in bytes."""

    total: int
    used: int
    free: int


def test_opening_makes_it_and_nobody_else_reads_it(template: Template, folder: Path) -> None:
    reopened(folder, template.migrations).close()
    file = folder / reserve.NAME
    assert file.stat().st_size == reserve.BYTES
    assert file.stat().st_blocks * 512 >= reserve.BYTES, "a file with holes sets nothing aside"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_nearly_full_disk_is_left_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 20, 80 << 20, 20 << 20))
    reserve.make(tmp_path)
    assert not (tmp_path / reserve.NAME).exists()


def test_one_of_the_wrong_size_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / reserve.NAME).write_bytes(b"cut off")
    reserve.make(tmp_path)
    assert (tmp_path / reserve.NAME).stat().st_size == reserve.BYTES


def test_where_nothing_can_be_written_there_is_none(tmp_path: Path) -> None:
    reserve.make(tmp_path / "missing")
    assert not reserve.give_up(tmp_path / "missing")
    assert not reserve.is_needed(tmp_path / "missing")


def nearly_full(disk: SmallDisk | LimitedProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    if isinstance(disk, SmallDisk):
        disk.fill(leave_bytes=8192)
    else:  # an ordinary user cannot have a disk of her own: it only says that it is full
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 20, 100 << 20, 8192))


def with_reserve(template: Template, folder: Path) -> OpenVault:
    vault = template.open(template.copy(folder))
    (folder / reserve.NAME).write_bytes(bytes(reserve.BYTES))
    return vault


def write_much(vault: OpenVault, *, refused: bool) -> None:
    with vault.transaction() as connection:
        connection.execute("INSERT INTO thing (word) VALUES (?)", ("vinter " * 40_000,))
        if refused:
            raise DiskFullError


def test_a_full_disk_still_takes_what_is_being_written(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path, megabytes=24) as disk:
        vault = with_reserve(template, disk.folder / "vault")
        nearly_full(disk, monkeypatch)
        add_thing(vault, "vinter " * 40_000)
        assert vault.reserve_given_up
        assert not (vault.folder / reserve.NAME).exists()
        assert len(things(vault)) == 2
        vault.close()


def test_a_disk_that_fills_up_within_a_change_gives_it_up_for_the_next(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path, megabytes=24) as disk:
        vault = with_reserve(template, disk.folder / "vault")
        nearly_full(disk, monkeypatch)
        monkeypatch.setattr(reserve, "is_needed", lambda _: False)
        with pytest.raises(DiskFullError):
            write_much(vault, refused=not isinstance(disk, SmallDisk))
        assert vault.reserve_given_up
        add_thing(vault, "vinter " * 40_000)
        vault.close()
