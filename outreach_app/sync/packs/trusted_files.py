"""What a laptop keeps of the signed lists, what one run of the client found, and the names and limits of files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from outreach_app.wire.centre_keys import CentreKeysBody

TIMESTAMP = "timestamp.json"
TRUST = "trust.json"
KEYS = "keys.json"
CONTENT = "content.zip"

ROOT_LIMIT = 256 << 10
TIMESTAMP_LIMIT = 64 << 10
SNAPSHOT_LIMIT = 64 << 10
TARGETS_LIMIT = 256 << 10
CONTENT_LIMIT = 24 << 20


@dataclass(frozen=True)
class TrustedFiles:
    """The signed lists this laptop trusts now, byte for byte; empty while it has none. Kept in its vault."""

    root: bytes
    timestamp: bytes = b""
    snapshot: bytes = b""
    targets: bytes = b""


@dataclass(frozen=True)
class Published:
    """What the custodians published last, checked as a whole.

    ``number`` is that of the publication. ``content`` is None when it is what the laptop has already or refused, or
    when none was published yet (then ``content_sha256`` is empty). ``expires_at``: good until then. ``timestamp_at``:
    when the desk last said that this is the newest.
    """

    trusted: TrustedFiles
    number: int
    keys: CentreKeysBody
    keys_bytes: bytes = field(repr=False)
    content: bytes | None = field(repr=False)
    content_sha256: str
    expires_at: datetime
    timestamp_at: datetime
