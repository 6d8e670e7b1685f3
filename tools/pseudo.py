"""Makes the pseudo-language ``en_XA``: readable English with accents, longer, in brackets.

Text on a screen without accents was never marked for translation; text without its closing bracket was cut off.
"""

from __future__ import annotations

import re

from babel.messages.catalog import Catalog

from tools.catalogues import PSEUDO_LANGUAGE

LANGUAGE = PSEUDO_LANGUAGE
LONGER_BY = 0.35
_ACCENTS = str.maketrans(
    "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPrRsStTuUwWyYzZ",
    "áÁƀƁçÇđĐéÉƒƑğĞĥĤîÎĵĴķĶļĻɱṀñÑöÖþÞŕŔšŠţŢûÛŵŴýÝžŽ",
)
# What must come through unchanged: doubled braces, {places}, %-places, tags, entities, keyboard marks (&F), addresses.
_KEPT = re.compile(
    r"\{\{|\}\}|\{[^{}]*\}|%%|%\([^)]*\)[sdif]|%[sdif]|</?[a-zA-Z][^<>]*>|&[a-zA-Z]+;|&.|https?://\S+", re.DOTALL
)
_PADDING = "·"


def pseudo_text(text: str) -> str:
    """Return ``text`` accented, about a third longer and in brackets."""
    if not text.strip():
        return text
    parts, place = [], 0
    for kept in _KEPT.finditer(text):
        parts += [text[place : kept.start()].translate(_ACCENTS), kept.group()]
        place = kept.end()
    parts.append(text[place:].translate(_ACCENTS))
    padding = _PADDING * max(2, round(len(text) * LONGER_BY))
    body = "".join(parts)
    tail = body[len(body.rstrip("\n")) :]  # a closing line break stays outside, as gettext asks for
    return f"[{body.rstrip(chr(10))} {padding}]{tail}"


def pseudo_catalogue(template: Catalog) -> Catalog:
    """Return a catalogue with a pseudo-translation of every text of ``template``."""
    result = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        shown = pseudo_text(message.id) if isinstance(message.id, str) else tuple(map(pseudo_text, message.id))
        result.add(message.id, shown, message.locations, context=message.context)
    return result
