"""Which addresses and certificate files are taken, long before anything is sent there."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.sync.errors import CertificateFileWrongError, MailboxAddressError
from outreach_app.sync.mailbox_address import checked_address, checked_certificates, trusting
from tests.support.lines import self_signed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://mailbox.example", "https://mailbox.example"), ("https://mailbox.example/", "https://mailbox.example"),
        ("https://mailbox.example:8443/a/", "https://mailbox.example:8443/a"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"), ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)  # fmt: skip
def test_addresses_that_are_taken(typed: str, kept: str) -> None:
    assert checked_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "mailbox.example", "http://mailbox.example", "ftp://mailbox.example", "https://", "https:///a",
        "https://mailbox.example:0", "https://mailbox.example:99999", "https://a@mailbox.example",
        "https://mailbox.example?a=b", "https://mailbox.example#a", "https://mail box.example", "https://[::1",
        "https://måilbox.example", "https://a\u202eb.example", f"https://{'a' * 400}.example", "file:///etc/passwd",
        "https://.", "https://a..b", "https://-a.example", f"https://{'a' * 64}.example", "https://a;b",
        "http://127.0.0.1.mailbox.example", "https://mailbox.example/\x00", "https://mailbox.example/\n",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(typed: str) -> None:
    with pytest.raises(MailboxAddressError, match="Nothing was sent"):
        checked_address(typed)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_taken_or_refused_calmly(typed: str) -> None:
    with contextlib.suppress(MailboxAddressError):
        assert checked_address(typed).startswith(("https://", "http://"))


def test_a_certificate_file_is_taken(tmp_path: Path) -> None:
    certificate, _key = self_signed(tmp_path)
    text = checked_certificates(certificate.read_bytes())
    assert [row["subject"] for row in trusting(text).get_ca_certs()] != []


@pytest.mark.parametrize("content", [b"", b"  \n", b"no certificate", b"\xff\xfe", b"a" * 70_000])
def test_a_file_without_a_certificate_is_refused(content: bytes) -> None:
    with pytest.raises(CertificateFileWrongError, match="no certificate"):
        checked_certificates(content)
