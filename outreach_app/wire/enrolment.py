"""What travels when a laptop is enrolled: its request, the centre's reply, and the signed list of all devices."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from outreach_app.wire.signed import DeviceId, Hash, Instant, KeyText, Number

DeviceStatus = Literal["enrolled", "revoked"]
Label = Annotated[str, msgspec.Meta(max_length=80)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{4,64}\Z")]
Address = Annotated[str, msgspec.Meta(max_length=400, pattern=r"^https?://[!-~]+\Z")]


class EnrolmentRequestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A laptop asks to be enrolled. Signed by the very keys it names (proof of possession)."""

    format: Literal["outreach-enrolment-request/1"] = "outreach-enrolment-request/1"
    device: DeviceId
    label: Label
    code: Code
    issued_at: Instant
    signing_key: KeyText
    receiving_key: KeyText


class DeviceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One device of the list."""

    device: DeviceId
    signing_key: KeyText
    receiving_key: KeyText
    status: DeviceStatus


class DeviceListBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All devices there ever were; ``number`` only grows."""

    format: Literal["outreach-device-list/1"] = "outreach-device-list/1"
    number: Number
    issued_at: Instant
    devices: Annotated[tuple[DeviceRow, ...], msgspec.Meta(max_length=10_000)]


class EnrolmentReplyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The centre's answer to exactly one request (named by its SHA-512). Signed by ``root_key``.

    ``custodians`` holds three public keys, or none while the centre has no custodians.
    """

    format: Literal["outreach-enrolment-reply/1"] = "outreach-enrolment-reply/1"
    request_sha512: Hash
    issued_at: Instant
    device: DeviceRow
    root_key: KeyText
    sealing_key: KeyText
    sealing_key_id: DeviceId
    mailbox_key: KeyText
    desk_key: KeyText
    mailbox_url: Address | None = None
    sealed_linkage_key: KeyText
    custodians: Annotated[tuple[KeyText, ...], msgspec.Meta(max_length=3)] = ()
