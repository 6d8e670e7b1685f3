"""An unlocked vault and everything a worker can do with it; used on the vault's thread only."""

from __future__ import annotations

from outreach_app.records.workers import Worker
from outreach_app.services.contacts import Contacts
from outreach_app.services.drafts import Drafts
from outreach_app.services.encounters import Encounters
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.mailbox import MailboxAddress
from outreach_app.services.parts import Parts
from outreach_app.services.places import Places
from outreach_app.services.printing import Printing
from outreach_app.services.recording import Recording
from outreach_app.services.searching import Search
from outreach_app.services.sending import Sending
from outreach_app.services.subjects import Subjects
from outreach_app.services.tallies import Tallies
from outreach_app.services.today import Today
from outreach_app.vault.open_vault import Finding


class Session:
    """The services over one open vault. Only ``interrupt`` may be called from another thread."""

    def __init__(self, parts: Parts) -> None:
        self._vault = parts.vault
        self.worker: Worker = parts.worker
        self.contacts = Contacts(parts)
        self.encounters = Encounters(parts, self.contacts)
        self.drafts = Drafts(parts)
        self.places = Places(parts)
        self.tallies = Tallies(parts)
        self.search = Search(parts)
        self.printing = Printing(parts)
        self.enrolling = Enrolling(parts)
        self.sending = Sending(parts, self.enrolling)
        self.mailbox = MailboxAddress(parts, self.enrolling)
        self.recording = Recording(parts, self.encounters, self.contacts, self.places)
        self.subjects = Subjects(parts)
        self.today = Today(parts, self.drafts)

    def check(self) -> tuple[Finding, ...]:
        """Read every page of the vault and return what is wrong with it; empty when all is well."""
        return self._vault.check()

    def interrupt(self) -> None:
        """Stop what the vault is doing, so that a lock never waits."""
        self._vault.interrupt()

    def close(self) -> None:
        """Close the vault; every further call fails calmly."""
        self._vault.close()
