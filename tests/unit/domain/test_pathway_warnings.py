"""Which dates lie ahead, and how near they are told to be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from outreach_app.domain.pathway import find_pathway
from outreach_app.domain.pathway_case import DateName
from outreach_app.domain.pathway_warnings import dates_ahead, days_left, letter_missing, nearness
from outreach_app.wire.pathway_table import load_rule_table
from tests.support.pathway_cases import DECIDED, case

DAY_THIRTY = DECIDED + timedelta(days=30)


def ahead(*, extended: bool = False, **values: Any) -> set[str]:
    asked = case(**values)
    return set(dates_ahead(find_pathway(asked, load_rule_table()), asked.facts, extended=extended))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"decided_on": None}, set()),
        ({}, {"ask_extension_by", "first_period_ends", "latest_end"}),
        ({"requested_days": (30,)}, {"ask_extension_by", "granted_until", "latest_end"}),
        ({"requested_days": (30, 20), "special_reasons": True}, {"granted_until", "latest_end"}),
        ({"requested_days": (30, 100), "special_reasons": True}, {"granted_until"}),
        (
            {"requested_days": (30, 90), "return_agreed": True, "answers": (True,)},  # nobody has answered yet
            {"ask_extension_by", "granted_until", "latest_end"},
        ),
        ({"requested_days": (30, 20)}, {"ask_extension_by", "granted_until", "latest_end"}),  # asked, but without a reason
        ({"extended": True}, {"first_period_ends", "latest_end"}),
        ({"returned_on": date(2026, 7, 1)}, {"return_support_ends"}),
        ({"stay": "unknown"}, set()),
    ],
)
def test_only_what_still_matters_lies_ahead(values: dict[str, Any], expected: set[str]) -> None:
    assert ahead(**values) == expected


def test_a_period_of_which_nothing_can_be_counted_asks_for_her_letter() -> None:
    assert letter_missing(case("unknown")) == DECIDED
    for known in (
        case("none"), case("unknown", decided_on=None), case("unknown", returned_on=DAY_THIRTY),
        case("unknown", letters={"granted_until": DAY_THIRTY}),
    ):  # fmt: skip
        assert letter_missing(known) is None
    assert letter_missing(case("unknown", letters={"return_support_ends": DAY_THIRTY})) == DECIDED


@pytest.mark.parametrize(
    ("left", "expected"), [(11, "far"), (10, "near"), (4, "near"), (3, "close"), (1, "close"), (0, "late"), (-400, "late")]
)
def test_asking_for_more_is_told_10_and_3_days_before_day_thirty(left: int, expected: str) -> None:
    name: DateName = "ask_extension_by"
    day_before = DAY_THIRTY - timedelta(days=1)
    today = DAY_THIRTY - timedelta(days=left)
    assert days_left(name, day_before, today) == left
    assert nearness(name, day_before, today) == expected


@pytest.mark.parametrize(("left", "expected"), [(11, "far"), (10, "near"), (3, "close"), (0, "close"), (-1, "late")])
def test_any_other_date_is_told_10_and_3_days_before_itself(left: int, expected: str) -> None:
    assert nearness("latest_end", DAY_THIRTY, DAY_THIRTY - timedelta(days=left)) == expected
