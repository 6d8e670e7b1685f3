"""The signs named in Danish reports: each has a dimension and a place in HTCDS, and weighs as the sign it is like."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest

from outreach_app.domain.assessment import assess
from outreach_app.domain.context import Context
from outreach_app.domain.indicator import Dimension, Profile
from outreach_app.wire.danish_additions import read_additions, with_additions
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import indicator_rows, load_catalogues
from outreach_app.wire.shipped import read_shipped

NAMED = {
    "oath", "debt_contract", "resale", "rented_identity", "always_available", "moved_often", "digital_identity",
}  # fmt: skip


def _shipped() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(read_shipped("indicators/danish_additions.json"))
    return plain


def test_each_named_sign_has_a_dimension_and_a_place_in_htcds() -> None:
    signs = read_additions(read_shipped("indicators/danish_additions.json")).signs
    assert {sign.slug for sign in signs} == NAMED
    for sign in signs:
        assert sign.dimension in get_args(Dimension)
        assert (sign.htcds.extension is None) == bool(sign.htcds.field and sign.htcds.value)


@pytest.mark.parametrize("profile", get_args(Profile))
def test_each_weighs_as_the_published_sign_it_is_like_and_none_is_confirmed(profile: Profile) -> None:
    catalogue = load_catalogues()[profile]
    strengths = {sign.id: sign.strength for sign in catalogue.indicators}
    likes = {sign["slug"]: sign["like"] for sign in _shipped()["signs"]}
    assert len(catalogue.additions) == len(NAMED)
    for sign in catalogue.additions:
        prefix, slug = sign.id.rsplit(".", 1)
        assert sign.strength == strengths[f"{prefix}.{likes[slug]}"]
        assert not sign.confirmed


def test_a_debt_contract_is_medium_for_adults_and_strong_for_children() -> None:
    strengths = {row.id: row.strength for row in indicator_rows(load_catalogues().values(), "en", additions=True)}
    assert strengths["as.coercive_recruitment.debt_contract"] == "M"
    assert strengths["cs.coercive_recruitment.debt_contract"] == "S"


def test_an_addition_counts_and_makes_the_assessment_provisional() -> None:
    catalogue = load_catalogues()["adult_labour"]
    answers = dict.fromkeys(["al.coercion_at_destination.digital_identity", "al.coercion_at_destination.oath"], "told")
    found = assess(catalogue, answers, Context())  # type: ignore[arg-type]  # a dict of answers
    assert found.dimensions["coercion_at_destination"].positive
    assert found.provisional


def test_the_published_lists_stay_as_they_are() -> None:
    plain = indicator_rows(load_catalogues().values(), "en")
    more = indicator_rows(load_catalogues().values(), "en", additions=True)
    assert len(more) == len(plain) + 4 * len(NAMED)
    assert len({row.id for row in more}) == len(more)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "oath"}, "$.signs[1].slug"),
        ({"htcds": {"extension": "dk_a", "field": "vic_MethodsOfControl", "value": "Other"}}, "$.signs[1].htcds"),
        ({"htcds": {}}, "$.signs[1].htcds"),
        ({"dimension": "debt"}, "$.signs[1].dimension"),
    ],
)
def test_a_broken_file_is_refused_by_its_field(change: dict[str, Any], field: str) -> None:
    plain = _shipped()
    plain["signs"][1] |= change
    with pytest.raises(UntrustedDataError) as caught:
        read_additions(json.dumps(plain))
    assert caught.value.values["field"] == field


@pytest.mark.parametrize(("change", "field"), [({"like": "nothing"}, "like"), ({"slug": "debt_bondage"}, "slug")])
def test_an_addition_must_fit_the_list_it_stands_beside(change: dict[str, Any], field: str) -> None:
    plain = _shipped()
    plain["signs"][1] |= change
    published = replace(load_catalogues()["adult_labour"], additions=())
    with pytest.raises(UntrustedDataError) as caught:
        with_additions(published, read_additions(json.dumps(plain)))
    assert caught.value.values["field"] == f"$.signs[1].{field}"


def test_a_retired_sign_is_not_offered_and_still_read_and_weighed() -> None:
    catalogue = load_catalogues()["adult_sexual"]
    gone, *others = catalogue.indicators
    later = replace(catalogue, indicators=(replace(gone, retired=True), *others))
    assert gone.id not in {sign.id for sign in later.offered()}
    assert later.by_id()[gone.id].label("en") == gone.label("en")
    found = assess(later, {gone.id: "told"}, Context())
    assert found.dimensions[gone.dimension].strong == 1
