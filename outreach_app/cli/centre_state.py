"""What the global options and ``--centre`` say, handed to every command of the centre."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.opening import Desk


@dataclass(frozen=True, slots=True)
class CentreState:
    """The global options, and the centre's folder as far as it was named."""

    state: State
    named: Path | None

    def folder(self) -> Path:
        """Return the centre's folder: as named here, else the global folder if it is a centre, else the usual one."""
        from outreach_app.centre.desk.folder import is_centre, usual_centre_folder

        if self.named is not None:
            return self.named
        return self.state.folder if is_centre(self.state.folder) else usual_centre_folder()

    @contextmanager
    def desk(self, folder: Path) -> Iterator[Desk]:
        """Open the desk in ``folder`` with the passphrase given by descriptor, standard input or prompt."""
        from outreach_app.centre.desk.folder import read_settings
        from outreach_app.centre.desk.opening import open_desk
        from outreach_app.cli.passphrases import read_passphrase
        from outreach_app.clock import SystemClock

        read_settings(folder)  # say what is wrong with the folder before asking for its passphrase
        passphrase = read_passphrase(self.state, prompt=_("Passphrase of the desk"))
        with open_desk(folder, passphrase, clock=SystemClock()) as opened:
            yield opened
