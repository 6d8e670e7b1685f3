"""Letters: only what the desk signed for this laptop opens, and the outside says the same as the inside."""

from __future__ import annotations

from typing import Any

import pytest

from outreach_app.sync.errors import LetterUnreadableError
from outreach_app.sync.keys import SigningKeys
from outreach_app.sync.letters import _FORMAT, LETTER_LIMIT, MAGIC, make_letter, open_letter, read_letter_header
from outreach_app.wire.letters import FiguresRow, Letter, LetterHeader, MissingNumbers
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP


def letter(**values: Any) -> Letter:
    given: dict[str, Any] = {
        "kind": "gap", "device": LAPTOP.device, "number": 7, "issued_at": "2026-03-02T20:00:00Z",
        "gaps": (MissingNumbers(epoch=1, first_missing=2, last_missing=3, waiting=4),),
    }
    return Letter(**(given | values))


def sealed(written: Letter) -> bytes:
    return make_letter(written, device=LAPTOP.receiving.public, issuer=CENTRE.desk)


def opened(data: bytes) -> Letter:
    return open_letter(data, LAPTOP.receiving, CENTRE.desk.public, name=LAPTOP.device)


def test_a_letter_opens_as_it_was_written_and_its_outside_files_it() -> None:
    row = FiguresRow(month="2026-03", setting="street", encounters=4, contacts=3, uses=0, tallies=0)
    for written in (letter(), letter(kind="figures", gaps=(), rule="counting-2", rows=(row,))):
        data = sealed(written)
        assert opened(data) == written
        header = read_letter_header(data)
        assert (header.kind, header.device, header.number) == (written.kind, LAPTOP.device, 7)
        assert sealed(written) != data, "sealed anew, the bytes are others: keep the ones that were handed out"


def test_nothing_of_the_content_can_be_read_outside() -> None:
    data = sealed(letter(kind="figures", gaps=(), rule="counting-2"))
    assert b"counting" not in data
    assert len(sealed(letter(gaps=()))) == len(sealed(letter())), "whether anything is missing does not show"


def test_a_flipped_byte_anywhere_is_refused() -> None:
    good = sealed(letter())
    for place in [*range(200), *range(200, len(good), 61), len(good) - 1]:
        broken = bytearray(good)
        broken[place] ^= 1
        with pytest.raises(LetterUnreadableError):
            opened(bytes(broken))


@pytest.mark.parametrize("cut", [0, 1, len(MAGIC), 60, -1])
def test_a_letter_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(LetterUnreadableError):
        opened(sealed(letter())[:cut])


def test_what_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(LetterUnreadableError, match="too large"):
        read_letter_header(MAGIC + bytes(LETTER_LIMIT))


@pytest.mark.parametrize("values", [{"kind": "figures"}, {"number": 8}, {"device": OTHER_LAPTOP.device}])
def test_an_outside_that_says_something_else_is_refused(values: dict[str, Any]) -> None:
    header = LetterHeader(**({"kind": "gap", "device": LAPTOP.device, "number": 7} | values))
    data = _FORMAT.seal(header, letter(), device=LAPTOP.receiving.public, issuer=CENTRE.desk)
    with pytest.raises(LetterUnreadableError, match="differ"):
        opened(data)


def test_other_laptops_other_signers_and_days_that_do_not_exist_are_refused() -> None:
    with pytest.raises(LetterUnreadableError, match="another laptop"):
        opened(sealed(letter(device=OTHER_LAPTOP.device)))
    with pytest.raises(LetterUnreadableError, match="another device"):
        open_letter(sealed(letter()), OTHER_LAPTOP.receiving, CENTRE.desk.public, name=LAPTOP.device)
    with pytest.raises(LetterUnreadableError):
        open_letter(sealed(letter()), LAPTOP.receiving, SigningKeys.generate().public, name=LAPTOP.device)
    with pytest.raises(LetterUnreadableError, match="issued_at"):
        opened(sealed(letter(issued_at="2026-02-31T20:00:00Z")))
