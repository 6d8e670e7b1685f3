"""Sets of algorithms: one in force, a second one beside it, none of them by another's name."""

from __future__ import annotations

import os
from types import MappingProxyType

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outreach_app.sync import algorithms, batch_format, sealing
from outreach_app.sync.algorithms import NEWEST
from outreach_app.sync.batch_format import FIRST_PREV_HASH
from outreach_app.sync.errors import BatchUnreadableError, OtherSealingKeyError, SignatureWrongError
from outreach_app.sync.sealing import SealedBatch, open_batch, seal_batch, verify_batch
from tests.support.sync_people import CENTRE, LAPTOP

LINES = (b'{"id":"1"}', b'{"id":"2"}')


class Later:
    """A second set, for trying how one would come into force."""

    name = "xwing+aes256gcm+ed25519+mldsa65"

    def new_key(self) -> bytes:
        return os.urandom(32)

    def seal(self, content: bytes, key: bytes, binding: bytes) -> bytes:
        return AESGCM(key).encrypt(bytes(12), content, binding)

    def open(self, ciphertext: bytes, key: bytes, binding: bytes) -> bytes | None:
        try:
            return AESGCM(key).decrypt(bytes(12), ciphertext, binding)
        except InvalidTag:
            return None

    def sealed_length(self, content: int) -> int:
        return content + 16


@pytest.fixture
def both_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    both = MappingProxyType({NEWEST.name: NEWEST, Later.name: Later()})
    monkeypatch.setattr(algorithms, "IN_FORCE", both)
    monkeypatch.setattr(sealing, "IN_FORCE", both)


def sealed(using: algorithms.Algorithms = NEWEST) -> SealedBatch:
    return seal_batch(
        LINES, device=LAPTOP.device, epoch=1, seq=1, prev_hash=FIRST_PREV_HASH, signing=LAPTOP.signing,
        centre_key=CENTRE.sealing_key, using=using,
    )


def opened(data: bytes) -> tuple[bytes, ...]:
    return open_batch(verify_batch(data, LAPTOP.signing.public), CENTRE.receiving)


@pytest.mark.parametrize("length", [0, 1, 16383, 16384, 16385, 100_000])
@pytest.mark.parametrize("using", [NEWEST, Later()])
def test_each_says_beforehand_how_long_it_is(using: algorithms.Algorithms, length: int) -> None:
    key = using.new_key()
    ciphertext = using.seal(bytes(length), key, b"b")
    assert len(ciphertext) == using.sealed_length(length)
    assert using.open(ciphertext, key, b"b") == bytes(length)
    assert using.open(ciphertext, key, b"c") is None
    assert using.open(ciphertext, using.new_key(), b"b") is None


def test_the_old_and_the_new_are_read_side_by_side(both_in_force: None) -> None:
    assert opened(sealed().data) == opened(sealed(Later()).data) == LINES
    assert sealed().header.alg != sealed(Later()).header.alg


def test_one_that_is_not_in_force_is_refused_before_anything_is_checked() -> None:
    with pytest.raises(BatchUnreadableError, match="algorithm"):
        batch_format.split_batch(sealed(Later()).data)


def test_one_that_was_retired_is_not_read_any_more(both_in_force: None, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sealed().data
    monkeypatch.setattr(algorithms, "IN_FORCE", MappingProxyType({Later.name: Later()}))
    with pytest.raises(BatchUnreadableError, match="algorithm"):
        verify_batch(data, LAPTOP.signing.public)


def test_the_name_stands_under_the_signatures(both_in_force: None) -> None:
    parts = batch_format.split_batch(sealed().data)
    other = parts.header_bytes.replace(NEWEST.name.encode(), Later.name.encode())
    renamed = batch_format.join_batch(other, parts.sealed_key, parts.signatures, parts.ciphertext)
    with pytest.raises(SignatureWrongError):
        opened(renamed)


def test_the_content_key_is_bound_to_the_name(both_in_force: None) -> None:
    """Even the laptop itself cannot make one set's content pass for another's."""
    parts = batch_format.split_batch(sealed().data)
    other = parts.header_bytes.replace(NEWEST.name.encode(), Later.name.encode())
    signatures = LAPTOP.signing.sign(batch_format.signed_bytes(other, parts.sealed_key, parts.ciphertext), b"outreach-batch/1")
    with pytest.raises(OtherSealingKeyError):
        opened(batch_format.join_batch(other, parts.sealed_key, signatures, parts.ciphertext))
