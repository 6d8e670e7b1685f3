"""What ``outreach assess`` reads and writes as JSON; the names of the fields are a contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn, TypeGuard, get_args

import msgspec

from outreach_app.domain.alerts import Alert
from outreach_app.domain.assessment import Assessment
from outreach_app.domain.context import Age, Context
from outreach_app.domain.indicator import Answer, Catalogue, Dimension, Profile
from outreach_app.domain.outcome import Outcome
from outreach_app.domain.reason_words import reason_sentences
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

_ID_SHAPE = re.compile(r"[a-z0-9_.]{1,64}")


class ContextFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The meeting; every field may be left out."""

    age: Age = "unknown"
    sells_sex: bool = False
    free_to_speak: bool = True


class RequestFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole input. Answers are checked one by one, so that the sentence can name the indicator."""

    profile: Profile
    answers: dict[str, Any]
    context: ContextFields = ContextFields()


class DimensionFields(msgspec.Struct, frozen=True):
    """One dimension of the output."""

    strong: int
    medium: int
    weak: int
    positive: bool


class AssessmentFields(msgspec.Struct, frozen=True):
    """The whole output. ``reasons`` are sentences in the interface language."""

    dimensions: dict[Dimension, DimensionFields]
    outcome: Outcome
    provisional: bool
    alerts: list[Alert]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class AssessRequest:
    """A checked request; whether the ids are in the catalogue is for ``assess`` to say."""

    profile: Profile
    answers: Mapping[str, Answer]
    context: Context


def read_assess_request(untrusted: bytes | str) -> AssessRequest:
    """Return the request written in ``untrusted``.

    Raises:
        DataTooLargeError, UntrustedDataError: not exactly the documented shape; names the field.
    """
    fields = read_json(untrusted, RequestFields, what=_("The assessment request"))
    answers = {indicator_id: _answer(indicator_id, answer) for indicator_id, answer in fields.answers.items()}
    context = Context(fields.context.age, fields.context.sells_sex, fields.context.free_to_speak)
    return AssessRequest(fields.profile, MappingProxyType(answers), context)


def assessment_to_json(assessment: Assessment, catalogue: Catalogue) -> AssessmentFields:
    """Return the assessment in the shape of the contract, ready for ``write_json``."""
    return AssessmentFields(
        dimensions={
            dimension: DimensionFields(result.strong, result.medium, result.weak, result.positive)
            for dimension, result in assessment.dimensions.items()
        },
        outcome=assessment.outcome,
        provisional=assessment.provisional,
        alerts=list(assessment.alerts),
        reasons=list(reason_sentences(assessment, catalogue)),
    )


def _answer(untrusted_id: str, untrusted_answer: object) -> Answer:
    if not _ID_SHAPE.fullmatch(untrusted_id):
        _refuse("$.answers", "not an indicator id")
    if not _is_answer(untrusted_answer):
        _refuse(f"$.answers.{untrusted_id}", f"must be one of {', '.join(get_args(Answer))}")
    return untrusted_answer


def _is_answer(value: object) -> TypeGuard[Answer]:
    return value in get_args(Answer)


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The assessment request"), field=field, reason=reason)
