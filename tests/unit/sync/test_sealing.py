"""Sealing and opening: the same lines come back, and nothing that was touched is used."""

from __future__ import annotations

import struct

import pytest
import zstandard
from cryptography.cobblestone import Cobblestone256Decryptor
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import BugError, KnownError
from outreach_app.sync import sealing
from outreach_app.sync.algorithms import NEWEST
from outreach_app.sync.batch_format import FIRST_PREV_HASH, RECORD_LIMIT, RECORDS_LIMIT
from outreach_app.sync.errors import (
    BatchTooLargeError,
    BatchUnreadableError,
    OtherSealingKeyError,
    SignatureWrongError,
)
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.sealing import SealedBatch, open_batch, seal_batch, verify_batch
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

MARKER = b"MARKER-7f3a-plain"


def seal(lines: list[bytes], seq: int = 1) -> SealedBatch:
    return seal_batch(
        lines, device=LAPTOP.device, epoch=1, seq=seq, prev_hash=FIRST_PREV_HASH, signing=LAPTOP.signing,
        centre_key=CENTRE.sealing_key,
    )


def opened(data: bytes) -> tuple[bytes, ...]:
    return open_batch(verify_batch(data, LAPTOP.signing.public), CENTRE.receiving)


def sealed_content(monkeypatch: pytest.MonkeyPatch, content: bytes) -> bytes:
    """A batch as an enrolled but hostile laptop would make it: well signed, with any content."""
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_pack", lambda _lines: content)
        return seal([]).data


def content_of(plain: bytes, *, plain_length: int | None = None, records: int | None = None, pad: bytes = b"") -> bytes:
    compressed = zstandard.compress(plain)
    counts = struct.pack(
        ">QQQ", len(compressed), len(plain) if plain_length is None else plain_length,
        plain.count(b"\n") if records is None else records,
    )
    content = counts + compressed
    return content.ljust(sealing.padme(len(content)), b"\0") + pad


@settings(deadline=None, max_examples=25)
@given(st.lists(st.binary(min_size=1, max_size=200).filter(lambda b: b"\n" not in b), max_size=20))
def test_lines_come_back(lines: list[bytes]) -> None:
    batch = seal(lines)
    assert opened(batch.data) == tuple(lines)
    assert verify_batch(batch.data, LAPTOP.signing.public).sha512 == batch.sha512


def test_no_plain_text_is_in_a_batch() -> None:
    batch = seal([b'{"note":"' + MARKER + b'"}'])
    assert MARKER not in batch.data
    assert MARKER in opened(batch.data)[0]


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    assert seal([b"{}"]).sha512 != seal([b"{}"]).sha512


@pytest.mark.parametrize("repeated", [1, 700])
def test_the_most_repetitive_records_can_be_opened_again(repeated: int) -> None:
    lines = [b"a" * 100_000] * repeated if repeated == 1 else [b"a" * 20_000] * repeated
    assert opened(seal(lines).data) == tuple(lines)


def test_each_flipped_byte_is_refused() -> None:
    data = seal([b'{"id":"1"}']).data
    for place in range(len(data)):
        broken = bytearray(data)
        broken[place] ^= 1 << (place % 8)
        with pytest.raises(KnownError):
            opened(bytes(broken))


def test_batch_of_another_device_is_refused() -> None:
    with pytest.raises(SignatureWrongError):
        verify_batch(seal([b"{}"]).data, OTHER_LAPTOP.signing.public)


def test_wrong_centre_key_is_a_calm_error() -> None:
    with pytest.raises(OtherSealingKeyError, match="another key"):
        open_batch(verify_batch(seal([b"{}"]).data, LAPTOP.signing.public), ReceivingKeys.generate())


def test_too_many_or_too_large_records_are_not_sealed() -> None:
    with pytest.raises(BatchTooLargeError):
        seal([b"1"] * (RECORDS_LIMIT + 1))
    with pytest.raises(BatchTooLargeError):
        seal([b"1" * (RECORD_LIMIT + 1)])
    with pytest.raises(BatchTooLargeError):
        seal([b"1" * RECORD_LIMIT] * 257)


@pytest.mark.parametrize("line", [b"", b"a\nb"])
def test_a_record_is_one_line(line: bytes) -> None:
    with pytest.raises(BugError):
        seal([line])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 23,
        content_of(b"{}\n", plain_length=2),
        content_of(b"{}\n", plain_length=4),
        content_of(b"{}\n", records=2),
        content_of(b"{}\n", records=0),
        content_of(b"{}"),
        content_of(b"\n"),
        content_of(b"{}\n\n"),
        content_of(b"{}\n")[:-1] + b"x" * 3,
        struct.pack(">QQQ", 4, 3, 1) + b"junkjunk",
        struct.pack(">QQQ", 1 << 63, 3, 1) + b"junkjunk",
    ],
)
def test_well_signed_rubbish_is_refused(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    with pytest.raises(BatchUnreadableError):
        opened(sealed_content(monkeypatch, content))


def test_bombs_are_refused_before_they_expand(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = content_of(b"a" * (32 << 20))
    with pytest.raises(BatchTooLargeError):
        opened(sealed_content(monkeypatch, bomb))
    liar = content_of(b"a" * (32 << 20), plain_length=200)
    with pytest.raises(BatchUnreadableError):
        opened(sealed_content(monkeypatch, liar))
    many = content_of(b"{}\n", records=RECORDS_LIMIT + 1)
    with pytest.raises(BatchTooLargeError):
        opened(sealed_content(monkeypatch, many))


def test_one_record_beyond_its_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = b"a" * (RECORD_LIMIT + 1) + b"\n"
    content = content_of(plain)
    content = content.ljust(sealing.padme(len(plain) // 100), b"\0")
    with pytest.raises(BatchTooLargeError):
        opened(sealed_content(monkeypatch, content))


def test_a_stream_that_hides_its_length_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed = zstandard.ZstdCompressor(write_content_size=False).compress(b"{}\n")
    content = struct.pack(">QQQ", len(compressed), 3, 1) + compressed
    content = content.ljust(sealing.padme(len(content)), b"\0")
    with pytest.raises(BatchUnreadableError):
        opened(sealed_content(monkeypatch, content))


def test_changed_ciphertext_is_refused_even_when_signed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    verified = verify_batch(seal([b'{"id":"1"}']).data, LAPTOP.signing.public)
    parts = verified.parts
    for cut in (parts.ciphertext[:-1], parts.ciphertext[:-1] + b"\0", b""):
        changed = sealing.VerifiedBatch(
            sealing.BatchParts(parts.header, parts.header_bytes, parts.sealed_key, parts.signatures, cut), "0" * 128
        )
        with pytest.raises(BatchUnreadableError):
            open_batch(changed, CENTRE.receiving)


def test_the_header_binds_the_content_key(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (verify_batch(seal([b"{}"], seq=n).data, LAPTOP.signing.public).parts for n in (1, 2))
    mixed = sealing.BatchParts(
        second.header, second.header_bytes, first.sealed_key, second.signatures, second.ciphertext
    )
    with pytest.raises(OtherSealingKeyError):
        open_batch(sealing.VerifiedBatch(mixed, "0" * 128), CENTRE.receiving)


def test_the_decryptor_alone_would_hand_out_too_much() -> None:
    """Why nothing is used before the end: the streaming cipher gives out plaintext as it goes."""
    key = NEWEST.new_key()
    ciphertext = NEWEST.seal(b"a" * 50_000, key, b"c")
    assert Cobblestone256Decryptor(key, b"c").update(ciphertext[:40_000])
