"""The test environment itself: no screen, no home of the person who runs it, and leaks are found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import settings

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
