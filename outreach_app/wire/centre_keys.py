"""``keys.json`` of the content packs: the centre's keys in force, its mailbox, and which laptops were revoked."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from outreach_app.wire.enrolment import Address
from outreach_app.wire.signed import DeviceId, Instant, KeyText, Number
from outreach_app.wire.strict import read_json

CENTRE_KEYS_LIMIT = 1 << 20  # 10,000 revoked laptops have 350 KB
_MOST_REVOKED = 10_000


class CentreKeysBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What laptops seal for and whose receipts they believe. Two custodians signed it, never the desk alone.

    ``number`` is that of the publication it first came with; ``revoked`` is sorted. Keys are base64.
    """

    format: Literal["outreach-centre-keys/1"] = "outreach-centre-keys/1"
    number: Number
    issued_at: Instant
    sealing_key: KeyText
    sealing_key_id: DeviceId
    mailbox_key: KeyText
    desk_key: KeyText
    mailbox_url: Address | None = None
    revoked: Annotated[tuple[DeviceId, ...], msgspec.Meta(max_length=_MOST_REVOKED)] = ()


def read_centre_keys(untrusted: bytes) -> CentreKeysBody:
    """Return the keys as they stand in the file; whether they are keys at all is for ``sync/`` to say.

    Raises:
        UntrustedDataError, DataTooLargeError: not of this format.
    """
    return read_json(untrusted, CentreKeysBody, what="The centre's keys", limit=CENTRE_KEYS_LIMIT)
