"""The languages leaflets are printed in: own names, script, direction and the faces that draw them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from outreach_app.leaflets.errors import UnknownLanguageError


@dataclass(frozen=True)
class Language:
    """One language of leaflets; ``leading`` is the line distance its letters need, as a factor of their size.

    ``tier`` tells the languages every sheet is written in from those that follow as far as honest texts exist.
    """

    code: str
    own_name: str
    script: str = "Latn"
    rtl: bool = False
    family: str = "NotoSans"
    leading: float = 1.36
    time_separator: str = ":"
    tier: Literal["core", "second"] = "core"

    @property
    def locale(self) -> str:
        """Return the code as gettext and CLDR write it: ``pt_BR``."""
        return self.code.replace("-", "_")


_ALL = (
    Language("da", "Dansk", time_separator="."),
    Language("en", "English"),
    Language("th", "ไทย", script="Thai", family="NotoSansThai", leading=1.48),
    Language("ro", "Română"),
    Language("es", "Español"),
    Language("pt-BR", "Português (Brasil)"),
    Language("bg", "Български", script="Cyrl"),
    Language("ru", "Русский", script="Cyrl"),
    Language("uk", "Українська", script="Cyrl"),
    Language("ar", "العربية", script="Arab", rtl=True, family="Vazirmatn", leading=1.5),
    Language("fr", "Français"),
    Language("zh-Hans", "简体中文", script="Hans", family="NotoSansSC", leading=1.5),
    Language("vi", "Tiếng Việt", leading=1.44),
    Language("pcm", "Naijá (Pidgin)"),
    Language("bin", "Ẹ̀dó", tier="second", leading=1.44),
    Language("yo", "Yorùbá", tier="second", leading=1.44),
    Language("ig", "Igbo", tier="second", leading=1.44),
    Language("hu", "Magyar", tier="second"),
    Language("cs", "Čeština", tier="second"),
    Language("sk", "Slovenčina", tier="second"),
    Language("pl", "Polski", tier="second"),
    Language("lt", "Lietuvių", tier="second"),
    Language("lv", "Latviešu", tier="second"),
    Language("et", "Eesti", tier="second"),
    Language("be", "Беларуская", script="Cyrl", tier="second"),
    Language("fil", "Filipino", tier="second"),
)
LANGUAGES = MappingProxyType({language.code: language for language in _ALL})


def language_of(code: str) -> Language:
    """Return the language with ``code``; raises UnknownLanguageError."""
    try:
        return LANGUAGES[code]
    except KeyError as unknown:
        raise UnknownLanguageError(language=code, known=", ".join(LANGUAGES)) from unknown
