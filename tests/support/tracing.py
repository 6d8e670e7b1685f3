"""What a program and all it starts write, seen by the system's tracer: files opened for writing, and every byte.

Each thread has a file of its own (``-ff``), so that no line is torn; all texts are hexadecimal (``-xx``), so that every byte
can be read back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_FILES = "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat"
_BYTES = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg"
_OTHERS = "connect,memfd_create"
_LONGEST = 9_000_000  # bytes of one call
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (\d+)")  # refused calls return -1 and are left out
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND")


@dataclass(frozen=True)
class Call:
    """One call that was not refused: its name, everything between its brackets, and its texts as bytes."""

    name: str
    arguments: str
    texts: tuple[bytes, ...]

    @property
    def descriptor(self) -> int:
        """Where the bytes went."""
        return int(self.arguments.partition(",")[0])


def traced(command: Sequence[str], folder: Path) -> list[str]:
    """Return the command that runs ``command`` under the tracer; what it sees goes into ``folder``."""
    tracer = shutil.which("strace")
    assert tracer is not None, "strace is missing: tools/setup_system.sh test installs it"
    folder.mkdir()
    calls = f"trace={_FILES},{_BYTES},{_OTHERS}"
    return [tracer, "-ff", "--seccomp-bpf", "-qq", "-xx", "-s", str(_LONGEST), "-e", calls, "-o", f"{folder}/t", *command]


def calls(folder: Path) -> Iterator[Call]:
    """Yield every call of every thread."""
    for file in sorted(folder.iterdir()):
        with file.open(encoding="ascii") as lines:
            for line in lines:
                found = _CALL.match(line)
                if found is not None:
                    yield Call(found[1], found[2], tuple(_texts(line)))


def files_written(folder: Path) -> set[str]:
    """Return the names of all files and folders that were made, opened for writing or given another name."""
    names = set()
    for call in calls(folder):
        if call.name not in _FILES.split(",") or (call.name.startswith("open") and not _writes(call)):
            continue
        names.add(call.texts[-1].decode("utf-8", "replace"))
    return names


def bytes_written(folder: Path) -> Iterator[Call]:
    """Yield the calls that wrote bytes to a file, a pipe or a socket."""
    return (call for call in calls(folder) if call.name in _BYTES.split(","))


def _writes(call: Call) -> bool:
    return any(flag in call.arguments for flag in _WRITING)


def _texts(line: str) -> Iterator[bytes]:
    for text, cut in _TEXT.findall(line):
        assert not cut, "a text was cut short by the tracer"
        yield bytes.fromhex(text.replace("\\x", ""))
