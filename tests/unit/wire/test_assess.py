"""The JSON of ``outreach assess``: exactly the documented shape, in and out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.assessment import assess
from outreach_app.domain.context import Context
from outreach_app.domain.indicator import PHASES
from outreach_app.errors import KnownError
from outreach_app.wire.assess import assessment_to_json, read_assess_request
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import load_catalogues
from outreach_app.wire.strict import write_json

WHOLE = {
    "profile": "adult_labour",
    "answers": {"al.exploitation.long_hours": "observed", "al.exploitation.low_pay": "told"},
    "context": {"age": "adult", "sells_sex": False, "free_to_speak": False},
}


def test_a_whole_request_is_read() -> None:
    request = read_assess_request(json.dumps(WHOLE))
    assert request.profile == "adult_labour"
    assert dict(request.answers) == WHOLE["answers"]
    assert request.context == Context(age="adult", sells_sex=False, free_to_speak=False)


@pytest.mark.parametrize("context", [{}, {"context": {}}])
def test_what_is_left_out_is_unknown_and_free(context: dict[str, object]) -> None:
    request = read_assess_request(json.dumps({"profile": "child_labour", "answers": {}} | context))
    assert request.context == Context(age="unknown", sells_sex=False, free_to_speak=True)


def test_the_output_is_exactly_the_documented_shape() -> None:
    request = read_assess_request(json.dumps(WHOLE))
    catalogue = load_catalogues()[request.profile]
    out = json.loads(write_json(assessment_to_json(assess(catalogue, request.answers, request.context), catalogue)))
    assert set(out) == {"dimensions", "outcome", "provisional", "alerts", "reasons"}
    assert set(out["dimensions"]) == set(PHASES)
    assert out["dimensions"]["exploitation"] == {"strong": 1, "medium": 1, "weak": 0, "positive": True}
    assert out["dimensions"]["coercion_at_destination"] == {"strong": 0, "medium": 0, "weak": 0, "positive": False}
    assert out["outcome"] == "labour_rights_case"
    assert out["provisional"] is False
    assert out["alerts"] == ["not_free_to_speak"]
    assert all(isinstance(reason, str) for reason in out["reasons"])
    assert "prove nothing" in out["reasons"][-1]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "$"),
        ("[]", "$"),
        ("{}", "$.profile"),
        ('{"profile": "adult_labour"}', "$.answers"),
        ('{"profile": "adult", "answers": {}}', "$.profile"),
        ('{"profile": "adult_labour", "answers": {}, "age": 3}', "age"),
        ('{"profile": "adult_labour", "answers": {"al.x": "yes"}}', "$.answers.al.x"),
        ('{"profile": "adult_labour", "answers": {"al.x": true}}', "$.answers.al.x"),
        ('{"profile": "adult_labour", "answers": {"al.x": ["told"]}}', "$.answers.al.x"),
        ('{"profile": "adult_labour", "answers": {"al.x": "told", "al.x": "told"}}', "al.x"),
        ('{"profile": "adult_labour", "answers": {"a\\u202eb": "told"}}', "$.answers"),
        ('{"profile": "adult_labour", "answers": {"": "told"}}', "$.answers"),
        ('{"profile": "adult_labour", "answers": {"al.\\ud800": "told"}}', "$.answers"),
        ('{"profile": "adult_labour", "answers": [], "context": {}}', "$.answers"),
        ('{"profile": "adult_labour", "answers": {}, "context": null}', "$.context"),
        ('{"profile": "adult_labour", "answers": {}, "context": {"age": 17}}', "$.context.age"),
        ('{"profile": "adult_labour", "answers": {}, "context": {"age": "old"}}', "$.context.age"),
        ('{"profile": "adult_labour", "answers": {}, "context": {"sells_sex": 1}}', "$.context.sells_sex"),
        ('{"profile": "adult_labour", "answers": {}, "context": {"alone": true}}', "alone"),
    ],
)
def test_a_broken_request_is_refused_by_field(text: str, field: str) -> None:
    with pytest.raises(UntrustedDataError) as caught:
        read_assess_request(text)
    assert field in str(caught.value.values["field"])
    assert caught.value.sentence()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(st.fixed_dictionaries({}, optional={"profile": _json, "answers": _json, "context": _json, "more": _json}))
def test_any_json_is_either_read_or_refused_calmly(tree: dict[str, object]) -> None:
    sentence = "read"
    try:
        read_assess_request(json.dumps(tree))
    except KnownError as error:
        sentence = error.sentence()
    assert sentence
