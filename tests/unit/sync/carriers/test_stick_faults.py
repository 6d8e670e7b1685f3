"""Sticks that fill up, take no writing, are pulled out in the middle, or forget: a clear sentence, and nothing half-written."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach_app.clock import SystemClock
from outreach_app.errors import KnownError
from outreach_app.sync.carriers import stick_files
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.carriers.stick_files import read_plain, write_whole
from outreach_app.sync.errors import (
    StickFullError,
    StickGoneError,
    StickProtectedError,
    StickReadBackError,
    StickUnusableError,
)
from tests.support.full_disk import small_disk
from tests.support.mailboxes import batch
from tests.support.sticks import write_batch

BATCH = batch()
NAME = f"outreach-batch-{BATCH.sha512[:32]}.ob1"
CALLS = ("open", "fsync", "replace", "stat", "fstat", "scandir", "unlink")
ERRORS = {
    errno.EIO: StickGoneError, errno.ENODEV: StickGoneError, errno.ENOENT: StickGoneError,
    errno.ENOSPC: StickFullError, errno.EROFS: StickProtectedError, errno.EINVAL: StickUnusableError,
}  # fmt: skip


class FailingOs:
    """The functions of ``os`` on one stick; call number ``at`` fails, and every one after it while it is pulled out."""

    def __init__(self, patched: pytest.MonkeyPatch, folder: Path, at: int, code: int, *, pulled_out: bool) -> None:
        self.folder = str(folder)
        self.at = at
        self.code = code
        self.pulled_out = pulled_out
        self.number = 0
        for name in CALLS:
            patched.setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if self._is_ours(arguments[0]):
                self.number += 1
                if self.number - 1 == self.at or (self.pulled_out and self.number > self.at):
                    raise OSError(self.code, "as told")
            return real(*arguments, **named)

        return call

    def _is_ours(self, where: object) -> bool:
        return isinstance(where, int) or str(where).startswith(self.folder)


def calls_of_one_write(folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patched:
        counting = FailingOs(patched, folder, -1, 0, pulled_out=False)
        StickFolder(folder).put_batch(BATCH.data)
        return counting.number


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    found = calls_of_one_write(tmp_path_factory.mktemp("counted"))
    assert found > 8
    return found


@pytest.mark.parametrize("pulled_out", [False, True])
@pytest.mark.parametrize("code", list(ERRORS))
def test_an_error_at_any_call_is_one_sentence_and_nothing_half_written_counts(
    tmp_path: Path, calls: int, code: int, pulled_out: bool
) -> None:
    for at in range(calls):
        folder = tmp_path / str(at)
        folder.mkdir()
        said = None
        with pytest.MonkeyPatch.context() as patched:
            FailingOs(patched, folder, at, code, pulled_out=pulled_out)
            try:
                StickFolder(folder).put_batch(BATCH.data)
            except (ERRORS[code], StickReadBackError) as error:
                said = error.sentence()
        there = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        assert there in ([], [NAME])
        assert said is None or "Nothing was lost" in said
        if said is None:
            assert (folder / NAME).read_bytes() == BATCH.data, "sent is said of what is there"
        StickFolder(folder).put_batch(BATCH.data)
        assert (folder / NAME).read_bytes() == BATCH.data
        assert [row.sha512 for row in StickFolder(folder).list_batches()] == [BATCH.sha512]


def test_what_stood_there_stands_when_the_stick_spoils_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = tmp_path / "outreach-letter.ol1"
    letter.write_bytes(b"before")
    with monkeypatch.context() as patched:
        patched.setattr(stick_files, "_write_flushed", lambda path, data: path.write_bytes(data[:-1] + b"\0"))
        with pytest.raises(StickReadBackError, match="did not keep"):
            write_whole(tmp_path, letter.name, b"after")
    assert letter.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_stick_that_forgets_after_the_renaming_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(stick_files, "_flush_folder", lambda folder: (folder / NAME).unlink())
        with pytest.raises(StickReadBackError):
            write_batch(tmp_path, BATCH)


def test_a_really_full_stick(tmp_path: Path) -> None:
    with small_disk(tmp_path, megabytes=2) as disk:
        road = StickFolder(disk.folder)
        road.put_batch(BATCH.data)
        disk.fill(leave_bytes=4096)
        with pytest.raises(StickFullError, match="Use another stick"):
            road.put_batch(batch(2, lines=(b'{"id":"%s"}' % os.urandom(40_000).hex().encode(),)).data)
        assert [row.sha512 for row in road.list_batches()] == [BATCH.sha512]
        assert [path.name for path in disk.folder.iterdir() if path.name.startswith(".")] == []
        disk.free()
        road.put_batch(batch(2).data)
        assert len(road.list_batches()) == 2


def test_a_really_write_protected_stick(tmp_path: Path) -> None:
    folder = tmp_path / "protected"
    folder.mkdir()
    write_batch(folder, BATCH)
    mounted = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False, timeout=30)
    if mounted.returncode != 0:  # an ordinary user: the folder's own rights bite
        folder.chmod(0o500)
    else:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True, timeout=30)
    try:
        with pytest.raises(StickProtectedError, match="small switch"):
            write_batch(folder, batch(2))
        assert write_batch(folder, BATCH).name == NAME, "what is there already needs no writing"
        with pytest.raises(StickProtectedError):
            StickFolder(folder).put_pack_file("timestamp.json", b"{}")
    finally:
        folder.chmod(0o700) if mounted.returncode else subprocess.run(
            ["umount", str(folder)], check=True, timeout=30
        )
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_a_file_marked_read_only_is_replaced_as_windows_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked, real = tmp_path / NAME, os.replace
    marked.write_bytes(b"damaged")
    marked.chmod(0o400)

    def as_on_windows(source: Path, target: Path) -> None:
        if Path(target).exists() and not Path(target).stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, "marked")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", as_on_windows)
        write_batch(tmp_path, BATCH)
    assert marked.read_bytes() == BATCH.data


def test_a_link_is_never_given_other_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, precious = tmp_path / "stick", tmp_path / "precious"
    stick.mkdir()
    precious.write_bytes(b"precious")
    precious.chmod(0o400)
    (stick / NAME).symlink_to(precious)

    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        with pytest.raises(StickProtectedError):
            write_batch(stick, BATCH)
    assert precious.stat().st_mode & 0o777 == 0o400


def test_two_runs_at_once_on_one_stick(tmp_path: Path) -> None:
    sealed = [batch(number) for number in range(1, 9)]
    failed = list[BaseException]()

    def run() -> None:
        road = StickFolder(tmp_path)
        try:
            for one in sealed:
                road.put_batch(one.data)
        except KnownError as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"outreach-batch-{one.sha512[:32]}.ob1" for one in sealed)


def test_a_file_that_grows_while_it_is_read_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, real = tmp_path / NAME, os.fstat
    file.write_bytes(b"x" * 100)

    def then_grow(descriptor: int) -> os.stat_result:
        state = real(descriptor)
        with file.open("ab") as growing:
            growing.write(b"x" * 100)
        return state

    with monkeypatch.context() as patched:
        patched.setattr(os, "fstat", then_grow)
        assert read_plain(file, 150) is None


def test_a_file_that_becomes_a_pipe_between_two_looks_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, pipe, real = tmp_path / NAME, tmp_path / "pipe", os.lstat
    file.write_bytes(b"x")
    state = real(file)
    os.mkfifo(pipe)
    with monkeypatch.context() as patched:
        patched.setattr(os, "lstat", lambda *_arguments, **_named: state)
        patched.setattr(Path, "lstat", lambda _self: state)
        assert read_plain(pipe, 100) is None


def test_what_a_run_left_half_written_is_removed_a_day_later(tmp_path: Path) -> None:
    now = SystemClock().now().timestamp()
    old, young, strange = (tmp_path / name for name in (f".outreach-{'0' * 16}.part", f".outreach-{'1' * 16}.part", ".other.part"))
    for path in (old, young, strange):
        path.write_bytes(b"half")
    for path in (old, strange):
        os.utime(path, (now - 90_000, now - 90_000))
    road = StickFolder(tmp_path)
    road.put_batch(BATCH.data)
    road.put_batch(batch(2).data)
    assert not old.exists()
    assert young.exists()
    assert strange.exists()


def test_a_link_to_a_device_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / NAME).symlink_to("/dev/zero")
    (tmp_path / f"outreach-receipt-{'0' * 32}-stored.or1").symlink_to("/dev/random")
    road = StickFolder(tmp_path)
    assert road.list_batches() == ()
    assert road.fetch_receipts("0" * 128) == ()
    assert road.count_batches() == 1
