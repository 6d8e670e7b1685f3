"""Sheets in a person's language: gettext domain ``leaflets``, read from the ``.po`` files in use.

The translators' files themselves are read, so that a sheet never lags behind a forgotten compiling step.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType

from babel.messages.pofile import PoFileError, read_po

from outreach_app.content import read_content, remembered
from outreach_app.leaflets.errors import TranslationMissingError
from outreach_app.leaflets.languages import Language

DOMAIN = "leaflets"
SOURCE_LANGUAGE = "en"


@remembered(64)
def texts_in(language: Language) -> Mapping[str, str]:
    """Return English text -> text in ``language``, any but English itself; empty if nobody has written any."""
    try:
        data = read_content(f"locales/{language.code}/{DOMAIN}.po")
    except FileNotFoundError:
        return MappingProxyType({})
    except OSError as damaged:
        raise TranslationMissingError(sheet=DOMAIN, language=language.code) from damaged
    return read_texts(data, language.code)


def read_texts(data: bytes, language: str) -> Mapping[str, str]:
    """Return the translated texts of one ``.po`` file; fuzzy ones (the English has changed) do not count."""
    try:
        catalogue = read_po(BytesIO(data), domain=DOMAIN, abort_invalid=True)
    except (PoFileError, ValueError) as damaged:
        raise TranslationMissingError(sheet=DOMAIN, language=language) from damaged
    texts = {str(row.id): str(row.string) for row in catalogue if row.id and row.string and not row.fuzzy}
    return MappingProxyType(texts)


def is_complete(texts: tuple[str, ...], language: Language) -> bool:
    """Tell whether all of ``texts`` can be said in ``language``."""
    return language.code == SOURCE_LANGUAGE or texts_in(language).keys() >= set(texts)


def translate(text: str, language: Language, *, sheet: str) -> str:
    """Return ``text`` in ``language``; raises TranslationMissingError rather than mixing languages."""
    if language.code == SOURCE_LANGUAGE:
        return text
    found = texts_in(language).get(text)
    if found is None:
        raise TranslationMissingError(sheet=sheet, language=language.code)
    return found
