"""A custodian's key: one small file, wrapped by the custodian's own passphrase, kept by that custodian alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.centre.desk.errors import (
    CustodianKeyExistsError,
    CustodianKeyUnreadableError,
    CustodianPassphraseError,
)
from outreach_app.errors import KnownError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.keys import PublicReceivingKey, ReceivingKeys
from outreach_app.sync.sealing import key_id
from outreach_app.vault.argon import DEFAULT, SALT_BYTES, Argon2Cost, derive
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.passphrase import normalise, require_enough
from outreach_app.vault.safe_files import FOLDER_MODE, create_empty, replace_durably
from outreach_app.wire.strict import read_json, write_json

FORMAT = "outreach-custodian-key/1"
FILE_LIMIT = 32 << 10
_NONCE_BYTES = 12


class CustodianKeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The public key, readable by anyone, and the private one, wrapped; all bytes as base64."""

    format: str
    key_id: str
    public_key: str
    made_at: str
    cost: Argon2Cost
    salt: str
    wrapped: str = ""


@dataclass(frozen=True)
class CustodianKey:
    """A key file that was made: where it lies, and its public half."""

    file: Path
    public: PublicReceivingKey


def make_key_file(file: Path, passphrase: str, *, made_at: str, cost: Argon2Cost = DEFAULT) -> CustodianKey:
    """Make a custodian's key and write its file, readable by this user alone; nothing is ever written over.

    Raises:
        WeakPassphraseError: too easy to guess.
        CustodianKeyExistsError: there is a file of this name.
        DiskFullError, FolderNotWritableError, DiskFaultError, NotEnoughMemoryError.
    """
    require_enough(passphrase)
    keys, salt, nonce = ReceivingKeys.generate(), os.urandom(SALT_BYTES), os.urandom(_NONCE_BYTES)
    bare = CustodianKeyFile(
        format=FORMAT,
        key_id=key_id(keys.public),
        public_key=keys.public.to_text(),
        made_at=made_at,
        cost=cost,
        salt=write_base64(salt),
    )
    sealed = AESGCM(derive(normalise(passphrase), salt, cost)).encrypt(nonce, keys.to_bytes(), write_json(bare))
    if os.path.lexists(file):
        raise CustodianKeyExistsError(file=file.name)
    with mapped_files(file.parent):
        file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        create_empty(file)
        replace_durably(file, write_json(msgspec.structs.replace(bare, wrapped=write_base64(nonce + sealed))))
    return CustodianKey(file, keys.public)


def open_key_file(untrusted: bytes, passphrase: str) -> ReceivingKeys:
    """Return a custodian's private key.

    Raises:
        CustodianKeyUnreadableError: not a key file, or damaged.
        CustodianPassphraseError: the passphrase does not open it.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    try:
        file = read_json(untrusted, CustodianKeyFile, what="The key", limit=FILE_LIMIT)
    except KnownError as error:
        raise CustodianKeyUnreadableError from error
    salt, wrapped = read_base64(file.salt), read_base64(file.wrapped)
    if file.format != FORMAT or salt is None or len(salt) != SALT_BYTES or not wrapped:
        raise CustodianKeyUnreadableError
    key = AESGCM(derive(normalise(passphrase), salt, file.cost))
    bare = write_json(msgspec.structs.replace(file, wrapped=""))
    try:
        private = key.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bare)
    except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
        raise CustodianPassphraseError from error
    return ReceivingKeys.from_bytes(private)
