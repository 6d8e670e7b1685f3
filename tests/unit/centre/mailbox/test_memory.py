"""A worker's memory stays flat, however large the batches are that pass through it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from outreach_app.centre.mailbox.configuration import create_mailbox, open_store
from outreach_app.sync.desk_request import sign_request
from outreach_app.sync.sealing import SealedBatch
from tests.support.clock import FakeClock
from tests.support.mailboxes import Uploading, batch, device_list, entry
from tests.support.sync_people import CENTRE, LAPTOP

MIB = 1 << 20
SIZE = 60 * MIB
PROGRAM = """
import sys
from pathlib import Path
from outreach_app.centre.mailbox.serve import serve
from outreach_app.centre.mailbox.server import Door
from tests.support.clock import FakeClock
serve(Path(sys.argv[1]), 0, clock=FakeClock(), door=Door(requests_per_minute=0))
"""


@contextmanager
def worker(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve in a process of its own; give its address and its number."""
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1], process.pid
        finally:
            process.terminate()
            assert process.wait(timeout=30) == 0


def resident(pid: int, name: str = "VmRSS") -> int:
    """Return bytes: ``VmRSS`` now, ``VmHWM`` at most so far."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) << 10


def incompressible(seq: int) -> SealedBatch:
    """Lines that are not like each other: what is sealed is as long as what it holds."""
    return batch(seq, lines=tuple(os.urandom(MIB - 1).replace(b"\n", b"x") for _ in range(SIZE // MIB)))


def fetch(client: httpx.Client, name: str) -> tuple[int, str]:
    path = f"/v1/batches/{name}"
    headers = sign_request("GET", path, b"", now=FakeClock().now(), keys=CENTRE.desk)
    seen, digest = 0, hashlib.sha512()
    with client.stream("GET", path, headers=headers) as answer:
        for part in answer.iter_raw():
            seen += len(part)
            digest.update(part)
    return seen, digest.hexdigest()


def test_memory_is_flat_with_batches_of_60_mib(tmp_path: Path) -> None:
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    store = open_store(tmp_path)
    store.put_device_list(1, device_list(entry(LAPTOP)))
    store.close()
    with worker(tmp_path) as (address, pid), httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        small = batch(1)
        client.put(f"/v1/batches/{small.sha512}", content=small.data)
        before = resident(pid)
        after = []
        for seq in (2, 3):
            sealed = incompressible(seq)
            assert len(sealed.data) >= SIZE
            assert Uploading(client, sealed).send().status_code == 200
            assert fetch(client, sealed.sha512) == (len(sealed.data), sealed.sha512)
            after.append(resident(pid))
        most = resident(pid, "VmHWM")
    assert most - before < 24 * MIB
    assert after[-1] - after[0] < 8 * MIB
