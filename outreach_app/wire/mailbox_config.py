"""The mailbox's configuration file and the JSON answers it gives."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from outreach_app.wire.signed import Amount, DeviceId, Hash, KeyText, Number

PAGE_LIMIT = 500


class MailboxConfigurationBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Public keys the mailbox trusts; its own receipt keys lie in a file of their own."""

    format: Literal["outreach-mailbox/1"] = "outreach-mailbox/1"
    root_key: KeyText
    desk_key: KeyText


class BatchListing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One stored batch: ``number`` counts from 1 in the order of storing, without gaps.

    ``answered`` tells whether the desk's answer lies there too; None where that is not said: on a stick, and by a
    mailbox of an older version.
    """

    number: Number
    sha512: Hash
    device: DeviceId
    epoch: Number
    seq: Number
    size: Amount
    answered: bool | None = None


class BatchPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``GET /v1/batches``."""

    batches: Annotated[tuple[BatchListing, ...], msgspec.Meta(max_length=PAGE_LIMIT)]


class ReceiptPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``GET /v1/receipts/{sha512}``: base64, oldest first."""

    receipts: Annotated[tuple[str, ...], msgspec.Meta(max_length=8)]


class LetterPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``GET /v1/letters/{device}``: base64, of each kind the newest."""

    letters: Annotated[tuple[str, ...], msgspec.Meta(max_length=4)]


class UploadState(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Answer to ``PUT`` and ``GET /v1/uploads/{sha512}``: bytes of the batch and of a chunk, base64 of the bitmap.

    ``missing`` is empty when the whole batch is stored already. ``token`` stands in the answer to ``PUT`` alone, while
    chunks are missing or the commit is: chunks and commit must carry it.
    """

    size: Number
    chunk: Number
    missing: Annotated[str, msgspec.Meta(max_length=64)]
    token: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{0,32}\Z")] = ""


class ErrorAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every refusal: a stable code and nothing else."""

    error: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}\Z")]
