"""What travels when a passphrase was forgotten: the laptop's request, the custodians' answers, and who they are."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from outreach_app.wire.signed import DeviceId, Hash, Instant, KeyText

Purpose = Literal["recover", "drill"]
KeyId = DeviceId
Head = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


class SealedHalvesRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something sealed to or by the custodian with this key id; base64."""

    key_id: KeyId
    sealed: KeyText


class RecoveryRequestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A laptop asks two of three custodians for help. Not signed: the six words, compared by phone, say whose it is.

    ``slot_head`` names the laptop's recovery slot; ``one_time_key`` is who the answers are sealed to.
    """

    format: Literal["outreach-recovery-request/1"] = "outreach-recovery-request/1"
    purpose: Purpose
    device: DeviceId
    issued_at: Instant
    slot_head: Head
    one_time_key: KeyText
    halves: Annotated[tuple[SealedHalvesRow, ...], msgspec.Meta(min_length=3, max_length=3)]


class RecoveryReplyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The answers of one or two custodians to exactly one request; each is sealed to its one-time key."""

    format: Literal["outreach-recovery-reply/1"] = "outreach-recovery-reply/1"
    purpose: Purpose
    device: DeviceId
    request_sha512: Hash
    answers: Annotated[tuple[SealedHalvesRow, ...], msgspec.Meta(min_length=1, max_length=2)]


class CustodiansBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The public keys of the three custodians. Signed by the centre's root; a later one takes the place of this."""

    format: Literal["outreach-custodians/1"] = "outreach-custodians/1"
    issued_at: Instant
    keys: Annotated[tuple[KeyText, ...], msgspec.Meta(min_length=3, max_length=3)]
