"""Where this laptop hands its batches over by network: what the centre's reply names, or what a worker typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from outreach_app.domain.changes import Changes
from outreach_app.records import policy
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.errors import PracticeOnlyError
from outreach_app.services.parts import Parts
from outreach_app.sync.mailbox_address import LOOPBACK, checked_address, checked_certificates

_SCHEME = "://"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """``url`` is empty where no address is known; ``typed`` says a worker gave it.

    ``certificates`` (PEM) are all that is trusted there; empty means the usual authorities.
    """

    url: str = ""
    typed: bool = False
    certificates: str = ""


class MailboxAddress:
    """The verbs of the mailbox's address; a typed one goes before the centre's."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def find_mailbox(self) -> Mailbox:
        """Return the address in use."""
        named = self._enrolling.state().mailbox_url
        with self._parts.vault.read():
            db = self._parts.vault.connection
            typed = policy.mailbox_url(db)
            return Mailbox(typed or named, bool(typed), policy.mailbox_certificates(db))

    def record_mailbox(self, untrusted: str) -> Changes:
        """Keep an address; nothing, or the centre's own, goes back to the centre's own.

        Raises:
            MailboxAddressError: not one this program sends to; nothing was changed.
            PracticeOnlyError: a vault for practice, and an address that is not on this computer.
        """
        text = untrusted.strip()
        if text and _SCHEME not in text:
            text = f"https://{text}"
        url = checked_address(text) if text else ""
        with self._parts.vault.transaction():
            if url and policy.is_practice(self._parts.vault.connection) and urlsplit(url).hostname not in LOOPBACK:
                raise PracticeOnlyError
            own = "" if url == self._enrolling.state().mailbox_url.rstrip("/") else url
            policy.keep_mailbox_url(self._parts.vault.connection, own)
            self._parts.vault.audit("policy_set", detail="mailbox")
        return Changes(enrolment=True)

    def record_certificates(self, untrusted: bytes) -> Changes:
        """Keep the certificates the mailbox is known by.

        Raises:
            CertificateFileWrongError: no certificate in it; nothing was changed.
        """
        text = checked_certificates(untrusted)
        with self._parts.vault.transaction():
            policy.keep_mailbox_certificates(self._parts.vault.connection, text)
            self._parts.vault.audit("policy_set", detail="certificates")
        return Changes(enrolment=True)

    def forget_certificates(self) -> Changes:
        """Go back to the usual authorities."""
        with self._parts.vault.transaction():
            policy.keep_mailbox_certificates(self._parts.vault.connection, "")
            self._parts.vault.audit("policy_set", detail="certificates:none")
        return Changes(enrolment=True)
