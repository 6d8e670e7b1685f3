"""The real program in processes of its own: a worker's laptop and a centre, as people would drive them."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.centre.desk.opening import open_desk
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.clock import SystemClock
from outreach_app.program import Program
from outreach_app.services.session import Session
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE as DESK_PASSPHRASE
from tests.support.desk import make_desk
from tests.support.ids import CountingIds
from tests.support.vaults import CHEAP_COST, PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
OUTREACH = (sys.executable, "-m", "outreach_app")
TIMEOUT = 120


@dataclass
class Person:
    """Somebody at a terminal: ``before`` are the global options that name her folder."""

    before: tuple[str, ...]
    passphrase: str

    def run(self, *arguments: object, typed: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*OUTREACH, *self.before, *map(str, arguments)], cwd=ROOT, input=f"{self.passphrase}\n{typed}", capture_output=True,
            text=True, encoding="utf-8", check=False, timeout=TIMEOUT,
        )  # fmt: skip
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def asked(self, *arguments: object, typed: str = "") -> Any:
        """Run a command and return the JSON it printed."""
        return json.loads(self.run(*arguments, typed=typed).stdout)

    def record(self, **fields: Any) -> str:
        return self.run("record", "-", typed=json.dumps({"setting": "street", **fields})).stdout.strip()

    def states(self) -> list[str]:
        """Return the state of each batch, oldest first."""
        return [row["state"] for row in self.asked("receipts", "--json")][::-1]


def worker(vault: Path, passphrase: str = PASSPHRASE) -> Person:
    return Person(("--vault", str(vault), "--passphrase-stdin"), passphrase)


def staff(centre: Path, passphrase: str = DESK_PASSPHRASE) -> Person:
    return Person(("--passphrase-stdin", "centre", "--centre", str(centre)), passphrase)


@contextmanager
def serving(centre: Path) -> Iterator[str]:
    """Run the mailbox of a centre and yield its address."""
    command = [*OUTREACH, "centre", "serve", str(centre), "--port", "0"]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    try:
        line = started.stdout.readline()
        assert line.startswith("listening on "), line
        yield line.removeprefix("listening on ").strip()
    finally:
        started.terminate()
        started.wait(TIMEOUT)
        started.stdout.close()


@dataclass(frozen=True)
class MadePair:
    """A laptop enrolled at a centre, made in this process with the quick key derivation, to be copied."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> MadePair:
        make_centre(folder / "centre")
        session = _laptop(folder / "laptop")
        with open_desk(folder / "centre", DESK_PASSPHRASE, clock=SystemClock()) as desk:
            enrolled = enrol_device(desk, session.enrolling.request().data)
            mailbox = SameMachineMailbox(folder / "centre", database=None, clock=SystemClock())
            mailbox.put_devices(enrolled.device_list)
            mailbox.close()
        session.enrolling.confirm(session.enrolling.accept(enrolled.reply))
        session.close()
        return cls(folder)

    def copy(self, to: Path) -> tuple[Person, Person, Path]:
        """Return the worker, the centre's staff and the centre's folder of a fresh copy."""
        shutil.copytree(self.folder, to)
        return worker(to / "laptop"), staff(to / "centre"), to / "centre"


def make_vault(folder: Path) -> None:
    """Make a vault as ``vault create`` does, but with the quick key derivation."""
    _laptop(folder).close()


def _laptop(folder: Path) -> Session:
    program = Program(folder, clock=FakeClock(), ids=CountingIds(3), cost=CHEAP_COST)
    return program.create_vault(PASSPHRASE, worker_name="AM")


def make_centre(folder: Path) -> None:
    """Make a centre as ``centre init`` does, but with the quick key derivation."""
    with make_desk(folder) as desk:
        mailbox = create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
        facts.keep_mailbox_receipt_key(desk, mailbox.receipt_public)
    write_settings(folder, CentreSettings())


class CuttingLine:
    """A line to a mailbox that is cut after so many bytes from the laptop, or from the mailbox; then it is whole again."""

    def __init__(self, url: str, *, there: int | None = None, back: int | None = None) -> None:
        host, _, port = url.removeprefix("http://").partition(":")
        self._target = (host, int(port))
        self._limits = [there, back]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.cuts = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the one who waits for a connection
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
                pumps = [
                    threading.Thread(target=self._pump, args=(near, far, 0), daemon=True),
                    threading.Thread(target=self._pump, args=(far, near, 1), daemon=True),
                ]
                for pump in pumps:
                    pump.start()

    def _pump(self, source: socket.socket, target: socket.socket, way: int) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(1024):
                limit = self._limits[way]
                passed += len(data)
                if limit is not None and passed > limit and not self.cuts:
                    self.cuts += 1
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
