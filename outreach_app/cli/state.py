"""What the global options say, handed to every command."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outreach_app.program import Program
    from outreach_app.services.session import Session


DeskWindow = Callable[[Path, Sequence[str]], int]
"""Starts the desk's window for a centre's folder with further arguments, and returns its exit code."""


@dataclass(frozen=True, slots=True)
class State:
    """``named`` tells whether the worker named the vault's folder; ``desk_window`` is None where there is no window."""

    folder: Path
    passphrase_fd: int | None
    passphrase_stdin: bool
    named: bool = False
    key_file: str | None = None
    desk_window: DeskWindow | None = None

    def program(self) -> Program:
        """Return the program for the vault's folder."""
        from outreach_app.program import Program

        return Program(self.folder)

    def key_file_content(self) -> bytes | None:
        """Return the content of the key file that was named, None when none was.

        Raises:
            FileMissingError: it is not there.
        """
        from outreach_app.cli.files import read_untrusted
        from outreach_app.vault.key_file import MOST_BYTES

        return None if self.key_file is None else read_untrusted(self.key_file, MOST_BYTES)

    @contextmanager
    def unlocked(self) -> Iterator[Session]:
        """Unlock the vault with the passphrase given by descriptor, standard input or prompt, and close it after."""
        with self.unlocked_with_passphrase() as (session, _passphrase):
            yield session

    @contextmanager
    def unlocked_with_passphrase(self) -> Iterator[tuple[Session, str]]:
        """As ``unlocked``, where the passphrase itself is needed once more."""
        from outreach_app.cli.damage import naming_last_backup
        from outreach_app.cli.passphrases import read_passphrase
        from outreach_app.vault.inspection import check_files

        program = self.program()
        with naming_last_backup(program):
            check_files(self.folder)  # say what is wrong with the vault before asking for its passphrase
            key_file = self.key_file_content()
            passphrase = read_passphrase(self)
            wait_out(program.backoff.seconds_left())
            session = program.unlock(passphrase, key_file)
            try:
                yield session, passphrase
            finally:
                session.close()


def wait_out(seconds: float) -> None:
    """Sit out the wait after wrong tries: it begins anew with each process, so refusing would refuse for ever."""
    import click

    from outreach_app.i18n import gettext as _

    if seconds > 0:
        click.echo(_("Waiting {seconds} seconds after wrong passphrases.").format(seconds=math.ceil(seconds)), err=True)
        time.sleep(seconds)
