"""Numbers, hours and languages from the directory, made safe to stand in a text of any direction."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from outreach_app.leaflets.directory import CONTROLLER, EMERGENCY, HOTLINE, Directory, Entry
from outreach_app.leaflets.languages import LANGUAGES, Language

_ISOLATE, _FIRST_STRONG, _POP = "\u2066", "\u2068", "\u2069"
_NO_BREAK_SPACE = "\u00a0"
_BETWEEN = ", "
_NAME = "\ue000"  # before each name of a list until it is joined
_GLUED = re.compile(rf"(?<=\w)(?={_NAME})")
_SPACED = frozenset({"Latn", "Cyrl"})
_MAY_BREAK = "\u200b"
_TOO_LONG = re.compile(r"[^ ]{21,}")
_PIECES = re.compile(r"[^@./-]{1,10}[@./-]?|[@./-]")


def isolated(value: str) -> str:
    """Return ``value`` as one unbreakable left-to-right piece: ``+45 70`` stays so inside Arabic."""
    return _ISOLATE + value.replace(" ", _NO_BREAK_SPACE) + _POP


def set_apart(words: str) -> str:
    """Return words of another language, such as a name or an address, as a piece that runs its own way."""
    return _FIRST_STRONG + breakable(words) + _POP


def breakable(words: str) -> str:
    """Return ``words`` with places where a line may end inside what is longer than any word, such as a web address."""
    return _TOO_LONG.sub(lambda found: _MAY_BREAK.join(_PIECES.findall(found[0])), words)


def locale_of(language: Language) -> Locale:
    """Return where names of days and languages come from: English for a language nobody has listed them in."""
    try:
        return Locale.parse(language.locale)
    except UnknownLocaleError:
        return Locale.parse("en")


def language_names(codes: tuple[str, ...], language: Language) -> str:
    """Return the names of languages as written in ``language``, joined in its way."""
    locale = locale_of(language)
    joined = format_list([_NAME + _language_name(code, locale) for code in codes], locale=locale)
    if language.script in _SPACED:  # CLDR writes Yoruba "àti" without a space behind it
        joined = _GLUED.sub(" ", joined)
    return joined.replace(_NAME, "")


def values_for(directory: Directory, language: Language, region: str = "") -> dict[str, str]:
    """Return what fills the places of a sheet's texts; ``languages`` and ``controller`` only if there are any.

    Of several who answer for the data, the one for ``region`` is taken where there is one. Raises
    DirectoryMissingError if the help line or the emergency number is gone.
    """
    hotline, emergency = directory.line(HOTLINE), directory.line(EMERGENCY)
    weekdays_open, weekdays_close = hotline.weekdays.text(language.time_separator)
    weekends_open, weekends_close = hotline.weekends.text(language.time_separator)
    numbers = {
        "hotline": hotline.number,
        "emergency": emergency.number,
        "weekdays_open": weekdays_open,
        "weekdays_close": weekdays_close,
        "weekends_open": weekends_open,
        "weekends_close": weekends_close,
        "as_of": hotline.as_of,
    }
    values = {name: isolated(value) for name, value in numbers.items()}
    if hotline.languages:
        values["languages"] = language_names(hotline.languages, language)
    kinds = (CONTROLLER,)
    for controller in (directory.places(kinds, region) or directory.places(kinds))[:1]:
        values[CONTROLLER] = _contact(controller)
    return values


def _contact(entry: Entry) -> str:
    """Return name and every way to reach it in one line."""
    ways = [isolated(breakable(way)) for way in (entry.number, *entry.other_numbers, entry.email, entry.web) if way]
    return _BETWEEN.join([set_apart(entry.own_name), *ways])


def _language_name(code: str, locale: Locale) -> str:
    own = LANGUAGES[code].own_name if code in LANGUAGES else code
    return str(locale.languages.get(code.replace("-", "_"), own))
