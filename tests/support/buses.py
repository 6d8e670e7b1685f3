"""A message bus of the test's own and, on it, stand-ins for logind, UPower and a screen saver."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={socket}</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
ACTIONS = ("sleep", "wake", "lock", "lock another", "lid", "switch", "hint", "saver", "nothing")


class PrivateBus:
    """Both the system's and the desktop's bus for a window under test; ends with the block."""

    def __init__(self, folder: Path) -> None:
        self._config = folder / "bus.conf"
        self._config.write_text(_CONFIG.format(socket=folder / "bus"))
        self.address = f"unix:path={folder / 'bus'}"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to find this bus instead of the machine's."""
        return {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": self.address, "DBUS_SESSION_BUS_ADDRESS": self.address}

    def __enter__(self) -> Self:
        command = ["dbus-daemon", f"--config-file={self._config}", "--nofork", "--print-address"]
        self._daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._daemon.stdout is not None
        assert self._daemon.stdout.readline().startswith("unix:"), "the bus did not start"
        self._services = subprocess.Popen(
            [sys.executable, "-m", "tests.support.fake_logind"], cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        assert self._services.stdout is not None
        assert self._services.stdout.readline() == "ready\n", "the services did not start"
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        for process in (self._services, self._daemon):
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def do(self, action: str) -> str:
        """Let something happen; return what the services say: how many hold sleep up, and what was called so far."""
        assert action in ACTIONS
        assert self._services.stdin is not None
        assert self._services.stdout is not None
        self._services.stdin.write(action + "\n")
        self._services.stdin.flush()
        return self._services.stdout.readline().strip()

    def holds(self) -> int:
        """Return how many delay inhibitors are held."""
        return int(self.do("nothing").split()[0])
