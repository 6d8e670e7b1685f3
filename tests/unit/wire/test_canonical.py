"""The quick way takes only what the slow one takes, with the same value; both writers write the same bytes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.sync.batch_format import BatchHeader
from outreach_app.wire.batch_records import BatchRecord, CodedRecord, NoteRecord, StandingRecord, TallyRecord
from outreach_app.wire.canonical import is_plain, read_canonical, write_plain
from outreach_app.wire.receipts import Receipt
from tests.support.desk import coded, note, standing, tally


class Nested(msgspec.Struct, frozen=True):
    inner: Nested | None = None


class WithFraction(msgspec.Struct, frozen=True):
    value: float


class WithAnything(msgspec.Struct, frozen=True):
    value: Any


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str = ""
    number: int = 0
    day: date | None = None
    words: dict[str, str] = {}
    many: list[str] = []


def slowly(value: object) -> bytes:
    return json.dumps(
        msgspec.to_builtins(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


fields = st.builds(
    Fields, text=st.text(), number=st.integers(-(2**63), 2**63 - 1), day=st.none() | st.dates(),
    words=st.dictionaries(st.text(), st.text(), max_size=4), many=st.lists(st.text(), max_size=3),
)


@settings(max_examples=200)
@given(value=fields)
def test_both_writers_write_the_same(value: Fields) -> None:
    assert write_plain(value) == slowly(value)
    assert read_canonical(slowly(value), Fields, 16) == value


@pytest.mark.parametrize("record", [tally(1), coded(2), note(3), standing(4, 5)])
def test_records_of_a_batch_go_the_quick_way(record: BatchRecord) -> None:
    assert write_plain(record) == slowly(record)
    assert read_canonical(slowly(record), BatchRecord, 16) == record  # type: ignore[arg-type]  # a union is a valid msgspec type


@pytest.mark.parametrize(
    "other",
    [
        b'{"day":null,"many":[],"number":0,"text":"a","words":{},"text":"a"}',
        b'{"day":null,"many":[],"number":0,"text":"a","words":{"k":"1","k":"2"}}',
        b'{"day":null,"many":[],"number":0,"text":"\\ud800","words":{}}',
        b'{"day":null,"many":[],"number":0,"text":"\\u0061","words":{}}',
        b'{"day":null,"many":[],"number":0.0,"text":"a","words":{}}',
        b'{"day":null,"many":[],"more":1,"number":0,"text":"a","words":{}}',
        b'{"day":null,"many":[],"number":0,"text":"a","words":{}} ',
        b'{"day": null,"many":[],"number":0,"text":"a","words":{}}',
        b'{"text":"a"}', b"{}", b"", b"nonsense", b'"\xff"', b"[" * 100_000,
    ],
)  # fmt: skip
def test_anything_spelled_otherwise_is_left_to_the_slow_way(other: bytes) -> None:
    assert read_canonical(other, Fields, 16) is None


@pytest.mark.parametrize("kind", [Nested, WithFraction, WithAnything, dict, object])
def test_what_a_type_does_not_bound_goes_the_slow_way(kind: type) -> None:
    assert not is_plain(kind)
    assert read_canonical(b"{}", kind, 16) is None


def test_nesting_is_bounded_by_the_type() -> None:
    header = BatchHeader("f", "a" * 32, 1, 1, "b" * 128, "c" * 32, 1, "x", 1)
    assert read_canonical(write_plain(header), BatchHeader, 1) == header
    assert read_canonical(write_plain(tally(1)), TallyRecord, 2) is None, "leaflets are a third level"
    for kind in (CodedRecord, NoteRecord, StandingRecord, Receipt):
        assert is_plain(kind)
