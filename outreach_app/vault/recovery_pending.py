"""The request that waits for the custodians' answer while the laptop stays locked: one small file beside the vault.

It holds the request's one-time private key, wrapped by the new passphrase; alone it opens nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app import typed_json
from outreach_app.vault.argon import SALT_BYTES, Argon2Cost, derive
from outreach_app.vault.errors import RecoveryNotAskedError, WrongPassphraseError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.layout import RECOVERY_PENDING
from outreach_app.vault.passphrase import normalise
from outreach_app.vault.safe_files import read_limited, replace_durably
from outreach_app.vault.slots import canonical

NAME = RECOVERY_PENDING
FORMAT = "outreach-recovery-pending/1"
_MOST_BYTES = 256 * 1024
_NONCE_BYTES = 12


class Pending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which slot is to get the new passphrase, the exact request, and the one-time key, wrapped.

    ``head`` (64 hex digits) names the recovery slot the request was made for.
    """

    format: str
    vault_id: str
    slot_id: str
    head: str
    made_at: str
    cost: Argon2Cost
    salt: bytes
    request: bytes
    wrapped_key: bytes = b""


def keep(folder: Path, bare: Pending, one_time_key: bytes, passphrase: str) -> None:
    """Write the request that waits, in place of an earlier one.

    Args:
        folder: of the vault.
        bare: without the wrapped key.
        one_time_key: the private key the answers are sealed to.
        passphrase: the new one; its strength is the caller's matter.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: the earlier one stays.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(derive(normalise(passphrase), bare.salt, bare.cost)).encrypt(nonce, one_time_key, canonical(bare))
    with mapped_files(folder):
        replace_durably(folder / NAME, canonical(msgspec.structs.replace(bare, wrapped_key=nonce + sealed)))


def new_salt() -> bytes:
    """Return a fresh salt for a request."""
    return os.urandom(SALT_BYTES)


def find(folder: Path) -> Pending | None:
    """Return the request that waits, or None when there is none, or the file is damaged."""
    content = read_limited(folder / NAME, _MOST_BYTES)
    if content is None:
        return None
    try:
        pending = typed_json.decode(content, Pending)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return pending if pending.format == FORMAT and len(pending.salt) == SALT_BYTES else None


def require(folder: Path) -> Pending:
    """Return the request that waits.

    Raises:
        RecoveryNotAskedError: there is none.
    """
    pending = find(folder)
    if pending is None:
        raise RecoveryNotAskedError
    return pending


def open_one_time_key(pending: Pending, passphrase: str) -> bytes:
    """Return the one-time private key.

    Raises:
        WrongPassphraseError: not the passphrase chosen with the request, or the file was changed.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    key = derive(normalise(passphrase), pending.salt, pending.cost)
    nonce, body = pending.wrapped_key[:_NONCE_BYTES], pending.wrapped_key[_NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, body, canonical(msgspec.structs.replace(pending, wrapped_key=b"")))
    except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
        raise WrongPassphraseError from error


def forget(folder: Path) -> None:
    """Remove the request that waits, if there is one.

    Raises:
        FolderNotWritableError, DiskFaultError: it is still there.
    """
    with mapped_files(folder):
        (folder / NAME).unlink(missing_ok=True)
