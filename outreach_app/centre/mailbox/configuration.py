"""What a mailbox is set up with: its own receipt keys (secret) and the public keys of root and desk.

It lies in ``mailbox/`` under the centre's folder: ``configuration.json``, ``receipt.keys`` (0600), ``mailbox.db``.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.errors import KeyFileOpenError, MailboxExistsError, MailboxNotSetUpError
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.errors import FolderNotWritableError, KnownError
from outreach_app.sync.keys import PublicSigningKeys, SigningKeys
from outreach_app.wire.mailbox_config import MailboxConfigurationBody
from outreach_app.wire.strict import read_json, write_json

FOLDER = "mailbox"
_CONFIGURATION = "configuration.json"
_KEYS = "receipt.keys"
_DATABASE = "mailbox.db"
_LIMIT = 64 << 10


@dataclass(frozen=True)
class MailboxConfiguration:
    """Keys of one mailbox. It has no key that opens a batch."""

    receipt_keys: SigningKeys
    root: PublicSigningKeys
    desk: PublicSigningKeys

    @property
    def receipt_public(self) -> PublicSigningKeys:
        """Return the keys laptops check ``stored`` receipts with."""
        return self.receipt_keys.public


def create_mailbox(
    folder: Path, root_public: PublicSigningKeys, desk_public: PublicSigningKeys
) -> MailboxConfiguration:
    """Set up ``folder/mailbox`` with new receipt keys.

    Raises:
        MailboxExistsError: there is one already; it stays as it is.
        FolderNotWritableError: the folder cannot be written to.
    """
    place = folder / FOLDER
    body = MailboxConfigurationBody(root_key=root_public.to_text(), desk_key=desk_public.to_text())
    keys = SigningKeys.generate()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(place / _KEYS, keys.to_bytes())
        _write_new(place / _CONFIGURATION, write_json(body))
    except FileExistsError as error:
        raise MailboxExistsError(folder=folder.name) from error
    except OSError as error:
        raise FolderNotWritableError(folder=folder.name) from error
    return MailboxConfiguration(keys, root_public, desk_public)


def load_mailbox(folder: Path) -> MailboxConfiguration:
    """Read what ``create_mailbox`` wrote.

    Raises:
        MailboxNotSetUpError: nothing there, or damaged.
        KeyFileOpenError: others may read the receipt keys.
    """
    place = folder / FOLDER
    try:
        kept = (place / _KEYS).read_bytes()
        if os.name == "posix" and stat.S_IMODE((place / _KEYS).stat().st_mode) & 0o077:
            raise KeyFileOpenError(file=_KEYS)
        text = (place / _CONFIGURATION).read_bytes()
    except OSError as error:
        raise MailboxNotSetUpError(folder=folder.name, reason="missing") from error
    try:
        body = read_json(text, MailboxConfigurationBody, what="The configuration", limit=_LIMIT)
        root, desk = PublicSigningKeys.from_text(body.root_key), PublicSigningKeys.from_text(body.desk_key)
        return MailboxConfiguration(SigningKeys.from_bytes(kept), root, desk)
    except KnownError as error:
        raise MailboxNotSetUpError(folder=folder.name, reason="damaged") from error


def open_store(folder: Path, database: str | None = None, *, require_standby: bool = False) -> MailboxStore:
    """Open the mailbox's store: ``postgresql://...``, or SQLite beside the configuration; see ``open_database``."""
    engine = open_database(database, folder / FOLDER / _DATABASE, require_standby=require_standby)
    return MailboxStore(engine, require_standby=require_standby)


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
