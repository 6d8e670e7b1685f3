"""A signed document sealed to one laptop, with a short header outside that a mailbox files it by: receipts and letters.

``magic | frame(header, sealed)``; sealed = the signed document, padded, sealed to the device and bound to the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from outreach_app.errors import KnownError
from outreach_app.sync.errors import SyncError
from outreach_app.sync.framing import frame, padme, take_frames
from outreach_app.sync.keys import HPKE_OVERHEAD, PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.signed_document import read_signed, write_signed
from outreach_app.wire.strict import read_json, write_json

H = TypeVar("H", bound=msgspec.Struct)
B = TypeVar("B", bound=msgspec.Struct)

_HEADER_LIMIT = 1 << 10


@dataclass(frozen=True)
class SealedFormat(Generic[H, B]):
    """One kind of sealed document: its name on the wire, its two shapes, its limit in bytes and its error."""

    name: bytes
    header: type[H]
    body: type[B]
    limit: int
    error: type[SyncError]
    what: str

    @property
    def magic(self) -> bytes:
        """Return the bytes every such document begins with."""
        return self.name + b"\n"

    def seal(self, header: H, body: B, *, device: PublicReceivingKey, issuer: SigningKeys) -> bytes:
        """Sign and seal; the bytes differ each time."""
        outside = write_json(header)
        content = frame((write_signed(body, context=self.name, keys=issuer),))
        padded = content.ljust(padme(len(content)), b"\0")
        return self.magic + frame((outside, device.seal(padded, self._info(outside))))

    def read_header(self, untrusted: bytes) -> H:
        """Return what the outside says; nothing is verified. Raises the format's error."""
        return self._split(untrusted)[0]

    def open(self, untrusted: bytes, device: ReceivingKeys, issuer: PublicSigningKeys) -> tuple[H, B]:
        """Return header and signed body; whether the two agree is the caller's to check. Raises the format's error."""
        header, outside, sealed = self._split(untrusted)
        content = device.unseal(sealed, self._info(outside))
        if content is None:
            raise self.error(reason="sealed for another device")
        return header, self._read_content(content, issuer)

    def _info(self, outside: bytes) -> bytes:
        return self.name + b" " + outside

    def _read_content(self, content: bytes, issuer: PublicSigningKeys) -> B:
        length = int.from_bytes(content[:8], "big")
        parts = take_frames(content[: 8 + length], (self.limit,))
        if parts is None or any(content[8 + length :]):
            raise self.error(reason="content")
        try:
            return read_signed(
                parts[0], self.body, context=self.name, keys=issuer, what=self.what, limit=self.limit
            )
        except KnownError as error:
            raise self.error(reason=str(error.values.get("field", "signature"))) from error

    def _split(self, untrusted: bytes) -> tuple[H, bytes, bytes]:
        if len(untrusted) > self.limit:
            raise self.error(reason="too large")
        if not untrusted.startswith(self.magic):
            raise self.error(reason="another format")
        parts = take_frames(untrusted[len(self.magic) :], (_HEADER_LIMIT, self.limit))
        if parts is None or len(parts[1]) < HPKE_OVERHEAD:
            raise self.error(reason="cut short")
        try:
            header = read_json(parts[0], self.header, what=self.what, limit=_HEADER_LIMIT, depth=1)
        except KnownError as error:
            raise self.error(reason=str(error.values.get("field", "header"))) from error
        return header, parts[0], parts[1]
