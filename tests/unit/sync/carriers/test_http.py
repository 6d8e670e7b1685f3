"""The network road: every way a line can go wrong ends in one calm sentence."""

from __future__ import annotations

import socket
import ssl
import time
from pathlib import Path

import pytest

from outreach_app.errors import FileMissingError
from outreach_app.sync.carriers import line as line_module
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.carriers.line import MailboxLine, refusal
from outreach_app.sync.errors import (
    BatchDamagedError,
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
    SyncError,
    UploadsWaitingError,
)
from tests.support.lines import http_answer, other_end, saying, self_signed
from tests.support.sync_people import CENTRE

GUEST_PAGE = b"<html>Welcome to the guest network</html>"


def sending_to(answer: bytes) -> bytes:
    with other_end(saying(answer)) as port, HttpMailbox(f"http://127.0.0.1:{port}", timeout=5) as mailbox:
        return mailbox.put_batch(b"batch")


def test_an_answer_of_the_mailbox_is_handed_on() -> None:
    assert sending_to(http_answer("200 OK", b"receipt")) == b"receipt"


@pytest.mark.parametrize(
    "answer",
    [
        http_answer("200 OK", GUEST_PAGE, marked=False),
        http_answer("302 Found", b"", "location: http://login.example/", marked=False),
        http_answer("511 Network Authentication Required", GUEST_PAGE, marked=False),
        http_answer("200 OK", bytes((8 << 20) + 1)),
        http_answer("404 Not Found", bytes(5000)),
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\x15\x03\x03\x00\x02\x02\x28\r\n\r\n",
    ],
)
def test_somebody_else_answers(answer: bytes) -> None:
    with pytest.raises(NotTheMailboxError, match="guest network"):
        sending_to(answer)


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\noutreach-mailbox: 1\r\ncontent-length: 100\r\n\r\nhalf"],
)
def test_a_line_that_is_cut(answer: bytes) -> None:
    with pytest.raises(LineCutError, match="safe to send again"):
        sending_to(answer)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (409, "cloned_or_restored", DeviceConflictError),
        (403, "unknown_device", DeviceNotAcceptedError),
        (403, "revoked_device", DeviceNotAcceptedError),
        (403, "signature_wrong", DeviceNotAcceptedError),
        (503, "no_device_list", DeviceNotAcceptedError),
        (401, "clocks_differ", ClocksDifferError),
        (404, "not_found", NotInMailboxError),
        (429, "too_many_requests", MailboxBusyError),
        (429, "too_many_uploads", UploadsWaitingError),
        (500, "fault", MailboxFaultError),
        (503, "busy", MailboxBusyError),
        (503, "store_unavailable", MailboxBusyError),
        (413, "too_large", MailboxRefusedError),
        (400, "wrong_hash", MailboxRefusedError),
    ],
)
def test_refusals_have_a_sentence(status: int, code: str, kind: type[SyncError]) -> None:
    with pytest.raises(kind) as refused:
        sending_to(http_answer(f"{status} No", b'{"error":"%s"}' % code.encode()))
    assert "Nothing was lost" in refused.value.sentence() or kind in {ClocksDifferError, NotInMailboxError}


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error":"A B"}', b'{"error":1}', b'{"other":"x"}', b"\xff"])
def test_refusals_that_cannot_be_read_show_their_status(body: bytes) -> None:
    assert "http_400" in refusal(400, body).sentence()


def test_a_proxy_in_front_that_is_down_is_busy() -> None:
    with pytest.raises(MailboxBusyError, match="http_502"):
        sending_to(http_answer("502 Bad Gateway", b"<html>", marked=False))


def test_no_network() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with HttpMailbox(f"http://127.0.0.1:{port}") as mailbox, pytest.raises(NoNetworkError, match="by stick"):
        mailbox.put_batch(b"batch")


def test_a_name_nobody_knows() -> None:
    with HttpMailbox("https://mailbox.invalid", timeout=5) as mailbox, pytest.raises((NoNetworkError, MailboxSilentError)):
        mailbox.put_batch(b"batch")


def test_a_mailbox_that_says_nothing() -> None:
    def silent(line: socket.socket) -> None:
        time.sleep(0.8)

    with (
        other_end(silent) as port,
        HttpMailbox(f"http://127.0.0.1:{port}", timeout=0.2) as mailbox,
        pytest.raises(MailboxSilentError, match="safe to send again"),
    ):
        mailbox.put_batch(b"batch")


def test_a_line_that_is_never_laid_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first, socket.socket() as second:
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        with HttpMailbox(f"http://127.0.0.1:{full.getsockname()[1]}") as mailbox, pytest.raises(MailboxSilentError):
            mailbox.put_batch(b"batch")


def test_an_answer_that_drips_is_given_up() -> None:
    def dripping(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\noutreach-mailbox: 1\r\ncontent-length: 1000\r\n\r\n")
        for _ in range(30):
            line.sendall(b"x")
            time.sleep(0.05)

    with (
        other_end(dripping) as port,
        MailboxLine(f"http://127.0.0.1:{port}", timeout=5, answer_seconds=0.3) as line,
        pytest.raises(MailboxSilentError),
    ):
        line.ask("GET", "/", limit=1000)


def test_a_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    with (
        other_end(saying(http_answer("200 OK", b"receipt")), self_signed(tmp_path)) as port,
        HttpMailbox(f"https://127.0.0.1:{port}") as mailbox,
        pytest.raises(CertificateWrongError, match="wrong certificate"),
    ):
        mailbox.put_batch(b"batch")


def test_a_certificate_for_another_host(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path, "127.0.0.9")
    with (
        other_end(saying(http_answer("200 OK", b"receipt")), certificate) as port,
        HttpMailbox(f"https://127.0.0.1:{port}", trust=certificate[0]) as mailbox,
        pytest.raises(CertificateWrongError),
    ):
        mailbox.put_batch(b"batch")


def test_a_certificate_that_was_handed_in(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    context = ssl.create_default_context(cafile=certificate[0])
    for trust in (certificate[0], context):
        with (
            other_end(saying(http_answer("200 OK", b"receipt")), certificate) as port,
            HttpMailbox(f"https://127.0.0.1:{port}", trust=trust) as mailbox,
        ):
            assert mailbox.put_batch(b"batch") == b"receipt"


def test_a_server_that_speaks_no_tls() -> None:
    with (
        other_end(saying(http_answer("200 OK", b"receipt"))) as port,
        HttpMailbox(f"https://127.0.0.1:{port}", timeout=0.5) as mailbox,
        pytest.raises(SyncError),
    ):
        mailbox.put_batch(b"batch")


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_trust_file_that_cannot_be_used(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "trust.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileMissingError, match=r"trust\.pem"):
        HttpMailbox("https://mailbox.example", trust=file)


@pytest.mark.parametrize(
    "address",
    [
        "", "mailbox.example", "http://mailbox.example", "ftp://mailbox.example", "https://", "https://[", "file:///x",
        "https://mailbox.example:x", "https://mailbox.example/?a=b", "https://name@mailbox.example", "http://127.0.0.1.example",
    ],
)
def test_addresses_that_are_not_sent_to(address: str) -> None:
    with pytest.raises(MailboxAddressError):
        HttpMailbox(address)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"receipts":"x"}', b'{"receipts":[1]}', b'{"receipts":[],"x":1}'])
def test_lists_that_are_none(body: bytes) -> None:
    with other_end(saying(http_answer("200 OK", body))) as port:
        with HttpMailbox(f"http://127.0.0.1:{port}") as mailbox, pytest.raises(NotTheMailboxError):
            mailbox.fetch_receipts("a" * 128)
        with HttpMailbox(f"http://127.0.0.1:{port}") as mailbox, pytest.raises(NotTheMailboxError):
            mailbox.fetch_letters("a" * 32)
        with HttpDesk(f"http://127.0.0.1:{port}", signing=CENTRE.desk) as desk, pytest.raises(NotTheMailboxError):
            desk.list_batches()


def test_a_batch_with_another_hash_is_not_handed_on() -> None:
    with (
        other_end(saying(http_answer("200 OK", b"other"))) as port,
        HttpDesk(f"http://127.0.0.1:{port}", signing=CENTRE.desk) as desk,
        pytest.raises(BatchDamagedError, match="damaged at the mailbox"),
    ):
        desk.get_batch("a" * 128)


def test_a_name_that_no_machine_can_have_is_said_to_be_none() -> None:
    with HttpMailbox("https://xn--99999999.example") as mailbox, pytest.raises(MailboxAddressError):
        mailbox.put_batch(b"batch")
