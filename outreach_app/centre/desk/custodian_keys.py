"""A custodian's keys: one small file, wrapped by the custodian's own passphrase, kept by that custodian alone.

One key helps to open laptops, the other signs what is published. One file, one person, one key of each.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.centre.desk.errors import (
    CustodianKeyExistsError,
    CustodianKeyUnreadableError,
    CustodianPassphraseError,
)
from outreach_app.errors import KnownError
from outreach_app.sync.framing import frame, read_base64, take_frames, write_base64
from outreach_app.sync.keys import PublicReceivingKey, ReceivingKeys
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.sealing import key_id
from outreach_app.vault.argon import DEFAULT, SALT_BYTES, Argon2Cost, derive
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.passphrase import normalise, require_enough
from outreach_app.vault.safe_files import FOLDER_MODE, create_empty, replace_durably
from outreach_app.wire.strict import read_json, write_json

FIRST_FORMAT = "outreach-custodian-key/1"
FORMAT = "outreach-custodian-key/2"
FILE_LIMIT = 32 << 10
_NONCE_BYTES = 12
_MOST_PRIVATE = 4096


class FirstKeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The public key, readable by anyone, and the private one, wrapped; all bytes as base64. It cannot publish."""

    format: str
    key_id: str
    public_key: str
    made_at: str
    cost: Argon2Cost
    salt: str
    wrapped: str = ""


class CustodianKeyFile(FirstKeyFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same with a second pair of keys, for signing what is published; both private ones are wrapped together."""

    publishing_key: str


@dataclass(frozen=True)
class CustodianSecrets:
    """What one custodian's key file holds: one key for opening laptops, one for publishing (None in the first kind)."""

    receiving: ReceivingKeys
    publishing: PublishingKey | None = None


@dataclass(frozen=True)
class CustodianKey:
    """A key file that was made: where it lies, and what is in it; the secrets live until the root is signed."""

    file: Path
    receiving: ReceivingKeys = field(repr=False)
    publishing: PublishingKey = field(repr=False)

    @property
    def public(self) -> PublicReceivingKey:
        """The public half of the key for opening laptops."""
        return self.receiving.public

    @property
    def secrets(self) -> CustodianSecrets:
        """What opening the file gives."""
        return CustodianSecrets(self.receiving, self.publishing)


def make_key_file(file: Path, passphrase: str, *, made_at: str, cost: Argon2Cost = DEFAULT) -> CustodianKey:
    """Make a custodian's keys and write their file, readable by this user alone; nothing is ever written over.

    Raises:
        WeakPassphraseError: too easy to guess.
        CustodianKeyExistsError: there is a file of this name.
        DiskFullError, FolderNotWritableError, DiskFaultError, NotEnoughMemoryError.
    """
    require_enough(passphrase)
    receiving, publishing = ReceivingKeys.generate(), PublishingKey.generate()
    bare = CustodianKeyFile(
        format=FORMAT,
        key_id=key_id(receiving.public),
        public_key=receiving.public.to_text(),
        publishing_key=publishing.public.to_text(),
        made_at=made_at,
        cost=cost,
        salt=write_base64(os.urandom(SALT_BYTES)),
    )
    whole = _wrap(bare, passphrase, frame((receiving.to_bytes(), publishing.to_bytes())))
    if os.path.lexists(file):
        raise CustodianKeyExistsError(file=file.name)
    with mapped_files(file.parent):
        file.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        create_empty(file)
        replace_durably(file, whole)
    return CustodianKey(file, receiving, publishing)


def open_key_file(untrusted: bytes, passphrase: str) -> CustodianSecrets:
    """Return a custodian's private keys; files of the first kind hold one.

    Raises:
        CustodianKeyUnreadableError: not a key file, or damaged.
        CustodianPassphraseError: the passphrase does not open it.
        UnsafeCostError, NotEnoughMemoryError: see ``argon.derive``.
    """
    file = _read(untrusted)
    salt, wrapped = read_base64(file.salt), read_base64(file.wrapped)
    if salt is None or len(salt) != SALT_BYTES or not wrapped:
        raise CustodianKeyUnreadableError
    key = AESGCM(derive(normalise(passphrase), salt, file.cost))
    bare = write_json(msgspec.structs.replace(file, wrapped=""))
    try:
        private = key.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bare)
    except (InvalidTag, ValueError) as error:  # ValueError: cut shorter than a nonce
        raise CustodianPassphraseError from error
    return _unpack(file, private)


def _wrap(bare: CustodianKeyFile, passphrase: str, private: bytes) -> bytes:
    """Return the file with the private keys in it; everything else in the file is bound to them."""
    nonce, salt = os.urandom(_NONCE_BYTES), read_base64(bare.salt) or b""
    sealed = AESGCM(derive(normalise(passphrase), salt, bare.cost)).encrypt(nonce, private, write_json(bare))
    return write_json(msgspec.structs.replace(bare, wrapped=write_base64(nonce + sealed)))


def _read(untrusted: bytes) -> FirstKeyFile:
    """Return the file as it stands, of either kind."""
    try:
        kind = read_json(untrusted, dict[str, Any], what="The key", limit=FILE_LIMIT).get("format")
        if kind == FIRST_FORMAT:
            return read_json(untrusted, FirstKeyFile, what="The key", limit=FILE_LIMIT)
        file = read_json(untrusted, CustodianKeyFile, what="The key", limit=FILE_LIMIT)
    except KnownError as error:
        raise CustodianKeyUnreadableError from error
    if file.format != FORMAT:
        raise CustodianKeyUnreadableError
    return file


def _unpack(file: FirstKeyFile, private: bytes) -> CustodianSecrets:
    if not isinstance(file, CustodianKeyFile):
        return CustodianSecrets(ReceivingKeys.from_bytes(private))
    parts = take_frames(private, (_MOST_PRIVATE, _MOST_PRIVATE))
    if parts is None:
        raise CustodianKeyUnreadableError
    return CustodianSecrets(ReceivingKeys.from_bytes(parts[0]), PublishingKey.from_bytes(parts[1]))
