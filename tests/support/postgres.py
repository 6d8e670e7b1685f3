"""A private PostgreSQL for tests, from the machine's own binaries: loopback, an ordinary user, fsync on, its own folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = on
synchronous_commit = on
max_connections = 40
shared_buffers = 16MB
logging_collector = off
"""


def postgres_programs() -> Path:
    """Return the folder with the newest PostgreSQL programs of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    assert initdb is not None, "PostgreSQL's programs are needed for the mailbox's tests (package postgresql)"
    return Path(initdb).parent


@dataclass(frozen=True)
class Account:
    """Who runs the server: PostgreSQL refuses root, so root starts it as ``postgres``; others as themselves (None)."""

    name: str | None

    def own(self, folder: Path) -> None:
        if self.name is not None:
            found = pwd.getpwnam(self.name)
            os.chown(folder, found.pw_uid, found.pw_gid)


def account() -> Account:
    return Account("postgres" if os.geteuid() == 0 else None)


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Start a server and give its address."""
    with private_server() as (address, _folder):
        yield address


@contextlib.contextmanager
def private_server() -> Iterator[tuple[str, Path]]:
    """Start a server and give its address and the folder everything of it lies in."""
    # another user must reach it: not below pytest's own folder
    folder = Path(tempfile.mkdtemp(prefix="outreach-postgres-", dir="/var/tmp"))
    try:
        account().own(folder)
        port = free_port()
        create_cluster(folder / "data")
        with running_cluster(folder / "data", port):
            yield f"postgresql://outreach@127.0.0.1:{port}/postgres", folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_cluster(data: Path, more_settings: str = "") -> None:
    programs = postgres_programs()
    command = [programs / "initdb", "-D", data, "-U", "outreach", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(command, check=False, user=account().name, cwd="/", capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(_SETTINGS + more_settings)


@contextlib.contextmanager
def running_cluster(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server over ``data``; it may be killed meanwhile."""
    command = [postgres_programs() / "postgres", "-D", data, "-p", str(port)]
    with (data.parent / "log").open("wb") as log:
        server = subprocess.Popen(
            command, user=account().name, cwd="/", stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_until_ready(server, data.parent / "log", port)
            yield server
        finally:
            _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # fast shutdown
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=10)


def _wait_until_ready(server: subprocess.Popen[bytes], log: Path, port: int) -> None:
    end = time.monotonic() + 60
    while not re.search(rb"ready to accept", log.read_bytes()):
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)
    socket.create_connection(("127.0.0.1", port), timeout=5).close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
