"""The one-folder program starts outside the checkout, in an empty environment, and shows its whole tour."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.smoke import run_elsewhere

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.bundle, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("bundle")
    build = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(target / "dist"), "--workpath", str(target / "work"), str(ROOT / "build.spec"),
    ]  # fmt: skip
    result = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert result.returncode == 0, result.stderr[-4000:]
    return target / "dist" / "outreach"


def test_the_bundle_holds_catalogues_fonts_and_migrations(program: Path) -> None:
    inside = program / "_internal"
    assert (inside / "locales" / "da" / "LC_MESSAGES" / "outreach.mo").is_file()
    assert (inside / "locales" / "th" / "LC_MESSAGES" / "leaflets.po").is_file()
    assert any(inside.glob("resources/fonts/**/*.[to]tf"))
    for path in (ROOT / "outreach_app").rglob("*.sql"):
        assert (inside / path.relative_to(ROOT)).is_file()
    assert not list(inside.glob("locales/en_XA"))


def test_the_bundle_answers_a_call_for_help(program: Path, tmp_path: Path) -> None:
    result = run_elsewhere(program, tmp_path, tour=False)
    assert result.returncode == 0, result.stderr
    assert "Usage" in result.stdout


def test_the_bundle_shows_the_whole_tour(program: Path, tmp_path: Path) -> None:
    result = run_elsewhere(program, tmp_path, tour=True)
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads((tmp_path / "tour" / "report.json").read_text())
    assert report["encounters"] >= 12
    assert report["receipts"]["ingested"] >= 1
