"""What may be shown of a sealed file to anybody who holds it: its outside, its size, whether its signatures fit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from outreach_app.errors import KnownError
from outreach_app.sync import batch_format, letters, receipts
from outreach_app.sync.batch_format import BATCH_LIMIT, split_batch
from outreach_app.sync.errors import FileOfAnotherKindError
from outreach_app.sync.keys import PublicSigningKeys
from outreach_app.sync.letters import read_letter_header
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.sync.sealing import verify_batch

NOT_CHECKED, FITS, DOES_NOT_FIT = "not checked", "fits", "does not fit"


@dataclass(frozen=True, slots=True)
class Inspected:
    """``kind`` is batch, receipt or letter; ``outside`` is what everyone on the way may read; ``parts`` are bytes.

    ``signature`` tells of a batch whether the laptop that was named signed it; a receipt's and a letter's lie inside.
    """

    kind: str
    size: int
    sha512: str
    outside: Mapping[str, object]
    parts: Mapping[str, int] = field(default_factory=dict)
    signature: str = NOT_CHECKED


def inspect(untrusted: bytes, signer: PublicSigningKeys | None = None) -> Inspected:
    """Look at a file without opening it.

    Args:
        untrusted: the whole file.
        signer: the laptop that should have signed a batch.

    Raises:
        FileOfAnotherKindError: none of ours.
        BatchUnreadableError, BatchTooLargeError, ReceiptUnreadableError, LetterUnreadableError: damaged.
    """
    size, name = len(untrusted), hashlib.sha512(untrusted).hexdigest()
    if untrusted.startswith(batch_format.MAGIC):
        parts = split_batch(untrusted)
        lengths = {
            "header": len(parts.header_bytes), "sealed_key": len(parts.sealed_key),
            "signatures": len(parts.signatures.to_bytes()), "ciphertext": len(parts.ciphertext),
        }  # fmt: skip
        return Inspected("batch", size, name, _fields(parts.header), lengths, _signature(untrusted, signer))
    if untrusted.startswith(receipts.MAGIC):
        return Inspected("receipt", size, name, _fields(read_receipt_header(untrusted)))
    if untrusted.startswith(letters.MAGIC):
        return Inspected("letter", size, name, _fields(read_letter_header(untrusted)))
    raise FileOfAnotherKindError


LARGEST = BATCH_LIMIT
"""Bytes of the largest file that is looked at."""


def _fields(header: msgspec.Struct) -> Mapping[str, object]:
    fields: Mapping[str, object] = msgspec.to_builtins(header)
    return fields


def _signature(untrusted: bytes, signer: PublicSigningKeys | None) -> str:
    if signer is None:
        return NOT_CHECKED
    try:
        verify_batch(untrusted, signer)
    except KnownError:
        return DOES_NOT_FIT
    return FITS
