"""From the key to the cover, and from the panic key to a locked successor, with 20,000 notes, at rest and during a backup.

The real program in processes of its own. A lock has ended when the old process has: its successor's cover stands by then
and the vault is closed.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.many_notes import fill
from tests.support.window_driving import Driven, DrivenWindows, wait_for

RATIOS = {
    "cover / 0.1 s": ("cover", "0.1 s", 1.0),
    "cover during a backup / 0.1 s": ("cover during a backup", "0.1 s", 1.0),
    "panic key to locked successor / 1 s": ("lock", "1 s", 1.0),
    "panic key to locked successor during a backup / 1 s": ("lock during a backup", "1 s", 1.0),
}
_ROUNDS = 5
_WORDS = "Short talk at the door"


def measure() -> dict[str, float]:
    """Return the median of several rounds, in seconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as base:
        vault = Path(base) / "vault"
        _program, passphrase = fill(vault)
        rounds = [
            (*_round(vault, passphrase, backing_up=False), *_round(vault, passphrase, backing_up=True))
            for _ in range(_ROUNDS)
        ]
    names = ("cover", "lock", "cover during a backup", "lock during a backup")
    found = {name: statistics.median(each[at] for each in rounds) for at, name in enumerate(names)}
    return {**found, "slowest lock during a backup": max(each[3] for each in rounds), "0.1 s": 0.1, "1 s": 1.0}


def _round(vault: Path, passphrase: str, *, backing_up: bool) -> tuple[float, float]:
    """Return the seconds of one cover and of one lock."""
    with tempfile.TemporaryDirectory() as base, DrivenWindows(Path(base)) as driven:
        window = driven.start(vault)
        window.do("unlock", passphrase)
        window.until("unlocked")
        window.do("begin_note", "street")
        window.until("in_form")
        window.do("write", _WORDS, 5)
        if backing_up:
            _begin_backup(window, vault)
        cover = float(window.do("cover"))
        window.do("uncover")
        if backing_up and window.do("backed_up"):
            raise RuntimeError("the backup had ended before the lock")
        begun = float(window.do("press", "L"))
        driven.next()
        driven.process.wait()
        return cover, time.monotonic() - begun


def _begin_backup(window: Driven, vault: Path) -> None:
    """Begin one and wait until the copy is being written."""
    before = _backed_up_bytes(vault)
    window.do("back_up")
    wait_for(lambda: _backed_up_bytes(vault) > before)


def _backed_up_bytes(vault: Path) -> int:
    return sum(file.stat().st_size for file in (vault / "backups").rglob("*") if file.is_file())
