"""The words of the second view's traits in the interface language."""

from __future__ import annotations

from outreach_app.domain.traits import TraitGroup
from outreach_app.i18n import N_, language
from outreach_app.i18n import gettext as _
from outreach_app.wire.traits import load_traits

GROUP_WORDS: dict[TraitGroup, str] = {"common": N_("common trait"), "technology": N_("red flag")}


def trait_words(code: str) -> str:
    """Return the words of a trait; one of another list is shown by its code."""
    return load_traits().label(code, language()[:2])


def trait_choices() -> tuple[tuple[str, str, str], ...]:
    """Return (code, words, kind of trait) of every trait that a new note may use."""
    return tuple(
        (trait.code, trait.label(language()[:2]), _(GROUP_WORDS[trait.group])) for trait in load_traits().offered()
    )
