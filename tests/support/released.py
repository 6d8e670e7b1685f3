"""Vaults as released programs left them (tests/migrations/vaults), copied for a test and opened by today's program."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from outreach_app.centre.desk.opening import MIGRATIONS as DESK_MIGRATIONS
from outreach_app.records import MIGRATIONS as LAPTOP_MIGRATIONS
from outreach_app.vault import slot_file
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.slots import Unlocked, unlock_slot
from tests.support import desk, vaults

VAULTS = Path(__file__).parents[1] / "migrations" / "vaults"


@dataclass(frozen=True)
class Released:
    """One vault of one release; copies open without the slow key derivation."""

    name: str
    folder: Path
    passphrase: str
    migrations: Path

    @cached_property
    def contents(self) -> dict[str, list[dict[str, Any]]]:
        """Every row that was in it: table -> rows -> column: value, blobs as their SHA-256."""
        return self._written["tables"]

    @property
    def schema(self) -> int:
        """The number of its last migration."""
        return self._written["schema"]

    @cached_property
    def _written(self) -> dict[str, Any]:
        file = self.folder if self.folder.name != "desk" else self.folder.parent
        return json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))

    @cached_property
    def unlocked(self) -> Unlocked:
        return unlock_slot(slot_file.read_newest(self.folder).slots[0], self.passphrase)

    def copy(self, to: Path) -> Path:
        """Return a fresh copy with the rights a vault has on a laptop (version control keeps none)."""
        shutil.copytree(self.folder, to)
        to.chmod(0o700)
        for path in to.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        return to

    def open(self, folder: Path, migrations: Path | None = None) -> OpenVault:
        """Open a copy, as the release left it or opened since, by the steps after the passphrase."""
        file = slot_file.read_newest(folder)
        return open_unlocked(folder, file, self.unlocked, migrations=migrations or self.migrations, lock=None)


def released() -> list[Released]:
    """Return every kept vault, the oldest first."""
    found = []
    for schema in sorted(VAULTS.glob("schema-*")):
        found.append(Released(f"{schema.name} laptop", schema / "laptop", vaults.PASSPHRASE, LAPTOP_MIGRATIONS))
        found.append(Released(f"{schema.name} desk", schema / "centre" / "desk", desk.PASSPHRASE, DESK_MIGRATIONS))
    return found


def killed(work: Callable[[], None]) -> bool:
    """Run ``work`` in a process of its own and tell whether it was killed; any other end than a good one is a fault."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def die() -> None:
    """End this process as a power cut would: nothing more is written, nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)
