"""One HTTPS line to a mailbox: bounded answers, bounded time, and a calm error for everything that goes wrong."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
import httpx

from outreach_app.clock import Clock, SystemClock
from outreach_app.errors import FileMissingError, KnownError
from outreach_app.sync.errors import (
    CertificateWrongError,
    ClocksDifferError,
    DeviceConflictError,
    DeviceNotAcceptedError,
    MailboxAddressError,
    MailboxBusyError,
    MailboxRefusedError,
    MailboxSilentError,
    NoNetworkError,
    NotInMailboxError,
    NotTheMailboxError,
)
from outreach_app.sync.mailbox_address import checked_address
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.mailbox_config import ErrorAnswer
from outreach_app.wire.strict import read_json

MARK_HEADER = "outreach-mailbox"  # every answer of a mailbox carries it; a guest network's sign-in page does not
MARK = "1"
ERROR_LIMIT = 4 << 10
TIMEOUT_SECONDS = 30.0
ANSWER_SECONDS = 300.0
_BUSY = frozenset({429, 500, 502, 503, 504, 507})
_DEVICE_CODES = frozenset({"unknown_device", "revoked_device", "signature_wrong", "no_device_list"})


@dataclass(frozen=True)
class Answer:
    """A mailbox's answer with a status of success."""

    status: int
    body: bytes


class MailboxLine:
    """Asks a mailbox; raises a ``SyncError`` for everything but success."""

    def __init__(
        self,
        base_url: str,
        *,
        trust: ssl.SSLContext | Path | None = None,
        timeout: float = TIMEOUT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        clock: Clock | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            base_url: ``https://...``; ``http://`` only on this machine itself.
            trust: a TLS context or a file with certificates; the usual authorities when None.
            timeout: seconds without any progress.
            answer_seconds: seconds a whole answer may take.
            clock: running time.
        """
        self._clock = clock or SystemClock()
        self._answer_seconds = answer_seconds
        self._client = httpx.Client(
            base_url=checked_address(base_url),
            verify=_tls_context(trust),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,  # no proxy, no certificates from the environment: settings are the program's own
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the line."""
        self._client.close()

    def ask(
        self, method: str, target: str, *, limit: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Send one request and return the answer (at most ``limit`` bytes)."""
        try:
            with self._client.stream(method, target, content=body, headers=headers) as response:
                if response.headers.get(MARK_HEADER) != MARK:
                    raise _stranger(response.status_code)
                answer = self._read(response, limit if response.is_success else ERROR_LIMIT)
        except httpx.TimeoutException as error:
            raise MailboxSilentError from error
        except (httpx.TransportError, ssl.SSLError) as error:
            raise _transport_error(error) from error
        except httpx.DecodingError as error:
            raise NotTheMailboxError from error
        except (UnicodeError, httpx.InvalidURL) as error:  # a name that no machine can have, such as "xn--"
            raise MailboxAddressError from error
        if not response.is_success:
            raise refusal(response.status_code, answer)
        return Answer(response.status_code, answer)

    def _read(self, response: httpx.Response, limit: int) -> bytes:
        end = self._clock.running_seconds() + self._answer_seconds
        data = bytearray()
        for part in response.iter_raw():
            data += part
            if len(data) > limit:
                raise NotTheMailboxError
            if self._clock.running_seconds() > end:
                raise MailboxSilentError
        return bytes(data)


def refusal(status: int, untrusted_body: bytes) -> KnownError:
    """Return the error that fits a mailbox's refusal."""
    code = _error_code(status, untrusted_body)
    if code == "cloned_or_restored":
        return DeviceConflictError()
    if code in _DEVICE_CODES:
        return DeviceNotAcceptedError(code=code)
    if code == "clocks_differ":
        return ClocksDifferError()
    if code == "not_found":
        return NotInMailboxError()
    if status in _BUSY:
        return MailboxBusyError(code=code)
    return MailboxRefusedError(code=code)


def _error_code(status: int, untrusted_body: bytes) -> str:
    try:
        return read_json(untrusted_body, ErrorAnswer, what="The answer", limit=ERROR_LIMIT).error
    except (UntrustedDataError, DataTooLargeError):
        return f"http_{status}"


def _stranger(status: int) -> KnownError:
    """Return the error for an answer without the mailbox's mark: a proxy in front of it, or a guest network."""
    if status in _BUSY:
        return MailboxBusyError(code=f"http_{status}")
    return NotTheMailboxError()


def _transport_error(error: BaseException) -> KnownError:
    """Look for the reason behind httpx's error: a certificate is another matter than no network."""
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return CertificateWrongError()
        if isinstance(reason, ssl.SSLError):
            return NotTheMailboxError()
        reason = reason.__cause__ or reason.__context__
    return NotTheMailboxError() if isinstance(error, httpx.RemoteProtocolError | httpx.ProxyError) else NoNetworkError()


def _tls_context(trust: ssl.SSLContext | Path | None) -> ssl.SSLContext:
    if isinstance(trust, ssl.SSLContext):
        return trust
    file = Path(certifi.where()) if trust is None else trust
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:  # not there, or no certificates in it (ssl.SSLError is an OSError)
        raise FileMissingError(file=file.name) from error
