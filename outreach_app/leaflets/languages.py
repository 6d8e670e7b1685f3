"""The languages leaflets are printed in: own names, script, direction and the faces that draw them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from outreach_app.leaflets.errors import UnknownLanguageError


@dataclass(frozen=True)
class Language:
    """One language of leaflets; ``leading`` is the line distance its letters need, as a factor of their size."""

    code: str
    own_name: str
    script: str = "Latn"
    rtl: bool = False
    family: str = "NotoSans"
    leading: float = 1.36
    time_separator: str = ":"


_ALL = (
    Language("da", "Dansk", time_separator="."),
    Language("en", "English"),
    Language("ro", "Română"),
    Language("th", "ไทย", script="Thai", family="NotoSansThai", leading=1.48),
    Language("ar", "العربية", script="Arab", rtl=True, family="Vazirmatn", leading=1.5),
)
LANGUAGES = MappingProxyType({language.code: language for language in _ALL})


def language_of(code: str) -> Language:
    """Return the language with ``code``; raises UnknownLanguageError."""
    try:
        return LANGUAGES[code]
    except KeyError as unknown:
        raise UnknownLanguageError(language=code, known=", ".join(LANGUAGES)) from unknown
