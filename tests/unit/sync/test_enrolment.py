"""Enrolment: a reply fits one request and one laptop, and six words tell files apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach_app.errors import BugError
from outreach_app.sync.enrolment import (
    CentreKeys,
    EnrolmentReply,
    make_reply,
    make_request,
    read_reply,
    read_request,
    six_words,
)
from outreach_app.sync.errors import EnrolmentUnreadableError
from outreach_app.sync.signed_document import read_unverified, write_signed
from outreach_app.wire.enrolment import EnrolmentRequestBody
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP, Laptop

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
LINKAGE = bytes(range(32))
KEYS = CentreKeys(
    CENTRE.root.public, CENTRE.sealing_key, CENTRE.mailbox.public, CENTRE.desk.public, "https://mailbox.example"
)
WORDS = [f"word{n}" for n in range(2048)]


def request_of(laptop: Laptop) -> bytes:
    return make_request(
        device=laptop.device, signing=laptop.signing, receiving=laptop.receiving.public, code="7K2P-11", label="Laptop 3",
        issued_at=NOW,
    )


REQUEST = request_of(LAPTOP)
REPLY = make_reply(read_request(REQUEST), root=CENTRE.root, centre=KEYS, linkage_key=LINKAGE, issued_at=NOW)


def read(reply: bytes, request: bytes = REQUEST, laptop: Laptop = LAPTOP) -> EnrolmentReply:
    return read_reply(reply, request=request, receiving=laptop.receiving)


def test_a_request_comes_back() -> None:
    found = read_request(REQUEST)
    assert (found.device.device, found.label, found.code) == (LAPTOP.device, "Laptop 3", "7K2P-11")
    assert found.device.signing == LAPTOP.signing.public
    assert found.device.receiving == LAPTOP.receiving.public


def test_a_reply_comes_back() -> None:
    found = read(REPLY)
    assert found.centre == KEYS
    assert found.linkage_key == LINKAGE
    assert found.device.device == LAPTOP.device
    assert LINKAGE.hex() not in repr(found)
    assert LINKAGE not in REPLY


def test_a_request_must_be_signed_with_the_keys_it_names() -> None:
    body = read_unverified(REQUEST, EnrolmentRequestBody, what="test")
    stolen = write_signed(body, context=b"outreach-enrolment-request/1", keys=OTHER_LAPTOP.signing)
    with pytest.raises(EnrolmentUnreadableError):
        read_request(stolen)


def test_reply_to_another_request_is_refused() -> None:
    with pytest.raises(EnrolmentUnreadableError, match="another request"):
        read(REPLY, request_of(LAPTOP))  # signatures are random: a second request is another one
    with pytest.raises(EnrolmentUnreadableError, match="another request"):
        read(REPLY, request_of(OTHER_LAPTOP), OTHER_LAPTOP)


def test_reply_sealed_to_another_laptop_is_refused() -> None:
    with pytest.raises(EnrolmentUnreadableError, match="another laptop"):
        read(REPLY, laptop=OTHER_LAPTOP)


def test_every_flipped_bit_is_refused() -> None:
    for original, reader in ((REQUEST, read_request), (REPLY, read)):
        for place in range(0, len(original), 257):
            broken = bytearray(original)
            broken[place] ^= 1 << (place % 8)
            with pytest.raises(EnrolmentUnreadableError):
                reader(bytes(broken))


@pytest.mark.parametrize("untrusted", [b"", b"\xff", b"{}", b'{"body":"e30=","signatures":""}', bytes(1 << 17)])
def test_other_files_are_neither(untrusted: bytes) -> None:
    with pytest.raises(EnrolmentUnreadableError):
        read_request(untrusted)
    with pytest.raises(EnrolmentUnreadableError):
        read(untrusted)


@pytest.mark.parametrize("address", ["ftp://mailbox.example", "https://", "https://a b"])
def test_reply_with_a_strange_address_is_refused(address: str) -> None:
    keys = CentreKeys(KEYS.root, KEYS.sealing, KEYS.mailbox, KEYS.desk, address)
    reply = make_reply(read_request(REQUEST), root=CENTRE.root, centre=keys, linkage_key=LINKAGE, issued_at=NOW)
    with pytest.raises(EnrolmentUnreadableError, match="mailbox_url"):
        read(reply)


def test_a_reply_needs_a_whole_linkage_key_and_its_own_root() -> None:
    for root, key in ((CENTRE.root, b"short"), (CENTRE.desk, LINKAGE)):
        with pytest.raises(BugError):
            make_reply(read_request(REQUEST), root=root, centre=KEYS, linkage_key=key, issued_at=NOW)


def test_six_words_are_the_first_66_bits() -> None:
    assert six_words(b"\0" * 64, WORDS) == " ".join(["word0"] * 6)
    assert six_words(b"\xff" * 64, WORDS) == " ".join(["word2047"] * 6)
    assert six_words((1).to_bytes(2, "big") + b"\0" * 62, WORDS).split()[1] == "word64"
    assert six_words(read_request(REQUEST).fingerprint(), WORDS) != six_words(read(REPLY).fingerprint(), WORDS)


@pytest.mark.parametrize(("fingerprint", "words"), [(b"\0" * 64, WORDS[:-1]), (b"\0" * 8, WORDS)])
def test_six_words_need_enough_of_both(fingerprint: bytes, words: list[str]) -> None:
    with pytest.raises(BugError):
        six_words(fingerprint, words)
