"""Where batches go by network: the centre's reply names it, or a worker types it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.services.mailbox import Mailbox
from outreach_app.sync.errors import CertificateFileWrongError, MailboxAddressError
from tests.support.lines import self_signed
from tests.support.sessions import Laptop

NAMED = "https://mailbox.example"


def test_the_centres_address_is_used_until_a_worker_types_another(laptop: Laptop) -> None:
    verbs = laptop.session.mailbox
    assert verbs.find_mailbox() == Mailbox(NAMED)
    assert verbs.record_mailbox("  http://127.0.0.1:8000/ ").enrolment
    assert verbs.find_mailbox() == Mailbox("http://127.0.0.1:8000", typed=True)
    for back in (f"{NAMED}/", "", "mailbox.example"):
        verbs.record_mailbox("https://other.example")
        verbs.record_mailbox(back)
        assert verbs.find_mailbox() == Mailbox(NAMED)


def test_a_wrong_address_changes_nothing(laptop: Laptop) -> None:
    laptop.session.mailbox.record_mailbox("other.example")
    with pytest.raises(MailboxAddressError):
        laptop.session.mailbox.record_mailbox("http://other.example")
    assert laptop.session.mailbox.find_mailbox().url == "https://other.example"


def test_before_enrolment_there_is_none(alone: Laptop) -> None:
    assert alone.session.mailbox.find_mailbox() == Mailbox()


def test_certificates_are_kept_and_forgotten(laptop: Laptop, tmp_path: Path) -> None:
    verbs = laptop.session.mailbox
    certificate, _key = self_signed(tmp_path)
    verbs.record_certificates(certificate.read_bytes())
    assert verbs.find_mailbox().certificates == certificate.read_text()
    with pytest.raises(CertificateFileWrongError):
        verbs.record_certificates(b"")
    assert verbs.find_mailbox().certificates == certificate.read_text()
    assert verbs.forget_certificates().enrolment
    assert verbs.find_mailbox() == Mailbox(NAMED)
