"""Texts of the interface in the worker's language (gettext catalogues in ``locales/``, domain ``outreach``)."""

from __future__ import annotations

import gettext as _catalogues
from typing import TYPE_CHECKING

from outreach_app.paths import shipped_folder

if TYPE_CHECKING:
    from babel import Locale

INTERFACE_LANGUAGES = ("da", "en")
DRAFT_LANGUAGES = frozenset({"da"})  # machine-made, and no person has checked them yet
PSEUDO_LANGUAGE = "en_XA"
DOMAIN = "outreach"

_current = _catalogues.NullTranslations()
_language = "en"


def N_(message: str) -> str:
    """Mark a text for extraction; it is translated where it is shown."""
    return message


def use_language(language: str) -> None:
    """Switch all texts to ``language`` (``da``, ``en`` or the pseudo-language ``en_XA``)."""
    global _current, _language  # noqa: PLW0603 - one interface language per process
    _language = language
    file = shipped_folder("locales") / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:  # opened by its name: gettext's own search loads ``locale`` and reads the environment
        with file.open("rb") as stream:
            _current = _catalogues.GNUTranslations(stream)
    except FileNotFoundError:  # the texts are English as they stand
        _current = _catalogues.NullTranslations()


def language() -> str:
    """Return the code of the interface language in use."""
    return _language


def locale() -> Locale:
    """Return the Babel locale for dates and numbers; English uses the British day-month order."""
    from babel import Locale  # noqa: PLC0415 - large, and the first page shows no date

    return Locale.parse("en_GB" if _language.startswith("en") else _language)


def gettext(message: str) -> str:
    """Return ``message`` in the interface language."""
    return str(_current.gettext(message)) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message for ``number``."""
    return str(_current.ngettext(singular, plural, number))
