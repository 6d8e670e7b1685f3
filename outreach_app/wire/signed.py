"""The shapes all signed documents share: envelope, ids, hashes, instants. Base64 and keys are checked by ``sync/``."""

from __future__ import annotations

from typing import Annotated

import msgspec

DeviceId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}\Z")]
Instant = Annotated[str, msgspec.Meta(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
Number = Annotated[int, msgspec.Meta(ge=1, le=(1 << 53) - 1)]
Amount = Annotated[int, msgspec.Meta(ge=0, le=(1 << 53) - 1)]
KeyText = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]


class SignedEnvelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document and both signatures over its exact bytes; both fields are base64."""

    body: str
    signatures: str
