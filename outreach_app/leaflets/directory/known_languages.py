"""Which codes of languages mean one: those of the leaflets, and those that CLDR can name."""

from __future__ import annotations

import importlib

from outreach_app.leaflets.languages import LANGUAGES


def is_known_language(code: str) -> bool:
    """Tell whether ``code`` (``th``, ``pt-BR``) can be printed as the name of a language."""
    if code in LANGUAGES:
        return True
    babel = importlib.import_module("babel")  # large, and the shipped directory names languages of leaflets only
    return code.replace("-", "_") in babel.Locale("en").languages
