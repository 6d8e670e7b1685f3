"""How the process guards itself: rights of new files, closed streams, core dumps, and who may read its memory."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from outreach_app import hardening
from outreach_app.hardening import close_memory

ROOT = Path(__file__).resolve().parents[2]
PR_GET_DUMPABLE, PR_SET_DUMPABLE = 3, 4  # linux/prctl.h


def test_the_process_guards_itself() -> None:
    code = (
        "import os, resource, ctypes\n"
        "from outreach_app.hardening import guard_process\n"
        "guard_process()\n"
        "guard_process()\n"
        "print(os.umask(0), resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == [str(0o077), "(0,", "0)", "0"]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_bug_and_its_number_is_not_given_to_a_file(tmp_path: Path, closed: str) -> None:
    code = (
        "import os, sys; from outreach_app.hardening import guard_process; guard_process()\n"
        "print(sys.stdin.read(), file=sys.stderr); print(flush=True)\n"
        "open(sys.argv[1], 'w').write(str(os.open(os.devnull, os.O_RDONLY) > 2))"
    )
    told = tmp_path / "told"
    done = subprocess.run(
        ["sh", "-c", f'"$0" -c "$1" "$2" {closed}', sys.executable, code, told],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip(), told.read_text()) == (0, "", "True")


class Library:
    """A system library that only notes what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str):
        return lambda *arguments: self.calls.append((name, *arguments))


@pytest.mark.parametrize(
    ("platform", "calls"),
    [
        ("linux", [("prctl", 4, 0, 0, 0, 0)]),
        ("darwin", [("ptrace", 31, 0, None, 0)]),
        ("win32", [("SetErrorMode", 3), ("WerSetFlags", 1)]),
        ("freebsd14", []),
    ],
)
def test_each_system_is_asked_in_its_own_way(platform: str, calls: list[tuple[object, ...]]) -> None:
    library = Library()
    close_memory(platform, library)
    assert library.calls == calls


def test_a_guarded_process_keeps_files_to_itself_and_leaves_no_core(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []  # a limit once lowered stays so for all tests of this process
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: limits.append(limit))
    before = os.umask(0o022)
    try:
        hardening.guard_process()
        hardening.guard_process()  # a second time does no harm
        assert os.umask(0o022) == hardening.OWNER_ONLY
        assert limits == [(resource.RLIMIT_CORE, (0, 0))] * 2
        if sys.platform.startswith("linux"):
            assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    finally:
        os.umask(before)
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # the tests look into their own process


def test_closed_streams_are_filled_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    hardening.fill_closed_streams()
    filled = sys.stdin
    assert filled is not None
    with filled:
        assert filled.read() == ""
