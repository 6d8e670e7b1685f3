"""Two private PostgreSQL servers on loopback: a primary, and a standby without which nothing is acknowledged."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.support.postgres import account, create_cluster, free_port, postgres_programs, running_cluster

_REPLICATING = """
wal_level = replica
max_wal_senders = 4
hot_standby = on
"""


@dataclass
class PostgresPair:
    """``address`` names both; whoever of them can be written to is spoken to."""

    primary: subprocess.Popen[bytes]
    standby: subprocess.Popen[bytes]
    standby_folder: Path
    ports: tuple[int, int]

    @property
    def address(self) -> str:
        hosts = "&".join(f"host=127.0.0.1:{port}" for port in self.ports)
        return f"postgresql://outreach@/postgres?{hosts}&target_session_attrs=read-write"

    def address_of(self, place: int) -> str:
        """Return the address of the primary (0) or the standby (1) alone."""
        return f"postgresql://outreach@127.0.0.1:{self.ports[place]}/postgres"

    def kill_primary(self) -> None:
        """End the primary where it stands, all its processes at once, as a power cut does."""
        _kill(self.primary)

    def kill_standby(self) -> None:
        _kill(self.standby)

    def promote(self) -> None:
        """Make the standby the one that is written to."""
        _run("pg_ctl", "promote", "-w", "-t", "60", "-D", self.standby_folder)


@contextlib.contextmanager
def postgres_pair() -> Iterator[PostgresPair]:
    folder = Path(tempfile.mkdtemp(prefix="outreach-postgres-pair-", dir="/var/tmp"))
    try:
        account().own(folder)
        first, second = folder / "primary" / "data", folder / "standby" / "data"
        for data in (first, second):
            data.parent.mkdir()
            account().own(data.parent)
        ports = free_port(), free_port()
        create_cluster(first, _REPLICATING)
        with running_cluster(first, ports[0]) as primary:
            _run("pg_basebackup", "-D", second, "-R", "-X", "stream", "-h", "127.0.0.1", "-p", str(ports[0]), "-U", "outreach")
            with running_cluster(second, ports[1]) as standby:
                _wait_for_standby(ports[0])
                yield PostgresPair(primary, standby, second, ports)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _kill(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=30)


def _wait_for_standby(port: int) -> None:
    """From here on a commit is acknowledged only when the standby has it on its disk, too."""
    engine = sa.create_engine(f"postgresql+psycopg://outreach@127.0.0.1:{port}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        end = time.monotonic() + 60
        while connection.exec_driver_sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'").scalar_one() != 1:
            assert time.monotonic() < end, "the standby did not come"
            time.sleep(0.05)
    engine.dispose()


def _run(program: str, *arguments: object) -> None:
    done = subprocess.run(
        [postgres_programs() / program, *map(str, arguments)], check=False, user=account().name, cwd="/", capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
