"""Whoever answers in place of the mailbox, and whatever is cut off or goes on for ever: a calm end, and nothing is used."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from outreach_app.errors import CancelledError
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.carriers.lifeline import Lifeline
from outreach_app.sync.carriers.line import LONGEST_RETRY_AFTER, MailboxLine, _line_error
from outreach_app.sync.errors import (
    CertificateWrongError,
    LineCutError,
    MailboxBusyError,
    MailboxSilentError,
    NotTheMailboxError,
    SyncError,
)
from tests.support.lines import Talk, going_on_with, http_answer, other_end, saying, self_signed

ANSWER = http_answer("200 OK", b"receipt")
MARKED = b"HTTP/1.1 200 OK\r\noutreach-mailbox: 1\r\n"


def asking(talk: Talk, **more: float) -> bytes:
    with other_end(talk) as port, MailboxLine(f"http://127.0.0.1:{port}", timeout=5, **more) as line:  # type: ignore[arg-type]  # numbers
        return line.ask("PUT", "/v1/batches/x", body=b"batch", limit=1000).body


@pytest.mark.parametrize(
    ("begins", "ends"), [(timedelta(days=-9), timedelta(days=-1)), (timedelta(days=1), timedelta(days=9))]
)
def test_a_certificate_that_is_over_or_not_begun(tmp_path: Path, begins: timedelta, ends: timedelta) -> None:
    certificate = self_signed(tmp_path, begins=begins, ends=ends)
    with (
        other_end(saying(ANSWER), certificate) as port,
        HttpMailbox(f"https://127.0.0.1:{port}", trust=certificate[0]) as mailbox,
        pytest.raises(CertificateWrongError, match="Use another network"),
    ):
        mailbox.put_batch(b"batch")


@pytest.mark.parametrize("cut_at", [*range(0, len(ANSWER), 17), len(ANSWER) - 1])
def test_an_answer_cut_at_any_byte_is_a_cut_line(cut_at: int) -> None:
    with pytest.raises(LineCutError):
        asking(saying(ANSWER[:cut_at]))


def test_a_tls_line_cut_in_the_middle(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)

    def cut(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(ANSWER[:60])
        socket.socket.shutdown(line, socket.SHUT_RDWR)

    with (
        other_end(cut, certificate) as port,
        HttpMailbox(f"https://127.0.0.1:{port}", trust=certificate[0]) as mailbox,
        pytest.raises(LineCutError),
    ):
        mailbox.put_batch(b"batch")


def test_a_length_that_is_too_short_hands_on_no_more_than_it_says() -> None:
    assert asking(saying(MARKED + b"content-length: 3\r\nconnection: close\r\n\r\nreceipt")) == b"rec"


@pytest.mark.parametrize("length", [b"-1", b"many", b"7, 8", b"99999999999999999999999"])
def test_a_length_that_is_none(length: bytes) -> None:
    with pytest.raises((NotTheMailboxError, LineCutError)):
        asking(saying(MARKED + b"content-length: " + length + b"\r\n\r\nreceipt"))


def test_old_http_without_a_length_is_understood() -> None:
    assert asking(saying(b"HTTP/1.0 200 OK\r\noutreach-mailbox: 1\r\n\r\nreceipt")) == b"receipt"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_nobody_is_followed_elsewhere(status: str) -> None:
    asked = list[bytes]()

    def talk(line: socket.socket) -> None:
        asked.append(line.recv(65536))
        line.sendall(http_answer(status, b"", "location: http://127.0.0.1:1/", marked=False))

    with pytest.raises(NotTheMailboxError):
        asking(talk)
    assert len(asked) == 1


def test_an_answer_without_end_is_given_up_at_its_limit() -> None:
    with pytest.raises(NotTheMailboxError):
        asking(going_on_with(MARKED + b"\r\n", b"x" * 65536))


def test_headers_without_end_are_given_up() -> None:
    with pytest.raises((NotTheMailboxError, LineCutError)):
        asking(going_on_with(MARKED, b"x-more: " + b"y" * 4000 + b"\r\n"))


def test_go_on_said_for_ever_is_given_up_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(MailboxSilentError):
        asking(going_on_with(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), answer_seconds=0.5)
    assert time.monotonic() - began < 15


def test_an_answer_of_no_length_that_drips_is_given_up_in_time() -> None:
    def drip(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(MARKED + b"\r\n")
        for _ in range(200):
            line.sendall(b"x")
            time.sleep(0.05)

    with pytest.raises(MailboxSilentError):
        asking(drip, answer_seconds=0.5)


def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(1 << 20))
    assert len(bomb) < 2000
    for limit in (len(bomb), 1000):
        with (
            other_end(saying(http_answer("200 OK", bomb, "content-encoding: gzip"))) as port,
            MailboxLine(f"http://127.0.0.1:{port}", timeout=5) as line,
            pytest.raises(NotTheMailboxError),
        ):
            line.ask("GET", "/", limit=limit)


def test_only_plain_answers_are_asked_for() -> None:
    asked = list[bytes]()

    def talk(line: socket.socket) -> None:
        asked.append(line.recv(65536))
        line.sendall(ANSWER)

    asking(talk)
    assert b"accept-encoding: identity" in asked[0].lower()
    assert b"cookie" not in asked[0].lower()


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("17", 17.0), ("", 0.0), ("-3", 0.0), ("soon", 0.0), ("999999", LONGEST_RETRY_AFTER), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0)],
)
@pytest.mark.parametrize("marked", [True, False])
def test_a_mailbox_or_a_proxy_says_when_to_come_again(said: str, seconds: float, marked: bool) -> None:
    answer = http_answer("429 Too Many", b'{"error":"too_many_requests"}', f"retry-after: {said}", marked=marked)
    with pytest.raises(MailboxBusyError) as busy:
        asking(saying(answer))
    assert busy.value.values["retry_after"] == seconds


def test_whoever_gives_up_does_not_wait_for_a_silent_line() -> None:
    stopped = threading.Event()

    def silent(_line: socket.socket) -> None:
        time.sleep(0.2)
        stopped.set()
        time.sleep(2)

    began = time.monotonic()
    with (
        other_end(silent) as port,
        HttpMailbox(f"http://127.0.0.1:{port}", timeout=30, stopped=stopped.is_set) as mailbox,
        pytest.raises(CancelledError),
    ):
        mailbox.put_batch(b"batch")
    assert time.monotonic() - began < 15


def test_a_watch_without_a_line_cuts_nothing() -> None:
    with Lifeline(lambda: True).over(60) as watch:
        time.sleep(0.5)
    assert (watch.stopped, watch.late) == (True, False)


def test_a_line_that_closed_by_itself_is_cut_without_a_word() -> None:
    lifeline = Lifeline(lambda: True)
    closed = socket.socket()
    closed.close()
    lifeline.notice("connection.connect_tcp.complete", {"return_value": _Stream(closed)})
    lifeline.notice("http11.send_request_headers.started", {})
    with lifeline.over(60) as watch:
        time.sleep(0.5)
    assert watch.stopped


class _Stream:
    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def get_extra_info(self, name: str) -> socket.socket:
        assert name == "socket"
        return self._line


def test_the_same_line_serves_again_after_an_error() -> None:
    answers = [b"", ANSWER]

    def talk(line: socket.socket) -> None:
        saying(answers.pop(0))(line)

    with other_end(talk) as port, HttpMailbox(f"http://127.0.0.1:{port}", timeout=5) as mailbox:
        with pytest.raises(SyncError):
            mailbox.put_batch(b"batch")
        assert mailbox.put_batch(b"batch") == b"receipt"


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (ssl.SSLEOFError(), LineCutError), (ssl.SSLZeroReturnError(), LineCutError), (ssl.SSLError(), NotTheMailboxError),
        (ssl.SSLCertVerificationError(), CertificateWrongError), (ConnectionResetError(), LineCutError),
    ],
)  # fmt: skip
def test_the_reason_behind_an_error_of_the_library_decides(reason: OSError, kind: type[SyncError]) -> None:
    error = httpx.ReadError("as told")
    error.__cause__ = reason
    assert type(_line_error(error)) is kind
