"""A fresh process of this program that stands locked in this one's place.

Clearing memory inside a process does not work: copies of what was written stay. A new process has none. The old one
keeps its cover until the new one says, by one line on its standard output, that its own cover stands.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from subprocess import Popen

_PIPE, _DEVNULL = -1, -3  # as in subprocess, which is loaded only when a successor is started
COVERED = b"covered\n"


class Standing(NamedTuple):
    """What the successor needs to stand in the same place: no word of any note."""

    vault: Path
    geometry: tuple[int, int, int, int]  # left, top, width, height in pixels
    maximised: bool = False
    page: str = ""  # the page's name in the table, to come back to
    cards: bool = False  # the laptop is handed over: begin with the cards instead of the cover
    remind_at: int | None = None  # seconds since 1970: when to remind the worker to call in

    def arguments(self) -> list[str]:
        """Return the arguments for the new process."""
        numbers = ",".join(str(number) for number in self.geometry)
        given = ["window", "--vault", str(self.vault), "--locked", f"--geometry={numbers}"]
        if self.maximised:
            given.append("--maximised")
        if self.remind_at is not None:
            given.append(f"--remind-at={self.remind_at}")
        if self.cards:
            given.append("--cards")
        return [*given, f"--page={self.page}"] if self.page else given


class Successor:
    """The process started; ``wait_covered`` is called on a thread that may wait."""

    def __init__(self, standing: Standing, program: Sequence[str] | None = None) -> None:
        command = [*(program or this_program()), *standing.arguments(), "--tell-covered"]
        surroundings = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}  # a frozen program starts as if alone
        self._process: Popen[bytes] = importlib.import_module("subprocess").Popen(
            command, stdin=_DEVNULL, stdout=_PIPE, close_fds=True, env=surroundings,
            start_new_session=True,
        )

    def wait_covered(self) -> bool:
        """Return True when the cover of the new process stands, False when it ended before."""
        stream = self._process.stdout
        return stream is not None and stream.readline() == COVERED

    def end(self) -> None:
        """Stop the new process and wait for it (tests, and a start that went wrong)."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def this_program() -> list[str]:
    """Return the command that starts this program, frozen or not."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "outreach_app"]


def tell_covered() -> None:
    """Say to the process before this one that the cover stands; a reader that is gone does not matter."""
    try:
        os.write(1, COVERED)
    except OSError:
        return
    nothing = os.open(os.devnull, os.O_WRONLY)  # nothing else is ever written into the pipe
    os.dup2(nothing, 1)
    os.close(nothing)
