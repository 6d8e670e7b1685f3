"""Code lists: the fixed answers of a note, each a code with its words; a code is retired, never removed or reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outreach_app.domain.errors import UnknownCodeError

ListName = Literal[
    "settings",
    "genders",
    "age_bands",
    "exploitation_forms",
    "sectors",
    "stays",
    "help_kinds",
    "health_help",
    "offer_answers",
    "items_handed_out",
    "speaking_situations",
    "interpreter_kinds",
    "regions",
    "tally_groups",
    "consent_manners",
    "referral_purposes",
    "support_types",
    "interview_topics",
    "online_channels",
    "police_districts",
    "third_party_roles",
    "decision_outcomes",
    "return_partners",
]
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Code:
    """One answer. ``labels`` maps an interface language to words and always has English."""

    code: str
    labels: Mapping[str, str]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one field in the order in which they are offered."""

    name: ListName
    codes: tuple[Code, ...]

    def label(self, code: str, language: str) -> str:
        """Return the words for ``code``, also of a retired one, in ``language`` or else in English.

        Raises:
            UnknownCodeError: the list never had this code.
        """
        labels = self._find(code).labels
        return labels.get(language, labels[FALLBACK_LANGUAGE])

    def offered(self) -> tuple[Code, ...]:
        """Return the codes that a new note may use."""
        return tuple(code for code in self.codes if not code.retired)

    def has(self, code: str) -> bool:
        """Tell whether the list has or once had ``code``."""
        return any(known.code == code for known in self.codes)

    def _find(self, code: str) -> Code:
        for known in self.codes:
            if known.code == code:
                return known
        raise UnknownCodeError(code=code, list=self.name)


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All code lists of one version; the version is frozen into each note."""

    version: int
    published: date
    lists: Mapping[ListName, CodeList]

    def __getitem__(self, name: ListName) -> CodeList:
        return self.lists[name]

    def label(self, name: ListName, code: str, language: str) -> str:
        """Return the words for ``code`` of the list ``name``; an empty code has no words.

        Raises:
            UnknownCodeError: the list never had this code.
        """
        return self.lists[name].label(code, language) if code else ""
