"""TLS by certificate files, for a mailbox without a proxy in front."""

from __future__ import annotations

import ssl
from pathlib import Path

from outreach_app.centre.mailbox.errors import CertificateFilesError


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return what TLS 1.2 and later is spoken with.

    Args:
        certificate: PEM file with the certificate and those it rests on.
        key: PEM file with its private key, without a passphrase.

    Raises:
        CertificateFilesError: not there, not readable, or not belonging together.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    load_certificate(context, certificate, key)
    return context


def load_certificate(context: ssl.SSLContext, certificate: Path, key: Path) -> None:
    """Take the certificate from its files (again): connections from now on get it.

    Raises:
        CertificateFilesError: as ``server_context``.
    """
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise CertificateFilesError(certificate=certificate.name, key=key.name) from error


def _no_passphrase() -> str:
    """Without this, OpenSSL would ask on the terminal."""
    return ""
