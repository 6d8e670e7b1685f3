"""Key pairs of devices and of the centre: two signature schemes that must both hold, one hybrid sealing key.

Signing: Ed25519 and ML-DSA-65. Receiving: HPKE with X-Wing (ML-KEM-768 and X25519). Breaking one half alone is no use.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from outreach_app.sync.errors import KeyUnreadableError, SignatureWrongError
from outreach_app.sync.framing import frame, read_base64, write_base64

ED25519_SIGNATURE = 64
ML_DSA_SIGNATURE = 3309
SIGNATURES_LENGTH = ED25519_SIGNATURE + ML_DSA_SIGNATURE
HPKE_OVERHEAD = hpke.KEM.MLKEM768_X25519.enc_length() + 16
_CURVE_KEY = 32
_ML_KEM_PUBLIC = 1184
_ML_KEM_SEED = 64
_SIGNING_MARK = b"outreach-signing-keys/1\n"
_RECEIVING_MARK = b"outreach-receiving-keys/1\n"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@dataclass(frozen=True)
class Signatures:
    """Both signatures over the same bytes (64 and 3309 bytes)."""

    ed25519: bytes
    ml_dsa_65: bytes

    def to_bytes(self) -> bytes:
        """Return both, 3373 bytes."""
        return self.ed25519 + self.ml_dsa_65

    @classmethod
    def from_bytes(cls, untrusted: bytes, what: str = "It") -> Signatures:
        """Take both apart; SignatureWrongError (naming ``what``) for any other length."""
        if len(untrusted) != SIGNATURES_LENGTH:
            raise SignatureWrongError(what=what)
        return cls(untrusted[:ED25519_SIGNATURE], untrusted[ED25519_SIGNATURE:])


@dataclass(frozen=True)
class PublicSigningKeys:
    """What others need to check signatures: 32 bytes Ed25519 and 1952 bytes ML-DSA-65."""

    ed25519: bytes
    ml_dsa_65: bytes

    def __post_init__(self) -> None:
        """Refuse anything that is not a key, once and for all."""
        try:
            Ed25519PublicKey.from_public_bytes(self.ed25519)
            MLDSA65PublicKey.from_public_bytes(self.ml_dsa_65)
        except ValueError as error:
            raise KeyUnreadableError(owner="signing") from error

    def to_bytes(self) -> bytes:
        """Return both keys, 1984 bytes."""
        return self.ed25519 + self.ml_dsa_65

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> PublicSigningKeys:
        """Read what ``to_bytes`` wrote; KeyUnreadableError otherwise."""
        return cls(untrusted[:_CURVE_KEY], untrusted[_CURVE_KEY:])

    def to_text(self) -> str:
        """Return the base64 form used in JSON."""
        return write_base64(self.to_bytes())

    @classmethod
    def from_text(cls, untrusted: str) -> PublicSigningKeys:
        """Read what ``to_text`` wrote, strictly; KeyUnreadableError otherwise."""
        return cls.from_bytes(_strict_base64(untrusted))

    def fingerprint(self) -> bytes:
        """Return 64 bytes that stand for these keys."""
        return hashlib.sha512(_SIGNING_MARK + self.to_bytes()).digest()

    def verify(self, message: bytes, context: bytes, signatures: Signatures, what: str = "It") -> None:
        """Return if BOTH signatures fit; SignatureWrongError naming ``what`` otherwise."""
        framed = frame((context, message))
        try:
            Ed25519PublicKey.from_public_bytes(self.ed25519).verify(signatures.ed25519, framed)
            _ml_dsa(self.ml_dsa_65).verify(signatures.ml_dsa_65, framed, context=context)
        except InvalidSignature as error:
            raise SignatureWrongError(what=what) from error


class SigningKeys:
    """The private half; never leaves the vault (or the mailbox's key file)."""

    def __init__(self, ed25519: Ed25519PrivateKey, ml_dsa_65: MLDSA65PrivateKey) -> None:
        self._ed25519 = ed25519
        self._ml_dsa_65 = ml_dsa_65
        self.public = PublicSigningKeys(
            ed25519.public_key().public_bytes_raw(), ml_dsa_65.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls) -> SigningKeys:
        """Make a new pair of pairs."""
        return cls(Ed25519PrivateKey.generate(), MLDSA65PrivateKey.generate())

    def to_bytes(self) -> bytes:
        """Return the private keys for keeping in a vault. Secret."""
        return _SIGNING_MARK + self._ed25519.private_bytes_raw() + self._ml_dsa_65.private_bytes_raw()

    @classmethod
    def from_bytes(cls, kept: bytes) -> SigningKeys:
        """Read what ``to_bytes`` wrote; KeyUnreadableError otherwise."""
        seeds = kept.removeprefix(_SIGNING_MARK)
        if len(kept) != len(_SIGNING_MARK) + 2 * _CURVE_KEY or len(seeds) == len(kept):
            raise KeyUnreadableError(owner="signing")
        return cls(
            Ed25519PrivateKey.from_private_bytes(seeds[:_CURVE_KEY]),
            MLDSA65PrivateKey.from_seed_bytes(seeds[_CURVE_KEY:]),
        )

    def fingerprint(self) -> bytes:
        """Return the fingerprint of the public half."""
        return self.public.fingerprint()

    def sign(self, message: bytes, context: bytes) -> Signatures:
        """Sign with both schemes; ``context`` says what kind of message it is, so that none passes for another."""
        framed = frame((context, message))
        return Signatures(self._ed25519.sign(framed), self._ml_dsa_65.sign(framed, context=context))

    def __repr__(self) -> str:
        return f"SigningKeys({self.fingerprint().hex()[:16]})"


@dataclass(frozen=True)
class PublicReceivingKey:
    """What others seal to: 1184 bytes ML-KEM-768 and 32 bytes X25519."""

    ml_kem_768: bytes
    x25519: bytes

    def __post_init__(self) -> None:
        """Refuse anything that is not a key, once and for all."""
        self._hpke()

    def to_bytes(self) -> bytes:
        """Return both keys, 1216 bytes."""
        return self.ml_kem_768 + self.x25519

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> PublicReceivingKey:
        """Read what ``to_bytes`` wrote; KeyUnreadableError otherwise."""
        return cls(untrusted[:_ML_KEM_PUBLIC], untrusted[_ML_KEM_PUBLIC:])

    def to_text(self) -> str:
        """Return the base64 form used in JSON."""
        return write_base64(self.to_bytes())

    @classmethod
    def from_text(cls, untrusted: str) -> PublicReceivingKey:
        """Read what ``to_text`` wrote, strictly; KeyUnreadableError otherwise."""
        return cls.from_bytes(_strict_base64(untrusted))

    def fingerprint(self) -> bytes:
        """Return 64 bytes that stand for this key."""
        return hashlib.sha512(_RECEIVING_MARK + self.to_bytes()).digest()

    def seal(self, secret: bytes, info: bytes) -> bytes:
        """Return ``secret`` sealed to this key and bound to ``info``; 1136 bytes longer."""
        try:
            return _SUITE.encrypt(secret, self._hpke(), info=info)
        except ValueError as error:  # a key on which the curve gives no shared secret
            raise KeyUnreadableError(owner="receiving") from error

    def _hpke(self) -> hpke.MLKEM768X25519PublicKey:
        try:
            return hpke.MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.ml_kem_768), X25519PublicKey.from_public_bytes(self.x25519)
            )
        except ValueError as error:
            raise KeyUnreadableError(owner="receiving") from error


class ReceivingKeys:
    """The private half of a sealing key."""

    def __init__(self, ml_kem_768: MLKEM768PrivateKey, x25519: X25519PrivateKey) -> None:
        self._ml_kem_768 = ml_kem_768
        self._x25519 = x25519
        self.public = PublicReceivingKey(
            ml_kem_768.public_key().public_bytes_raw(), x25519.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls) -> ReceivingKeys:
        """Make a new key."""
        return cls(MLKEM768PrivateKey.generate(), X25519PrivateKey.generate())

    def to_bytes(self) -> bytes:
        """Return the private key for keeping in a vault. Secret."""
        return _RECEIVING_MARK + self._ml_kem_768.private_bytes_raw() + self._x25519.private_bytes_raw()

    @classmethod
    def from_bytes(cls, kept: bytes) -> ReceivingKeys:
        """Read what ``to_bytes`` wrote; KeyUnreadableError otherwise."""
        seeds = kept.removeprefix(_RECEIVING_MARK)
        if len(kept) != len(_RECEIVING_MARK) + _ML_KEM_SEED + _CURVE_KEY or len(seeds) == len(kept):
            raise KeyUnreadableError(owner="receiving")
        return cls(
            MLKEM768PrivateKey.from_seed_bytes(seeds[:_ML_KEM_SEED]),
            X25519PrivateKey.from_private_bytes(seeds[_ML_KEM_SEED:]),
        )

    def fingerprint(self) -> bytes:
        """Return the fingerprint of the public half."""
        return self.public.fingerprint()

    def unseal(self, untrusted_sealed: bytes, info: bytes) -> bytes | None:
        """Return the secret, or None when it was sealed to another key, bound to other ``info``, or changed."""
        key = hpke.MLKEM768X25519PrivateKey(self._ml_kem_768, self._x25519)
        try:
            return _SUITE.decrypt(untrusted_sealed, key, info=info)
        except (InvalidTag, ValueError):
            return None

    def __repr__(self) -> str:
        return f"ReceivingKeys({self.fingerprint().hex()[:16]})"


@functools.lru_cache(maxsize=256)
def _ml_dsa(public: bytes) -> MLDSA65PublicKey:
    """Return a key that is loaded: the mailbox checks signatures of few devices over and over."""
    return MLDSA65PublicKey.from_public_bytes(public)


def _strict_base64(untrusted: str) -> bytes:
    data = read_base64(untrusted)
    if data is None:
        raise KeyUnreadableError(owner="base64")
    return data
