"""TLS by certificate files: spoken, limited in time, renewed while running."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from outreach_app.centre.mailbox.errors import CertificateFilesError
from outreach_app.centre.mailbox.server import Door
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.time_limits import TimeLimits
from outreach_app.centre.mailbox.tls import server_context
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.errors import CertificateWrongError
from tests.support.lines import self_signed
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sync_people import LAPTOP

BATCH = batch()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return self_signed(tmp_path)


@pytest.fixture
def tls_mailbox(store: MailboxStore, files: tuple[Path, Path]) -> Iterator[RunningMailbox]:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    limits = TimeLimits(header_seconds=0.6, body_seconds=0.6, look_seconds=0.05)
    with running_mailbox(store, limits, door=Door(0, certificate=files[0], key=files[1])) as running:
        yield running


def presented(running: RunningMailbox) -> bytes:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(running.address, timeout=10) as line, context.wrap_socket(line) as wrapped:
        assert wrapped.version() == "TLSv1.3"
        return wrapped.getpeercert(binary_form=True) or b""


def test_a_laptop_sends_over_tls(tls_mailbox: RunningMailbox, files: tuple[Path, Path]) -> None:
    assert tls_mailbox.url.startswith("https://")
    with HttpMailbox(tls_mailbox.url, trust=files[0]) as laptop:
        assert laptop.put_batch(BATCH.data) == laptop.put_batch(BATCH.data)
    with HttpMailbox(tls_mailbox.url) as stranger, pytest.raises(CertificateWrongError):
        stranger.put_batch(BATCH.data)


def test_half_a_handshake_is_cut_off(tls_mailbox: RunningMailbox) -> None:
    begun = time.monotonic()
    with socket.create_connection(tls_mailbox.address, timeout=15) as line:
        line.sendall(b"\x16\x03\x01")
        assert line.recv(100) == b""
    assert 0.3 < time.monotonic() - begun < 15


def test_half_a_header_over_tls_is_cut_off(tls_mailbox: RunningMailbox, files: tuple[Path, Path]) -> None:
    context = ssl.create_default_context(cafile=files[0])
    with (
        socket.create_connection(tls_mailbox.address, timeout=15) as line,
        context.wrap_socket(line, server_hostname="127.0.0.1", suppress_ragged_eofs=True) as wrapped,
    ):
        wrapped.sendall(b"PUT /v1/ba")
        assert wrapped.recv(100) == b""


def test_versions_before_1_2_are_refused(files: tuple[Path, Path]) -> None:
    assert server_context(*files).minimum_version == ssl.TLSVersion.TLSv1_2


def test_a_renewed_certificate_is_taken_while_running(
    tls_mailbox: RunningMailbox, files: tuple[Path, Path], tmp_path: Path
) -> None:
    first = presented(tls_mailbox)
    files[0].write_text("no certificate")
    tls_mailbox.server.load_certificate_again()
    assert presented(tls_mailbox) == first
    self_signed(tmp_path)
    tls_mailbox.server.load_certificate_again()
    assert presented(tls_mailbox) != first


def test_without_tls_there_is_nothing_to_renew(mailbox: RunningMailbox) -> None:
    mailbox.server.load_certificate_again()
    assert mailbox.url.startswith("http://")


def test_files_that_cannot_be_used(tmp_path: Path, files: tuple[Path, Path]) -> None:
    (tmp_path / "other").mkdir()
    other = self_signed(tmp_path / "other")
    locked = tmp_path / "locked.pem"
    loaded = serialization.load_pem_private_key(files[1].read_bytes(), None)
    locked.write_bytes(
        loaded.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
        )
    )
    for certificate, key in ((files[0], locked), (tmp_path / "none.pem", files[1]), (files[0], other[1]), (files[1], files[1])):
        with pytest.raises(CertificateFilesError):
            server_context(certificate, key)
