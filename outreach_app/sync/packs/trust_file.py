"""``trust.json``: the first root of the custodians, signed by the centre's root key that enrolment made known.

A laptop takes it by itself only while it trusts no custodians yet. Later ones come as a chain of roots; a break in that
chain is mended by hand, after six words were compared by phone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from outreach_app.errors import KnownError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicSigningKeys, SigningKeys
from outreach_app.sync.packs.errors import TrustOtherCentreError
from outreach_app.sync.signed_document import read_signed, write_signed
from outreach_app.wire.signed import Instant

TRUST_LIMIT = 512 << 10
_CONTEXT = b"outreach-trust-root/1"


class TrustBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``root`` is the base64 of a root of trust as TUF writes it."""

    format: Literal["outreach-trust-root/1"] = "outreach-trust-root/1"
    issued_at: Instant
    root: str


@dataclass(frozen=True)
class TrustFile:
    """A root that the centre's root key vouches for; ``sha512`` is of the whole file."""

    root: bytes
    issued_at: str
    sha512: str

    def fingerprint(self) -> bytes:
        """Return the 64 bytes to compare as six words."""
        return bytes.fromhex(self.sha512)


def make_trust_file(root: bytes, *, issued_at: datetime, centre_root: SigningKeys) -> bytes:
    """Return the signed file for laptops that trust no custodians yet."""
    body = TrustBody(issued_at=write_instant(issued_at), root=write_base64(root))
    return write_signed(body, context=_CONTEXT, keys=centre_root)


def read_trust_file(untrusted: bytes, centre_root: PublicSigningKeys) -> TrustFile:
    """Return the root in it; its own signatures are for the client to check.

    Raises:
        TrustOtherCentreError: damaged, or not signed by this centre's root key.
    """
    try:
        body = read_signed(
            untrusted, TrustBody, context=_CONTEXT, keys=centre_root, what="The trust file", limit=TRUST_LIMIT
        )
    except KnownError as error:
        raise TrustOtherCentreError from error
    root = read_base64(body.root)
    if root is None:
        raise TrustOtherCentreError
    return TrustFile(root, body.issued_at, hashlib.sha512(untrusted).hexdigest())
