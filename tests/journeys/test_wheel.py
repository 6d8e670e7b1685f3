"""The wheel holds all it needs: installed elsewhere, without the checkout, it starts and finds its data."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = "outreach_app/_bundled"
LOOK_AROUND = """
import outreach_app, ui
from outreach_app import i18n, paths
i18n.use_language("da")
print(paths.shipped_folder("resources"), paths.shipped_folder("locales"), sep="\\n")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    result = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory) -> Path:
    """A throw-away environment with the wheel and this environment's libraries; return its programs' folder."""
    place = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, timeout=120)
    (packages,) = place.glob("lib/python*/site-packages")
    # a plain path line: the editable installation of the checkout is not followed from here
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    bare = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True, check=False, timeout=120)


def test_the_wheel_lists_code_catalogues_and_resources(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = {
        f"{BUNDLED}/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    sheets = {f"{BUNDLED}/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "locales").glob("*/*/leaflets.po")}
    tracked_sql = {path.relative_to(ROOT).as_posix() for path in (ROOT / "outreach_app").rglob("*.sql")}
    assert {"outreach_app/__init__.py", "ui/__init__.py", f"{BUNDLED}/locales/da/LC_MESSAGES/outreach.mo"} <= names
    assert resources <= names
    assert sheets
    assert sheets <= names
    assert tracked_sql <= names
    assert not [name for name in names if "en_XA" in name or name.endswith(("outreach.po", ".pot")) or name.startswith("tests/")]


def test_the_installed_program_starts_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    result = run([str(installed / "outreach"), "--help"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Usage" in result.stdout


def test_the_installed_program_finds_its_data(installed: Path, tmp_path: Path) -> None:
    result = run([str(installed / "python"), "-c", LOOK_AROUND], tmp_path)
    assert result.returncode == 0, result.stderr
    resources, locales = map(Path, result.stdout.split())
    assert str(ROOT) not in result.stdout
    assert (locales / "da" / "LC_MESSAGES" / "outreach.mo").stat().st_size > 0
    assert any(path.suffix in {".ttf", ".otf"} for path in (resources / "fonts").rglob("*"))
    assert os.access(resources, os.R_OK)
