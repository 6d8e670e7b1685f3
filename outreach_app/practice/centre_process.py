"""A centre in processes of its own, driven through the command line as a centre's staff would."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from outreach_app.own_command import own_command
from outreach_app.practice.errors import CentreProcessError

_TIMEOUT = 120  # seconds; the slowest command derives two keys
_LISTENING = "listening on "


class CentreProcess:
    """Runs ``outreach centre ...`` on loopback; the mailbox's process is stopped by ``stop``, by its id.

    The mailbox also ends when this process does, however that ends: it listens to a pipe nobody writes into.
    """

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.folder = folder
        self._passphrase = passphrase
        self._mailbox: subprocess.Popen[str] | None = None
        self.url = ""

    def run(self, step: str, *arguments: str, is_json: bool = True, typed: str = "") -> Any:
        """Run one centre command and return what it printed; ``typed`` follows the desk's passphrase.

        Raises:
            CentreProcessError: it did not end with 0.
        """
        command = [*own_command(), "--passphrase-stdin", "centre", "--centre", str(self.folder), *arguments]
        done = subprocess.run(
            command, input=f"{self._passphrase}\n{typed}", capture_output=True, text=True, timeout=_TIMEOUT,
            check=False, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        if done.returncode != 0:
            raise CentreProcessError(step=step, code=done.returncode)
        return json.loads(done.stdout) if is_json else done.stdout

    def start_mailbox(self, port: int = 0) -> str:
        """Start the mailbox on a port of loopback (0: any free one) and return its address."""
        command = [*own_command(), "centre", "serve", str(self.folder), "--port", str(port), "--until-input-ends"]
        self._mailbox = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        line = self._mailbox.stdout.readline() if self._mailbox.stdout is not None else ""
        if not line.startswith(_LISTENING):
            self.stop()
            raise CentreProcessError(step="serve", code=self._mailbox.returncode)
        self.url = line.removeprefix(_LISTENING).strip()
        return self.url

    def stop(self) -> None:
        """Stop the mailbox and wait for it."""
        if self._mailbox is None:
            return
        self._mailbox.terminate()
        try:
            self._mailbox.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._mailbox.kill()
            self._mailbox.wait()
        for pipe in (self._mailbox.stdin, self._mailbox.stdout):
            if pipe is not None:
                pipe.close()
