"""How the desk signs what it asks of the mailbox: method, target, instant and hash of the body; no session.

The hash travels as a header, so that the mailbox knows who asks before it reads a body.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from outreach_app.sync.errors import ClocksDifferError, SignatureWrongError
from outreach_app.sync.framing import frame, read_base64, write_base64
from outreach_app.sync.instants import read_instant, write_instant
from outreach_app.sync.keys import PublicSigningKeys, Signatures, SigningKeys

INSTANT_HEADER = "outreach-instant"
BODY_HEADER = "outreach-body-sha512"
SIGNATURE_HEADER = "outreach-signature"
CLOCKS_MAY_DIFFER = timedelta(minutes=10)
_CONTEXT = b"outreach-desk-request/1"
_WHAT = "The request"


def sign_request(method: str, target: str, body: bytes, *, now: datetime, keys: SigningKeys) -> dict[str, str]:
    """Return the headers for a request; ``target`` is path and query exactly as sent."""
    instant, body_hash = write_instant(now), hashlib.sha512(body).hexdigest()
    signatures = keys.sign(_signed_bytes(method, target, instant, body_hash), _CONTEXT)
    return {
        INSTANT_HEADER: instant,
        BODY_HEADER: body_hash,
        SIGNATURE_HEADER: write_base64(signatures.to_bytes()),
    }


def verify_request(
    method: str, target: str, untrusted_headers: Mapping[str, str], *, now: datetime, keys: PublicSigningKeys
) -> str:
    """Return the SHA-512 (hex) the body must have, if the desk signed this request within the last minutes.

    Raises:
        SignatureWrongError: not signed, or not by the desk.
        ClocksDifferError: signed, but more than ten minutes from ``now``.
    """
    instant, body_hash = untrusted_headers.get(INSTANT_HEADER, ""), untrusted_headers.get(BODY_HEADER, "")
    signatures = read_base64(untrusted_headers.get(SIGNATURE_HEADER, ""))
    if signatures is None:
        raise SignatureWrongError(what=_WHAT)
    signed = _signed_bytes(method, target, instant, body_hash)
    keys.verify(signed, _CONTEXT, Signatures.from_bytes(signatures, _WHAT), _WHAT)
    at = read_instant(instant)
    if at is None or abs(now - at) > CLOCKS_MAY_DIFFER:
        raise ClocksDifferError
    return body_hash


def _signed_bytes(method: str, target: str, instant: str, body_hash: str) -> bytes:
    return frame((method.encode(), target.encode(), instant.encode(), body_hash.encode()))
