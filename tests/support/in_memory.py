"""Where the tests' folders lie: in memory, where there is room for them.

A vault waits for the disk at each change, and the tests make tens of thousands. What a power cut, a kill or a full disk
leaves is not a matter of the disk below (``fault_disk``, ``full_disk``); a machine without the room uses its disk.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - the system's own place for it
ROOM = 4 << 30  # bytes; the one-folder program and its two copies are the most of it
SPARE = 4 << 30  # bytes of memory that stay for what runs


def folder_in_memory(memory: Path = MEMORY) -> Path | None:
    """Return a place in memory for the tests' folders, or None where there is none, or not room enough."""
    try:
        may_run = not os.statvfs(memory).f_flag & os.ST_NOEXEC
        has_room = shutil.disk_usage(memory).free >= ROOM
    except (OSError, AttributeError):
        return None
    return memory if may_run and has_room and _free_memory() >= ROOM + SPARE and os.access(memory, os.W_OK) else None


def _free_memory() -> int:
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
