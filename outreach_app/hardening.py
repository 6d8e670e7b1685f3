"""What this process does to guard itself, before anything secret is read into it.

New files are the worker's alone; a crash leaves no copy of memory; on Linux no other program of the same user can read
this one's memory. None of it keeps out an administrator (SECURITY.md).
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import sys
from typing import Any

OWNER_ONLY = 0o077  # the bits taken away from new files and folders
_PR_SET_DUMPABLE = 4  # linux/prctl.h
_PT_DENY_ATTACH = 31  # sys/ptrace.h of macOS
_NO_CRASH_WINDOWS = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_REPORTS_WITHOUT_MEMORY = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def guard_process() -> None:
    """Call first in every entry of the program; a second time does no harm."""
    os.umask(OWNER_ONLY)
    fill_closed_streams()
    switch_core_dumps_off()
    with contextlib.suppress(OSError, AttributeError):  # a system library without these calls
        close_memory(sys.platform)


def switch_core_dumps_off() -> None:
    """Let a crash write no core file; also not in processes started from this one."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on Windows
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_memory(platform: str, library: Any = None) -> None:
    """Keep other programs of the same user, debuggers and crash reporters out of this process's memory.

    On Linux this also stops crash reporters that take their dump through a pipe, which no limit does. On macOS it turns
    debuggers away. On Windows crash reports leave the heap out, but a program of the same user can still read it.

    Raises:
        OSError, AttributeError: the system's library has no such call.
    """
    if platform.startswith("linux"):
        (library or ctypes.CDLL(None)).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    elif platform == "darwin":
        (library or ctypes.CDLL(None)).ptrace(_PT_DENY_ATTACH, 0, None, 0)
    elif platform == "win32":
        kernel = library or ctypes.CDLL("kernel32")
        kernel.SetErrorMode(_NO_CRASH_WINDOWS)
        kernel.WerSetFlags(_REPORTS_WITHOUT_MEMORY)


def fill_closed_streams() -> None:
    """Give a closed stream the null device: else a file of the vault could be opened under its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is the closed one
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))
