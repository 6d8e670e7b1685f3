"""The test environment itself: no screen, no home of the person who runs it, and leaks are found."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings

from outreach_app.vault.argon import FLOOR, derive
from tests.support import in_memory, scheduling

ROOT = Path(__file__).resolve().parents[2]

LEAKING_TESTS = """
import os
from pathlib import Path
from outreach_app import i18n

def test_leaves_another_language():
    i18n.use_language("en_XA")

def test_leaves_another_folder():
    os.chdir("/")

def test_puts_the_language_back(interface_language):
    interface_language("da")
    assert i18n.language() == "da"

def test_leaves_nothing():
    assert True
"""


def test_home_is_empty_and_no_screen_is_used() -> None:
    assert "outreach-test-home-" in os.environ["HOME"]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "DISPLAY" not in os.environ


def test_random_examples_are_the_same_every_time() -> None:
    assert settings.default.derandomize
    assert settings.default.deadline is None


def test_a_test_that_leaks_fails_itself(tmp_path: Path) -> None:
    (tmp_path / "test_leaking.py").write_text(LEAKING_TESTS)
    (tmp_path / "conftest.py").write_text("from tests.conftest import interface_language, nothing_leaks\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--rootdir", "."]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "4 passed, 2 errors" in result.stdout, result.stdout + result.stderr
    assert "interface language" in result.stdout
    assert "working folder" in result.stdout


def test_passphrases_are_derived_at_once() -> None:
    begun = time.process_time()
    keys = {derive(words, bytes([salt] * 16), FLOOR) for words in (b"words", b"word") for salt in range(50)}
    assert len(keys) == 100, "another key for another passphrase or salt"
    assert {len(key) for key in keys} == {32}
    assert time.process_time() - begun < 1


@pytest.mark.real_derivation
def test_what_asks_for_it_gets_argon2id() -> None:
    key = "5c68ee38a5d21905969601e5df00a394dd6b9899f1aeaa835e9d2ebec2f59811"
    assert derive(b"words", bytes(range(16)), FLOOR).hex() == key


def test_the_longest_begin_first_and_then_the_files_with_most_tests() -> None:
    sweeps = [f"tests/faults/test_faults.py::{name}" for name in ("one", "other")]
    tests = {unit: {f"{unit}::{number}": False for number in range(count)} for unit, count in (
        ("tests/unit/few.py", 2), ("tests/unit/many.py", 40), (scheduling.LONG[0], 3), (sweeps[0], 1), (sweeps[1], 1),
    )}  # fmt: skip
    order = []
    while tests:
        order.append(scheduling.first(tests))
        del tests[order[-1]]
    assert (order[0], set(order[1:3])) == (scheduling.LONG[0], set(sweeps))
    assert order[3:] == ["tests/unit/many.py", "tests/unit/few.py"]


def test_a_file_stays_with_one_worker_unless_it_is_spread() -> None:
    assert scheduling.unit_of("tests/unit/test_program.py::test_one[a::b]") == "tests/unit/test_program.py"
    assert scheduling.unit_of("tests/faults/test_faults.py::test_one[a]") == "tests/faults/test_faults.py::test_one[a]"


def test_what_is_named_for_its_length_is_there() -> None:
    assert [name for name in (*scheduling.LONG, *scheduling.SPREAD) if not (ROOT / name).is_file()] == []


def test_folders_lie_in_memory_only_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_memory.folder_in_memory(tmp_path / "not there") is None
    monkeypatch.setattr(in_memory, "ROOM", 0)
    monkeypatch.setattr(in_memory, "SPARE", 0)
    assert in_memory.folder_in_memory(tmp_path) == tmp_path
    monkeypatch.setattr(in_memory, "ROOM", 1 << 60)
    assert in_memory.folder_in_memory(tmp_path) is None
