"""The program's entry: what starts a window, what a command, and how the process guards itself."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from outreach_app import __main__ as entry

ROOT = Path(__file__).resolve().parents[2]


def _run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"} | environment
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_a_display_one_line_and_three():
    done = _run("import sys; from outreach_app.__main__ import main; sys.exit(main([]))")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "display" in done.stderr


def test_a_display_is_seen(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert entry.display_available() is (not sys.platform.startswith("linux"))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert entry.display_available()


def test_a_command_whose_input_is_closed_asks_for_the_passphrase_in_one_sentence(tmp_path):
    command = f'"{sys.executable}" -m outreach_app centre init "{tmp_path / "centre"}" <&-'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n"), "passphrase" in done.stderr) == (3, 1, True)


def test_arguments_other_than_window_go_to_the_command_line():
    done = _run(
        "import sys, types\n"
        "cli = types.ModuleType('outreach_app.cli.main')\n"
        "cli.cli = lambda args, prog_name, obj: print(prog_name, args)\n"
        "sys.modules['outreach_app.cli.main'] = cli\n"
        "from outreach_app.__main__ import main\n"
        "main(['list', '--json'])"
    )
    assert done.stdout.strip() == "outreach ['list', '--json']", done.stderr


def test_the_window_command_starts_the_window():
    done = _run(
        "import sys, types\n"
        "app = types.ModuleType('ui.app')\n"
        "app.run = lambda arguments: print('window', arguments) or 0\n"
        "sys.modules['ui.app'] = app\n"
        "from outreach_app.__main__ import main\n"
        "sys.exit(main(['window', '--locked']))",
        QT_QPA_PLATFORM="offscreen",
    )
    assert done.stdout.strip() == "window ['--locked']", done.stderr


def test_starting_the_window_loads_nothing_it_does_not_need_yet():
    done = _run(
        "import sys, ui.app\n"
        "heavy = {'reportlab', 'httpx', 'sqlalchemy', 'uharfbuzz', 'pikepdf', 'starlette', 'uvicorn', 'pypdfium2'}\n"
        "print(sorted(heavy & set(sys.modules)))",
        QT_QPA_PLATFORM="offscreen",
    )
    assert done.stdout.strip() == "[]", done.stderr


@pytest.fixture
def unguarded(monkeypatch):
    """The guard holds for a whole process: here only its call is counted."""
    calls: list[bool] = []
    monkeypatch.setattr(entry, "guard_process", lambda: calls.append(True))
    yield calls
    gc.enable()  # a starting window switches it off


def test_arguments_name_a_command(unguarded, capsys):
    with pytest.raises(SystemExit) as ended:
        entry.main(["--version"])
    assert ended.value.code == 0
    assert unguarded
    assert "outreach" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["window", "--vault", "x"]])
def test_no_arguments_and_window_start_the_window(unguarded, monkeypatch, arguments):
    given: list[list[str]] = []
    fake = types.ModuleType("ui.app")
    fake.run = lambda rest: given.append(rest) or 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ui.app", fake)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert entry.main(arguments) == 7
    assert given == [arguments[1:]]


def test_without_a_display_nothing_of_the_window_is_loaded(unguarded, monkeypatch, capsys):
    monkeypatch.setattr(entry, "display_available", lambda: False)
    assert entry.window([]) == 3
    assert capsys.readouterr().err.count("\n") == 1
