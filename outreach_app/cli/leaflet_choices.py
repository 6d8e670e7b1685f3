"""What a worker types for a leaflet: languages by any of their names; what there is not is refused with what there is.

Imports no setter of pages, so that a wrong word is answered quickly.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from babel import Locale

from outreach_app.domain.type_ahead import begins_word, spellings_of
from outreach_app.i18n import locale
from outreach_app.leaflets.errors import UnknownLanguageError, UnknownSheetError
from outreach_app.leaflets.languages import LANGUAGES, Language
from outreach_app.leaflets.sheets import sheet_ids
from outreach_app.wire.code_lists import load_code_lists

_WORKERS_LANGUAGES = ("en", "da")


def language_meant(typed: str) -> str:
    """Return the code of the language that ``typed`` names: by code, or by its own, English or Danish name.

    The beginning of a word of a name is enough where no other language has it.

    Raises:
        UnknownLanguageError: none, or more than one; the sentence lists all.
    """
    wanted = _plain(typed)
    code = {code.casefold(): code for code in LANGUAGES}.get(wanted.replace("_", "-").casefold())
    if code:
        return code
    names = {each.code: _names(each) for each in LANGUAGES.values()}
    whole = [code for code, known in names.items() if any(_same(wanted, name) for name in known)]
    begun = [code for code, known in names.items() if any(begins_word(wanted, name) for name in known)]
    for found in (whole, begun):
        if len(found) == 1:
            return found[0]
    raise UnknownLanguageError(language=typed, known=", ".join(f"{code} {language_words(code)}" for code in LANGUAGES))


def language_words(code: str) -> str:
    """Return the name of a language of leaflets in the interface language, or its own where that has none."""
    return _name(LANGUAGES[code], locale()) or LANGUAGES[code].own_name


def sheet_meant(typed: str) -> str:
    """Return ``typed`` if it is a sheet.

    Raises:
        UnknownSheetError: names the sheets that begin with it, or else all.
    """
    sheets = sheet_ids()
    if typed in sheets:
        return typed
    begun = [sheet for sheet in sheets if typed and sheet.startswith(typed)]
    raise UnknownSheetError(sheet=typed, known=", ".join(begun or sheets))


def region_codes() -> Iterable[str]:
    """Return the regions that can be asked for."""
    return (code.code for code in load_code_lists()["regions"].offered() if code.code != "unknown")


def _names(language: Language) -> tuple[str, ...]:
    """Return its names, also that of the language without region or script: "Portuguese"."""
    of_workers = [Locale.parse(code) for code in _WORKERS_LANGUAGES]
    return tuple(map(_plain, (language.own_name, *(_name(language, each) for each in of_workers))))


def _name(language: Language, spoken: Locale) -> str:
    names = spoken.languages
    return str(names.get(language.locale) or names.get(language.code.split("-", maxsplit=1)[0], ""))


def _same(typed: str, name: str) -> bool:
    return bool(set(spellings_of(typed)) & set(spellings_of(name)))


def _plain(text: str) -> str:
    """Return ``text`` without accents: one that stands on no letter of its own would end a word, as in Ẹ̀dó."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)).strip()
