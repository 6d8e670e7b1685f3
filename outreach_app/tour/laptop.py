"""The tour's laptop: a vault, the passphrase that opens it now, and the session in use."""

from __future__ import annotations

from outreach_app.program import Program
from outreach_app.services.session import Session


class Laptop:
    """Open from the beginning; ``close`` closes whatever session is in use then."""

    def __init__(self, program: Program, passphrase: str) -> None:
        self.program = program
        self.passphrase = passphrase
        self.session: Session = program.unlock(passphrase)

    def reopen(self) -> None:
        """Close the vault and open it again."""
        self.close()
        self.session = self.program.unlock(self.passphrase)

    def use(self, session: Session, passphrase: str) -> None:
        """Go on with another session, opened by another passphrase."""
        self.session, self.passphrase = session, passphrase

    def close(self) -> None:
        """Close the vault; a second time does nothing."""
        self.session.close()
