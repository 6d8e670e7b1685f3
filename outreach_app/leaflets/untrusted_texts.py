"""Texts of leaflets that come in a pack: plain words with named places, in English and as translated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from io import BytesIO
from typing import NoReturn

from babel.messages.pofile import read_po

from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError

MOST_MESSAGES = 5_000
LONGEST = 800
"""Letters of one translated text; the English ones have half of it."""
_PLACE = re.compile(r"\{([a-z][a-z_]{0,39})\}")
_CHARSET = re.compile(rb"charset\s*=\s*([A-Za-z0-9_.:-]+)")
_JOINERS = frozenset("\u200b\u200c\u200d")  # some scripts cannot be written without them
_MARKUP = frozenset("<>{}")


def places_of(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(_PLACE.findall(text))


def text_fault(text: str, allowed: Collection[str] | None = None) -> str:
    """Return why ``text`` may not stand on a leaflet, empty if it may; ``allowed`` are its places, None for any."""
    if len(text) > LONGEST:
        return "too long"
    if any(letter in _MARKUP for letter in _PLACE.sub("", text)):
        return "markup"
    if any(unicodedata.category(letter)[0] == "C" and letter not in _JOINERS for letter in text):
        return "a sign that cannot be printed"
    if allowed is not None and not places_of(text) <= set(allowed):
        return "a place that nothing fills"
    return ""


def check_translations(untrusted: bytes, name: str) -> None:
    """Read a catalogue of translations as data.

    Raises:
        UntrustedDataError: no catalogue in UTF-8, too many texts, or one with other places than the English, with
            markup, or with signs that nobody sees; the field is the number of the text.
    """
    messages = _messages(untrusted, name)
    if len(messages) > MOST_MESSAGES:
        _refuse(name, "$", "too many texts")
    for number, (english, words) in enumerate(messages, start=1):
        reason = text_fault(english) or text_fault(words)
        if not reason and words and sorted(_PLACE.findall(words)) != sorted(_PLACE.findall(english)):
            reason = "not the places of the English text"
        if reason:
            _refuse(name, f"$[{number}]", reason)


def _messages(untrusted: bytes, name: str) -> list[tuple[str, str]]:
    try:
        untrusted.decode()
    except UnicodeDecodeError:
        _refuse(name, "$", "not UTF-8")
    if any(charset.lower() not in {b"utf-8", b"utf8"} for charset in _CHARSET.findall(untrusted)):
        _refuse(name, "$", "not UTF-8")
    try:
        catalogue = read_po(BytesIO(untrusted), abort_invalid=True)
    except Exception as broken:  # the library's reader, given anything at all
        raise UntrustedDataError(what=_("The content pack"), field=name, reason="no catalogue") from broken
    rows = [row for row in catalogue if row.id]
    if not all(isinstance(row.id, str) and isinstance(row.string, str | None) and not row.context for row in rows):
        _refuse(name, "$", "texts in several forms")
    return [(str(row.id), str(row.string or "")) for row in rows]


def _refuse(name: str, field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The content pack"), field=f"{name} {field}", reason=reason)
