"""What the desk leaves for everyone to fetch: letters to single laptops, and the files of content packs."""

from __future__ import annotations

import re

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.store import MailboxStore, StoredBatch
from outreach_app.sync.errors import LetterUnreadableError
from outreach_app.sync.letters import read_letter_header

PACK_FILE_LIMIT = 24 << 20
REPLACED = frozenset({"timestamp.json", "trust.json"})  # their content is said anew under the same name
_DEVICE = re.compile(r"[0-9a-f]{32}\Z")
_FILE = re.compile(r"[0-9a-z][0-9a-z._-]{0,190}\Z")


class Publications:
    """Decides; the store remembers. Signatures are for the readers to check: the desk's, or those of the packs."""

    def __init__(self, store: MailboxStore) -> None:
        self._store = store

    def take_letter(self, device: str, kind: str, untrusted_letter: bytes) -> None:
        """Keep a letter of the desk, unless a newer one of its kind is here."""
        try:
            header = read_letter_header(untrusted_letter)
        except LetterUnreadableError as error:
            raise RefusalError(400, "not_a_letter") from error
        if (header.device, header.kind) != (device, kind):
            raise RefusalError(400, "wrong_name")
        self._store.letters.put_letter(header, untrusted_letter)

    def find_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the newest letter of each kind to a laptop; they are sealed to it."""
        if not _DEVICE.match(device):
            raise RefusalError(400, "wrong_name")
        return self._store.letters.find_letters(device)

    def check_file_name(self, name: str) -> str:
        """Return the name if a file of content packs may have it."""
        if not _FILE.match(name):
            raise RefusalError(400, "wrong_name")
        return name

    def take_file(self, name: str, untrusted_data: bytes) -> None:
        """Keep a file of content packs."""
        self._store.packs.put_file(self.check_file_name(name), untrusted_data, replace=name in REPLACED)

    def find_file(self, name: str) -> StoredBatch:
        """Return a file of content packs."""
        size = self._store.packs.find_size(self.check_file_name(name))
        if size is None:
            raise RefusalError(404, "not_found")
        return StoredBatch(size, self._store.packs.read_file(name, size))
