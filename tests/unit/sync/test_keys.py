"""Keys: both signatures must hold, sealed secrets open only with their key, texts have one spelling."""

from __future__ import annotations

import pytest

from outreach_app.sync.errors import KeyUnreadableError, SignatureWrongError
from outreach_app.sync.keys import (
    HPKE_OVERHEAD,
    PublicReceivingKey,
    PublicSigningKeys,
    ReceivingKeys,
    Signatures,
    SigningKeys,
)
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

SIGNED = LAPTOP.signing.sign(b"message", b"context")


def test_both_signatures_fit() -> None:
    LAPTOP.signing.public.verify(b"message", b"context", SIGNED)
    assert Signatures.from_bytes(SIGNED.to_bytes()) == SIGNED


@pytest.mark.parametrize(
    ("message", "context", "signatures"),
    [
        (b"messagf", b"context", SIGNED),
        (b"message", b"contexu", SIGNED),
        (b"tmessage", b"contex", SIGNED),
        (b"message", b"context", Signatures(SIGNED.ed25519, b"\0" * 3309)),
        (b"message", b"context", Signatures(b"\0" * 64, SIGNED.ml_dsa_65)),
    ],
)
def test_one_wrong_thing_is_enough(message: bytes, context: bytes, signatures: Signatures) -> None:
    with pytest.raises(SignatureWrongError):
        LAPTOP.signing.public.verify(message, context, signatures)


def test_signature_of_another_device_is_refused() -> None:
    with pytest.raises(SignatureWrongError):
        OTHER_LAPTOP.signing.public.verify(b"message", b"context", SIGNED)


@pytest.mark.parametrize("length", [0, 64, 3372, 3374])
def test_signatures_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(SignatureWrongError):
        Signatures.from_bytes(b"x" * length)


def test_private_keys_come_back_from_their_bytes() -> None:
    again = SigningKeys.from_bytes(LAPTOP.signing.to_bytes())
    assert again.public == LAPTOP.signing.public
    LAPTOP.signing.public.verify(b"m", b"c", again.sign(b"m", b"c"))
    receiving = ReceivingKeys.from_bytes(LAPTOP.receiving.to_bytes())
    assert receiving.public == LAPTOP.receiving.public
    assert receiving.unseal(LAPTOP.receiving.public.seal(b"s", b"i"), b"i") == b"s"


@pytest.mark.parametrize(
    "kept",
    [b"", b"x" * 90, LAPTOP.signing.to_bytes()[:-1], LAPTOP.receiving.to_bytes() + b"x"],
    ids=["empty", "strange", "cut", "longer"],  # keys are random: their bytes must not name a test
)
def test_damaged_private_keys_are_refused(kept: bytes) -> None:
    with pytest.raises(KeyUnreadableError):
        SigningKeys.from_bytes(kept)
    with pytest.raises(KeyUnreadableError):
        ReceivingKeys.from_bytes(kept)


def test_public_keys_come_back_from_their_text() -> None:
    signing, receiving = LAPTOP.signing.public, LAPTOP.receiving.public
    assert PublicSigningKeys.from_text(signing.to_text()) == signing
    assert PublicReceivingKey.from_text(receiving.to_text()) == receiving
    assert signing.fingerprint() == LAPTOP.signing.fingerprint() != OTHER_LAPTOP.signing.fingerprint()
    assert receiving.fingerprint() == LAPTOP.receiving.fingerprint() != OTHER_LAPTOP.receiving.fingerprint()


@pytest.mark.parametrize("untrusted", ["", "QQ==", "QR==", "Å", " ", LAPTOP.signing.public.to_text() + "\n"])
def test_other_texts_are_not_keys(untrusted: str) -> None:
    with pytest.raises(KeyUnreadableError):
        PublicSigningKeys.from_text(untrusted)
    with pytest.raises(KeyUnreadableError):
        PublicReceivingKey.from_text(untrusted)


def test_sealed_secret_opens_only_with_its_key_and_info() -> None:
    sealed = LAPTOP.receiving.public.seal(b"secret", b"info")
    assert len(sealed) == len(b"secret") + HPKE_OVERHEAD
    assert LAPTOP.receiving.unseal(sealed, b"info") == b"secret"
    assert LAPTOP.receiving.unseal(sealed, b"other") is None
    assert OTHER_LAPTOP.receiving.unseal(sealed, b"info") is None
    assert LAPTOP.receiving.unseal(b"", b"info") is None


def test_key_without_shared_secret_is_refused() -> None:
    weak = PublicReceivingKey(LAPTOP.receiving.public.ml_kem_768, bytes(32))
    with pytest.raises(KeyUnreadableError):
        weak.seal(b"secret", b"info")


def test_private_keys_do_not_show_themselves() -> None:
    assert LAPTOP.signing.to_bytes()[-32:].hex() not in repr(LAPTOP.signing)
    assert repr(LAPTOP.receiving).startswith("ReceivingKeys(")
