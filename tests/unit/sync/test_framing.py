"""Framing, padding and base64: what goes in comes out, anything else is refused."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.sync.framing import frame, padme, read_base64, take_frames, write_base64


@settings(deadline=None, max_examples=50)
@given(st.lists(st.binary(max_size=40), max_size=5), st.binary(max_size=8))
def test_frames_come_back_and_nothing_else(parts: list[bytes], rest: bytes) -> None:
    limits = (40,) * len(parts)
    assert take_frames(frame(parts), limits) == tuple(parts)
    assert take_frames(frame(parts) + b"x" + rest, limits) is None
    if parts:
        assert take_frames(frame(parts)[:-1], limits) is None


def test_a_part_beyond_its_limit_is_refused() -> None:
    assert take_frames(frame((b"abc",)), (2,)) is None


def test_a_huge_length_is_refused_without_work() -> None:
    assert take_frames(b"\xff" * 8, (1 << 62,)) is None


@settings(deadline=None, max_examples=200)
@given(st.integers(min_value=0, max_value=1 << 40))
def test_padding_is_small_stable_and_few_sizes_remain(length: int) -> None:
    padded = padme(length)
    assert length <= padded <= length * 1.12 + 1
    assert padme(padded) == padded


def test_a_week_of_batches_falls_into_few_sizes() -> None:
    assert len({padme(length) for length in range(20_000, 200_000, 17)}) < 100


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=60), st.text(max_size=20))
def test_base64_has_one_spelling(data: bytes, text: str) -> None:
    assert read_base64(write_base64(data)) == data
    found = read_base64(text)
    assert found is None or write_base64(found) == text
