"""An ordinary program of the same user: starts a command, tries to read its memory, crashes it, and says what it got.

Run without capabilities (``setpriv``) where the tests run as root, who may read everything. Prints two words: ``open``
or ``closed``, and ``core`` or ``no-core``.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

SECONDS = 60


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    command = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert command.stdout is not None
    if sys.argv[1] == "told":
        command.stdout.readline()
    memory = "closed" if _closed(command.pid) else "open"
    os.kill(command.pid, signal.SIGSEGV)
    _, status = os.waitpid(command.pid, 0)
    assert os.WIFSIGNALED(status)
    print(memory, "core" if os.WCOREDUMP(status) else "no-core")


def _closed(pid: int) -> bool:
    """Try until it is closed: the process has been given no passphrase yet, so it cannot have read one."""
    limit = time.monotonic() + (SECONDS if sys.argv[1] == "wait" else 1)
    while time.monotonic() < limit:
        try:
            Path(f"/proc/{pid}/mem").open("rb").close()
        except PermissionError:
            return True
        time.sleep(0.02)
    return False


if __name__ == "__main__":
    main()
