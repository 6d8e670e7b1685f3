"""Says what is wrong with the catalogues: stale, untranslated, or with other places than the source text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message

from tools import catalogues

COMPLETE_LANGUAGES = ("da",)
_PERCENT_PLACE = re.compile(r"%(?:\([^)]*\))?[sdif]")


def problems(root: Path) -> list[str]:
    """Return one sentence for each thing that is wrong; an empty list means that all is well."""
    return [*_stale(root), *_untranslated(root), *_placeholders(root)]


def places(text: str) -> frozenset[str]:
    """Return the named places of a text: ``{name}`` and ``%``-forms.

    Raises:
        ValueError: the braces do not match.
    """
    named = {f"{{{field}}}" for _literal, field, _spec, _conversion in Formatter().parse(text) if field is not None}
    return frozenset(named | set(_PERCENT_PLACE.findall(text)))


def message_problems(message: Message) -> Iterator[str]:
    """Yield what is wrong with the places of one translated message."""
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    targets = message.string if isinstance(message.string, tuple | list) else (message.string,)
    try:
        expected = [places(text) for text in sources]
        for target in filter(None, targets):
            found = places(target)
            if not (frozenset.intersection(*expected) <= found <= frozenset.union(*expected)):
                yield f"other places than the text: {sorted(found)} instead of {sorted(expected[0])}"
    except ValueError as error:
        yield f"braces do not match ({error})"


def _stale(root: Path) -> Iterator[str]:
    template = catalogues.extract(root)
    path = root / "locales" / f"{catalogues.DOMAIN}.pot"
    if not path.exists() or path.read_bytes() != catalogues.as_po(template):
        yield f"{path.name} is not what the source says. Run: make messages"
    for language in COMPLETE_LANGUAGES:
        path = _complete_path(root, language)
        fresh = catalogues.updated(catalogues.load(path, language), template)
        if not path.exists() or path.read_bytes() != catalogues.as_po(fresh):
            yield f"{language}/{path.name} has other texts than the source. Run: make messages"


def _untranslated(root: Path) -> Iterator[str]:
    for language in COMPLETE_LANGUAGES:
        for message in _translated_or_not(catalogues.load(_complete_path(root, language), language)):
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if message.fuzzy or not all(texts):
                yield f"{language}: not translated: {message.id!r}"


def _placeholders(root: Path) -> Iterator[str]:
    for language, path in catalogues.translations(root / "locales"):
        for message in _translated_or_not(catalogues.load(path)):
            yield from (f"{language}/{path.name}: {message.id!r}: {what}" for what in message_problems(message))


def _translated_or_not(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _complete_path(root: Path, language: str) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{catalogues.DOMAIN}.po"
