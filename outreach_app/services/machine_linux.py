"""Whether Linux encrypts what lies on a disk, read from /proc, /sys and /dev.

An answer is True (encrypted), False (readable to whoever takes the disk out) or None (could not be found out). A disk
that encrypts itself without telling the system looks like a plain one.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Answer = bool | None
_ENCRYPTING_FILE_SYSTEMS = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs"})
_GET_FLAGS, _ENCRYPTED_FLAG = 0x80086601, 0x800  # FS_IOC_GETFLAGS and FS_ENCRYPT_FL of linux/fs.h
_DEEPEST = 8  # devices on top of each other
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """One line of /proc/self/mountinfo."""

    point: Path
    kind: str
    source: str
    number: str  # major:minor


class LinuxStorage:
    """Looks at a running system, or in tests at a folder that is made like one."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    def folder_encrypted(self, folder: Path) -> Answer:
        """Tell about the disk on which ``folder`` lies or would lie."""
        try:
            if _encrypted_by_file_system(folder):
                return True
            mount = self._mount_of(folder)
        except (OSError, ValueError):
            return None
        if mount is None or mount.kind in _ENCRYPTING_FILE_SYSTEMS:
            return None if mount is None else True
        name = self._device_of(mount)
        return None if name is None else self._device_encrypted(name)

    def swap_encrypted(self) -> Answer:
        """Tell about everything memory is swapped to: True when there is nothing, or nothing readable."""
        try:
            lines = (self._root / "proc/swaps").read_text(encoding="utf-8", errors="replace").splitlines()[1:]
        except OSError:
            return None
        return worst(self._one_swap(*_words(line)[:2]) for line in lines if line.strip())

    def _one_swap(self, name: str, kind: str) -> Answer:
        if kind == "file":
            return self.folder_encrypted(Path(name).parent)
        device = self._kernel_name(name)
        if device is None:
            return None
        if device.startswith("zram"):
            return self._compressed_memory(device)
        return self._device_encrypted(device)

    def _compressed_memory(self, device: str) -> Answer:
        """Swap inside memory reaches a disk only where one is set behind it."""
        try:
            behind = (self._root / "sys/class/block" / device / "backing_dev").read_text(encoding="utf-8").strip()
        except OSError:
            return True  # a kernel that cannot write it back
        name = None if behind in {"", "none"} else self._kernel_name(behind)
        return True if behind in {"", "none"} else None if name is None else self._device_encrypted(name)

    def _mount_of(self, folder: Path) -> Mount | None:
        text = (self._root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        target, best = Path(os.path.realpath(folder)), None
        for line in text.splitlines():
            mount = _read_mount(line)
            if mount is None or not target.is_relative_to(mount.point):
                continue
            if best is None or len(mount.point.parts) >= len(best.point.parts):  # of two at one place the later covers
                best = mount
        return best

    def _device_of(self, mount: Mount) -> str | None:
        """Return the kernel's name of the device behind a mount; its number where the name tells nothing."""
        if mount.source.startswith("/dev/") and (name := self._kernel_name(mount.source)) is not None:
            return name
        numbered = self._root / "sys/dev/block" / mount.number
        return numbered.readlink().name if numbered.is_symlink() else None

    def _kernel_name(self, path: str) -> str | None:
        """Return ``dm-0`` for ``/dev/mapper/something``, or None for what is no block device."""
        listed = self._root / path.lstrip("/")
        name = Path(os.path.realpath(listed)).name
        return name if (self._root / "sys/class/block" / name).exists() else None

    def _device_encrypted(self, name: str, depth: int = 0) -> Answer:
        """Tell whether a device is a mapping that encrypts, or lies only on such ones."""
        if depth > _DEEPEST:
            return None
        place = self._root / "sys/class/block" / name
        try:
            if (place / "dm/uuid").read_text(encoding="utf-8", errors="replace").startswith("CRYPT-"):
                return True
        except OSError:
            pass  # not a mapping
        if (place / "loop").is_dir():
            return None  # a file on another file system
        below = sorted(each.name for each in (place / "slaves").glob("*"))
        return worst(self._device_encrypted(each, depth + 1) for each in below) if below else False


def worst(answers: Iterable[Answer]) -> Answer:
    """Return False if one is, else None if one is, else True."""
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True


def _read_mount(line: str) -> Mount | None:
    left, _, right = line.partition(" - ")
    before, after = left.split(), right.split()
    if len(before) < 5 or len(after) < 2:
        return None
    return Mount(Path(_plain(before[4])), after[0], _plain(after[1]), before[2])


def _words(line: str) -> list[str]:
    return [_plain(word) for word in line.split()] + [""]


def _plain(text: str) -> str:
    r"""Return a name as it is: the kernel writes a blank as ``\040``."""
    return _OCTAL.sub(lambda found: chr(int(found.group(1), 8)), text)


def _encrypted_by_file_system(folder: Path) -> bool:
    """Tell whether the file system encrypts this folder by itself (ext4, f2fs); False where it cannot be asked."""
    fcntl = importlib.import_module("fcntl")  # only here, where there is Linux
    nearest = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    descriptor = os.open(nearest, os.O_RDONLY)
    try:
        answer = bytearray(8)
        fcntl.ioctl(descriptor, _GET_FLAGS, answer)
        return bool(int.from_bytes(answer[:4], "little") & _ENCRYPTED_FLAG)
    except OSError:
        return False  # a file system without such flags
    finally:
        os.close(descriptor)
