"""What a paper about one person says, before it is set: the basis for the CMM interview, and her action plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.plan import ContactPerson, Plan


@dataclass(frozen=True, slots=True)
class Told:
    """One topic with what she told; empty words for what she did not tell yet."""

    topic: str
    words: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One sign from her notes, in words: which, how it is known, on which day."""

    sign: str
    how: str
    day: date


@dataclass(frozen=True, slots=True)
class InterviewBasis:
    """What the basis says; ``agreed_on`` is None where no consent for CMM is in force."""

    short_name: str
    made_on: date
    agreed_on: date | None
    remark: str
    topics: tuple[Told, ...]
    noted: tuple[Noted, ...]
    contact_person: ContactPerson | None


@dataclass(frozen=True, slots=True)
class PlanOnPaper:
    """What the plan's paper says; ``support_words`` are the words for the kinds of support, by code."""

    short_name: str
    made_on: date
    plan: Plan
    support_words: Mapping[str, str]
    contact_person: ContactPerson | None
