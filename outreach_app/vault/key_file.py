"""A key file: 32 random bytes as a line of text on a stick, needed beside the passphrase where a slot asks for it.

It is text, so that it can be printed and typed again; four bytes of a checksum tell a slip from another file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from outreach_app.vault.errors import KeyFileError
from outreach_app.vault.keys import SECRET_BYTES

FILE_NAME = "notes.key"  # says nothing about what it opens
MOST_BYTES = 4096
_FIRST_LINE = "key file 1"
_CHECK_BYTES = 4
_GROUP = 8


def new_key_file() -> bytes:
    """Return the content of a fresh key file: a first line, then the key in groups of eight letters."""
    secret = secrets.token_bytes(SECRET_BYTES)
    letters = base64.b32encode(secret + _checksum(secret)).decode().rstrip("=")
    groups = [letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP)]
    return f"{_FIRST_LINE}\n{' '.join(groups)}\n".encode()


def read_key_file(untrusted: bytes) -> bytes:
    """Return the 32 secret bytes of a key file.

    Raises:
        KeyFileError: it is none, or it is damaged.
    """
    try:
        first, _, rest = untrusted[:MOST_BYTES].decode("ascii").strip().partition("\n")
        letters = "".join(rest.split()).upper()
        content = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (UnicodeDecodeError, binascii.Error) as error:
        raise KeyFileError from error
    secret, check = content[:SECRET_BYTES], content[SECRET_BYTES:]
    fine = first.strip() == _FIRST_LINE and hmac.compare_digest(check, _checksum(secret))
    if len(content) != SECRET_BYTES + _CHECK_BYTES or not fine:
        raise KeyFileError
    return secret


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"outreach-key-file/1 " + secret).digest()[:_CHECK_BYTES]
