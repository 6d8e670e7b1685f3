"""The JSON of ``outreach pathway``: exactly the documented shape, in and out."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.pathway import find_pathway
from outreach_app.domain.pathway_case import PathwayCase, PathwayFacts
from outreach_app.errors import KnownError
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.pathway_case import pathway_to_json, read_pathway_case
from outreach_app.wire.pathway_table import load_rule_table

TODAY = date(2026, 5, 12)
WHOLE = {
    "stay": "asylum", "age": "maybe_under_18", "in_trial": True, "decided_on": "2024-02-29", "requested_days": [30, 100],
    "return_agreed": True, "special_reasons": True, "returned_on": "2024-02-29", "public_order": False,
    "on": "2025-01-01",
}  # fmt: skip


def test_a_whole_request_is_read() -> None:
    facts = PathwayFacts("asylum", "maybe_under_18", True, (30, 100), True, True, date(2024, 2, 29))
    assert read_pathway_case(json.dumps(WHOLE), TODAY) == PathwayCase(facts, date(2025, 1, 1), date(2024, 2, 29))


def test_all_but_the_stay_may_be_left_out() -> None:
    assert read_pathway_case('{"stay": "eu"}', TODAY) == PathwayCase(PathwayFacts("eu"), TODAY)
    assert read_pathway_case('{"stay": "eu", "age": 24}', TODAY).facts.age == 24


def test_the_answer_has_iso_dates_or_null() -> None:
    answer = find_pathway(read_pathway_case(json.dumps({**WHOLE, "returned_on": None}), TODAY), load_rule_table())
    out = pathway_to_json(answer, "en")
    assert (out.decides, out.interview, out.period, out.cap_days) == ("DIS", "CMM", "reflection", 120)
    assert out.dates["first_period_ends"] == date(2024, 3, 30)
    assert out.dates["return_support_ends"] is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "$"),
        ("[]", "$"),
        ("{}", "$.stay"),
        ('{"stay": "tourist"}', "$.stay"),
        ('{"stay": null}', "$.stay"),
        ('{"stay": "eu", "stay": "eu"}', "$.stay"),
        ('{"stay": "eu", "colour": 1}', "$.colour"),
        ('{"stay": "eu", "age": -1}', "$.age"),
        ('{"stay": "eu", "age": 121}', "$.age"),
        ('{"stay": "eu", "age": true}', "$.age"),
        ('{"stay": "eu", "age": 17.5}', "$.age"),
        ('{"stay": "eu", "age": "young"}', "$.age"),
        ('{"stay": "eu", "age": "of_age"}', "$.age"),
        ('{"stay": "eu", "in_trial": 1}', "$.in_trial"),
        ('{"stay": "eu", "in_trial": null}', "$.in_trial"),
        ('{"stay": "eu", "decided_on": "2023-02-29"}', "$.decided_on"),
        ('{"stay": "eu", "decided_on": "2024-02-30"}', "$.decided_on"),
        ('{"stay": "eu", "decided_on": "0000-01-01"}', "$.decided_on"),
        ('{"stay": "eu", "decided_on": "9999-12-31"}', "$.decided_on"),
        ('{"stay": "eu", "decided_on": "2024-01-01T00:00:00Z"}', "$.decided_on"),
        ('{"stay": "eu", "returned_on": "0001-01-01"}', "$.returned_on"),
        ('{"stay": "eu", "returned_on": "2024-01-01", "decided_on": "2024-01-02"}', "$.returned_on"),
        ('{"stay": "eu", "on": "9999-12-31"}', "$.on"),
        ('{"stay": "eu", "on": 20240101}', "$.on"),
        ('{"stay": "eu", "requested_days": 30}', "$.requested_days"),
        ('{"stay": "eu", "requested_days": [30, 0]}', "$.requested_days[1]"),
        ('{"stay": "eu", "requested_days": [367]}', "$.requested_days[0]"),
        ('{"stay": "eu", "requested_days": ["30"]}', "$.requested_days[0]"),
        (json.dumps({"stay": "eu", "requested_days": [1] * 21}), "$.requested_days"),
        ('{"stay": "eu", "return_agreed": "yes"}', "$.return_agreed"),
        ('{"stay": "eu", "special_reasons": []}', "$.special_reasons"),
    ],
)
def test_a_broken_request_is_refused_by_field(text: str, field: str) -> None:
    with pytest.raises(UntrustedDataError) as caught:
        read_pathway_case(text, TODAY)
    assert caught.value.values["field"] == field
    assert caught.value.sentence()


_json = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.lists(st.integers(), max_size=2)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from([*WHOLE, "more"]), _json | st.sampled_from([*map(str, WHOLE.values())])))
def test_any_json_is_either_read_or_refused_calmly(tree: dict[str, object]) -> None:
    sentence = "read"
    try:
        find_pathway(read_pathway_case(json.dumps(tree), TODAY), load_rule_table())
    except KnownError as error:
        sentence = error.sentence()
    assert sentence
