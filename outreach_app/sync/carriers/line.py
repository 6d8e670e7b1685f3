"""One HTTPS line to a mailbox: bounded answers, bounded time, and a calm error for everything that goes wrong."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
import httpx

from outreach_app.errors import CancelledError, FileMissingError, KnownError
from outreach_app.sync.carriers.lifeline import Lifeline, Watch
from outreach_app.sync.errors import (
    CertificateWrongError,
    ClocksDifferError,
    DeviceConflictError,
    DeviceNotAcceptedError,
    LineCutError,
    MailboxAddressError,
    MailboxBusyError,
    MailboxFaultError,
    MailboxRefusedError,
    MailboxSilentError,
    NoNetworkError,
    NotInMailboxError,
    NotTheMailboxError,
    UploadsWaitingError,
)
from outreach_app.sync.mailbox_address import checked_address
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.mailbox_config import ErrorAnswer
from outreach_app.wire.strict import read_json

MARK_HEADER = "outreach-mailbox"  # every answer of a mailbox carries it; a guest network's sign-in page does not
MARK = "1"
ERROR_LIMIT = 4 << 10
TIMEOUT_SECONDS = 30.0
CONNECT_SECONDS = 10.0  # four knocks of TCP: nothing can stop a line that is being laid, and it is tried again anyway
ANSWER_SECONDS = 300.0
LONGEST_RETRY_AFTER = 3600.0
_BUSY = frozenset({429, 500, 502, 503, 504, 507})
_CUT_WORDS = ("disconnected", "closed connection")  # only so do httpcore and h11 say that a line ended early
_SECONDS = re.compile(r"[0-9]{1,6}\Z")
_DEVICE_CODES = frozenset({"unknown_device", "revoked_device", "signature_wrong", "no_device_list"})
_PLAIN: dict[str, type[KnownError]] = {
    "cloned_or_restored": DeviceConflictError,
    "clocks_differ": ClocksDifferError,
    "not_found": NotInMailboxError,
    "too_many_uploads": UploadsWaitingError,  # of this device: others may well send
}
_LINE_ERRORS = (httpx.TransportError, ssl.SSLError, UnicodeError, httpx.InvalidURL)


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
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            base_url: ``https://...``; ``http://`` only on this machine itself.
            trust: a TLS context or a file with certificates; the usual authorities when None.
            timeout: seconds without any progress.
            answer_seconds: seconds a whole answer may take.
            stopped: tells whether the worker gave up; a line that waits is cut then, and CancelledError raised.
        """
        self._answer_seconds = answer_seconds
        self._lifeline = Lifeline(stopped)
        address = checked_address(base_url)
        self._client = httpx.Client(
            base_url=address,
            verify=_tls_context(address, trust),
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
            follow_redirects=False,
            trust_env=False,  # no proxy, no certificates from the environment: settings are the program's own
            headers={"accept-encoding": "identity"},  # nothing to unpack, so no bomb
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
        with self._lifeline.over(self._answer_seconds) as watch:
            try:
                with self._client.stream(
                    method, target, content=body, headers=headers, extensions={"trace": self._lifeline.notice}
                ) as response:
                    if response.headers.get(MARK_HEADER) != MARK:
                        raise _stranger(response)
                    answer = _read(response, limit if response.is_success else ERROR_LIMIT)
            except _LINE_ERRORS as error:
                raise _cut_on_purpose(watch) or _line_error(error) from error
        cut = _cut_on_purpose(watch)
        if cut is not None:  # an answer that says no length ends where its line ends
            raise cut
        if not response.is_success:
            raise refusal(response.status_code, answer, _retry_after(response))
        return Answer(response.status_code, answer)


def _read(response: httpx.Response, limit: int) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NotTheMailboxError
    data = bytearray()
    for part in response.iter_raw():
        data += part
        if len(data) > limit:
            raise NotTheMailboxError
    return bytes(data)


def refusal(status: int, untrusted_body: bytes, retry_after: float = 0.0) -> KnownError:
    """Return the error that fits a mailbox's refusal; ``retry_after`` are seconds it asked to be left alone."""
    code = _error_code(status, untrusted_body)
    if code in _PLAIN:
        return _PLAIN[code]()
    if code in _DEVICE_CODES:
        return DeviceNotAcceptedError(code=code)
    if status in _BUSY:
        kind = MailboxFaultError if code == "fault" else MailboxBusyError
        return kind(code=code, retry_after=retry_after)
    return MailboxRefusedError(code=code)


def _error_code(status: int, untrusted_body: bytes) -> str:
    try:
        return read_json(untrusted_body, ErrorAnswer, what="The answer", limit=ERROR_LIMIT).error
    except (UntrustedDataError, DataTooLargeError):
        return f"http_{status}"


def _stranger(response: httpx.Response) -> KnownError:
    """Return the error for an answer without the mailbox's mark: a proxy in front of it, or a guest network."""
    status = response.status_code
    if status in _BUSY:
        return MailboxBusyError(code=f"http_{status}", retry_after=_retry_after(response))
    return NotTheMailboxError()


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds an answer asks to wait, 0 when it asks nothing that can be read."""
    untrusted = response.headers.get("retry-after", "")
    return min(float(untrusted), LONGEST_RETRY_AFTER) if _SECONDS.match(untrusted) else 0.0


def _cut_on_purpose(watch: Watch) -> KnownError | None:
    if watch.stopped:
        return CancelledError()
    return MailboxSilentError() if watch.late else None


def _line_error(error: Exception) -> KnownError:
    if isinstance(error, httpx.TimeoutException):
        return MailboxSilentError()
    if isinstance(error, httpx.TransportError | ssl.SSLError):
        return _transport_error(error)
    return MailboxAddressError()  # a name that no machine can have, such as "xn--"


def _transport_error(error: BaseException) -> KnownError:
    """Look for the reason behind httpx's error: a certificate is another matter than no network."""
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return CertificateWrongError()
        if isinstance(reason, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError):
            return LineCutError()
        if isinstance(reason, ssl.SSLError):
            return NotTheMailboxError()
        reason = reason.__cause__ or reason.__context__
    if isinstance(error, httpx.ReadError | httpx.WriteError):
        return LineCutError()
    if isinstance(error, httpx.RemoteProtocolError):
        return LineCutError() if any(word in str(error) for word in _CUT_WORDS) else NotTheMailboxError()
    return NoNetworkError()


def _tls_context(address: str, trust: ssl.SSLContext | Path | None) -> ssl.SSLContext:
    if isinstance(trust, ssl.SSLContext):
        return trust
    if trust is None and address.startswith("http://"):  # on this machine; reading the authorities takes a while
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # which trusts nobody
    file = Path(certifi.where()) if trust is None else trust
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:  # not there, or no certificates in it (ssl.SSLError is an OSError)
        raise FileMissingError(file=file.name) from error
