"""The anchor: two small files beside the vault that remember its last step, so that an old copy put back is noticed.

Inside the vault every transaction moves a counter and a chain hash one step on; after the commit the same step is
written alternately into ``anchor.0`` and ``anchor.1``, with the number of pages the database then has. A vault one step
ahead of its anchor is legal: the power may fail in between. So is the first step of a later epoch: a restored copy.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from outreach_app.vault.errors import AnchorLostError, VaultRolledBackError
from outreach_app.vault.layout import ANCHOR_FILES, DATABASE, PAGE_BYTES
from outreach_app.vault.safe_files import overwrite_durably, read_limited

NAMES = ANCHOR_FILES
HASH_BYTES = 32
FIRST_HEAD = bytes(HASH_BYTES)
_SALT_BYTES = 16
_MAGIC = b"OUTANCH1"
_FORM = struct.Struct(">8s16sQQQ32s")  # magic, vault id, epoch, step, pages, head; then 32 bytes of HMAC-SHA256
SIZE = _FORM.size + HASH_BYTES


@dataclass(frozen=True)
class Step:
    """Where a vault stands: device epoch, number of the step, chain hash now and one step before.

    ``salt`` makes two copies of one vault differ at once; ``began`` is the number at which the epoch began. A vault
    written before engine 2 has no salt until its next step.
    """

    epoch: int
    number: int
    head: bytes
    previous: bytes
    salt: bytes = b""
    began: int = 0

    def following(self, audit_head: bytes = FIRST_HEAD) -> Step:
        """Return the next step; it vouches for the audit chain up to ``audit_head``."""
        return self._step(self.epoch, self.began, audit_head)

    def in_epoch(self, epoch: int, audit_head: bytes = FIRST_HEAD) -> Step:
        """Return the next step as the first of another device epoch."""
        return self._step(epoch, self.number + 1, audit_head)

    def vouches_for(self, audit_head: bytes) -> bool:
        """Tell whether the audit chain ended with ``audit_head`` at this step."""
        return self.head == _chained(self.previous, self.epoch, self.number, self.salt, audit_head)

    def _step(self, epoch: int, began: int, audit_head: bytes) -> Step:
        number, salt = self.number + 1, os.urandom(_SALT_BYTES)
        return Step(epoch, number, _chained(self.head, epoch, number, salt, audit_head), self.head, salt, began)


def _chained(previous: bytes, epoch: int, number: int, salt: bytes, audit_head: bytes) -> bytes:
    data = b"outreach-anchor/2" + previous + struct.pack(">QQ", epoch, number) + salt + audit_head
    return hashlib.sha256(data).digest()


@dataclass(frozen=True, order=True)
class Mark:
    """What one anchor file remembers of a step, and the pages of the database after it."""

    epoch: int
    number: int
    head: bytes
    pages: int


class Anchor:
    """The two files of one vault."""

    def __init__(self, folder: Path, vault_id: str, key: bytes) -> None:
        self._files = [folder / name for name in NAMES]
        self._database = folder / DATABASE
        self._vault_id = bytes.fromhex(vault_id)
        self._key = key
        self._mark: Mark | None = None

    def begin(self, step: Step) -> None:
        """Write both files: for a new vault, and after the database was written anew.

        Raises:
            OSError: the disk refused.
        """
        for file in self._files:
            self._write(file, step)

    def load(self) -> Mark:
        """Read the files and return the newest mark.

        Raises:
            AnchorLostError: neither file is whole.
        """
        found = [mark for file in self._files if (mark := self._read(file)) is not None]
        if not found:
            raise AnchorLostError
        self._mark = max(found)
        return self._mark

    def check(self, step: Step) -> None:
        """Compare the vault's step with the mark loaded before.

        Raises:
            VaultRolledBackError: the vault is older than, or another than, the one the files remember.
        """
        if not (self._is_at(step) or self._is_one_before(step) or self._is_of_an_epoch_before(step)):
            raise VaultRolledBackError

    def settle(self, step: Step) -> None:
        """After ``check``: renew a damaged file first, so that one whole file is there at any moment; then catch up.

        Raises:
            OSError: the disk refused.
        """
        for file in self._files:
            if self._read(file) is None:
                self._write(file, step)
        if self._is_at(step) and not self._knows_pages():  # the database was rebuilt, then power failed
            self.begin(step)
        self.catch_up(step)

    def catch_up(self, step: Step) -> None:
        """Write the step if the files do not hold it yet.

        Raises:
            VaultRolledBackError: the vault is not where this program left it.
            OSError: the disk refused.
        """
        if not self._is_at(step):
            self.check(step)
            self._write(self._files[step.number % 2], step)

    def _knows_pages(self) -> bool:
        return self._mark is not None and self._mark.pages == self._pages()

    def _pages(self) -> int:
        return self._database.stat().st_size // PAGE_BYTES

    def _is_at(self, step: Step) -> bool:
        mark = self._mark
        return mark is not None and (mark.epoch, mark.number, mark.head) == (step.epoch, step.number, step.head)

    def _is_one_before(self, step: Step) -> bool:
        mark = self._mark
        before = (step.epoch, step.number - 1, step.previous)
        return mark is not None and (mark.epoch, mark.number, mark.head) == before

    def _is_of_an_epoch_before(self, step: Step) -> bool:
        """Tell whether the vault was restored a moment ago, and power failed before the files could say so."""
        mark = self._mark
        return mark is not None and mark.epoch < step.epoch and step.number == step.began

    def _write(self, file: Path, step: Step) -> None:
        mark = Mark(step.epoch, step.number, step.head, self._pages())
        body = _FORM.pack(_MAGIC, self._vault_id, mark.epoch, mark.number, mark.pages, mark.head)
        overwrite_durably(file, body + hmac.digest(self._key, body, "sha256"))
        self._mark = mark

    def is_under_another_key(self) -> bool:
        """Tell whether the files are of this vault and look whole, but were written under other keys."""
        beginning = _MAGIC + self._vault_id
        contents = [read_limited(file, SIZE) for file in self._files]
        return all(content is not None and len(content) == SIZE for content in contents) and all(
            content.startswith(beginning) for content in contents if content is not None
        )

    def _read(self, file: Path) -> Mark | None:
        content = read_limited(file, SIZE)
        if content is None or len(content) != SIZE:
            return None
        body, mac = content[: _FORM.size], content[_FORM.size :]
        if not hmac.compare_digest(mac, hmac.digest(self._key, body, "sha256")):
            return None
        magic, vault_id, epoch, number, pages, head = _FORM.unpack(body)
        return Mark(epoch, number, head, pages) if (magic, vault_id) == (_MAGIC, self._vault_id) else None
