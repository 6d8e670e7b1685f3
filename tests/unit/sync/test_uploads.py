"""Openings, chunk sizes and bitmaps of large batches."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.sync.batch_format import BATCH_LIMIT
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError, SignatureWrongError
from outreach_app.sync.framing import frame
from outreach_app.sync.uploads import (
    CHUNK,
    MAGIC,
    OPENING_LIMIT,
    chunk_length,
    chunks_of,
    read_bitmap,
    read_opening,
    upload_opening,
    write_bitmap,
)
from tests.support.mailboxes import batch
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

BATCH = batch()
OPENING = upload_opening(BATCH.data)


def test_an_opening_says_all_of_a_batch_but_its_ciphertext() -> None:
    opening = read_opening(OPENING)
    ciphertext = BATCH.data[len(opening.start) :]
    assert BATCH.data.startswith(opening.start)
    assert (opening.size, opening.header) == (len(BATCH.data), BATCH.header)
    assert opening.ciphertext_sha512 == hashlib.sha512(ciphertext).digest()
    assert len(OPENING) <= OPENING_LIMIT
    opening.verify(LAPTOP.signing.public)


def test_only_its_own_device_signed_it() -> None:
    with pytest.raises(SignatureWrongError):
        read_opening(OPENING).verify(OTHER_LAPTOP.signing.public)


@given(place=st.integers(0, len(OPENING) - 1), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_every_flipped_bit_is_refused(place: int, bit: int) -> None:
    changed = bytearray(OPENING)
    changed[place] ^= 1 << bit
    with pytest.raises((BatchUnreadableError, BatchTooLargeError, SignatureWrongError)):
        read_opening(bytes(changed)).verify(LAPTOP.signing.public)


@pytest.mark.parametrize("end", [0, 5, len(MAGIC), len(MAGIC) + 8, len(OPENING) - 1])
def test_a_cut_opening_is_none(end: int) -> None:
    with pytest.raises(BatchUnreadableError):
        read_opening(OPENING[:end])
    with pytest.raises(BatchUnreadableError):
        read_opening(OPENING + b"x")


def test_a_hash_of_another_length_is_none() -> None:
    opening = read_opening(OPENING)
    parts = (opening.header_bytes, opening.sealed_key, opening.signatures.to_bytes(), b"short")
    with pytest.raises(BatchUnreadableError):
        read_opening(MAGIC + frame(parts))


def test_a_batch_that_would_pass_the_limit_is_not_opened() -> None:
    opening = read_opening(OPENING)
    length = str(opening.header.ct_len).encode()
    header = opening.header_bytes.replace(b'"ct_len":' + length, b'"ct_len":' + str(BATCH_LIMIT).encode())
    with pytest.raises(BatchTooLargeError):
        read_opening(MAGIC + frame((header, opening.sealed_key, opening.signatures.to_bytes(), bytes(64))))


def test_what_is_no_batch_has_no_opening() -> None:
    with pytest.raises(BatchUnreadableError):
        upload_opening(b"something else")


@pytest.mark.parametrize(
    ("size", "lengths"), [(1, [1]), (CHUNK, [CHUNK]), (CHUNK + 1, [CHUNK, 1]), (3 * CHUNK - 1, [CHUNK, CHUNK, CHUNK - 1])]
)
def test_chunks_make_the_whole(size: int, lengths: list[int]) -> None:
    assert [chunk_length(size, index) for index in range(chunks_of(size))] == lengths
    assert chunk_length(size, len(lengths)) == chunk_length(size, -1) == 0


@given(st.integers(1, 300).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))))
@settings(max_examples=60, deadline=None)
def test_a_bitmap_says_what_is_missing(case: tuple[int, set[int]]) -> None:
    count, missing = case
    bitmap = write_bitmap(missing, count)
    assert len(bitmap) == (count + 7) // 8
    assert read_bitmap(bitmap, count) == tuple(sorted(missing))


def test_the_lowest_bit_is_the_first_chunk() -> None:
    assert write_bitmap([0, 9], 10) == b"\x01\x02"


def test_bitmaps_that_do_not_fit() -> None:
    assert read_bitmap(b"", 9) == ()
    assert read_bitmap(b"\x01", 9) is None
    assert read_bitmap(b"\x00\x02", 9) is None
