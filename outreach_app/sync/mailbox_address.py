"""Where a mailbox is and whom to trust there: one check for addresses and certificate files, without a network."""

from __future__ import annotations

import re
import ssl
from urllib.parse import urlsplit

from outreach_app.sync.errors import CertificateFileWrongError, MailboxAddressError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_ADDRESS = 400  # letters, as in the centre's reply
CERTIFICATE_LIMIT = 64 << 10
_PRINTED = range(0x21, 0x7F)
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*\.?|[0-9a-f:.]*:[0-9a-f:.]*")


def checked_address(untrusted: str) -> str:
    """Return an address without its last slash: ``https://...``, or ``http://`` on this machine itself.

    Raises:
        MailboxAddressError: anything else.
    """
    try:
        parts = urlsplit(untrusted)
        host = parts.hostname
        usable = parts.port is None or parts.port > 0
    except ValueError as error:
        raise MailboxAddressError from error
    encrypted = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not (host and usable and encrypted) or parts.query or parts.fragment or parts.username:
        raise MailboxAddressError
    if not _HOST.fullmatch(host):  # found out later, it would be no more than a fault in a library
        raise MailboxAddressError
    if len(untrusted) > LONGEST_ADDRESS or any(ord(letter) not in _PRINTED for letter in untrusted):
        raise MailboxAddressError
    return untrusted.rstrip("/")


def checked_certificates(untrusted: bytes) -> str:
    """Return a file of certificates (PEM) as text.

    Raises:
        CertificateFileWrongError: no certificate in it, or far too large.
    """
    if len(untrusted) > CERTIFICATE_LIMIT:
        raise CertificateFileWrongError
    try:
        text = untrusted.decode("ascii")
    except UnicodeDecodeError as error:
        raise CertificateFileWrongError from error
    trusting(text)
    return text


def trusting(certificates: str) -> ssl.SSLContext:
    """Return a TLS context that trusts these certificates (PEM) and no others.

    Raises:
        CertificateFileWrongError: no certificate in the text.
    """
    if not certificates.strip():
        raise CertificateFileWrongError
    try:
        return ssl.create_default_context(cadata=certificates)
    except ssl.SSLError as error:
        raise CertificateFileWrongError from error
