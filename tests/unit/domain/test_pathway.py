"""The pathway engine by worked cases: who decides, which period, which dates, what holds for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from outreach_app.domain.pathway import Pathway, find_pathway
from outreach_app.domain.pathway_case import DateName, PathwayCase, PathwayFacts, Stay, facts_noted
from outreach_app.domain.pathway_dates import months_later
from outreach_app.wire.pathway_table import load_rule_table
from tests.support.pathway_cases import DECIDED, case

AFTER_THIRTY = date(2026, 6, 9)


def found(asked: PathwayCase) -> Pathway:
    return find_pathway(asked, load_rule_table())


def rules(answer: Pathway) -> set[str]:
    return {step.statement.rule for step in answer.steps}


def told(answer: Pathway, language: str = "en") -> str:
    return "\n".join(step.text(language) for step in answer.steps)


@pytest.mark.parametrize(
    ("stay", "decides", "period", "may_work", "why"),
    [
        ("none", "DIS", "reflection", False, "decides.dis"),
        ("asylum", "DIS", "reflection", False, "decides.dis"),
        ("legal", "CMM", "restitution", None, "decides.cmm"),
        ("eu", "CMM", "restitution", True, "decides.cmm"),
        ("danish", "CMM", "restitution", True, "decides.cmm"),
        ("unknown", "unknown", "unknown", None, "decides.unknown"),
    ],
)
def test_her_stay_says_who_decides_and_why(stay: Stay, decides: str, period: str, may_work: bool | None, why: str) -> None:
    answer = found(case(stay))
    assert (answer.decides, answer.period, answer.work_allowed) == (decides, period, may_work)
    assert why in rules(answer)
    assert not answer.court_may_decide
    assert sum(rule.startswith("work.") for rule in rules(answer)) == 1
    assert sum(rule.startswith("health.") for rule in rules(answer)) == 1


@pytest.mark.parametrize("stay", ["none", "eu", "unknown"])
def test_a_criminal_court_may_decide_beside_them_while_she_is_on_trial(stay: Stay) -> None:
    answer = found(case(stay, in_trial=True))
    assert answer.court_may_decide
    assert "decides.court" in rules(answer)


@pytest.mark.parametrize("language", ["en", "da"])
def test_of_an_unknown_stay_no_period_is_told_and_never_thirty_days(language: str) -> None:
    answer = found(case("unknown", requested_days=(30, 100), return_agreed=True))
    assert answer.period == "unknown"
    assert answer.cap_days is None
    assert set(answer.dates.values()) == {None}
    assert not any(digit in told(answer, language) for digit in "0123456789")
    assert "depends on your stay; CMM can tell you" in told(answer)


def test_the_dates_are_the_decision_and_calendar_days() -> None:
    answer = found(case(requested_days=(30,)))
    assert answer.dates == {
        "first_period_ends": AFTER_THIRTY, "ask_extension_by": date(2026, 6, 8), "latest_end": date(2026, 9, 7),
        "granted_until": AFTER_THIRTY, "return_support_ends": None,
    }  # fmt: skip
    assert answer.counted == answer.dates
    assert not next(rule for rule in answer.reasons if rule.rule == "period.counting").confirmed


@pytest.mark.parametrize(
    ("requested", "reason", "days"),
    [
        ((30, 100), {}, 30),
        ((30, 100), {"return_agreed": True}, 120),
        ((30, 100), {"special_reasons": True}, 120),
        ((30, 20), {"special_reasons": True}, 50),
        ((10,), {}, 10),
        ((100,), {}, 30),
    ],
)
def test_more_than_the_first_days_needs_a_reason_and_ends_at_the_cap(
    requested: tuple[int, ...], reason: dict[str, Any], days: int
) -> None:
    answer = found(case(requested_days=requested, **reason))
    assert answer.dates["granted_until"] == DECIDED + timedelta(days=days)


@pytest.mark.parametrize(
    ("requested", "answers", "days"),
    [
        ((30, 90), (True,), 30),
        ((120,), (True,), 30),  # the first answer is the first period, whatever was asked for
        ((30, 60, 30), (True, True), 90),
        ((30, 60, 20), (True, False, True), 50),
        ((30, 60), (True, False), 30),
    ],
)
def test_days_that_nobody_granted_are_not_counted(requested: tuple[int, ...], answers: tuple[bool, ...], days: int) -> None:
    answer = found(case(requested_days=requested, answers=answers, return_agreed=True))
    assert answer.dates["granted_until"] == DECIDED + timedelta(days=days)


@pytest.mark.parametrize(
    ("decided", "caps", "confirmed"),
    [
        (date(2006, 6, 1), (100,), False),
        (date(2012, 12, 31), (100,), True),
        (date(2013, 1, 1), (100, 120), False),
        (date(2013, 12, 31), (100, 120), False),
        (date(2014, 1, 1), (120,), True),
    ],
)
def test_the_longest_period_is_that_of_the_decisions_year(decided: date, caps: tuple[int, ...], confirmed: bool) -> None:
    answer = found(case(decided_on=decided))
    assert (answer.cap_days, answer.caps) == (caps[0], caps)
    assert answer.dates["latest_end"] == decided + timedelta(days=caps[0])
    cited = [rule for rule in answer.reasons if rule.rule == "reflection.cap_days"]
    assert [rule.confirmed for rule in cited] == [confirmed] * len(caps)
    assert "/".join(map(str, caps)) in told(answer)
    assert next(step for step in answer.steps if step.statement.rule == "period.reflection").confirmed is confirmed


def test_without_a_decision_the_law_of_the_day_is_told_and_no_date() -> None:
    assert found(case(decided_on=None)).cap_days == 120
    assert found(case(decided_on=None, on=date(2010, 1, 1))).cap_days == 100
    assert set(found(case(decided_on=None)).dates.values()) == {None}


def test_public_order_leaves_no_period() -> None:
    answer = found(case(public_order=True))
    assert (answer.period, answer.cap_days) == ("none", None)
    assert set(answer.dates.values()) == {None}
    assert rules(answer) >= {"period.refused", "work.none"}
    assert "period.public_order" in rules(found(case()))


@pytest.mark.parametrize("stay", ["legal", "eu", "danish", "unknown"])
def test_a_decision_to_leave_at_once_promises_no_time_whatever_her_stay(stay: Stay) -> None:
    answer = found(case(stay, public_order=True, requested_days=(30,)))
    assert (answer.period, answer.cap_days, set(answer.dates.values())) == ("none", None, {None})
    assert "Ask a lawyer today" in told(answer)
    assert "120" not in told(answer)
    assert sum(rule.startswith("work.") for rule in rules(answer)) == 1


@pytest.mark.parametrize(
    ("returned", "age", "ends", "confirmed"),
    [
        (date(2012, 8, 31), 24, date(2012, 11, 30), True),
        (date(2012, 8, 31), 17, date(2013, 2, 28), True),
        (date(2012, 8, 31), "maybe_under_18", date(2013, 2, 28), True),
        (date(2013, 3, 1), None, date(2013, 9, 1), False),
        (date(2026, 1, 15), 24, date(2026, 7, 15), True),
        (date(2023, 8, 31), 24, date(2024, 2, 29), True),
    ],
)
def test_help_after_a_return_ends_by_the_rule_of_its_day(
    returned: date, age: int | str | None, ends: date, confirmed: bool
) -> None:
    answer = found(case(decided_on=None, returned_on=returned, age=age, return_agreed=True))
    assert answer.dates["return_support_ends"] == ends
    cited = [rule for rule in answer.reasons if rule.rule == "return.support_months"]
    assert [rule.confirmed for rule in cited] == [confirmed]


def test_a_letters_date_replaces_ours_which_stays_visible() -> None:
    letters: dict[DateName, date] = {"first_period_ends": date(2026, 6, 11)}
    answer = found(case(letters=letters))
    assert answer.counted["first_period_ends"] == AFTER_THIRTY
    assert answer.dates["first_period_ends"] == date(2026, 6, 11)
    assert answer.dates["ask_extension_by"] == date(2026, 6, 10)  # what hangs on it follows
    own = found(case(letters={**letters, "ask_extension_by": date(2026, 6, 1)}))
    assert own.dates["ask_extension_by"] == date(2026, 6, 1)
    assert found(case(decided_on=None, letters=letters)).counted["first_period_ends"] is None


def test_a_letter_speaks_of_both_ends_while_nothing_longer_was_granted() -> None:
    letter = date(2026, 6, 5)
    for name in ("first_period_ends", "granted_until"):
        one = found(case(requested_days=(30,), letters={name: letter})).dates
        assert (one["first_period_ends"], one["granted_until"]) == (letter, letter)
        assert one["ask_extension_by"] == date(2026, 6, 4)
    longer = {"requested_days": (30, 30), "special_reasons": True}
    later = found(case(**longer, letters={"granted_until": date(2026, 7, 1)})).dates
    assert (later["first_period_ends"], later["granted_until"]) == (AFTER_THIRTY, date(2026, 7, 1))
    first = found(case(**longer, letters={"first_period_ends": letter})).dates
    assert (first["first_period_ends"], first["granted_until"]) == (letter, DECIDED + timedelta(days=60))


@pytest.mark.parametrize("age", [0, 17, "under_18", "maybe_under_18"])
def test_a_child_or_maybe_one_gets_the_rules_for_children(age: int | str) -> None:
    answer = found(case("asylum", age=age))
    assert rules(answer) >= {
        "child.maybe", "child.representative", "child.tracing", "child.municipality", "child.centre", "child.red_cross",
    }  # fmt: skip
    assert "Never promise a child secrecy" in told(answer)
    assert "child.legal" in rules(found(case("danish", age=age)))


@pytest.mark.parametrize("age", [None, 18, 120, "of_age"])
def test_nobody_else_gets_them(age: int | str | None) -> None:
    assert not any(rule.startswith("child.") for rule in rules(found(case(age=age))))


@pytest.mark.parametrize(
    ("noted", "facts"),
    [
        ([], PathwayFacts()),
        ([("unknown", None, ""), ("eu", None, "15_17"), ("none", 30, "")], PathwayFacts("eu", age="under_18")),
        ([("unknown", None, "newer_band"), ("newer", 16, "18_24")], PathwayFacts("unknown", age=None)),
        ([("none", 0, "")], PathwayFacts("none", age=0)),
    ],
)
def test_notes_are_a_beginning_the_newest_that_says_something_first(noted: Any, facts: PathwayFacts) -> None:
    assert facts_noted(noted) == facts


@pytest.mark.parametrize("stay", ["none", "asylum", "legal", "eu", "danish", "unknown"])
def test_permits_are_told_only_without_a_lawful_stay(stay: Stay) -> None:
    assert ("permits.options" in rules(found(case(stay)))) is (stay == "none")


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("stay", ["none", "danish", "unknown"])
def test_what_everybody_may_know(stay: Stay, language: str) -> None:
    answer = found(case(stay))
    assert rules(answer) >= {
        "rights.shelter", "rights.men", "rights.compensation", "rights.support", "interview.cmm", "period.witness",
        "period.no_condition", "charges.withdrawn", "charges.certain", "charges.related", "charges.not_serious",
    }  # fmt: skip
    sentence = next(step.text(language) for step in answer.steps if step.statement.rule == "rights.prostitution")
    assert len(sentence.split(". ")) == 2  # never the one without the other
    assert {"en": "tax", "da": "skat"}[language] in sentence
    assert "victim" not in told(answer, language).lower()


def test_every_reason_has_a_source_and_a_year() -> None:
    for rule in found(case(age=16, in_trial=True, return_agreed=True, returned_on=date(2026, 8, 1))).reasons:
        assert rule.source
        assert rule.as_of[:2] in {"19", "20"}


@pytest.mark.parametrize(("day", "partner"), [(date(2010, 1, 1), "IOM"), (date(2026, 1, 1), "Refugee Council")])
def test_who_arranges_the_return_is_told_by_the_day(day: date, partner: str) -> None:
    answer = find_pathway(PathwayCase(PathwayFacts("none"), day), load_rule_table())
    assert partner in told(answer)
    assert ("decides.only" in rules(answer)) is (day.year >= 2022)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 10, 31), 1, date(2025, 11, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
