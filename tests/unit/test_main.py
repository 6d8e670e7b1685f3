"""The program's entry: what starts a window, what a command, and how the process guards itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def test_the_process_guards_itself():
    done = _run(
        "import os, resource, ctypes\n"
        "from outreach_app.__main__ import guard_process\n"
        "guard_process()\n"
        "print(os.umask(0), resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert done.stdout.split() == [str(0o077), "(0,", "0)", "0"]


def test_arguments_other_than_window_go_to_the_command_line():
    done = _run(
        "import sys, types\n"
        "cli = types.ModuleType('outreach_app.cli.main')\n"
        "cli.cli = lambda args, prog_name: print(prog_name, args)\n"
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
