"""Worked cases: what a worker would see for people as they are met."""

from __future__ import annotations

import pytest

from outreach_app.domain.context import Age, Context
from outreach_app.domain.errors import UnknownIndicatorError
from outreach_app.domain.indicator import Answer, Profile
from tests.support.signs import catalogue_of, judge, making_positive, pick, told

REFER = "not_classified_refer"
SIGNS = "signs_of_trafficking"


@pytest.mark.parametrize("profile", ["adult_labour", "adult_sexual"])
@pytest.mark.parametrize(
    ("positive", "outcome"),
    [
        ("", "no_dimension_positive"),
        ("DEK", SIGNS),
        ("CEK", SIGNS),
        ("VEK", SIGNS),
        ("DCVEKU", SIGNS),
        ("DE", "deception_and_exploitation"),
        ("DCE", "deception_and_exploitation"),
        ("DVEU", "deception_and_exploitation"),
        ("EV", REFER),
        ("EU", REFER),
        ("CE", REFER),
        ("CVE", REFER),
        ("EK", REFER),
        ("EKU", REFER),
        ("D", REFER),
        ("C", REFER),
        ("V", REFER),
        ("DK", REFER),
        ("K", REFER),
        ("U", REFER),
    ],
)
def test_the_table_for_adults(profile: Profile, positive: str, outcome: str) -> None:
    assert judge(profile, making_positive(profile, positive)).outcome == outcome


@pytest.mark.parametrize(("profile", "outcome"), [("adult_labour", "labour_rights_case"), ("adult_sexual", REFER)])
def test_exploitation_alone_is_a_matter_of_labour_rights_only_in_labour(profile: Profile, outcome: str) -> None:
    assert judge(profile, making_positive(profile, "E")).outcome == outcome


@pytest.mark.parametrize("profile", ["adult_labour", "adult_sexual", "child_labour", "child_sexual"])
@pytest.mark.parametrize("age", ["under_18", "maybe_under_18"])
@pytest.mark.parametrize(
    ("positive", "outcome"),
    [("", "no_dimension_positive"), ("E", SIGNS), ("EU", SIGNS), ("DCVEKU", SIGNS), ("DCVKU", REFER), ("K", REFER)],
)
def test_the_table_for_a_child_or_someone_who_may_be_one(
    profile: Profile, age: Age, positive: str, outcome: str
) -> None:
    assert judge(profile, making_positive(profile, positive), Context(age=age)).outcome == outcome


@pytest.mark.parametrize("age", ["unknown", "adult"])
def test_the_childrens_list_means_a_child_whatever_the_age_says(age: Age) -> None:
    found = judge("child_labour", making_positive("child_labour", "E"), Context(age=age))
    assert found.outcome == SIGNS
    assert found.alerts == ("child_act_now",)


def test_an_unknown_age_with_the_adults_list_follows_the_adults_table() -> None:
    found = judge("adult_labour", making_positive("adult_labour", "E"), Context(age="unknown"))
    assert (found.outcome, found.alerts) == ("labour_rights_case", ())


def test_the_same_fact_weighs_by_phase_and_profile() -> None:
    start = judge("adult_labour", told("al.coercive_recruitment.documents_taken"))
    now = judge("adult_labour", told("al.coercion_at_destination.documents_taken"))
    assert (start.dimensions["coercive_recruitment"].medium, start.dimensions["coercive_recruitment"].strong) == (1, 0)
    assert (now.dimensions["coercion_at_destination"].medium, now.dimensions["coercion_at_destination"].strong) == (
        0,
        1,
    )
    child = judge("child_labour", told("cl.coercive_recruitment.debt_bondage"))
    assert child.dimensions["coercive_recruitment"].strong == 1


def test_one_indicator_alone_never_makes_a_dimension_positive() -> None:
    for profile in ("adult_labour", "child_labour", "adult_sexual", "child_sexual"):
        for sign in catalogue_of(profile).indicators:
            assert not any(result.positive for result in judge(profile, told(sign.id)).dimensions.values())


def test_a_kitchen_worker_who_was_deceived_and_is_bound_by_debt() -> None:
    answers: dict[str, Answer] = {
        "al.deceptive_recruitment.job": "told",
        "al.deceptive_recruitment.pay": "told",
        "al.exploitation.long_hours": "told",
        "al.exploitation.bad_housing": "observed",
        "al.coercion_at_destination.debt_bondage": "told",
        "al.coercion_at_destination.documents_taken": "told_by_others",
        "al.exploitation.no_education": "not_asked",
    }
    found = judge("adult_labour", answers, Context(age="adult"))
    assert found.outcome == SIGNS
    assert not found.provisional
    assert found.alerts == ()
    coercion = found.dimensions["coercion_at_destination"]
    assert (coercion.strong, coercion.medium, coercion.weak, coercion.positive) == (2, 0, 0, True)
    assert coercion.indicators == (
        "al.coercion_at_destination.documents_taken",
        "al.coercion_at_destination.debt_bondage",
    )


@pytest.mark.parametrize("answer", ["observed", "told", "told_by_others"])
def test_seen_and_told_count_alike(answer: Answer) -> None:
    answers = dict.fromkeys(pick("adult_labour", "exploitation", "SM"), answer)
    assert judge("adult_labour", answers).outcome == "labour_rights_case"


@pytest.mark.parametrize("age", ["under_18", "maybe_under_18"])
@pytest.mark.parametrize(
    ("answers", "sells_sex", "alarmed"),
    [
        ({}, False, False),
        ({}, True, True),
        (told("al.exploitation.no_education"), False, True),
        (told("al.coercion_at_destination.violence"), False, True),
        (told("al.deceptive_recruitment.pay"), False, False),
        ({"al.coercion_at_destination.violence": "not_present"}, False, False),
        ({"al.coercion_at_destination.violence": "told_by_others"}, False, True),
    ],
)
def test_a_child_comes_first(age: Age, answers: dict[str, Answer], *, sells_sex: bool, alarmed: bool) -> None:
    found = judge("adult_labour", answers, Context(age=age, sells_sex=sells_sex))
    assert ("child_act_now" in found.alerts) == alarmed


def test_a_child_who_is_exploited_comes_first_without_any_sign() -> None:
    assert judge("child_labour", {}, Context(exploited=True)).alerts == ("child_act_now",)
    assert judge("adult_labour", {}, Context(age="adult", exploited=True)).alerts == ()


def test_an_adult_who_sells_sex_raises_no_alert() -> None:
    assert judge("adult_sexual", {}, Context(age="adult", sells_sex=True)).alerts == ()


def test_an_unconfirmed_strength_that_was_used_makes_it_provisional() -> None:
    found = judge("adult_sexual", told("as.coercion_at_destination.violence"))
    assert found.provisional
    assert found.alerts == ("unconfirmed_strengths",)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        told("as.coercion_at_destination.forced_tasks_or_clients"),
        {"as.coercion_at_destination.violence": "not_present"},
        {"as.coercion_at_destination.violence": "not_asked"},
    ],
)
def test_an_unconfirmed_strength_that_was_not_used_does_not(answers: dict[str, Answer]) -> None:
    found = judge("adult_sexual", answers)
    assert not found.provisional
    assert found.alerts == ()


def test_hearsay_only_while_nothing_else_is_present() -> None:
    answers: dict[str, Answer] = {
        "al.exploitation.low_pay": "told_by_others",
        "al.exploitation.long_hours": "not_asked",
    }
    assert judge("adult_labour", answers).alerts == ("hearsay_only",)
    assert judge("adult_labour", answers | told("al.exploitation.bad_housing")).alerts == ()


def test_all_alerts_come_in_one_order() -> None:
    answers: dict[str, Answer] = {"cs.exploitation.long_hours": "told_by_others"}
    found = judge("child_sexual", answers, Context(free_to_speak=False))
    assert found.alerts == ("child_act_now", "unconfirmed_strengths", "hearsay_only", "not_free_to_speak")


def test_an_indicator_of_another_list_is_named() -> None:
    with pytest.raises(UnknownIndicatorError, match=r"answers names cl\.exploitation\.low_pay.*adult_labour"):
        judge("adult_labour", told("cl.exploitation.low_pay"))
