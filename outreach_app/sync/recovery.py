"""Recovery by files: a laptop asks, two of three custodians answer, and two people compare six words by phone.

The request travels unprotected: the six words of its hash, read out on the telephone, say that it is the one the worker
made. Each custodian frees only the own halves and seals them to the request's one-time key, so that neither the centre
nor any custodian ever holds the secret, let alone a key of the laptop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from outreach_app.errors import KnownError
from outreach_app.sync.errors import (
    CustodianAnsweredError,
    OneAnswerMissingError,
    OtherCustodianError,
    RecoveryOtherLaptopError,
    RecoveryOtherPurposeError,
    RecoveryOtherRequestError,
    RecoveryUnreadableError,
)
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey, ReceivingKeys
from outreach_app.sync.sealing import key_id
from outreach_app.vault.recovery_slot import HALVES_BYTES, RecoverySlot, halves_info
from outreach_app.wire.recovery import Purpose, RecoveryReplyBody, RecoveryRequestBody, SealedHalvesRow
from outreach_app.wire.strict import read_json, write_json

FILE_LIMIT = 64 << 10
ANSWERS_NEEDED = 2
_ANSWER = b"outreach-recovery-answer/1 "


@dataclass(frozen=True)
class RecoveryAsked:
    """A request whose form is right. Whose it is, is known only after the words were compared."""

    body: RecoveryRequestBody
    one_time: PublicReceivingKey
    sealed_halves: Mapping[str, bytes]
    sha512: str

    def fingerprint(self) -> bytes:
        """Return the 64 bytes to compare as words."""
        return bytes.fromhex(self.sha512)


@dataclass(frozen=True)
class RecoveryReply:
    """The answers so far, by key id; each is sealed to the request's one-time key."""

    body: RecoveryReplyBody
    answers: Mapping[str, bytes]

    @property
    def complete(self) -> bool:
        """Whether two custodians have answered."""
        return len(self.answers) >= ANSWERS_NEEDED


def make_request(
    purpose: Purpose, slot: RecoverySlot, head: bytes, *, one_time: PublicReceivingKey, issued_at: datetime
) -> bytes:
    """Return a laptop's request.

    Args:
        purpose: ``recover`` opens a locked laptop, ``drill`` only proves that it would.
        slot: the laptop's recovery slot; its device share stays behind.
        head: from ``slot_head``.
        one_time: made for this request alone.
        issued_at: aware.
    """
    rows = tuple(
        SealedHalvesRow(key_id=name, sealed=write_base64(sealed))
        for name, sealed in zip(slot.custodian_keys, slot.sealed_halves, strict=True)
    )
    return write_json(
        RecoveryRequestBody(
            purpose=purpose,
            device=slot.device,
            issued_at=write_instant(issued_at),
            slot_head=head.hex(),
            one_time_key=one_time.to_text(),
            halves=rows,
        )
    )


def read_request(untrusted: bytes) -> RecoveryAsked:
    """Return a request after checking its form; RecoveryUnreadableError otherwise."""
    try:
        body = read_json(untrusted, RecoveryRequestBody, what="The request", limit=FILE_LIMIT)
        one_time = PublicReceivingKey.from_text(body.one_time_key)
    except KnownError as error:
        raise RecoveryUnreadableError(reason=_reason(error)) from error
    return RecoveryAsked(body, one_time, _by_key(body.halves), hashlib.sha512(untrusted).hexdigest())


def answer(asked: RecoveryAsked, custodian: ReceivingKeys, earlier: RecoveryReply | None = None) -> bytes:
    """Return the reply with one custodian's answer added; only after the six words were compared.

    Raises:
        OtherCustodianError: the laptop does not know this key.
        RecoveryUnreadableError: the request was put together from several.
        CustodianAnsweredError: the custodian, or two others, answered before.
        RecoveryOtherRequestError: ``earlier`` answers another request.
    """
    name = key_id(custodian.public)
    before = () if earlier is None else earlier.body.answers
    if earlier is not None:
        check_belongs(earlier, asked)
        if earlier.complete or name in earlier.answers:
            raise CustodianAnsweredError
    sealed = asked.sealed_halves.get(name)
    if sealed is None:
        raise OtherCustodianError
    halves = custodian.unseal(sealed, halves_info(bytes.fromhex(asked.body.slot_head)))
    if halves is None or len(halves) != HALVES_BYTES:
        raise RecoveryUnreadableError(reason="halves")
    row = SealedHalvesRow(key_id=name, sealed=write_base64(asked.one_time.seal(halves, _answer_info(asked, name))))
    return write_json(
        RecoveryReplyBody(
            purpose=asked.body.purpose,
            device=asked.body.device,
            request_sha512=asked.sha512,
            answers=(*before, row),
        )
    )


def read_reply(untrusted: bytes) -> RecoveryReply:
    """Return a reply after checking its form; RecoveryUnreadableError otherwise."""
    try:
        body = read_json(untrusted, RecoveryReplyBody, what="The reply", limit=FILE_LIMIT)
    except KnownError as error:
        raise RecoveryUnreadableError(reason=_reason(error)) from error
    return RecoveryReply(body, _by_key(body.answers))


def check_belongs(reply: RecoveryReply, asked: RecoveryAsked) -> None:
    """Check that a reply answers this request of this laptop, for this purpose.

    Raises:
        RecoveryOtherLaptopError, RecoveryOtherPurposeError, RecoveryOtherRequestError: it does not.
    """
    if reply.body.device != asked.body.device:
        raise RecoveryOtherLaptopError
    if reply.body.purpose != asked.body.purpose:
        raise RecoveryOtherPurposeError
    if reply.body.request_sha512 != asked.sha512:
        raise RecoveryOtherRequestError


def open_answers(reply: RecoveryReply, asked: RecoveryAsked, one_time: ReceivingKeys) -> dict[int, bytes]:
    """Return what two custodians freed, by the place of their keys in the recovery slot; 64 bytes each.

    Raises:
        RecoveryOtherLaptopError, RecoveryOtherPurposeError, RecoveryOtherRequestError: see ``check_belongs``.
        OneAnswerMissingError: one answer only.
        RecoveryUnreadableError: an answer is not sealed to this request's key.
    """
    check_belongs(reply, asked)
    if not reply.complete:
        raise OneAnswerMissingError
    places = [row.key_id for row in asked.body.halves]
    opened: dict[int, bytes] = {}
    for name, sealed in reply.answers.items():
        halves = one_time.unseal(sealed, _answer_info(asked, name)) if name in places else None
        if halves is None or len(halves) != HALVES_BYTES:
            raise RecoveryUnreadableError(reason="answers")
        opened[places.index(name)] = halves
    return opened


def _answer_info(asked: RecoveryAsked, custodian: str) -> bytes:
    """Bind an answer to its purpose, its request and its custodian."""
    return _ANSWER + asked.body.purpose.encode() + b" " + asked.fingerprint() + bytes.fromhex(custodian)


def _by_key(rows: tuple[SealedHalvesRow, ...]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for row in rows:
        sealed = read_base64(row.sealed)
        if sealed is None or row.key_id in found:
            raise RecoveryUnreadableError(reason="key_id" if sealed else "sealed")
        found[row.key_id] = sealed
    return found


def _reason(error: KnownError) -> str:
    return str(error.values.get("field") or error.values.get("reason") or error.values.get("owner") or "form")
