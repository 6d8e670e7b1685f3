"""What a note lacks is said with its reason, and a note of a time and a setting alone is still a whole note."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter, HandOver, WorkerView
from outreach_app.domain.lacking import find_lacks

WHOLE: dict[str, Any] = {
    "met_at": datetime(2026, 3, 2, 22, 30, tzinfo=UTC),
    "setting": "street",
    "region": "hovedstaden",
    "gender": "woman",
    "age_band": "25_34",
    "nationality": "RO",
    "stay": "eu",
    "languages": ("ro",),
}


def lacks(outcome: str = "no_dimension_positive", **changed: Any) -> list[str]:
    return [lack.field for lack in find_lacks(Encounter(**{**WHOLE, **changed}), outcome)]


def test_nothing_is_lacking_in_a_note_that_says_all() -> None:
    assert lacks() == []


def test_a_hand_over_needs_her_consent_to_a_referral_or_a_reason() -> None:
    assert lacks(hand_over=HandOver("municipality", "", "she is a child")) == []
    agreed = {"consent": ConsentLevel.REFERRAL, "contact_id": "c", "speaking": "alone"}
    assert lacks(hand_over=HandOver("municipality"), **agreed) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"region": "unknown"}, "region"),
        ({"gender": "not_said"}, "gender"),
        ({"age_band": ""}, "age"),
        ({"nationality": ""}, "nationality"),
        ({"answers": {"documents_taken": "told"}}, "exploitation"),
        ({"exploitation": "labour"}, "sector"),
        ({"stay": "unknown"}, "stay"),
        ({"languages": ()}, "languages"),
        ({"consent": ConsentLevel.FOLLOW_UP, "contact_id": "c"}, "speaking"),
        ({"consent": ConsentLevel.REFERRAL, "speaking": "alone"}, "contact"),
        ({"hand_over": HandOver("municipality", "asked for a bed", " ")}, "hand_over"),
    ],
)
def test_each_gap_is_named(changed: dict[str, Any], field: str) -> None:
    assert lacks(**changed) == [field]


@pytest.mark.parametrize(
    "changed",
    [
        {"age_band": "", "age": 20},
        {"answers": {"documents_taken": "not_present"}},
        {"exploitation": "sexual"},
        {"speaking": "not_noted"},
        {"consent": ConsentLevel.FOLLOW_UP, "contact_id": "c", "speaking": "alone"},
    ],
)
def test_what_is_said_in_another_way_or_not_asked_for_is_no_gap(changed: dict[str, Any]) -> None:
    assert lacks(**changed) == []


def test_signs_that_add_up_want_a_human_view() -> None:
    assert lacks("signs_of_trafficking") == ["view"]
    assert lacks("signs_of_trafficking", view=WorkerView(agrees=True)) == []
    assert lacks("") == []


def test_every_gap_has_a_name_a_reason_and_a_purpose() -> None:
    bare = Encounter(
        met_at=WHOLE["met_at"], setting="street", consent=ConsentLevel.FOLLOW_UP, answers={"one": "told"},
        exploitation="not_stated",
    )
    found = find_lacks(bare, "not_classified_refer")
    assert {lack.field for lack in found} == {
        "region", "gender", "age", "nationality", "exploitation", "stay", "languages", "speaking", "contact", "view",
    }
    assert {lack.purpose for lack in found} == {"statistics", "sending"}
    for lack in found:
        assert lack.name()
        assert lack.reason().endswith(".")
        assert "victim" not in lack.reason().lower()
