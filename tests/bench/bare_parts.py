"""The bare cost of what a week of notes cannot do without: compress, seal, two commits on the disk, verify, open.

Nothing of the program's own way is in it: no notes are read or checked, nothing is asked of a register, no receipts,
no mailbox. Commits go into two encrypted vaults as the program makes them, with the bytes that must be kept there: the
sealed batch and a row for each record at the laptop, each record's line in a row of its own at the desk.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.keys import ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey, SealedBatch, open_batch, seal_batch, verify_batch
from outreach_app.vault.creation import create_vault
from outreach_app.vault.open_vault import OpenVault
from outreach_app.vault.passphrase import generate_passphrase
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds

LINES_A_BATCH = 2_000  # as ``services.sending`` cuts them

_TABLES = (
    "CREATE TABLE sealed (name TEXT PRIMARY KEY, data BLOB) STRICT",
    "CREATE TABLE packed (batch TEXT, line INTEGER, id TEXT, digest TEXT, PRIMARY KEY (batch, line)) STRICT",
    "CREATE TABLE kept (id INTEGER PRIMARY KEY, batch TEXT, body BLOB) STRICT",
)


class BareParts:
    """Two open vaults and the keys; ``measure`` may be asked again and again."""

    def __init__(self, folder: Path) -> None:
        self.device, self.centre = SigningKeys.generate(), ReceivingKeys.generate()
        self._laptop, self._desk = _vault(folder / "bare-laptop"), _vault(folder / "bare-desk")

    def measure(self, lines: Sequence[bytes]) -> dict[str, float]:
        """Return the seconds of each part for these lines, all batches together."""
        seconds = dict.fromkeys(("compress and seal", "two commits", "verify", "open"), 0.0)
        for first in range(0, len(lines), LINES_A_BATCH):
            self._one(lines[first : first + LINES_A_BATCH], seconds)
        return seconds

    def close(self) -> None:
        self._laptop.close()
        self._desk.close()

    def _one(self, lines: Sequence[bytes], seconds: dict[str, float]) -> None:
        began = time.perf_counter()
        sealed = self._seal(lines)
        at = _lap(seconds, "compress and seal", began)
        with self._laptop.transaction() as db:
            db.execute("INSERT INTO sealed VALUES (?, ?)", (sealed.sha512, sealed.data))
            rows = ((sealed.sha512, place, sealed.sha512[:32], sealed.sha512[:64]) for place in range(len(lines)))
            db.executemany("INSERT INTO packed VALUES (?, ?, ?, ?)", rows)
        at = _lap(seconds, "two commits", at)
        verified = verify_batch(sealed.data, self.device.public)
        at = _lap(seconds, "verify", at)
        opened = open_batch(verified, self.centre)
        at = _lap(seconds, "open", at)
        with self._desk.transaction() as db:
            db.executemany("INSERT INTO kept (batch, body) VALUES (?, ?)", ((sealed.sha512, line) for line in opened))
        _lap(seconds, "two commits", at)

    def _seal(self, lines: Sequence[bytes]) -> SealedBatch:
        return seal_batch(
            lines, device="a" * 32, epoch=1, seq=1, prev_hash=FIRST_PREV_HASH, signing=self.device,
            centre_key=CentreSealingKey(self.centre.public),
        )  # fmt: skip


def _vault(folder: Path) -> OpenVault:
    migrations = folder.with_suffix(".migrations")
    migrations.mkdir()
    (migrations / "0001_bare.sql").write_text(";\n".join(_TABLES) + ";\n")
    return create_vault(folder, generate_passphrase(), migrations=migrations, clock=FakeClock(), ids=CountingIds(1))


def _lap(seconds: dict[str, float], part: str, began: float) -> float:
    now = time.perf_counter()
    seconds[part] += now - began
    return now
