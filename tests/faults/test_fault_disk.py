"""The disk of the power cuts: what was synced stays, what was not may go, and the shim's log tells all there is to tell."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from tests.support import fault_shim
from tests.support.fault_disk import RULES, Disk, State, read_state
from tests.support.fault_log import Event, read_log

EVERY_CALL = """
import os, shutil, sys
from pathlib import Path
from tests.support.fault_shim import Shim
folder, log = Path(sys.argv[1]), Path(sys.argv[2])
shim = Shim()
with shim.watching(folder, log=log):
    (folder / "new").write_bytes(b"first" * 1000)
    with (folder / "new").open("r+b", buffering=0) as stream:
        stream.seek(4000); stream.write(b"later"); os.fsync(stream.fileno())
        os.pwrite(stream.fileno(), b"beyond", 9000); os.ftruncate(stream.fileno(), 9003)
        os.writev(stream.fileno(), [b"one", b"two"])
    with (folder / "new").open("ab") as stream:
        stream.write(b"at the end"); stream.flush(); os.fdatasync(stream.fileno())
    shim.mark("half")
    os.truncate(folder / "old", 3); (folder / "again").write_bytes(b"x"); (folder / "again").write_bytes(b"")
    shutil.copyfile(folder / "new", folder / "copied"); os.link(folder / "copied", folder / "second name")
    (folder / "second name").open("r+b").write(b"both change")
    (folder / "deep" / "er").mkdir(parents=True); (folder / "deep" / "er" / "file").write_bytes(b"below")
    (folder / "deep").rename(folder / "moved"); os.replace(folder / "moved" / "er" / "file", folder / "up")
    (folder / "gone").write_bytes(b"soon"); (folder / "gone").unlink(); (folder / "moved" / "er").rmdir()
    with (folder / "room").open("wb") as stream: os.posix_fallocate(stream.fileno(), 0, 70000)
    shutil.copytree(folder / "tree", folder / "tree2"); shutil.rmtree(folder / "tree")
    with (folder / "deleted").open("wb") as stream: (folder / "deleted").unlink(); stream.write(b"nowhere")
    handle = os.open(folder, os.O_RDONLY); os.fsync(handle); os.close(handle)
    os.chdir(folder); Path("relative").write_bytes(b"r")
"""


@pytest.mark.parametrize("rule", RULES)
def test_log_replayed_in_full_gives_the_same_files(shim: Path, tmp_path: Path, rule: str) -> None:
    before, folder, log = tmp_path / "before", tmp_path / "folder", tmp_path / "log"
    for place in (before, folder):
        (place / "tree" / "low").mkdir(parents=True)
        (place / "old").write_bytes(b"old content")
        (place / "tree" / "low" / "leaf").write_bytes(b"leaf")
    command, environment = fault_shim.command_and_environment(shim, ["-c", EVERY_CALL, str(folder), str(log)])
    subprocess.run(command, env=environment, cwd=fault_shim.ROOT, check=True, timeout=60)
    events = read_log(log)
    assert {event.letter for event in events} == set("WSDTCMRLUK")
    disk = Disk(before, rule)
    for event in events:
        disk.play(event)
    assert disk.now() == read_state(folder)
    assert disk.after_power_cut("everything", random.Random(1)) == read_state(folder)


def wrote(path: str, data: bytes, offset: int = 0) -> Event:
    return Event("W", path, "", offset, data)


def called(letter: str, path: str = "", second: str = "", size: int = 0) -> Event:
    return Event(letter, path, second, size, b"")


def found(folder: Path, rule: str, *events: Event, tries: int = 200) -> list[State]:
    """Return the different states that a power cut after these calls may leave."""
    disk = Disk(folder, rule)
    for event in events:
        disk.play(event)
    states: list[State] = []
    for number in range(tries):
        state = disk.after_power_cut("by chance", random.Random(number))
        if state not in states:
            states.append(state)
    return states


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "file").write_bytes(b"o" * 1024)
    return tmp_path / "disk"


@pytest.mark.parametrize("rule", RULES)
def test_what_was_synced_stays(folder: Path, rule: str) -> None:
    synced = [wrote("file", b"n" * 1024), called("S", "file")]
    assert found(folder, rule, *synced) == [{"file": b"n" * 1024}]
    after = found(folder, rule, *synced, wrote("file", b"later", 3))
    assert sorted(state["file"][:10] for state in after if state["file"]) == [b"nnnlaternn", b"n" * 10]


@pytest.mark.parametrize("rule", RULES)
def test_a_write_that_was_not_synced_is_torn_at_sectors(folder: Path, rule: str) -> None:
    old, new = b"o" * 512, b"n" * 512
    states = found(folder, rule, wrote("file", new + new))
    assert sorted(str(state["file"]) for state in states) == sorted(map(str, (old + old, old + new, new + old, new + new)))


def test_a_rename_waits_for_its_folder(folder: Path) -> None:
    replaced = [called("C", "new"), wrote("new", b"new"), called("S", "new"), called("R", "new", "file")]
    for rule in RULES:
        states = found(folder, rule, *replaced)
        assert {len(state["file"] or b"") for state in states} == {3, 1024}
        assert all(state["file"] in {b"new", b"o" * 1024} for state in states)
        assert found(folder, rule, *replaced, called("D")) == [{"file": b"new"}]


def test_a_rename_without_a_sync_before_may_leave_nothing_in_the_file(folder: Path) -> None:
    careless = [called("C", "new"), wrote("new", b"new"), called("R", "new", "file"), called("D")]
    assert {"file": b""} in found(folder, "ordered", *careless)


def test_folders_wait_for_each_other_only_where_the_disk_has_one_journal(folder: Path) -> None:
    made = [called("M", "a"), called("M", "b"), called("D"), called("C", "a/x"), called("C", "b/y")]
    second_without_first = {"a": None, "b": None, "b/y": b"", "file": b"o" * 1024}
    assert second_without_first in found(folder, "strict", *made)
    assert second_without_first not in found(folder, "ordered", *made)


@pytest.mark.parametrize("rule", RULES)
def test_no_file_is_lost_by_a_rename(folder: Path, rule: str) -> None:
    moved = [called("M", "a"), called("D"), called("R", "file", "a/file")]
    for events in (moved, [*moved, called("D")], [*moved, called("D", "a")]):
        assert all("file" in state or "a/file" in state for state in found(folder, rule, *events))
