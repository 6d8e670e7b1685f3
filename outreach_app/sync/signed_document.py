"""A JSON document with both signatures over its exact bytes: used for enrolment, device lists and receipts."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from outreach_app.sync.errors import SignatureWrongError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.keys import PublicSigningKeys, Signatures, SigningKeys
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.signed import SignedEnvelope
from outreach_app.wire.strict import read_json, write_json

T = TypeVar("T", bound=msgspec.Struct)

LIMIT = 64 << 20  # a receipt for 20,000 records has 2 MB, a list of 10,000 devices 45 MB


def write_signed(body: msgspec.Struct, *, context: bytes, keys: SigningKeys) -> bytes:
    """Return the envelope of ``body``; ``context`` says what kind of document it is."""
    data = write_json(body)
    signatures = keys.sign(data, context).to_bytes()
    return write_json(SignedEnvelope(body=write_base64(data), signatures=write_base64(signatures)))


def read_unverified(untrusted: bytes, kind: type[T], *, what: str, limit: int = LIMIT) -> T:
    """Return the body WITHOUT checking who signed it: only to find out which key to check with."""
    return read_json(_open_envelope(untrusted, what, limit)[0], kind, what=what, limit=limit)


def read_signed(
    untrusted: bytes, kind: type[T], *, context: bytes, keys: PublicSigningKeys, what: str, limit: int = LIMIT
) -> T:
    """Return the body after both signatures were checked.

    Raises:
        SignatureWrongError: not signed by ``keys`` for this ``context``.
        UntrustedDataError: not an envelope, or not a ``kind``.
    """
    body, signatures = _open_envelope(untrusted, what, limit)
    keys.verify(body, context, Signatures.from_bytes(signatures, what), what)
    return read_json(body, kind, what=what, limit=limit)


def _open_envelope(untrusted: bytes, what: str, limit: int) -> tuple[bytes, bytes]:
    envelope = read_json(untrusted, SignedEnvelope, what=what, limit=limit, depth=1)
    body, signatures = read_base64(envelope.body), read_base64(envelope.signatures)
    if body is None:
        raise UntrustedDataError(what=what, field="$.body", reason="not base64")
    if signatures is None:
        raise SignatureWrongError(what=what)
    return body, signatures
