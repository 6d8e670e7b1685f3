"""What can go wrong at the mailbox: for its operator as sentences, for its callers as stable codes."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class MailboxError(KnownError):
    """Anything the operator of a mailbox must look at."""


class MailboxExistsError(MailboxError):
    """There is a mailbox in this folder already."""

    message = N_("There is a mailbox in {folder} already. Nothing was changed.")


class MailboxNotSetUpError(MailboxError):
    """The folder holds no mailbox, or a damaged one."""

    message = N_("There is no usable mailbox in {folder} ({reason}). Set up the centre first.")


class KeyFileOpenError(MailboxError):
    """Others may read the receipt keys."""

    message = N_("Others on this machine can read {file}. Only its owner may. Change its rights and start again.")


class StoreUnusableError(MailboxError):
    """The database cannot be used."""

    message = N_("The mailbox's database cannot be used ({reason}). Nothing was changed. Check its address and disk.")


class PortTakenError(MailboxError):
    """The address is in use."""

    message = N_("The mailbox cannot listen on {host}, port {port} ({reason}). Choose another port.")


class CertificateFilesError(MailboxError):
    """The files for TLS cannot be used."""

    message = N_(
        "The certificate in {certificate} with the key in {key} cannot be used. Both must be readable PEM files that "
        "belong together; the key has no passphrase."
    )


class RefusalError(Exception):
    """An answer that says no: HTTP status and a code that never changes its meaning (docs/formats-sync.md)."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
