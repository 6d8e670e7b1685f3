"""Builds ``fault_shim.c`` and speaks with it: what is watched, what fails, and a Python that has it loaded."""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).with_suffix(".c")
PLACE = "OUTREACH_FAULT_SHIM"  # tells the watched process where the library lies

WRITE, SYNC, RESIZE, MAKE, RENAME, REMOVE = (1 << power for power in range(6))
EVERYTHING = 63
_NOTHING, _KILL, _FAIL_ONCE, _FAIL_FROM, _FAIL_UNTIL_FREED = range(5)


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and at which call of these kinds; ``at`` counts from 1."""

    name: str
    how: int
    kinds: int
    error: int = 0
    at: int = 0

    def place(self, at: int) -> Fault:
        return Fault(self.name, self.how, self.kinds, self.error, at)


NONE = Fault("none", _NOTHING, 0)
KILLED = Fault("killed", _KILL, EVERYTHING)
DISK_FULL = Fault("disk full", _FAIL_FROM, WRITE | MAKE, errno.ENOSPC)
FULL_BUT_FOR_THE_RESERVE = Fault("disk full but for the reserve", _FAIL_UNTIL_FREED, WRITE | MAKE, errno.ENOSPC)
WRITE_FAULT = Fault("write fault", _FAIL_ONCE, WRITE | RESIZE | MAKE | RENAME | REMOVE, errno.EIO)
SYNC_FAULT = Fault("sync fault", _FAIL_ONCE, SYNC, errno.EIO)


def build(into: Path) -> Path:
    """Compile the shim and return the library."""
    library = into / "fault_shim.so"
    command = ["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, timeout=120)
    return library


def command_and_environment(library: Path, arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return what starts ``python arguments`` with the shim loaded; not measured for coverage, which would write files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}
    return [sys.executable, *arguments], {**kept, "LD_PRELOAD": str(library), PLACE: str(library)}


class Shim:
    """The shim of this process; it must have been started with it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[PLACE])
        self._library.fault_begin.argtypes = [
            ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_long, ctypes.c_int
        ]  # fmt: skip
        self._library.fault_end.restype = ctypes.c_long

    @contextmanager
    def watching(self, folder: Path, fault: Fault = NONE, log: Path | None = None) -> Iterator[None]:
        """Watch what happens below ``folder`` inside the block."""
        name = b"" if log is None else os.fsencode(log)
        self._library.fault_begin(
            os.fsencode(folder.resolve()), name, fault.how, fault.kinds, fault.at, fault.error
        )  # fmt: skip
        try:
            yield
        finally:
            self._library.fault_end()

    def mark(self, text: str) -> None:
        """Put a line of the program's own into the log."""
        self._library.fault_mark(text.encode())

    def stop_failing(self) -> None:
        """Give the space back, mend the disk."""
        self._library.fault_stop_failing()

    def end(self) -> int:
        """Stop watching; return how many calls of the fault's kinds there were."""
        return int(self._library.fault_end())
