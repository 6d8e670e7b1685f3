"""Several workers of one mailbox as processes of their own, on one database, to be killed and started again."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.centre.mailbox.configuration import open_store
from outreach_app.sync.devices import DeviceEntry
from outreach_app.wire.mailbox_config import MailboxConfigurationBody
from outreach_app.wire.strict import write_json
from tests.support.mailboxes import device_list
from tests.support.sync_people import CENTRE

ROOT = Path(__file__).resolve().parents[2]


def set_up(folder: Path, database: str | None, devices: list[DeviceEntry]) -> None:
    """Lay a mailbox of the tests' centre in ``folder``, with these laptops enrolled."""
    place = folder / "mailbox"
    place.mkdir(mode=0o700)
    body = MailboxConfigurationBody(root_key=CENTRE.root.public.to_text(), desk_key=CENTRE.desk.public.to_text())
    (place / "configuration.json").write_bytes(write_json(body))
    (place / "receipt.keys").write_bytes(CENTRE.mailbox.to_bytes())
    (place / "receipt.keys").chmod(0o600)
    store = open_store(folder, database)
    store.put_device_list(1, device_list(*devices))
    store.close()


@dataclass
class Worker:
    """One process; ``address`` stays the same over a restart."""

    folder: Path
    database: str | None
    address: tuple[str, int] = ("127.0.0.1", 0)
    program: tuple[str, ...] = ("outreach_app",)
    options: tuple[str, ...] = ()
    kills: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        command = [
            sys.executable, "-m", *self.program, "centre", "serve", str(self.folder), "--port", str(self.address[1]),
            "--requests-per-minute", "0", "--until-input-ends", *self.options,
        ]  # fmt: skip
        if self.database is not None:
            command += ["--database", self.database]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self.process.stdout.readline() if self.process.stdout is not None else ""
        assert line.startswith("listening on http://"), "the worker did not start"
        host, _, port = line.strip().removeprefix("listening on http://").rpartition(":")
        self.address = (host, int(port))

    def kill(self) -> None:
        """End it where it stands."""
        self._end(signal.SIGKILL)
        self.kills += 1

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process = None


@contextmanager
def mailbox_workers(folder: Path, database: str | None, count: int, *options: str) -> Iterator[list[Worker]]:
    workers = [Worker(folder, database, options=options) for _ in range(count)]
    try:
        for worker in workers:
            worker.start()
        yield workers
    finally:
        for worker in workers:
            worker.stop()
