"""Seal lines of JSON into a batch that only the centre opens, and open it there. No files, no network."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import zstandard

from outreach_app.errors import BugError
from outreach_app.sync import batch_format
from outreach_app.sync.algorithms import IN_FORCE, NEWEST, Algorithms
from outreach_app.sync.batch_format import (
    BATCH_LIMIT,
    CONTENT_KEY_LENGTH,
    PLAINTEXT_LIMIT,
    RATIO_LIMIT,
    RECORD_LIMIT,
    RECORDS_LIMIT,
    BatchHeader,
    BatchParts,
    read_header,
)
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError, OtherSealingKeyError
from outreach_app.sync.framing import padme
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys

__all__ = [
    "CentreSealingKey",
    "SealedBatch",
    "VerifiedBatch",
    "key_id",
    "open_batch",
    "read_header",
    "seal_batch",
    "verify_batch",
]

_CONTEXT = b"outreach-batch/1"
_KEY_INFO = b"outreach-batch/1 content key "
_COUNTS = struct.Struct(">QQQ")  # compressed bytes, plain bytes, records
_STEP = 1 << 20
_COMPRESSION_LEVEL = 10
_WINDOW_LIMIT = 1 << 26  # most memory a compressed stream may ask for


@dataclass(frozen=True)
class CentreSealingKey:
    """The centre's key of the month, and the id by which a batch names it."""

    public: PublicReceivingKey

    @property
    def key_id(self) -> str:
        """Return 32 hex digits made from the key itself, so that an id cannot lie."""
        return key_id(self.public)


@dataclass(frozen=True)
class SealedBatch:
    """A finished batch: its bytes never change again. ``sha512`` (hex) is its name everywhere."""

    data: bytes
    sha512: str
    header: BatchHeader


@dataclass(frozen=True)
class VerifiedBatch:
    """A batch whose two signatures fit its device; still sealed."""

    parts: BatchParts
    sha512: str

    @property
    def header(self) -> BatchHeader:
        """Return the header, now known to come from the device it names."""
        return self.parts.header


def key_id(public: PublicReceivingKey) -> str:
    """Return the id of a sealing key: 32 hex digits of its fingerprint."""
    return public.fingerprint().hex()[:32]


def seal_batch(
    lines: Sequence[bytes],
    *,
    device: str,
    epoch: int,
    seq: int,
    prev_hash: str,
    signing: SigningKeys,
    centre_key: CentreSealingKey,
    schema: int = batch_format.SCHEMA,
    using: Algorithms = NEWEST,
) -> SealedBatch:
    """Seal records (one JSON text a line, without line ends) for the centre.

    The device is named by 32 hex digits; ``epoch`` (grows when a laptop was restored) and ``seq`` count from 1;
    ``prev_hash`` is the ``sha512`` of the batch before, ``FIRST_PREV_HASH`` for the first. BatchTooLargeError when
    there are more than 20,000 records, a record is larger than 1 MiB, or the whole passes a limit.
    """
    content = _pack(lines)
    header = BatchHeader(
        format=batch_format.FORMAT, device=device, epoch=epoch, seq=seq, prev_hash=prev_hash,
        centre_key_id=centre_key.key_id, schema=schema, alg=using.name,
        ct_len=using.sealed_length(len(content)),
    )  # fmt: skip
    data = _seal_content(content, header, using, signing, centre_key)
    if len(data) > BATCH_LIMIT:
        raise BatchTooLargeError(part="batch", limit=BATCH_LIMIT)
    return SealedBatch(data, hashlib.sha512(data).hexdigest(), header)


def verify_batch(untrusted_batch: bytes, device_keys: PublicSigningKeys) -> VerifiedBatch:
    """Check form, limits and both signatures; the content stays sealed.

    Raises:
        BatchUnreadableError, BatchTooLargeError: see ``split_batch``.
        SignatureWrongError: not signed by this device, or changed.
    """
    parts = batch_format.split_batch(untrusted_batch)
    device_keys.verify(parts.signed_bytes(), _CONTEXT, parts.signatures, what="The batch")
    return VerifiedBatch(parts, hashlib.sha512(untrusted_batch).hexdigest())


def open_batch(verified: VerifiedBatch, centre: ReceivingKeys) -> tuple[bytes, ...]:
    """Return the records of a verified batch, in their order.

    Raises:
        OtherSealingKeyError: sealed for another key.
        BatchUnreadableError: the content is damaged although it was signed.
        BatchTooLargeError: a limit is passed.
    """
    parts = verified.parts
    binding = batch_format.header_context(parts.header_bytes)
    if parts.header.centre_key_id != key_id(centre.public):
        raise OtherSealingKeyError
    content_key = centre.unseal(parts.sealed_key, _KEY_INFO + binding)
    if content_key is None or len(content_key) != CONTENT_KEY_LENGTH:
        raise OtherSealingKeyError
    content = IN_FORCE[parts.header.alg].open(parts.ciphertext, content_key, binding)
    if content is None:
        raise BatchUnreadableError(reason="content")
    return _unpack(content)


def _seal_content(
    content: bytes, header: BatchHeader, using: Algorithms, signing: SigningKeys, centre_key: CentreSealingKey
) -> bytes:
    header_bytes = batch_format.write_header(header)
    binding = batch_format.header_context(header_bytes)
    content_key = using.new_key()
    ciphertext = using.seal(content, content_key, binding)
    sealed_key = centre_key.public.seal(content_key, _KEY_INFO + binding)
    signatures = signing.sign(batch_format.signed_bytes(header_bytes, sealed_key, ciphertext), _CONTEXT)
    if len(ciphertext) != header.ct_len:
        raise BugError("a batch was sealed with a header that does not describe it")
    return batch_format.join_batch(header_bytes, sealed_key, signatures, ciphertext)


def _pack(lines: Sequence[bytes]) -> bytes:
    """Return counts, compressed lines and padding; never so small that opening it would look like a bomb."""
    if len(lines) > RECORDS_LIMIT:
        raise BatchTooLargeError(part="records", limit=RECORDS_LIMIT)
    for line in lines:
        if len(line) > RECORD_LIMIT:
            raise BatchTooLargeError(part="one record", limit=RECORD_LIMIT)
        if not line or b"\n" in line:
            raise BugError("a record is one line of JSON")
    plain_length = sum(len(line) + 1 for line in lines)
    if plain_length > PLAINTEXT_LIMIT:
        raise BatchTooLargeError(part="content", limit=PLAINTEXT_LIMIT)
    plain = b"".join(line + b"\n" for line in lines)
    compressed = zstandard.ZstdCompressor(level=_COMPRESSION_LEVEL, write_content_size=True).compress(plain)
    content = _COUNTS.pack(len(compressed), plain_length, len(lines)) + compressed
    length = padme(max(len(content), -(-plain_length // RATIO_LIMIT)))
    return content.ljust(length, b"\0")


def _unpack(content: bytes) -> tuple[bytes, ...]:
    """Check counts and limits, then expand."""
    if len(content) < _COUNTS.size:
        raise BatchUnreadableError(reason="content")
    compressed_length, plain_length, records = _COUNTS.unpack_from(content)
    if plain_length > PLAINTEXT_LIMIT or plain_length > RATIO_LIMIT * len(content):
        raise BatchTooLargeError(part="content", limit=min(PLAINTEXT_LIMIT, RATIO_LIMIT * len(content)))
    if records > RECORDS_LIMIT:
        raise BatchTooLargeError(part="records", limit=RECORDS_LIMIT)
    end = _COUNTS.size + compressed_length
    if end > len(content) or any(content[end:]) or padme(len(content)) != len(content):
        raise BatchUnreadableError(reason="padding")
    lines = tuple(_split_lines(_expand(content[_COUNTS.size : end], plain_length)))
    if len(lines) != records:
        raise BatchUnreadableError(reason="number of records")
    return lines


def _expand(compressed: bytes, plain_length: int) -> bytes:
    """Return exactly ``plain_length`` bytes; stops as soon as there would be more."""
    try:
        if zstandard.get_frame_parameters(compressed).content_size != plain_length:
            raise BatchUnreadableError(reason="length of the content")
        reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW_LIMIT).stream_reader(io.BytesIO(compressed))
        plain = bytearray()
        while step := reader.read(min(_STEP, plain_length + 1 - len(plain))):
            plain += step
    except zstandard.ZstdError as error:
        raise BatchUnreadableError(reason="compression") from error
    if len(plain) != plain_length:
        raise BatchUnreadableError(reason="length of the content")
    return bytes(plain)


def _split_lines(plain: bytes) -> Iterator[bytes]:
    if plain and not plain.endswith(b"\n"):
        raise BatchUnreadableError(reason="last line")
    for line in plain.split(b"\n")[:-1]:
        if not line:
            raise BatchUnreadableError(reason="empty line")
        if len(line) > RECORD_LIMIT:
            raise BatchTooLargeError(part="one record", limit=RECORD_LIMIT)
        yield line
