"""The batch format: lying lengths, limits, and headers that are not ours."""

from __future__ import annotations

import struct

import msgspec
import pytest

from outreach_app.sync import batch_format
from outreach_app.sync.batch_format import FIRST_PREV_HASH, MAGIC, BatchHeader, read_header, split_batch
from outreach_app.sync.errors import BatchTooLargeError, BatchUnreadableError
from outreach_app.sync.framing import frame
from outreach_app.sync.sealing import seal_batch
from outreach_app.wire.strict import write_json
from tests.support.sync_people import CENTRE, LAPTOP

BATCH = seal_batch(
    [b'{"id":"1"}'], device=LAPTOP.device, epoch=1, seq=1, prev_hash=FIRST_PREV_HASH, signing=LAPTOP.signing,
    centre_key=CENTRE.sealing_key,
)


def with_header(**changes: object) -> bytes:
    tree = {**msgspec.to_builtins(BATCH.header), **changes}
    return MAGIC + frame((write_json({k: v for k, v in tree.items() if v is not None}),))


def test_header_is_read_from_the_first_bytes_alone() -> None:
    assert read_header(BATCH.data[: len(MAGIC) + 8 + 4096]) == BATCH.header
    assert split_batch(BATCH.data).header == BATCH.header


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "outreach-batch/2"}, {"alg": "ed25519"}, {"device": "A" * 32}, {"device": "a" * 32 + "\n"},
        {"epoch": 0}, {"seq": -1}, {"seq": 1.5}, {"seq": "1"}, {"seq": 1 << 60}, {"prev_hash": ""},
        {"ct_len": (64 << 20) + 1}, {"ct_len": -1}, {"centre_key_id": "k1"}, {"note": "text"}, {"seq": None},
        {"schema": True},
    ],
)
def test_headers_that_are_not_ours_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BatchUnreadableError):
        read_header(with_header(**changes))


@pytest.mark.parametrize("start", [b"", b"x", MAGIC, MAGIC + b"\0" * 7, MAGIC + frame((b"",)), MAGIC + frame((b"{}",))])
def test_other_files_are_not_batches(start: bytes) -> None:
    with pytest.raises(BatchUnreadableError):
        read_header(start)


def test_header_with_spaces_is_refused() -> None:
    spaced = batch_format.write_header(BATCH.header).replace(b'"seq":1', b'"seq": 1')
    with pytest.raises(BatchUnreadableError, match="spelling"):
        read_header(MAGIC + frame((spaced,)))


def test_header_that_says_it_is_huge_is_refused_before_reading() -> None:
    with pytest.raises(BatchTooLargeError):
        read_header(MAGIC + struct.pack(">Q", 10 << 30))


def test_batch_beyond_the_limit_is_refused_before_reading() -> None:
    with pytest.raises(BatchTooLargeError):
        split_batch(bytes(batch_format.BATCH_LIMIT + 1))


def test_every_cut_is_refused() -> None:
    for end in range(0, len(BATCH.data), 7):
        with pytest.raises(BatchUnreadableError):
            split_batch(BATCH.data[:end])


def test_bytes_behind_the_end_are_refused() -> None:
    with pytest.raises(BatchUnreadableError):
        split_batch(BATCH.data + b"\0")


def test_ciphertext_of_another_length_than_announced_is_refused() -> None:
    parts = split_batch(BATCH.data)
    longer = batch_format.join_batch(parts.header_bytes, parts.sealed_key, parts.signatures, parts.ciphertext + b"x")
    with pytest.raises(BatchUnreadableError, match="ct_len"):
        split_batch(longer)
    shorter = batch_format.join_batch(parts.header_bytes, parts.sealed_key[:-1], parts.signatures, parts.ciphertext)
    with pytest.raises(BatchUnreadableError, match="lengths"):
        split_batch(shorter)


def test_header_never_has_room_for_text() -> None:
    assert BatchHeader.__struct_fields__ == (
        "format", "device", "epoch", "seq", "prev_hash", "centre_key_id", "schema", "alg", "ct_len",
    )
