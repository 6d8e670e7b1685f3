"""Passphrases: five words from a list, how they complete, how they become bytes, and how strong an own choice is."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.paths import shipped_folder
from outreach_app.vault.errors import WeakPassphraseError

LETTERS_THAT_DECIDE = 4
WORDS_AT_LEAST = 5  # 2048 words: 11 bits each, 55 bits together
_LEAST_GUESSES_LOG10 = 12.0
_MOST_CHARACTERS_JUDGED = 64  # the judge takes no more than 72 and is slow on long text
_MOST_CHARACTERS = 1000
_MOST_OWN_WORDS = 50

_ENOUGH = N_("This passphrase is strong enough.")
_EMPTY = N_("Type a passphrase.")
_TOO_LONG = N_("This is too long. Use at most {most} letters.")
_KNOWN = N_("Parts of it are common or can be guessed from names. Add words that have nothing to do with each other.")
_SHORT = N_("It is too short. Add more words.")


@dataclass(frozen=True)
class Strength:
    """The judgement on a passphrase: whether it is enough, and one sentence why."""

    enough: bool
    reason: str


@cache
def word_list() -> tuple[str, ...]:
    """Return the 2048 words, sorted; no two share their first four letters."""
    text = (shipped_folder("resources") / "words" / "words_en.txt").read_text(encoding="ascii")
    return tuple(text.split())


def generate_passphrase(words: int = WORDS_AT_LEAST) -> str:
    """Return a passphrase of different list words, parted by single spaces."""
    chosen: list[str] = []
    while len(chosen) < words:
        word = secrets.choice(word_list())
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def complete(prefix: str) -> str | None:
    """Return the one word that begins with ``prefix``, None before four letters or when there is none."""
    clean = prefix.strip().lower()
    if len(clean) < LETTERS_THAT_DECIDE:
        return None
    word = _by_beginning().get(clean[:LETTERS_THAT_DECIDE])
    return word if word is not None and word.startswith(clean) else None


def normalise(passphrase: str) -> bytes:
    """Return the bytes a key is derived from: NFKC, trimmed, single spaces; list words in lower case, others as typed.

    Lower case only if all words are from the list, so that a frozen list keeps every passphrase's bytes the same.
    """
    words = unicodedata.normalize("NFKC", passphrase).split()
    lowered = [word.lower() for word in words]
    if all(word in _known_words() for word in lowered):
        words = lowered
    return " ".join(words).encode("utf-8", "surrogatepass")


def strength(passphrase: str, own_words: Sequence[str] = ()) -> Strength:
    """Judge a passphrase.

    Args:
        passphrase: as typed.
        own_words: names, places and the like that someone who knows the worker would try.
    """
    words = normalise(passphrase).decode("utf-8", "replace").split(" ")
    text = " ".join(words)
    if not text:
        return Strength(enough=False, reason=_(_EMPTY))
    if len(text) > _MOST_CHARACTERS:
        return Strength(enough=False, reason=_(_TOO_LONG).format(most=_MOST_CHARACTERS))
    if len({word for word in words if word in _known_words()}) >= WORDS_AT_LEAST:
        return Strength(enough=True, reason=_(_ENOUGH))  # strong by construction
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word tables take longer to load than the whole unlock page

    judged = zxcvbn(text[:_MOST_CHARACTERS_JUDGED], user_inputs=[word.lower() for word in own_words[:_MOST_OWN_WORDS]])
    if float(judged["guesses_log10"]) >= _LEAST_GUESSES_LOG10:
        return Strength(enough=True, reason=_(_ENOUGH))
    known = any(part["pattern"] != "bruteforce" for part in judged["sequence"])
    return Strength(enough=False, reason=_(_KNOWN) if known else _(_SHORT))


def require_enough(passphrase: str) -> None:
    """Refuse a passphrase under the floor.

    Raises:
        WeakPassphraseError: too easy to guess, empty or absurdly long.
    """
    if not strength(passphrase).enough:
        raise WeakPassphraseError


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word_list())


@cache
def _by_beginning() -> dict[str, str]:
    return {word[:LETTERS_THAT_DECIDE]: word for word in word_list()}
