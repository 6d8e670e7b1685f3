"""The anchor: two small files beside the vault that remember its last step, so that an old copy put back is noticed.

Inside the vault every transaction moves a counter and a chain hash one step on; after the commit the same step is
written alternately into ``anchor.0`` and ``anchor.1``. A vault one step ahead of its anchor is legal: the power may
fail in between.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from outreach_app.vault.errors import AnchorLostError, VaultRolledBackError
from outreach_app.vault.safe_files import overwrite_durably, read_limited

NAMES = ("anchor.0", "anchor.1")
HASH_BYTES = 32
FIRST_HEAD = bytes(HASH_BYTES)
_MAGIC = b"OUTANCH1"
_FORM = struct.Struct(">8s16sQQ32s")  # magic, vault id, epoch, step, head; then 32 bytes of HMAC-SHA256
SIZE = _FORM.size + HASH_BYTES


@dataclass(frozen=True)
class Step:
    """Where a vault stands: device epoch, number of the step, chain hash now and one step before."""

    epoch: int
    number: int
    head: bytes
    previous: bytes

    def following(self) -> Step:
        """Return the next step; the random part makes two copies of one vault differ at once."""
        data = b"outreach-anchor/1" + self.head + struct.pack(">QQ", self.epoch, self.number + 1) + os.urandom(16)
        return Step(self.epoch, self.number + 1, hashlib.sha256(data).digest(), self.head)


class Anchor:
    """The two files of one vault."""

    def __init__(self, folder: Path, vault_id: str, key: bytes) -> None:
        self._files = [folder / name for name in NAMES]
        self._vault_id = bytes.fromhex(vault_id)
        self._key = key
        self._written: tuple[int, int, bytes] | None = None

    def begin(self, step: Step) -> None:
        """Write both files for a new vault, or one whose step has just been checked.

        Raises:
            OSError: the disk refused.
        """
        for file in self._files:
            overwrite_durably(file, self._content(step.epoch, step.number, step.head))
        self._written = (step.epoch, step.number, step.head)

    def check(self, step: Step) -> None:
        """Compare the vault's step with the files.

        Raises:
            AnchorLostError: neither file is whole.
            VaultRolledBackError: the vault is older than, or another than, the one the files remember.
        """
        found = [mark for file in self._files if (mark := self._read(file)) is not None]
        if not found:
            raise AnchorLostError
        self._written = max(found)
        if not self._fits(step):
            raise VaultRolledBackError

    def settle(self, step: Step) -> None:
        """After ``check``: renew a damaged file first, so that one whole file is there at any moment; then catch up.

        Raises:
            OSError: the disk refused.
        """
        for file in self._files:
            if self._read(file) is None:
                overwrite_durably(file, self._content(step.epoch, step.number, step.head))
        self.catch_up(step)

    def catch_up(self, step: Step) -> None:
        """Write the step if the files do not hold it yet.

        Raises:
            VaultRolledBackError: the vault is not where this program left it.
            OSError: the disk refused.
        """
        if self._written == (step.epoch, step.number, step.head):
            return
        if not self._fits(step):
            raise VaultRolledBackError
        overwrite_durably(self._files[step.number % 2], self._content(step.epoch, step.number, step.head))
        self._written = (step.epoch, step.number, step.head)

    def _fits(self, step: Step) -> bool:
        return self._written in {
            (step.epoch, step.number, step.head),
            (step.epoch, step.number - 1, step.previous),
        }

    def _content(self, epoch: int, number: int, head: bytes) -> bytes:
        body = _FORM.pack(_MAGIC, self._vault_id, epoch, number, head)
        return body + hmac.digest(self._key, body, "sha256")

    def _read(self, file: Path) -> tuple[int, int, bytes] | None:
        content = read_limited(file, SIZE)
        if content is None or len(content) != SIZE:
            return None
        body, mac = content[: _FORM.size], content[_FORM.size :]
        if not hmac.compare_digest(mac, hmac.digest(self._key, body, "sha256")):
            return None
        magic, vault_id, epoch, number, head = _FORM.unpack(body)
        return (epoch, number, head) if (magic, vault_id) == (_MAGIC, self._vault_id) else None
