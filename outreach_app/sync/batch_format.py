"""The bytes of a sealed batch, version 1: where each part lies, and every limit, checked before any work.

``magic | header | sealed content key | Ed25519 | ML-DSA-65 | ciphertext``; all but the magic behind an 8-byte length.
Described in docs/formats-sync.md. Nothing here opens or checks a signature.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Annotated

import msgspec

from outreach_app.sync import algorithms
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError
from outreach_app.sync.framing import frame, take_frames
from outreach_app.sync.keys import HPKE_OVERHEAD, SIGNATURES_LENGTH, Signatures
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.signed import DeviceId, Hash, Number
from outreach_app.wire.strict import read_json, write_json

MAGIC = b"outreach-batch/1\n"
FORMAT = "outreach-batch/1"
SCHEMA = 4  # of the records, see wire/batch_records.py
FIRST_PREV_HASH = "0" * 128  # what the first batch of an epoch names as the one before it

HEADER_LIMIT = 4 << 10
BATCH_LIMIT = 64 << 20
PLAINTEXT_LIMIT = 256 << 20
RECORD_LIMIT = 1 << 20
RECORDS_LIMIT = 20_000
RATIO_LIMIT = 200
CONTENT_KEY_LENGTH = 32
SEALED_KEY_LENGTH = CONTENT_KEY_LENGTH + HPKE_OVERHEAD
_LENGTH = struct.Struct(">Q")

Length = Annotated[int, msgspec.Meta(ge=0, le=BATCH_LIMIT)]


class BatchHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What everyone on the way may read; never text of the vault."""

    format: str
    device: DeviceId
    epoch: Number
    seq: Number
    prev_hash: Hash
    centre_key_id: DeviceId
    schema: Number
    alg: str
    ct_len: Length


@dataclass(frozen=True)
class BatchParts:
    """A batch taken apart; nothing about it is checked yet except its lengths and the shape of its header."""

    header: BatchHeader
    header_bytes: bytes
    sealed_key: bytes
    signatures: Signatures
    ciphertext: bytes

    def signed_bytes(self) -> bytes:
        """Return the exact bytes both signatures are over."""
        return signed_bytes(self.header_bytes, self.sealed_key, self.ciphertext)


def write_header(header: BatchHeader) -> bytes:
    """Return the header's exact bytes (canonical JSON)."""
    return write_json(header)


def header_context(header_bytes: bytes) -> bytes:
    """Return 64 bytes that bind the content key and the content to this header."""
    return hashlib.sha512(MAGIC + header_bytes).digest()


def signed_bytes(header_bytes: bytes, sealed_key: bytes, ciphertext: bytes) -> bytes:
    """Return what is signed: magic, header, sealed key and SHA-512 of the ciphertext, each behind its length."""
    return signed_hash(header_bytes, sealed_key, hashlib.sha512(ciphertext).digest())


def signed_hash(header_bytes: bytes, sealed_key: bytes, ciphertext_sha512: bytes) -> bytes:
    """Return what is signed, for whoever has only the hash of the ciphertext (64 bytes)."""
    return frame((MAGIC, header_bytes, sealed_key, ciphertext_sha512))


def join_batch(header_bytes: bytes, sealed_key: bytes, signatures: Signatures, ciphertext: bytes) -> bytes:
    """Return the bytes of a batch."""
    return MAGIC + frame((header_bytes, sealed_key, signatures.to_bytes(), ciphertext))


def read_header(untrusted_batch: bytes) -> BatchHeader:
    """Return the header of a batch, or of its first bytes (21 + 4 KiB are enough); nothing is verified.

    Raises:
        BatchUnreadableError: not the start of a batch of this format.
        BatchTooLargeError: the header or the ciphertext it announces passes a limit.
    """
    if not untrusted_batch.startswith(MAGIC) or len(untrusted_batch) < len(MAGIC) + _LENGTH.size:
        raise BatchUnreadableError(reason="not a batch")
    (length,) = _LENGTH.unpack_from(untrusted_batch, len(MAGIC))
    if length > HEADER_LIMIT:
        raise BatchTooLargeError(part="header", limit=HEADER_LIMIT)
    start = len(MAGIC) + _LENGTH.size
    if len(untrusted_batch) < start + length:
        raise BatchUnreadableError(reason="cut short")
    return _parse_header(untrusted_batch[start : start + length])


def split_batch(untrusted_batch: bytes) -> BatchParts:
    """Take a whole batch apart.

    Raises:
        BatchUnreadableError: cut short, too long, lying lengths, broken header.
        BatchTooLargeError: a limit is passed.
    """
    if len(untrusted_batch) > BATCH_LIMIT:
        raise BatchTooLargeError(part="batch", limit=BATCH_LIMIT)
    header = read_header(untrusted_batch)
    limits = (HEADER_LIMIT, SEALED_KEY_LENGTH, SIGNATURES_LENGTH, BATCH_LIMIT)
    parts = take_frames(untrusted_batch[len(MAGIC) :], limits)
    if parts is None:
        raise BatchUnreadableError(reason="lengths")
    header_bytes, sealed_key, signatures, ciphertext = parts
    if len(sealed_key) != SEALED_KEY_LENGTH or len(signatures) != SIGNATURES_LENGTH:
        raise BatchUnreadableError(reason="lengths")
    if len(ciphertext) != header.ct_len:
        raise BatchUnreadableError(reason="ct_len")
    return BatchParts(header, header_bytes, sealed_key, Signatures.from_bytes(signatures), ciphertext)


def _parse_header(untrusted: bytes) -> BatchHeader:
    try:
        header = read_json(untrusted, BatchHeader, what="The batch", limit=HEADER_LIMIT, depth=1)
    except UntrustedDataError as error:
        raise BatchUnreadableError(reason=f"header {error.values['field']}") from error
    if write_header(header) != untrusted:
        raise BatchUnreadableError(reason="header spelling")
    if header.format != FORMAT:
        raise BatchUnreadableError(reason="format")
    if header.alg not in algorithms.IN_FORCE:
        raise BatchUnreadableError(reason="algorithm")
    return header
