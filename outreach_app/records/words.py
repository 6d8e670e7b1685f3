"""Text as search words: cut by ICU (a dictionary for Thai and Chinese), folded so that accents and case do not matter.

Chinese runs are indexed as words and as overlapping pairs, because ICU may cut the same two letters differently in a
sentence than alone. Marks are dropped only from scripts where they are accents; in Thai they are vowels and tones.
"""

from __future__ import annotations

import re
import unicodedata

from icu4py.breakers import WordBreaker

_ACCENTS = re.compile(  # of Latin, Greek, Cyrillic, Hebrew and Arabic, and the marks for all scripts
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f"
    "\ufe20-\ufe2f]+"
)
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]+"
)
_SPECIAL = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ZERO_WIDTH_SPACE = "\u200b"  # parts words; all other invisible marks stand inside them
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SARA_AM = (("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"))  # Thai and Lao: ICU knows only the whole vowel
_DICTIONARY = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
LONGEST_WORD = 120


def fold(text: str) -> str:
    """Return ``text`` without case, accents and invisible marks (of direction, say), in compatibility form."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.replace(_ZERO_WIDTH_SPACE, " "))
    bare = _INVISIBLE.sub("", _ACCENTS.sub("", unicodedata.normalize("NFKD", parted.casefold())))
    folded = unicodedata.normalize("NFC", bare).translate(_SPECIAL)
    for apart, whole in _SARA_AM:
        folded = folded.replace(apart, whole)
    return folded


def cut_words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, without punctuation."""
    return _cut(_storable(text))


def index_text(text: str) -> str:
    """Return what is put into the index for ``text``: its words, and the pairs of every Chinese run."""
    folded = _storable(text)
    words = _cut(folded)
    for run in _HAN.findall(folded):
        words.extend(run[place : place + 2] for place in range(len(run) - 1))
        words.extend(run)
    return " ".join(words)


def match_expression(typed: str) -> str:
    """Return an FTS5 expression for what a person typed; every token is quoted, so no operator of FTS5 can be typed.

    The last word, and words of scripts written without spaces, also match longer words. Empty when there is no word.
    """
    words = cut_words(typed)
    parts: list[str] = []
    for place, word in enumerate(words):
        if _HAN.fullmatch(word) and len(word) > 2:
            parts.extend(_quoted(word[at : at + 2]) for at in range(len(word) - 1))
        elif _DICTIONARY.search(word) or (place == len(words) - 1 and not _HAN.fullmatch(word)):
            parts.append(_quoted(word) + "*")
        else:
            parts.append(_quoted(word))
    return " AND ".join(parts)


def phrase_expression(text: str) -> str:
    """Return an FTS5 expression for exactly these words one after the other; empty when there is no word.

    In scripts written without spaces the same letters may be cut otherwise in a sentence, so there it is a search.
    """
    words = cut_words(text)
    if any(_HAN.search(word) or _DICTIONARY.search(word) for word in words):
        return match_expression(text)
    return _quoted(" ".join(words)) if words else ""


def _storable(text: str) -> str:
    return fold(text.replace("\0", " ").encode("utf-8", "replace").decode())


def _cut(folded: str) -> list[str]:
    units = folded.encode("utf-16-le")  # ICU counts UTF-16 units: an emoji before a word would shift every cut
    segments = WordBreaker(folded, "th").segments()
    found = (units[2 * start : 2 * end].decode("utf-16-le", "ignore") for start, end in segments)
    return [word[:LONGEST_WORD] for word in found if any(map(str.isalnum, word))]


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
