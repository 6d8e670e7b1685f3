"""Letters of the desk to one laptop, signed and sealed: which numbers are missing, what was counted."""

from __future__ import annotations

from outreach_app.sync.errors import LetterUnreadableError
from outreach_app.sync.instants import read_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.sealed_document import SealedFormat
from outreach_app.wire.letters import Letter, LetterHeader

LETTER_LIMIT = 1 << 20
_FORMAT = SealedFormat(b"outreach-letter/1", LetterHeader, Letter, LETTER_LIMIT, LetterUnreadableError, "The letter")
MAGIC = _FORMAT.magic


def make_letter(letter: Letter, *, device: PublicReceivingKey, issuer: SigningKeys) -> bytes:
    """Sign and seal a letter; keep these bytes and give them out again."""
    header = LetterHeader(kind=letter.kind, device=letter.device, number=letter.number)
    return _FORMAT.seal(header, letter, device=device, issuer=issuer)


def read_letter_header(untrusted: bytes) -> LetterHeader:
    """Return what the outside of a letter says; nothing is verified. LetterUnreadableError if it is none."""
    return _FORMAT.read_header(untrusted)


def open_letter(untrusted: bytes, device: ReceivingKeys, issuer: PublicSigningKeys, *, name: str) -> Letter:
    """Open a letter of the desk to the device ``name`` (32 hex digits).

    Raises:
        LetterUnreadableError: anything does not fit.
    """
    header, letter = _FORMAT.open(untrusted, device, issuer)
    if (letter.kind, letter.device, letter.number) != (header.kind, header.device, header.number):
        raise LetterUnreadableError(reason="outside and inside differ")
    if letter.device != name:
        raise LetterUnreadableError(reason="another laptop")
    if read_instant(letter.issued_at) is None:
        raise LetterUnreadableError(reason="issued_at")
    return letter
