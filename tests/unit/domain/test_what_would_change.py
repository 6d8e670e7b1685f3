"""What would change an assessment is true: each change named is tried and gives the outcome it says."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings

from outreach_app.domain.assessment import assess
from outreach_app.domain.change_words import _LACKING, change_sentence
from outreach_app.domain.context import Context
from outreach_app.domain.dimension_rule import Lack
from outreach_app.domain.indicator import Answer, Catalogue, Dimension
from outreach_app.domain.what_would_change import Change, what_would_change
from tests.support.signs import catalogue_of, making_positive, pick, situations, told

ENOUGH: dict[Lack, tuple[str, ...]] = {
    "any_one": ("W", "M", "S"),
    "strong_or_medium": ("M", "S"),
    "strong_or_two_with_medium": ("S", "MW", "MM"),
    "strong_or_two_medium": ("S", "MM"),
    "two_or_three": ("SW", "SM", "SS", "MMW", "MMM"),
}


def _changes(catalogue: Catalogue, answers: dict[str, Answer], context: Context) -> tuple[Change, ...]:
    return what_would_change(catalogue, answers, context, assess(catalogue, answers, context))


@settings(max_examples=60, deadline=None)
@given(situations())
def test_each_change_gives_the_outcome_it_names(situation: tuple[Catalogue, dict[str, Answer], Context]) -> None:
    catalogue, answers, context = situation
    before = assess(catalogue, answers, context).outcome
    for change in _changes(catalogue, answers, context):
        assert change.outcome != before
        if change.kind == "without":
            fewer = {name: answer for name, answer in answers.items() if name != change.sign}
            assert assess(catalogue, fewer, context).outcome == change.outcome
        elif change.kind == "under_18":
            assert assess(catalogue, answers, replace(context, age="maybe_under_18")).outcome == change.outcome
        else:
            whole = answers | told(*(sign for dimension, _lack in change.parts for sign in _all_of(catalogue, dimension)))
            assert assess(catalogue, whole, context).outcome == change.outcome
        assert change_sentence(change, catalogue)


def _all_of(catalogue: Catalogue, dimension: Dimension) -> list[str]:
    return [sign.id for sign in catalogue.indicators if sign.dimension == dimension]


@pytest.mark.parametrize(("noted", "lacking"), [
    ("S", "any_one"), ("MM", "any_one"), ("MW", "strong_or_medium"), ("M", "strong_or_two_with_medium"),
    ("WW", "strong_or_two_medium"), ("", "two_or_three"),
])  # fmt: skip
def test_what_is_lacking_is_enough_and_less_is_not(noted: str, lacking: Lack) -> None:
    dimension: Dimension = "exploitation" if noted in {"S", ""} else "deceptive_recruitment"
    profile = "adult_labour"
    if noted == "WW":
        dimension = "abuse_of_vulnerability_recruitment"
    answers = told(*pick(profile, dimension, noted))
    parts = dict(next(each.parts for each in _changes(catalogue_of(profile), answers, Context()) if dimension in dict(each.parts)))
    assert parts[dimension] == lacking
    for more in ENOUGH[lacking]:
        try:
            ids = pick(profile, dimension, noted + more)
        except StopIteration:
            continue  # the list has no such signs in this dimension
        assert assess(catalogue_of(profile), told(*ids), Context()).dimensions[dimension].positive


def test_begun_dimensions_come_first_and_age_and_single_signs_are_named() -> None:
    answers = making_positive("adult_labour", "E") | told("al.coercion_at_destination.violence")
    changes = _changes(catalogue_of("adult_labour"), answers, Context())
    assert changes[0] == Change("more", "not_classified_refer", (("coercion_at_destination", "any_one"),))
    assert Change("under_18", "signs_of_trafficking") in changes
    two = told(*pick("adult_labour", "exploitation", "SM"))
    without = [each for each in _changes(catalogue_of("adult_labour"), two, Context()) if each.kind == "without"]
    assert {each.sign for each in without} == set(two)


def test_where_no_group_would_do_alone_the_shortest_way_is_named_once() -> None:
    answers = making_positive("adult_sexual", "K")
    more = [each for each in _changes(catalogue_of("adult_sexual"), answers, Context()) if each.kind == "more"]
    (way,) = more
    assert way.outcome == "signs_of_trafficking"
    assert [dimension for dimension, _lack in way.parts] == ["deceptive_recruitment", "exploitation"]
    assert change_sentence(way, catalogue_of("adult_sexual")).startswith("For “Signs of trafficking” it would take several groups")


def test_age_is_said_as_a_possibility() -> None:
    sentence = change_sentence(Change("under_18", "signs_of_trafficking"), catalogue_of("adult_labour"))
    assert sentence == "If the person may be under 18, it would be “Signs of trafficking”."


def test_an_adult_is_not_asked_to_be_younger() -> None:
    answers = making_positive("adult_labour", "E")
    changes = _changes(catalogue_of("adult_labour"), answers, Context(age="adult"))
    assert "under_18" not in {each.kind for each in changes}


def test_every_lack_has_words() -> None:
    assert set(_LACKING) == set(get_args(Lack))
