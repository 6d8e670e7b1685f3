"""Large batches in chunks: what a worker's memory grows to, and what a cut upload costs to take up again.

Memory is the most a worker process ever held (``VmHWM``): after one batch of 60 MiB, and after five more, each handed
over in chunks, fetched by the desk and committed. Bytes are counted on a line between laptop and mailbox that is cut in
the middle of the upload: what goes over it in both tries, less the batch itself, in chunks. Heads of requests and the
opening count as well, so that a little more than the one chunk that was cut may be seen. Nothing here is a time.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.sealing import SealedBatch
from outreach_app.sync.uploads import CHUNK
from tests.support.chaos_line import FAITHFUL, ChaosLine, Plan, chaos_line
from tests.support.mailbox_workers import Worker, mailbox_workers, set_up
from tests.support.mailboxes import entry, large_batch
from tests.support.sync_people import CENTRE, LAPTOP

LARGE = 60 << 20
MORE = 5
CUT_BATCH = 8 << 20
RATIOS = {
    "memory of a worker after six batches of 60 MiB / after one": ("MiB after six", "MiB after one", 1.05),
    "chunks sent twice by an upload that was cut": ("chunks sent twice", "one chunk", 1.1),
}


def measure() -> dict[str, float]:
    """Return MiB and chunks; ``one chunk`` is 1."""
    with tempfile.TemporaryDirectory() as base:
        set_up(Path(base), None, [entry(LAPTOP)])
        with mailbox_workers(Path(base), None, 1) as (worker,):
            url = f"http://{worker.address[0]}:{worker.address[1]}"
            begun = _most_memory(worker)
            _there_and_back(url, large_batch(1, LARGE))
            after_one = _most_memory(worker)
            for seq in range(2, 2 + MORE):
                _there_and_back(url, large_batch(seq, LARGE))
            after_six = _most_memory(worker)
            twice = _sent_twice(worker, large_batch(2 + MORE, CUT_BATCH))
    return {
        "MiB at the start": begun, "MiB after one": after_one, "MiB after six": after_six,
        "chunks sent twice": twice, "one chunk": 1.0,
    }  # fmt: skip


def _there_and_back(url: str, sealed: SealedBatch) -> None:
    with HttpMailbox(url) as laptop, HttpDesk(url, signing=CENTRE.desk) as desk:
        laptop.put_batch(sealed.data)
        assert desk.get_batch(sealed.sha512) == sealed.data


def _most_memory(worker: Worker) -> float:
    """Return the most memory a worker ever held, in MiB."""
    assert worker.process is not None
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker.process.pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def _sent_twice(worker: Worker, sealed: SealedBatch) -> float:
    """Cut the line in the middle of a batch, send again, and return what went over it beyond the batch, in chunks."""
    cut = len(sealed.data) // 2 + CHUNK // 2
    with chaos_line(worker.address, lambda number: Plan(cut_request_at=cut) if number == 0 else FAITHFUL) as line:
        first = _try(line, sealed)
        second = _try(line, sealed)
    assert not first, "the line was not cut"
    assert second
    return (line.requested - len(sealed.data)) / CHUNK


def _try(line: ChaosLine, sealed: SealedBatch) -> bool:
    with HttpMailbox(line.url) as laptop:
        try:
            laptop.put_batch(sealed.data)
        except KnownError:
            return False
    return True
