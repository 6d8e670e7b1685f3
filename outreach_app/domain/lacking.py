"""What a finished note lacks for statistics or for sending. It is shown to a supervisor and never stands in the way.

No name is ever asked for, and nothing here is an error: a note of a place and a time alone is a whole note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import PRESENT
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

Field = Literal[
    "region", "gender", "age", "nationality", "exploitation", "sector", "stay", "languages", "speaking", "contact",
    "view", "hand_over",
]  # fmt: skip
Purpose = Literal["statistics", "sending"]

LABOUR_FORMS = frozenset({"labour", "both"})
_WHY: dict[Field, tuple[Purpose, str, str]] = {
    "region": ("statistics", N_("Region"), N_("The figures by region leave this note out.")),
    "gender": ("statistics", N_("Gender"), N_("The figures by gender leave this note out.")),
    "age": ("statistics", N_("Age, about"), N_("Whether she may be a child decides who has to be called.")),
    "nationality": ("statistics", N_("Nationality"), N_("The figures by nationality leave this note out.")),
    "exploitation": ("statistics", N_("Exploitation"), N_("Signs were noted, but not which kind they speak of.")),
    "sector": ("statistics", N_("Sector"), N_("Exploitation at work was noted, but not in which trade.")),
    "stay": ("statistics", N_("Stay"), N_("Who decides and which dates count follow from it.")),
    "languages": ("statistics", N_("Languages"), N_("It says which leaflets and interpreters are needed.")),
    "speaking": ("sending", N_("Could she speak freely?"), N_("More than codes leaves, so this should be known.")),
    "contact": ("sending", N_("Contact"), N_("More than codes leaves, but the centre cannot tell it is one person.")),
    "hand_over": ("sending", N_("Why without her consent"), N_("Handed over by phone, but not why it could not wait.")),
    "view": ("sending", N_("The worker's view"), N_("The signs add up to something no worker has looked at yet.")),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """A field nobody filled in, and what it would be good for."""

    field: Field

    @property
    def purpose(self) -> Purpose:
        """What it is lacking for."""
        return _WHY[self.field][0]

    def name(self) -> str:
        """Return the field's name in the interface language."""
        return _(_WHY[self.field][1])

    def reason(self) -> str:
        """Return why it would be good to know, in the interface language."""
        return _(_WHY[self.field][2])


def find_lacks(content: Encounter, outcome: str) -> tuple[Lack, ...]:
    """Return what a note lacks, in the order of the form; nothing for one that says all it can.

    Args:
        content: the version that counts.
        outcome: of its assessment, as it stood.
    """
    return tuple(Lack(field) for field in _WHY if _is_missing(field, content, outcome))


def _is_missing(field: Field, content: Encounter, outcome: str) -> bool:
    leaves = content.consent in {ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL}
    signs = any(answer in PRESENT for answer in content.answers.values())
    return {
        "region": content.region == "unknown",
        "gender": content.gender == "not_said",
        "age": content.age is None and not content.age_band,
        "nationality": not content.nationality,
        "exploitation": signs and content.exploitation == "not_stated",
        "sector": content.exploitation in LABOUR_FORMS and not content.sector,
        "stay": content.stay == "unknown",
        "languages": not content.languages,
        "speaking": leaves and content.speaking == "not_noted",
        "contact": leaves and content.contact_id is None,
        "hand_over": content.hand_over_needs_reason,
        "view": outcome not in {"", "no_dimension_positive"} and content.view is None,
    }[field]
