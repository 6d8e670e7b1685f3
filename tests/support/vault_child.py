"""A second program on a vault, for tests: ``python -m tests.support.vault_child COMMAND FOLDER MIGRATIONS``.

``try`` prints ``open`` or the error's name; ``hold`` opens, prints ``open`` and waits for its input to end; ``commit`` commits
rows 0, 1, 2 ... and prints each number after it is acknowledged; ``create`` makes a vault; ``change`` changes the passphrase.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

from outreach_app.clock import SystemClock
from outreach_app.errors import KnownError
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase_change import change_passphrase
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE, add_thing, new_vault, reopened

ROOT = Path(__file__).resolve().parents[2]


def started(command: str, folder: Path, migrations: Path, *before: str) -> subprocess.Popen[str]:
    """Start the child; ``before`` is a command that starts it in turn, such as setpriv."""
    arguments = [*before, sys.executable, "-m", "tests.support.vault_child", command, str(folder), str(migrations)]
    return subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def main(command: str, folder: Path, migrations: Path) -> None:
    try:
        _run(command, folder, migrations)
    except KnownError as error:
        _say(type(error).__name__)


def _run(command: str, folder: Path, migrations: Path) -> None:
    if command == "create":
        new_vault(folder, migrations)
        _say("made")
        return
    vault = reopened(folder, migrations)
    if command == "commit":
        _commit(vault)
    _say("open")
    if command == "hold":
        sys.stdin.read()
    if command == "change":
        change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, clock=SystemClock(), cost=CHEAP_COST)
        _say("changed")


def _commit(vault: OpenVault) -> None:
    for number in itertools.count():
        add_thing(vault, f"{number} " + "x" * (number * 37 % 3000))
        _say(str(number))


def _say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
