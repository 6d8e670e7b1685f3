"""Sheets in a person's language: gettext domain ``leaflets``, read from the shipped ``.po`` files.

The translators' files themselves are read, so that a sheet never lags behind a forgotten compiling step.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import PoFileError, read_po

from outreach_app.leaflets.errors import TranslationMissingError
from outreach_app.leaflets.languages import Language
from outreach_app.paths import shipped_folder

DOMAIN = "leaflets"
SOURCE_LANGUAGE = "en"


@lru_cache(maxsize=64)
def shipped_texts(language: Language) -> Mapping[str, str]:
    """Return English text -> text in ``language``, any but English itself; empty if nobody has written any."""
    file = shipped_folder("locales") / language.locale / "LC_MESSAGES" / f"{DOMAIN}.po"
    return read_texts(file, language.code) if file.is_file() else MappingProxyType({})


def read_texts(path: Path, language: str) -> Mapping[str, str]:
    """Return the translated texts of one ``.po`` file; fuzzy ones (the English has changed) do not count."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, domain=DOMAIN, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as damaged:
        raise TranslationMissingError(sheet=DOMAIN, language=language) from damaged
    texts = {str(row.id): str(row.string) for row in catalogue if row.id and row.string and not row.fuzzy}
    return MappingProxyType(texts)


def is_complete(texts: tuple[str, ...], language: Language) -> bool:
    """Tell whether all of ``texts`` can be said in ``language``."""
    return language.code == SOURCE_LANGUAGE or shipped_texts(language).keys() >= set(texts)


def translate(text: str, language: Language, *, sheet: str) -> str:
    """Return ``text`` in ``language``; raises TranslationMissingError rather than mixing languages."""
    if language.code == SOURCE_LANGUAGE:
        return text
    found = shipped_texts(language).get(text)
    if found is None:
        raise TranslationMissingError(sheet=sheet, language=language.code)
    return found
