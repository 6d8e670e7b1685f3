"""The mailbox beside bare inserts into PostgreSQL: the same bytes, the same durability, as many lines at a time.

Two worker processes on one private PostgreSQL with fsync, eight senders that wait for each receipt; beside them eight
connections that insert the very same batches, each committed by itself, and do nothing else. The mailbox also checks
two signatures of each batch and signs and seals its receipt; so inserts with that work are measured as well. A typical
batch is a week of 500 notes.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from outreach_app.sync.sealing import SealedBatch
from tests.bench.mailbox_load import Rate, bare_inserts, drive_senders, mailbox_workers, prepare_mailbox
from tests.support.mailboxes import batch
from tests.support.postgres import private_postgres

WORKERS = 2
SENDERS = 8
ROUNDS = 3
SIZES = {"typical": (177_000, 96), "small": (4_000, 160)}  # bytes of a batch, batches in a round
RATIOS = {
    "bare inserts / mailbox, typical batches a second": ("typical, mailbox", "typical, bare", 1 / 0.7),
    "the same inserts, signed / mailbox": ("typical, mailbox", "typical, bare and signed", 1 / 0.7),
}


def measure() -> dict[str, float]:
    """Return the seconds each round of batches took, the least of ``ROUNDS``."""
    with tempfile.TemporaryDirectory() as base, private_postgres() as database:
        folder = Path(base)
        prepare_mailbox(folder, database)

        def signed(batches: list[SealedBatch]) -> Rate:
            return bare_inserts(database, batches, SENDERS, signed=True)

        seconds: dict[str, float] = {}
        with mailbox_workers(folder, database, WORKERS) as places:
            for place, (title, (size, count)) in enumerate(SIZES.items()):
                rounds = [_sealed(size, count, place * ROUNDS + number) for number in range(1, ROUNDS + 1)]
                seconds[f"{title}, bare"] = _least(rounds, lambda batches: bare_inserts(database, batches, SENDERS))
                seconds[f"{title}, bare and signed"] = _least(rounds, signed)
                seconds[f"{title}, mailbox"] = _least(rounds, lambda batches: drive_senders(places, batches, SENDERS))
    return seconds


def _sealed(size: int, count: int, epoch: int) -> list[SealedBatch]:
    """Return batches of about ``size`` bytes that compress no further."""
    lines = size * 4 // 3 // 800
    return [
        batch(seq, lines=tuple(base64.b64encode(os.urandom(600)) for _ in range(lines)), epoch=epoch)
        for seq in range(1, count + 1)
    ]


def _least(rounds: list[list[SealedBatch]], drive: Callable[[list[SealedBatch]], Rate]) -> float:
    return min(drive(batches).seconds for batches in rounds)
