"""Type-ahead: finds entries of a short list by the beginnings of their words, in any staff language.

Letters are compared without accents and case; ``ø`` is found by ``o`` and ``oe``, ``å`` by ``a`` and ``aa``, ``æ`` by
``ae``. Every word typed must begin a word of one label. Best first: labels of the interface language, then the other
languages, then words hidden from view (an indicator's published text), then letters in the middle of a word (Danish
compounds).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from outreach_app.domain.code_lists import Code
from outreach_app.domain.indicator import Indicator

T = TypeVar("T")
Spellings = tuple[str, ...]
"""One text in every spelling it is found by: folded words, each with a space before it."""

FEWEST_LETTERS_INSIDE = 3
_WORD = re.compile(r"\w+")
_LETTERS = (str.maketrans({"æ": "ae", "ø": "o", "å": "a"}), str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))


def find_indicators(indicators: Iterable[Indicator], typed: str, language: str) -> tuple[Indicator, ...]:
    """Return the indicators that ``typed`` may mean, best first; all of them while nothing is typed."""
    return _find(indicators, typed, language, lambda sign: sign.labels, lambda sign: sign.fact)


def find_codes(codes: Iterable[Code], typed: str, language: str) -> tuple[Code, ...]:
    """Return the codes that ``typed`` may mean, best first; all of them while nothing is typed."""
    return _find(codes, typed, language, lambda code: code.labels, lambda code: code.code.replace("_", " "))


def begins_word(typed: str, text: str) -> bool:
    """Tell whether every word typed begins a word of ``text``."""
    return _begins(_wanted(typed), text) is not None


@lru_cache(maxsize=4096)
def spellings_of(text: str) -> Spellings:
    """Return the words of ``text`` without accents and case, in one or two spellings."""
    composed = unicodedata.normalize("NFC", text).casefold()
    spaced = "".join(f" {word}" for word in _WORD.findall(composed))
    return tuple(dict.fromkeys(_strip(spaced.translate(letters)) for letters in _LETTERS))


def _strip(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _find(
    entries: Iterable[T],
    typed: str,
    language: str,
    labels_of: Callable[[T], Mapping[str, str]],
    hidden_of: Callable[[T], str],
) -> tuple[T, ...]:
    wanted = _wanted(typed)
    ranked = [
        (rank, place, entry)
        for place, entry in enumerate(entries)
        if (rank := _rank(wanted, labels_of(entry), hidden_of(entry), language)) is not None
    ]
    return tuple(entry for _, _, entry in sorted(ranked, key=lambda row: row[:2]))


def _wanted(typed: str) -> tuple[Spellings, ...]:
    return tuple(spellings_of(word) for word in _WORD.findall(unicodedata.normalize("NFC", typed)))


def _rank(
    wanted: tuple[Spellings, ...], labels: Mapping[str, str], hidden: str, language: str
) -> tuple[int, int] | None:
    """Return (how good, how far into the label); None when the entry is not meant."""
    shown = labels.get(language, labels["en"])
    others = [text for text in labels.values() if text != shown]
    for group, texts in enumerate(([shown], others, [hidden])):
        places = [place for text in texts if (place := _begins(wanted, text)) is not None]
        if places:
            return group, min(places)
    return (3, 0) if any(_inside(wanted, text) for text in labels.values()) else None


def _begins(wanted: tuple[Spellings, ...], text: str) -> int | None:
    """Return the sum of the places where each wanted word begins a word; None when one begins none."""
    total = 0
    for spellings in wanted:
        places = [
            known[:at].count(" ") for known in spellings_of(text) for s in spellings if (at := known.find(s)) >= 0
        ]
        if not places:
            return None
        total += min(places)
    return total


def _inside(wanted: tuple[Spellings, ...], text: str) -> bool:
    return all(
        len(spelling) > FEWEST_LETTERS_INSIDE and any(spelling[1:] in known for known in spellings_of(text))
        for spellings in wanted
        for spelling in spellings[:1]
    )
