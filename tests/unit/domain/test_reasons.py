"""The reasons name what fired which rule, what is missing, and what cannot be relied on, in plain words."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given, settings

from outreach_app.domain import reason_words
from outreach_app.domain.alerts import Alert
from outreach_app.domain.assessment import assess
from outreach_app.domain.assessment_words import (
    alert_sentence,
    answer_name,
    dimension_name,
    outcome_name,
    proves_nothing,
)
from outreach_app.domain.context import Context
from outreach_app.domain.dimension_rule import Lack, Rule
from outreach_app.domain.indicator import Answer, Catalogue, Dimension, Profile
from outreach_app.domain.outcome import Outcome
from outreach_app.domain.reason_words import reason_sentences
from outreach_app.domain.reasons import Note, Reason, ReasonCode
from tests.support.signs import catalogue_of, judge, making_positive, pick, situations, told

ALL_CODES: set[ReasonCode] = {code for kind in (Rule, Lack, Outcome, Note, Alert) for code in get_args(kind)}


def _codes(positive: str, profile: Profile = "adult_labour", context: Context | None = None) -> list[str]:
    return [reason.code for reason in judge(profile, making_positive(profile, positive), context).reasons]


@pytest.mark.parametrize(
    ("strengths", "rule", "counted"),
    [
        ("SSM", "two_strong", "SS"),
        ("SW", "strong_and_other", "SW"),
        ("MMMW", "three_medium", "MMM"),
        ("MMW", "two_medium_and_weak", "MMW"),
    ],
)
def test_a_rule_names_the_signs_that_fired_it(strengths: str, rule: str, counted: str) -> None:
    dimension: Dimension = "coercion_at_destination"
    found = judge("adult_labour", told(*pick("adult_labour", dimension, strengths)))
    reason = next(reason for reason in found.reasons if reason.code == rule)
    assert reason.dimension == dimension
    assert set(reason.indicators) == set(pick("adult_labour", dimension, counted))


def test_a_dimension_that_is_not_positive_says_what_it_lacks() -> None:
    found = judge("adult_labour", told("al.exploitation.long_hours"))
    assert found.reasons[0] == Reason("any_one", "exploitation", ("al.exploitation.long_hours",))
    assert reason_sentences(found, catalogue_of("adult_labour"))[0] == (
        "Exploitation: not positive (Far too long working days or hours). "
        "One more sign of any strength would make it positive."
    )


@pytest.mark.parametrize(
    ("positive", "missing"),
    [
        ("", []),
        ("DEK", []),
        ("DE", ["missing_coercion"]),
        ("E", ["missing_means", "missing_coercion"]),
        ("EK", ["missing_means"]),
        ("D", ["missing_exploitation", "missing_coercion"]),
        ("DK", ["missing_exploitation"]),
        ("U", ["missing_exploitation", "missing_means", "missing_coercion"]),
    ],
)
def test_the_worker_reads_what_to_ask_about(positive: str, missing: list[str]) -> None:
    assert [code for code in _codes(positive) if code.startswith("missing")] == missing


def test_a_child_needs_only_exploitation() -> None:
    assert [code for code in _codes("U", "child_labour") if code.startswith("missing")] == ["missing_exploitation"]
    codes = _codes("DK", "child_labour")
    assert [code for code in codes if code.startswith("missing")] == ["missing_exploitation"]
    assert codes[:2] == ["child_act_now", "child_needs_no_means"]
    assert "use_child_list" not in codes


def test_the_childrens_list_is_recommended_when_the_adults_list_was_taken() -> None:
    assert _codes("", context=Context(age="maybe_under_18"))[:2] == ["child_needs_no_means", "use_child_list"]


def test_a_hard_situation_as_the_only_means_is_said() -> None:
    assert "vulnerability_as_means" in _codes("VEK")
    assert "vulnerability_as_means" not in _codes("VDEK")
    assert "vulnerability_as_means" not in _codes("VE")
    assert "vulnerability_as_means" not in _codes("VEK", "child_labour")


def test_not_present_is_unreliable_when_others_were_near() -> None:
    answers: dict[str, Answer] = {"al.exploitation.low_pay": "not_present", "al.exploitation.long_hours": "not_asked"}
    found = judge("adult_labour", answers, Context(free_to_speak=False))
    assert Reason("not_present_unreliable", indicators=("al.exploitation.low_pay",)) in found.reasons
    assert "not_present_unreliable" not in [r.code for r in judge("adult_labour", answers).reasons]
    nothing_denied = judge("adult_labour", {}, Context(free_to_speak=False))
    assert [r.code for r in nothing_denied.reasons] == ["no_dimension_positive", "not_free_to_speak", "proves_nothing"]


def test_unconfirmed_and_hearsay_are_named_sign_by_sign() -> None:
    ids = ("as.coercion_at_destination.violence", "as.coercion_at_destination.forced_tasks_or_clients")
    found = judge("adult_sexual", dict.fromkeys(ids, "told_by_others"))
    assert Reason("unconfirmed_strengths", indicators=ids[:1]) in found.reasons
    assert Reason("hearsay_only", indicators=ids) in found.reasons


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert set(reason_words._SENTENCES) == ALL_CODES


@pytest.mark.parametrize("code", sorted(ALL_CODES))
def test_sentences_are_calm_and_call_nobody_a_victim(code: ReasonCode) -> None:
    text = reason_words._SENTENCES[code]
    assert "victim" not in text.lower()
    assert "!" not in text
    assert text.endswith(".")
    assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= {"dimension", "signs"}


@settings(max_examples=60, deadline=None)
@given(situations())
def test_every_assessment_can_be_read_out(situation: tuple[Catalogue, dict[str, Answer], Context]) -> None:
    catalogue, answers, context = situation
    found = assess(catalogue, answers, context)
    sentences = reason_sentences(found, catalogue)
    assert len(sentences) == len(found.reasons)
    assert sentences[-1] == proves_nothing()
    assert all(sentence and "{" not in sentence and "victim" not in sentence.lower() for sentence in sentences)


def test_every_name_is_its_own() -> None:
    for kind, name in (
        (Dimension, dimension_name),
        (Outcome, outcome_name),
        (Alert, alert_sentence),
        (Answer, answer_name),
    ):
        names = [name(code) for code in get_args(kind)]
        assert len(set(names)) == len(names)
        assert all(text and "victim" not in text.lower() for text in names)


def test_signs_are_named_in_the_interface_language(interface_language: Callable[[str], None]) -> None:
    found = judge("adult_labour", told("al.exploitation.long_hours"))
    interface_language("da")
    assert "Alt for lange arbejdsdage eller arbejdstider" in reason_sentences(found, catalogue_of("adult_labour"))[0]
