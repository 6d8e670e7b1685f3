"""A disk that can be filled: a small tmpfs where mounting is allowed, else a limit on file sizes of this process."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEGABYTE = 1 << 20


class SmallDisk:
    """A tmpfs of a few MiB: ``fill`` leaves nothing free, ``free`` gives it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler.bin"

    def fill(self, leave_bytes: int = 0) -> None:
        with self._filler.open("wb", buffering=0) as stream, suppress(OSError):
            while stream.write(bytes(4096)) == 4096:
                pass
        if leave_bytes:
            os.truncate(self._filler, max(0, self._filler.stat().st_size - leave_bytes))

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


class LimitedProcess:
    """The ordinary user's way: no file of this process may grow beyond the largest there is now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, leave_bytes: int = 0) -> None:
        sizes = [path.stat().st_size for path in self.folder.rglob("*") if path.is_file()]
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes, default=0) + leave_bytes, self._before[1]))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


@contextmanager
def limited_process(base: Path) -> Iterator[LimitedProcess]:
    folder = base / "limited"
    folder.mkdir()
    limited = LimitedProcess(folder)
    try:
        yield limited
    finally:
        limited.free()


@contextmanager
def small_disk(base: Path, megabytes: int = 4) -> Iterator[SmallDisk | LimitedProcess]:
    """Yield a disk to fill; where mounting is not allowed, the limited process stands in."""
    folder = base / "small_disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False, timeout=30).returncode != 0:
        with limited_process(base) as limited:
            yield limited
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True, timeout=30)
