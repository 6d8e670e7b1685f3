"""What ``outreach pathway`` reads and writes as JSON; the names of the fields are a contract."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, NoReturn

import msgspec

from outreach_app.domain.pathway import Decider, Pathway
from outreach_app.domain.pathway_case import (
    MOST_DAYS,
    MOST_REQUESTS,
    OLDEST_AGE,
    DateName,
    PathwayCase,
    PathwayFacts,
    Stay,
)
from outreach_app.domain.pathway_rules import Period
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

YEARS = range(1900, 2200)  # as everywhere: a year 0 or 9999 is a slip of the finger
Years = Annotated[int, msgspec.Meta(ge=0, le=OLDEST_AGE)]
Days = Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)]


class CaseFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole input; everything but the stay may be left out."""

    stay: Stay
    age: Years | Literal["under_18", "maybe_under_18"] | None = None
    in_trial: bool = False
    decided_on: date | None = None
    requested_days: Annotated[list[Days], msgspec.Meta(max_length=MOST_REQUESTS)] = []
    return_agreed: bool = False
    special_reasons: bool = False
    returned_on: date | None = None
    public_order: bool = False
    on: date | None = None


class ReasonFields(msgspec.Struct, frozen=True):
    """One rule that was used."""

    rule: str
    source: str
    as_of: str
    confirmed: bool


class PathwayFields(msgspec.Struct, frozen=True):
    """The whole output. ``steps`` are sentences in the interface language; dates are ISO or null."""

    decides: Decider
    court_may_decide: bool
    interview: Literal["CMM"]
    period: Period
    dates: dict[DateName, date | None]
    cap_days: int | None
    work_allowed: bool | None
    steps: list[str]
    reasons: list[ReasonFields]


def read_pathway_case(untrusted: bytes | str, today: date) -> PathwayCase:
    """Return the case written in ``untrusted``; without ``on`` the law of ``today`` is asked for.

    Raises:
        DataTooLargeError, UntrustedDataError: not exactly the documented shape; names the field.
    """
    fields = read_json(untrusted, CaseFields, what=_("The pathway request"))
    for name in ("decided_on", "returned_on", "on"):
        _check_year(name, getattr(fields, name))
    if fields.decided_on and fields.returned_on and fields.returned_on < fields.decided_on:
        _refuse("$.returned_on", "before decided_on")
    facts = PathwayFacts(
        stay=fields.stay,
        age=fields.age,
        in_trial=fields.in_trial,
        requested_days=tuple(fields.requested_days),
        return_agreed=fields.return_agreed,
        special_reasons=fields.special_reasons,
        returned_on=fields.returned_on,
    )
    return PathwayCase(facts, fields.on or today, fields.decided_on, fields.public_order)


def pathway_to_json(pathway: Pathway, language: str) -> PathwayFields:
    """Return the answer in the shape of the contract, ready for ``write_json``."""
    return PathwayFields(
        decides=pathway.decides,
        court_may_decide=pathway.court_may_decide,
        interview="CMM",
        period=pathway.period,
        dates=dict(pathway.dates),
        cap_days=pathway.cap_days,
        work_allowed=pathway.work_allowed,
        steps=[step.text(language) for step in pathway.steps],
        reasons=[ReasonFields(rule.rule, rule.source, rule.as_of, rule.confirmed) for rule in pathway.reasons],
    )


def _check_year(name: str, day: Any) -> None:
    if day is not None and day.year not in YEARS:
        _refuse(f"$.{name}", "not a year that can be meant")


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The pathway request"), field=field, reason=reason)
