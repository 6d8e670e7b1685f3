"""Other ends of a line for tests: a TLS server with a certificate of its own, and servers that say anything at all."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[socket.socket], None]


DAY = timedelta(days=1)


def self_signed(
    folder: Path, host: str = "127.0.0.1", *, begins: timedelta = -DAY, ends: timedelta = DAY
) -> tuple[Path, Path]:
    """Write a certificate for ``host`` and its key, good from and to so far from now; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailbox.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


@contextmanager
def other_end(talk: Talk, certificate: tuple[Path, Path] | None = None) -> Iterator[int]:
    """Listen on loopback, ``talk`` with everyone who connects, and give the port."""
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            with suppress(OSError):
                line, _ = listener.accept()
                line.settimeout(5)
                with line, suppress(OSError):
                    if context is None:
                        talk(line)
                    else:
                        with context.wrap_socket(line, server_side=True) as wrapped:
                            talk(wrapped)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join(timeout=20)
        listener.close()


def saying(answer: bytes) -> Talk:
    """Read a request's header and give this answer."""

    def talk(line: socket.socket) -> None:
        seen = b""
        while b"\r\n\r\n" not in seen and (part := line.recv(65536)):
            seen += part
        line.sendall(answer)
        with suppress(OSError):
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass

    return talk


def going_on_with(start: bytes, more: bytes, pause: float = 0.0) -> Talk:
    """Read a request's header, answer ``start``, and say ``more`` again and again until nobody listens."""

    def talk(line: socket.socket) -> None:
        seen = b""
        while b"\r\n\r\n" not in seen and (part := line.recv(65536)):
            seen += part
        line.sendall(start)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            line.sendall(more)
            time.sleep(pause)

    return talk


def http_answer(status: str, body: bytes = b"", *headers: str, marked: bool = True) -> bytes:
    """The bytes of an HTTP answer, with or without the mailbox's mark."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
    if marked:
        lines.append("outreach-mailbox: 1")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
