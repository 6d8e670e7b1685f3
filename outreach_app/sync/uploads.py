"""A large batch on its way to a mailbox in chunks: the opening that proves who sends it, chunk sizes, and the bitmap.

The opening carries everything a batch has but its ciphertext, whose hash stands in its place. So a mailbox can check
both signatures before it keeps a single chunk. Described in docs/formats-sync.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from outreach_app.sync import batch_format
from outreach_app.sync.batch_format import BATCH_LIMIT, HEADER_LIMIT, SEALED_KEY_LENGTH, BatchHeader
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError
from outreach_app.sync.framing import frame, take_frames
from outreach_app.sync.keys import SIGNATURES_LENGTH, PublicSigningKeys, Signatures

CHUNK = 256 << 10
UPLOAD_HEADER = "outreach-upload"  # of chunks and commit: what the answer to the opening gave
ONE_REQUEST = 1 << 20  # a batch up to this size goes in one request
MAGIC = b"outreach-upload/1\n"
OPENING_LIMIT = len(MAGIC) + 4 * 8 + HEADER_LIMIT + SEALED_KEY_LENGTH + SIGNATURES_LENGTH + 64
_LENGTH_BYTES = 8


@dataclass(frozen=True)
class Opening:
    """What a mailbox knows of a batch before its chunks come; only the shape of it is checked."""

    header: BatchHeader
    header_bytes: bytes
    sealed_key: bytes
    signatures: Signatures
    ciphertext_sha512: bytes

    @property
    def start(self) -> bytes:
        """Return the bytes of the batch that come before its ciphertext."""
        parts = frame((self.header_bytes, self.sealed_key, self.signatures.to_bytes()))
        return batch_format.MAGIC + parts + self.header.ct_len.to_bytes(_LENGTH_BYTES, "big")

    @property
    def size(self) -> int:
        """Return the length of the whole batch in bytes."""
        return len(self.start) + self.header.ct_len

    def verify(self, device_keys: PublicSigningKeys) -> None:
        """Return if the device signed the batch this opens; SignatureWrongError otherwise."""
        signed = batch_format.signed_hash(self.header_bytes, self.sealed_key, self.ciphertext_sha512)
        device_keys.verify(signed, batch_format.FORMAT.encode(), self.signatures, what="The batch")


def upload_opening(batch: bytes) -> bytes:
    """Return the opening for a sealed batch.

    Raises:
        BatchUnreadableError, BatchTooLargeError: it is no batch.
    """
    parts = batch_format.split_batch(batch)
    digest = hashlib.sha512(parts.ciphertext).digest()
    return MAGIC + frame((parts.header_bytes, parts.sealed_key, parts.signatures.to_bytes(), digest))


def read_opening(untrusted: bytes) -> Opening:
    """Take an opening apart; no signature is checked.

    Raises:
        BatchUnreadableError: not an opening.
        BatchTooLargeError: the batch it opens passes a limit.
    """
    if not untrusted.startswith(MAGIC):
        raise BatchUnreadableError(reason="not an opening")
    parts = take_frames(untrusted[len(MAGIC) :], (HEADER_LIMIT, SEALED_KEY_LENGTH, SIGNATURES_LENGTH, 64))
    if parts is None or tuple(map(len, parts[1:])) != (SEALED_KEY_LENGTH, SIGNATURES_LENGTH, 64):
        raise BatchUnreadableError(reason="lengths")
    header_bytes, sealed_key, signatures, digest = parts
    header = batch_format.read_header(batch_format.MAGIC + frame((header_bytes,)))
    opening = Opening(header, header_bytes, sealed_key, Signatures.from_bytes(signatures), digest)
    if opening.size > BATCH_LIMIT:
        raise BatchTooLargeError(part="batch", limit=BATCH_LIMIT)
    return opening


def chunks_of(size: int) -> int:
    """Return in how many chunks a batch of ``size`` bytes goes."""
    return -(-size // CHUNK)


def chunk_length(size: int, index: int) -> int:
    """Return how many bytes chunk ``index`` (from 0) of a batch of ``size`` bytes has; 0 where there is none."""
    return max(0, min(CHUNK, size - index * CHUNK)) if index >= 0 else 0


def write_bitmap(missing: Iterable[int], chunks: int) -> bytes:
    """Return the bitmap of missing chunks: bit i of byte i // 8 is chunk i, the least significant bit first."""
    bits = bytearray(-(-chunks // 8))
    for index in missing:
        bits[index // 8] |= 1 << index % 8
    return bytes(bits)


def read_bitmap(untrusted: bytes, chunks: int) -> tuple[int, ...] | None:
    """Return the missing chunks, lowest first; an empty bitmap says none. None when it is not for ``chunks`` chunks."""
    if not untrusted:
        return ()
    if len(untrusted) != -(-chunks // 8):
        return None
    missing = tuple(index for index in range(len(untrusted) * 8) if untrusted[index // 8] >> index % 8 & 1)
    return None if missing and missing[-1] >= chunks else missing
