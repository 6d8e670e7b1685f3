"""A second implementation of the formats, written from docs/formats-sync.md with libraries only: knows nothing of ours.

It writes the vectors and reads what the program writes. A test sees that it imports nothing of the program.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Any

import zstandard
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
BATCH, RECEIPT, LETTER = b"outreach-batch/1", b"outreach-receipt/1", b"outreach-letter/1"
ALGORITHMS = "xwing+cobblestone256+ed25519+mldsa65"


def frame(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


def unframe(data: bytes, count: int) -> list[bytes]:
    parts = []
    for _ in range(count):
        (length,) = struct.unpack(">Q", data[:8])
        assert len(data) >= 8 + length
        parts.append(data[8 : 8 + length])
        data = data[8 + length :]
    assert not data
    return parts


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    unused = exponent - exponent.bit_length()
    return -(-length >> unused) << unused if unused > 0 else length  # the lower bits are rounded up


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True)
class Signer:
    """Ed25519 and ML-DSA-65 from two seeds of 32 bytes."""

    ed25519_seed: bytes
    ml_dsa_seed: bytes

    def sign(self, context: bytes, message: bytes) -> bytes:
        framed = frame(context, message)
        ed25519 = Ed25519PrivateKey.from_private_bytes(self.ed25519_seed).sign(framed)
        return ed25519 + MLDSA65PrivateKey.from_seed_bytes(self.ml_dsa_seed).sign(framed, context=context)

    def public(self) -> bytes:
        ed25519 = Ed25519PrivateKey.from_private_bytes(self.ed25519_seed).public_key().public_bytes_raw()
        return ed25519 + MLDSA65PrivateKey.from_seed_bytes(self.ml_dsa_seed).public_key().public_bytes_raw()


@dataclass(frozen=True)
class Receiver:
    """ML-KEM-768 from a seed of 64 bytes, X25519 from one of 32."""

    ml_kem_seed: bytes
    x25519_seed: bytes

    def public(self) -> bytes:
        kem = MLKEM768PrivateKey.from_seed_bytes(self.ml_kem_seed).public_key().public_bytes_raw()
        return kem + X25519PrivateKey.from_private_bytes(self.x25519_seed).public_key().public_bytes_raw()

    def key_id(self) -> str:
        return hashlib.sha512(b"outreach-receiving-keys/1\n" + self.public()).hexdigest()[:32]

    def open(self, sealed: bytes, info: bytes) -> bytes:
        private = hpke.MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(self.ml_kem_seed), X25519PrivateKey.from_private_bytes(self.x25519_seed)
        )
        return SUITE.decrypt(sealed, private, info=info)


def seal(public: bytes, secret: bytes, info: bytes) -> bytes:
    kem, curve = MLKEM768PublicKey.from_public_bytes(public[:1184]), X25519PublicKey.from_public_bytes(public[1184:])
    return SUITE.encrypt(secret, hpke.MLKEM768X25519PublicKey(kem, curve), info=info)


def verify(public: bytes, context: bytes, message: bytes, signatures: bytes) -> None:
    framed = frame(context, message)
    assert len(signatures) == 64 + 3309
    Ed25519PublicKey.from_public_bytes(public[:32]).verify(signatures[:64], framed)
    MLDSA65PublicKey.from_public_bytes(public[32:]).verify(signatures[64:], framed, context=context)


def write_batch(header: dict[str, Any], lines: list[bytes], device: Signer, centre: Receiver, key: bytes) -> bytes:
    """``header`` without ``format``, ``centre_key_id``, ``alg`` and ``ct_len``; ``key``: 32 bytes for the content."""
    plain = b"".join(line + b"\n" for line in lines)
    compressed = zstandard.ZstdCompressor(level=3, write_content_size=True).compress(plain)
    content = struct.pack(">QQQ", len(compressed), len(plain), len(lines)) + compressed
    content = content.ljust(padme(max(len(content), -(-len(plain) // 200))), b"\0")
    length = len(content) + 56 + 16 * (len(content) // 16384 + 1)
    whole = {**header, "format": BATCH.decode(), "centre_key_id": centre.key_id(), "alg": ALGORITHMS, "ct_len": length}
    head = canonical(whole)
    binding = hashlib.sha512(BATCH + b"\n" + head).digest()
    encryptor = Cobblestone256Encryptor(key, binding)
    ciphertext = encryptor.update(content) + encryptor.finalize()
    assert len(ciphertext) == length
    sealed_key = seal(centre.public(), key, b"outreach-batch/1 content key " + binding)
    signed = frame(BATCH + b"\n", head, sealed_key, hashlib.sha512(ciphertext).digest())
    return BATCH + b"\n" + frame(head, sealed_key, device.sign(BATCH, signed), ciphertext)


def read_batch(data: bytes, device: bytes, centre: Receiver) -> tuple[dict[str, Any], list[bytes]]:
    assert data.startswith(BATCH + b"\n")
    head, sealed_key, signatures, ciphertext = unframe(data[len(BATCH) + 1 :], 4)
    signed = frame(BATCH + b"\n", head, sealed_key, hashlib.sha512(ciphertext).digest())
    verify(device, BATCH, signed, signatures)
    header = json.loads(head)
    assert canonical(header) == head
    assert (header["format"], header["alg"], header["ct_len"]) == (BATCH.decode(), ALGORITHMS, len(ciphertext))
    assert header["centre_key_id"] == centre.key_id()
    binding = hashlib.sha512(BATCH + b"\n" + head).digest()
    key = centre.open(sealed_key, b"outreach-batch/1 content key " + binding)
    decryptor = Cobblestone256Decryptor(key, binding)
    content = decryptor.update(ciphertext) + decryptor.finalize()
    compressed, plain_length, records = struct.unpack(">QQQ", content[:24])
    assert not any(content[24 + compressed :])
    assert padme(len(content)) == len(content)
    plain = zstandard.ZstdDecompressor().decompress(content[24 : 24 + compressed])
    assert len(plain) == plain_length
    lines = plain.split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == records
    return header, lines


def write_signed(body: dict[str, Any], context: bytes, signer: Signer) -> bytes:
    data = canonical(body)
    return canonical({"body": b64(data), "signatures": b64(signer.sign(context, data))})


def read_signed(data: bytes, context: bytes, public: bytes) -> dict[str, Any]:
    envelope = json.loads(data)
    assert set(envelope) == {"body", "signatures"}
    body = base64.b64decode(envelope["body"], validate=True)
    verify(public, context, body, base64.b64decode(envelope["signatures"], validate=True))
    read: dict[str, Any] = json.loads(body)
    return read


def write_sealed(name: bytes, header: dict[str, Any], body: dict[str, Any], device: bytes, issuer: Signer) -> bytes:
    """Receipts and letters."""
    head = canonical(header)
    content = frame(write_signed(body, name, issuer))
    content = content.ljust(padme(len(content)), b"\0")
    return name + b"\n" + frame(head, seal(device, content, name + b" " + head))


def read_sealed(name: bytes, data: bytes, device: Receiver, issuer: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    assert data.startswith(name + b"\n")
    head, sealed = unframe(data[len(name) + 1 :], 2)
    content = device.open(sealed, name + b" " + head)
    (length,) = struct.unpack(">Q", content[:8])
    assert not any(content[8 + length :])
    return json.loads(head), read_signed(content[8 : 8 + length], name, issuer)


def six_words(document: bytes, words: list[str]) -> str:
    bits = int.from_bytes(hashlib.sha512(document).digest(), "big") >> (512 - 66)
    return " ".join(words[(bits >> 11 * place) % 2048] for place in reversed(range(6)))
