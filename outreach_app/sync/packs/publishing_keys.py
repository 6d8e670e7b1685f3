"""Keys that sign what is published: ML-DSA-65 as TUF takes it. One for each custodian, one for the desk."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from securesystemslib.signer import CryptoSigner, SSlibKey

from outreach_app.sync.errors import KeyUnreadableError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.packs.trust_rules import OWNER

SEED_BYTES = 32
_MARK = b"outreach-publishing-key/1\n"


@dataclass(frozen=True)
class PublicPublishingKey:
    """The public half, 1952 bytes."""

    ml_dsa_65: bytes

    def __post_init__(self) -> None:
        """Refuse anything that is not a key, once and for all."""
        try:
            MLDSA65PublicKey.from_public_bytes(self.ml_dsa_65)
        except ValueError as error:
            raise KeyUnreadableError(owner="publishing") from error

    def to_text(self) -> str:
        """Return the base64 form used in JSON."""
        return write_base64(self.ml_dsa_65)

    @classmethod
    def from_text(cls, untrusted: str) -> PublicPublishingKey:
        """Read what ``to_text`` wrote, strictly; KeyUnreadableError otherwise."""
        return cls(read_base64(untrusted) or b"")

    @property
    def keyid(self) -> str:
        """Return the name TUF has for this key, 64 hex digits made from the key itself."""
        return self.for_tuf().keyid

    def for_tuf(self, custodian: str = "") -> SSlibKey:
        """Return the key as it stands in a root, with the id of the custodian it belongs to."""
        key = SSlibKey.from_crypto(MLDSA65PublicKey.from_public_bytes(self.ml_dsa_65))
        if custodian:
            key.unrecognized_fields[OWNER] = custodian
        return key


class PublishingKey:
    """The private half: in a custodian's key file, or in the desk's register."""

    def __init__(self, ml_dsa_65: MLDSA65PrivateKey) -> None:
        self._ml_dsa_65 = ml_dsa_65
        self.public = PublicPublishingKey(ml_dsa_65.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> PublishingKey:
        """Make a new key."""
        return cls(MLDSA65PrivateKey.generate())

    def to_bytes(self) -> bytes:
        """Return the private key for keeping. Secret."""
        return _MARK + self._ml_dsa_65.private_bytes_raw()

    @classmethod
    def from_bytes(cls, kept: bytes) -> PublishingKey:
        """Read what ``to_bytes`` wrote; KeyUnreadableError otherwise."""
        seed = kept.removeprefix(_MARK)
        if len(kept) != len(_MARK) + SEED_BYTES or len(seed) == len(kept):
            raise KeyUnreadableError(owner="publishing")
        return cls(MLDSA65PrivateKey.from_seed_bytes(seed))

    def signer(self) -> CryptoSigner:
        """Return what TUF signs with."""
        return CryptoSigner(self._ml_dsa_65)

    def __repr__(self) -> str:
        return f"PublishingKey({self.public.keyid[:16]})"
