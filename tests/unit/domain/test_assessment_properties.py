"""What must hold for any answers whatsoever."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.assessment import Assessment, assess
from outreach_app.domain.context import Context
from outreach_app.domain.indicator import PHASES, PRESENT, Answer, Catalogue, Profile
from outreach_app.domain.outcome import Outcome
from tests.support.signs import catalogue_of, making_positive, profiles, situations

Situation = tuple[Catalogue, dict[str, Answer], Context]
quick = settings(max_examples=80, deadline=None)


def _facts(found: Assessment) -> object:
    return dict(found.dimensions), found.outcome, found.provisional, found.alerts


@quick
@given(situations(), st.data())
def test_one_more_present_indicator_never_lowers_a_dimension(situation: Situation, data: st.DataObject) -> None:
    catalogue, answers, context = situation
    more = data.draw(st.sampled_from([sign.id for sign in catalogue.indicators]))
    before = assess(catalogue, answers, context).dimensions
    after = assess(catalogue, answers | {more: "observed"}, context).dimensions
    for name, result in before.items():
        assert set(result.indicators) <= set(after[name].indicators)
        assert (result.strong, result.medium, result.weak) <= (after[name].strong, after[name].medium, after[name].weak)
        assert after[name].positive or not result.positive


@quick
@given(situations())
def test_not_present_and_not_asked_change_nothing(situation: Situation) -> None:
    catalogue, answers, context = situation
    present = {sign: answer for sign, answer in answers.items() if answer in PRESENT}
    assert _facts(assess(catalogue, answers, context)) == _facts(assess(catalogue, present, context))


@quick
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(situation: Situation, random: Random) -> None:
    catalogue, answers, context = situation
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert assess(catalogue, answers, context) == assess(catalogue, dict(shuffled), context)


@quick
@given(situations())
def test_every_situation_has_an_outcome_a_full_table_and_the_caution_at_the_end(situation: Situation) -> None:
    catalogue, answers, context = situation
    found = assess(catalogue, answers, context)
    assert found.outcome in get_args(Outcome)
    assert list(found.dimensions) == list(PHASES)
    assert found.reasons[-1].code == "proves_nothing"
    assert sum(reason.code == "proves_nothing" for reason in found.reasons) == 1
    assert sum(reason.code == found.outcome for reason in found.reasons) == 1
    assert (found.outcome == "no_dimension_positive") == (not any(r.positive for r in found.dimensions.values()))


@quick
@given(situations())
def test_the_counts_are_those_of_the_present_indicators(situation: Situation) -> None:
    catalogue, answers, context = situation
    strengths = {sign.id: sign.strength for sign in catalogue.indicators}
    found = assess(catalogue, answers, context)
    counted = {sign for result in found.dimensions.values() for sign in result.indicators}
    assert counted == {sign for sign, answer in answers.items() if answer in PRESENT}
    for result in found.dimensions.values():
        counted_again = Counter(strengths[sign] for sign in result.indicators)
        assert [counted_again["S"], counted_again["M"], counted_again["W"]] == [
            result.strong,
            result.medium,
            result.weak,
        ]


@quick
@given(situations())
def test_alerts_follow_the_facts_and_never_the_outcome(situation: Situation) -> None:
    catalogue, answers, context = situation
    found = assess(catalogue, answers, context)
    present = [answer for answer in answers.values() if answer in PRESENT]
    assert ("not_free_to_speak" in found.alerts) == (not context.free_to_speak)
    assert ("hearsay_only" in found.alerts) == (bool(present) and set(present) == {"told_by_others"})
    assert ("unconfirmed_strengths" in found.alerts) == found.provisional
    assert not found.provisional or catalogue.provisional


@quick
@given(profiles, st.sets(st.sampled_from("DCVEKU")))
def test_being_a_child_never_weakens_the_outcome_for_someone_exploited(profile: Profile, positive: set[str]) -> None:
    catalogue = catalogue_of(profile)
    answers = making_positive(profile, "".join(positive | {"E"}))
    assert assess(catalogue, answers, Context(age="under_18")).outcome == "signs_of_trafficking"


@quick
@given(situations())
def test_indicators_named_by_a_reason_belong_to_the_answers(situation: Situation) -> None:
    catalogue, answers, context = situation
    for reason in assess(catalogue, answers, context).reasons:
        assert set(reason.indicators) <= set(answers)
