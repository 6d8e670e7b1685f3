"""The words of codes in the interface language, ready for choices and rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from outreach_app.domain.code_lists import CodeLists, ListName
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.domain.indicator import Answer
from outreach_app.i18n import N_, language, locale
from outreach_app.i18n import gettext as _

NOT_COUNTRIES = frozenset({"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"})
NOT_LANGUAGES = frozenset({"und", "zxx", "mul", "mis"})
Choice = tuple[str, str]
"""A code and its words."""

CONSENT_WORDS = {
    ConsentLevel.WRITE_NOTHING: N_("Write nothing"),
    ConsentLevel.CODED: N_("Coded row only"),
    ConsentLevel.FOLLOW_UP: N_("Follow-up"),
    ConsentLevel.REFERRAL: N_("Referral"),
}
CONSENT_MEANINGS = {
    ConsentLevel.WRITE_NOTHING: N_("Only the count of the day grows. Nothing about her is kept."),
    ConsentLevel.CODED: N_("The centre gets codes only: no words, no place, nothing to find her by."),
    ConsentLevel.FOLLOW_UP: N_("The centre gets this note without identity, so that help can go on."),
    ConsentLevel.REFERRAL: N_("As follow-up, with identity for the recipient named here and for nobody else."),
}
RECIPIENT_WORDS = {
    "cmm": N_("CMM"),
    "dis": N_("Immigration Service"),
    "police": N_("Police"),
    "health": N_("Health services"),
    "municipality": N_("Municipality"),
    "partner": N_("Partner organisation"),
}
ANSWER_KEYS: dict[str, Answer] = {"o": "observed", "t": "told", "h": "told_by_others", "n": "not_present"}
PROFILE_WORDS = {
    "adult_sexual": N_("Adult, sexual"),
    "adult_labour": N_("Adult, labour"),
    "child_sexual": N_("Under 18, sexual"),
    "child_labour": N_("Under 18, labour"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Looks up words; a code that the lists do not know is shown as it is rather than lost."""

    lists: CodeLists

    def of(self, name: ListName, code: str) -> str:
        """Return the words for ``code`` of the list ``name``."""
        try:
            return self.lists.label(name, code, language()[:2])
        except UnknownCodeError:
            return code

    def all_of(self, name: ListName, codes: Iterable[str]) -> str:
        """Return several codes as one line of words."""
        return ", ".join(self.of(name, code) for code in codes)

    def choices(self, name: ListName) -> tuple[Choice, ...]:
        """Return what a new note may use, in the order of the list."""
        return tuple((code.code, self.of(name, code.code)) for code in self.lists[name].offered())


def consent_words(level: ConsentLevel) -> str:
    """Return the short name of a consent level."""
    return _(CONSENT_WORDS[level])


def country_choices() -> tuple[Choice, ...]:
    """Return countries as ISO codes with their names, sorted by name."""
    names = ((code, str(name)) for code, name in locale().territories.items() if len(code) == 2 and code.isalpha())
    return tuple(sorted((pair for pair in names if pair[0] not in NOT_COUNTRIES), key=_name))


def language_choices() -> tuple[Choice, ...]:
    """Return languages as BCP 47 tags with their names, sorted by name."""
    tags = ((code.replace("_", "-"), str(name)) for code, name in locale().languages.items() if len(code) <= 7)
    return tuple(sorted((pair for pair in tags if pair[0] not in NOT_LANGUAGES), key=_name))


def language_name(tag: str) -> str:
    """Return the name of a language, or its tag where it has none."""
    names = locale().languages
    return str(names.get(tag.replace("-", "_"), names.get(tag.split("-", maxsplit=1)[0], tag)))


def country_name(code: str) -> str:
    """Return the name of a country, or its code where it has none."""
    return str(locale().territories.get(code, code))


def _name(pair: Choice) -> str:
    return pair[1].casefold()
