"""What holds for every case: no date before the decision, no cap exceeded, no promise of a work permit, a whole sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import get_args

from hypothesis import given, settings

from outreach_app.domain.pathway import find_pathway
from outreach_app.domain.pathway_case import WITHOUT_LAWFUL, DateName, PathwayCase
from outreach_app.wire.pathway_case import pathway_to_json
from outreach_app.wire.pathway_table import load_rule_table
from outreach_app.wire.strict import write_json
from tests.support.pathway_cases import cases

QUICK = settings(max_examples=120, deadline=None)


@QUICK
@given(cases())
def test_dates_come_after_the_decision_and_never_past_the_cap(asked: PathwayCase) -> None:
    answer = find_pathway(asked, load_rule_table())
    dates = answer.dates
    assert set(dates) == set(get_args(DateName))
    begun = asked.decided_on
    assert all(day >= begun for day in dates.values() if day is not None and begun is not None)
    if begun is None or answer.cap_days is None:
        assert not any(day for name, day in dates.items() if name != "return_support_ends")
        return
    latest = begun + timedelta(days=answer.cap_days)
    assert dates["latest_end"] == latest
    assert all(day <= latest for name, day in dates.items() if day is not None and name != "return_support_ends")
    assert dates["ask_extension_by"] < dates["first_period_ends"]  # type: ignore[operator] # both are there with a period


@QUICK
@given(cases())
def test_the_answer_is_always_whole_json(asked: PathwayCase) -> None:
    answer = find_pathway(asked, load_rule_table())
    assert answer.work_allowed is not True or asked.facts.stay not in WITHOUT_LAWFUL
    for language in ("en", "da"):
        out = json.loads(write_json(pathway_to_json(answer, language)))
        assert set(out) == {
            "decides", "court_may_decide", "interview", "period", "dates", "cap_days", "work_allowed", "steps", "reasons",
        }  # fmt: skip
        assert out["steps"]
        assert not any("{" in step or "//" in step for step in out["steps"])
        assert all(set(reason) == {"rule", "source", "as_of", "confirmed"} for reason in out["reasons"])
    assert not any("30" in step.text("en") for step in answer.steps if answer.period == "unknown")
