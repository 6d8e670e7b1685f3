"""An encounter: one meeting with one person, as the worker wrote it down; all but time and setting is optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from outreach_app.clock import shift_date
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.context import Age
from outreach_app.domain.indicator import Answer, Profile

FREE = "alone"
"""The one situation in which a person can be said to have spoken freely; not noted counts as free but is not proof."""

MAYBE_UNDER_18 = "maybe_under_18"
UNDER_18_BANDS = frozenset({"under_15", "15_17"})
NOT_FREE = frozenset({"someone_listening", "companion_interpreted", "others_chose_interpreter"})


@dataclass(frozen=True, slots=True)
class LeafletGiven:
    """Copies of one sheet in one language that were put into a hand (printing is counted elsewhere)."""

    sheet: str
    language: str
    format: str = "wallet"
    copies: int = 1


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A dated to-do."""

    due_on: date
    what: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What was handed over by phone at once, because it could not wait for a batch."""

    to_whom: str
    said: str = ""
    without_consent_because: str = ""


@dataclass(frozen=True, slots=True)
class HealthBlock:
    """Health help; readable by health workers only (sealed under the health key in the vault)."""

    check: bool = False
    sti_test: bool = False
    contraception: bool = False
    pregnancy: bool = False
    emergency: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class WorkerView:
    """What the worker makes of the assessment: confirmed, or set aside with a reason."""

    agrees: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CardAnswers:
    """What she answered on cards in her own language; ``draft`` says that nobody has checked the translation yet.

    ``answers``: card id -> ``yes``, ``no`` or ``skip``.
    """

    language: str
    draft: bool
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Encounter:
    """The content of one note, version by version the same shape.

    ``met_at`` is aware and keeps the offset of the place; codes are those of ``resources/code_lists``; ``nationality``
    is an ISO 3166 alpha-2 code, ``languages`` are BCP 47 tags. ``sign_words`` are the worker's words on single
    indicators (id -> words); ``traits`` are codes of a second view that never changes the assessment; ``channel`` is
    where an online contact took place.
    """

    met_at: datetime
    setting: str
    place_id: str | None = None
    region: str = "unknown"
    contact_id: str | None = None
    consent: ConsentLevel = ConsentLevel.CODED
    recipient: str = ""
    speaking: str = "not_noted"
    interpreter: str = "none"
    channel: str = ""
    gender: str = "not_said"
    nationality: str = ""
    age: int | None = None
    age_band: str = ""
    age_when_it_began: int | None = None
    exploitation: str = "not_stated"
    sector: str = ""
    stay: str = "unknown"
    languages: tuple[str, ...] = ()
    help_given: tuple[str, ...] = ()
    help_offer: str = "not_offered"
    return_offer: str = "not_offered"
    items: tuple[str, ...] = ()
    leaflets: tuple[LeafletGiven, ...] = ()
    profile: Profile = "adult_sexual"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sign_words: Mapping[str, str] = field(default_factory=dict)
    traits: tuple[str, ...] = ()
    cards: CardAnswers | None = None
    sells_sex: bool = False
    note: str = ""
    follow_up: FollowUp | None = None
    hand_over: HandOver | None = None
    health: HealthBlock | None = None
    view: WorkerView | None = None

    @property
    def shift_date(self) -> date:
        """The date the meeting counts on."""
        return shift_date(self.met_at)

    @property
    def free_to_speak(self) -> bool:
        """False when someone listened, interpreted for her or chose the interpreter."""
        return self.speaking not in NOT_FREE

    @property
    def hand_over_needs_reason(self) -> bool:
        """Tell whether something was handed over by phone that she agreed to no referral of, and nobody wrote why."""
        call = self.hand_over
        agreed = self.consent is ConsentLevel.REFERRAL
        return call is not None and not agreed and not call.without_consent_because.strip()

    @property
    def age_for_rules(self) -> Age:
        """``adult``, ``maybe_under_18``, ``under_18`` or ``unknown``, the words of the assessment's context."""
        if self.age is not None:
            return "under_18" if self.age < 18 else "adult"
        if self.age_band in UNDER_18_BANDS:
            return "under_18"
        if self.age_band == MAYBE_UNDER_18:
            return "maybe_under_18"
        return "adult" if self.age_band else "unknown"
