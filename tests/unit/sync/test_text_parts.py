"""Documents as numbered lines: any order, no misread letter, no foreign part."""

import os
import random
import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import BugError
from outreach_app.sync import text_parts
from outreach_app.sync.errors import TextPartDamagedError, TextPartsMissingError, TextPartsMixedError
from outreach_app.sync.text_parts import join, read_document, split

DOCUMENT = random.Random(5).randbytes(4000)
PARTS = split(DOCUMENT)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=3000), st.randoms(use_true_random=False))
def test_a_document_comes_back_in_any_order(document: bytes, chance: random.Random) -> None:
    parts = [*split(document), *split(document)[:1]]
    chance.shuffle(parts)
    assert join(parts) == document


def test_lines_hold_only_what_every_scanner_reads() -> None:
    assert all(re.fullmatch(r"[A-Z0-9/]{1,832}", part) for part in PARTS)
    assert len(PARTS) == 9


def test_small_letters_spaces_and_empty_lines_do_not_matter() -> None:
    assert join(["", *(f"  {part[:50]} {part[50:].lower()}\n" for part in PARTS), " "]) == DOCUMENT


def test_missing_parts_are_named() -> None:
    with pytest.raises(TextPartsMissingError) as missing:
        join([*PARTS[:1], *PARTS[2:5], *PARTS[6:]])
    assert missing.value.values == {"numbers": "2, 6"}


@pytest.mark.parametrize("place", [7, 17, 19, 40, -2])
def test_a_misread_letter_is_noticed(place: int) -> None:
    part = PARTS[3]
    other = next(sign for sign in "A2/" if sign != part[place])
    changed = part[:place] + other + (part[place + 1 :] if place != -2 else part[-1:])
    with pytest.raises((TextPartDamagedError, TextPartsMixedError)):
        join([*PARTS[:3], changed, *PARTS[4:]])


def test_a_misread_line_names_its_number() -> None:
    with pytest.raises(TextPartDamagedError) as damaged:
        join([*PARTS[:3], PARTS[3].replace("A", "1"), *PARTS[4:]])
    assert damaged.value.values == {"number": 4}


def test_parts_of_two_documents_do_not_go_together() -> None:
    with pytest.raises(TextPartsMixedError):
        join([*PARTS[:-1], split(os.urandom(4000))[-1]])


@pytest.mark.parametrize("lines", [[], ["hello"], ["OR1/"], ["OR1" * 5000]])
def test_what_is_no_part_is_refused(lines: list[str]) -> None:
    with pytest.raises(TextPartsMixedError):
        join(lines)


def forged(content: str, name: str = "AAAAAAAA") -> str:
    return text_parts._line(name, 1, 1, content)


@pytest.mark.parametrize("content", ["AA", "A", text_parts.base64.b32encode(zlib.compress(b"x") + b"yz").decode().rstrip("=")])
def test_content_that_does_not_unpack_is_refused(content: str) -> None:
    with pytest.raises(TextPartsMixedError):
        join([forged(content)])


def test_a_bomb_does_not_unpack() -> None:
    bomb = zlib.compress(bytes(10 << 20), 9)[:20000]
    assert text_parts._decompress(text_parts.base64.b32encode(bomb).decode().rstrip("=")) is None


def test_a_number_beyond_the_last_is_refused() -> None:
    line = text_parts._line("AAAAAAAA", 3, 2, "AA")
    with pytest.raises(TextPartDamagedError):
        join([line])


def test_a_file_may_hold_either_form() -> None:
    assert read_document(b'{"a": 1}') == b'{"a": 1}'
    assert read_document(("\n".join(PARTS) + "\n").encode()) == DOCUMENT
    assert read_document(b" or1" + "\n".join(PARTS)[3:].encode()) == DOCUMENT


def test_a_document_too_large_is_ours() -> None:
    with pytest.raises(BugError):
        split(bytes(70_000))
    with pytest.raises(BugError):
        split(os.urandom(60_000))
