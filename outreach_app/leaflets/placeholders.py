"""Numbers, hours and languages from the directory, made safe to stand in a text of any direction."""

from __future__ import annotations

from babel import Locale
from babel.lists import format_list

from outreach_app.leaflets.directory import EMERGENCY, HOTLINE, Directory
from outreach_app.leaflets.languages import Language

_ISOLATE, _POP = "\u2066", "\u2069"
_NO_BREAK_SPACE = "\u00a0"


def isolated(value: str) -> str:
    """Return ``value`` as one unbreakable left-to-right piece: ``+45 70`` stays so inside Arabic."""
    return _ISOLATE + value.replace(" ", _NO_BREAK_SPACE) + _POP


def language_names(codes: tuple[str, ...], language: Language) -> str:
    """Return the names of languages as written in ``language``, joined in its way."""
    locale = Locale.parse(language.locale)
    return format_list([str(locale.languages[code]) for code in codes], locale=locale)


def values_for(directory: Directory, language: Language) -> dict[str, str]:
    """Return what fills the places of a sheet's texts."""
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
    return values | {"languages": language_names(hotline.languages, language)}
