"""The word list and what is made of it."""

from __future__ import annotations

import hashlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.paths import shipped_folder
from outreach_app.vault.errors import WeakPassphraseError
from outreach_app.vault.passphrase import (
    complete,
    generate_passphrase,
    normalise,
    require_enough,
    strength,
    word_list,
)
from tools import make_words

FROZEN = "472c98d264c6c09102bebf575dc9de0a021b307fea66f5a3f02e2fbfd55c671c"


def test_list_is_what_the_passphrase_promises() -> None:
    words = word_list()
    assert len(words) == 2048
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    assert len({word[:4] for word in words}) == 2048
    assert list(words) == sorted(words)


def test_list_is_frozen_because_passphrases_depend_on_it() -> None:
    content = (shipped_folder("resources") / "words" / "words_en.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == FROZEN


def test_list_is_what_the_tool_makes() -> None:
    assert tuple(make_words.chosen_words()) == word_list()


def test_no_stopped_word_is_in_the_list() -> None:
    assert not make_words.STOP & set(word_list())


def test_generated_words_differ_and_come_from_the_list() -> None:
    for _ in range(50):
        words = generate_passphrase().split(" ")
        assert len(words) == len(set(words)) == 5
        assert set(words) <= set(word_list())


def test_two_generated_passphrases_differ() -> None:
    assert len({generate_passphrase() for _ in range(20)}) == 20


def test_every_word_completes_after_four_letters() -> None:
    for word in word_list():
        assert complete(word[:4]) == complete(word) == word
        assert complete(word[:3]) is None


@pytest.mark.parametrize("typed", ["", "zzzz", "cabx", "cabinet", "ca bi", "ÅÆØÅ"])
def test_what_is_not_in_the_list_does_not_complete(typed: str) -> None:
    assert complete(typed) is None


def test_completion_takes_capitals_and_blanks() -> None:
    assert complete(" CABI ") == "cabin"


@pytest.mark.parametrize(
    "typed",
    ["cabin gentle napkin orbit wagon", "  cabin\tgentle \n napkin  orbit wagon ", "CABIN Gentle napkin orbit wagon"],
)
def test_list_words_may_be_typed_carelessly(typed: str) -> None:
    assert normalise(typed) == b"cabin gentle napkin orbit wagon"


def test_own_words_keep_their_capitals() -> None:
    assert normalise("cabin Gentle Sommerfugl") == b"cabin Gentle Sommerfugl"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert normalise("blåbær a\u030a") == normalise("blåbær å")


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once.decode()) == once


def test_lone_surrogate_becomes_bytes() -> None:
    assert normalise("\ud800") == b"\xed\xa0\x80"


@given(st.lists(st.sampled_from(word_list()), min_size=5, max_size=8, unique=True))
@settings(max_examples=25, deadline=None)
def test_five_list_words_are_enough(words: list[str]) -> None:
    assert strength(" ".join(words)).enough


@pytest.mark.parametrize(
    "weak",
    [
        "", "   ", "password", "Tr0ub4dor&3", "cabin cabin cabin cabin cabin", "cabin gentle", "aaaaaaaaaaaaaaaaaaaaaaaa",
        "qwertyuiop1234567890", "x" * 1001, "\ud800",
    ],
)  # fmt: skip
def test_weak_ones_are_refused_with_a_reason(weak: str) -> None:
    judged = strength(weak)
    assert not judged.enough
    assert judged.reason.endswith(".")
    with pytest.raises(WeakPassphraseError):
        require_enough(weak)


def test_own_choice_may_be_enough() -> None:
    assert strength("grønne Hatte! tretten giraffer på Bornholm").enough


def test_names_near_the_worker_count_as_known() -> None:
    phrase = "birgittehavnegade"
    assert not strength(phrase, ("Birgitte", "Havnegade")).enough
    assert strength(phrase + " 4 violette sofaer og lim", ("Birgitte", "Havnegade")).enough


def test_short_random_text_asks_for_more_words() -> None:
    assert strength("x9$kq").reason == "It is too short. Add more words."


def test_long_text_is_judged_quickly() -> None:
    began = time.perf_counter()
    strength("passwordpassword1 " * 55)
    assert time.perf_counter() - began < 5
