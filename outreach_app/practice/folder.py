"""Where practice lies, and the passphrases of practice, which are no secret: nothing real is ever behind them."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from outreach_app.errors import FolderNotWritableError, KnownError
from outreach_app.paths import PRACTICE_FILE, default_practice_folder, is_practice_vault
from outreach_app.practice.errors import NotAPracticeFolderError
from outreach_app.wire.strict import read_json, write_json

_VAULT = "vault"
_MOST_BYTES = 4096


class PracticeFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is written beside vault and centre of practice; ``ready`` is false until both are made to their end."""

    passphrase: str
    centre_passphrase: str
    ready: bool = False


class PracticeFolder:
    """One folder with a vault, a centre and the passphrases of both."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or default_practice_folder()
        self.vault = self.root / _VAULT
        self.centre = self.root / "centre"

    def is_ready(self) -> bool:
        """Tell whether practice was set up here to its end."""
        try:
            return self.facts().ready
        except NotAPracticeFolderError:
            return False

    def facts(self) -> PracticeFacts:
        """Return the passphrases of practice.

        Raises:
            NotAPracticeFolderError: the file is missing or none of ours.
        """
        try:
            with (self.root / PRACTICE_FILE).open("rb") as stream:
                return read_json(stream.read(_MOST_BYTES), PracticeFacts, what="Practice")
        except (OSError, KnownError) as error:
            raise NotAPracticeFolderError(folder=self.root) from error

    def begin(self, facts: PracticeFacts) -> None:
        """Take the folder for practice; what a making that was cut short left behind goes.

        Raises:
            NotAPracticeFolderError: something else lies here. FolderNotWritableError: the disk does not take it.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(self.root.iterdir()):
                self.clear()
            self.keep(facts)
        except OSError as error:
            raise FolderNotWritableError(folder=self.root) from error

    def keep(self, facts: PracticeFacts) -> None:
        """Write the passphrases down; raises OSError when the disk does not take them."""
        (self.root / PRACTICE_FILE).write_bytes(write_json(facts))

    def clear(self) -> None:
        """Take away vault and centre of practice.

        Raises:
            NotAPracticeFolderError: something else lies here; nothing was taken away.
        """
        self.facts()  # nothing but practice is ever taken away
        for part in (self.vault, self.centre):
            shutil.rmtree(part, ignore_errors=True)


def practice_of(vault_folder: Path) -> PracticeFolder | None:
    """Return the practice a vault folder belongs to; None for a vault of real work."""
    return PracticeFolder(vault_folder.parent) if is_practice_vault(vault_folder) else None
