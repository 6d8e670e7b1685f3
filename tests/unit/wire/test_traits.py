"""The second view: traits with their sources; a broken file is refused; nothing of it is in the assessment."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from outreach_app.domain.encounter import Encounter
from outreach_app.services.assessing import assess_encounter
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import load_catalogues
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.traits import load_traits, read_traits
from tests.support.sessions import met


def test_the_five_common_traits_and_the_six_families_of_red_flags() -> None:
    traits = load_traits().offered()
    assert [trait.group for trait in traits] == ["common"] * 5 + ["technology"] * 6
    assert all(trait.source for trait in traits)
    assert {trait.confirmed for trait in traits if trait.group == "technology"} == {False}, "the wording is ours"
    assert load_traits().label("threatened_afraid", "da") == "Truet og bange"
    assert load_traits().label("threatened_afraid", "th") == "Threatened and afraid"


def test_a_code_the_list_does_not_have_is_shown_as_it_is() -> None:
    assert load_traits().label("of_a_later_list", "en") == "of_a_later_list"
    assert not load_traits().has("of_a_later_list")


def test_a_retired_trait_is_read_but_not_offered() -> None:
    plain = json.loads(read_shipped("indicators/traits.json"))
    plain["traits"][0]["retired"] = True
    traits = read_traits(json.dumps(plain))
    assert traits.label("earn_for_family", "en") == "Strong wish to earn for the family"
    assert "earn_for_family" not in {trait.code for trait in traits.offered()}


def test_a_code_given_twice_is_refused() -> None:
    plain = json.loads(read_shipped("indicators/traits.json"))
    plain["traits"][1]["code"] = plain["traits"][0]["code"]
    with pytest.raises(UntrustedDataError) as caught:
        read_traits(json.dumps(plain))
    assert caught.value.values["field"] == "$.traits[1].code"


@pytest.mark.parametrize("sign", ["", "as.coercion_at_destination.violence"])
def test_traits_never_change_the_assessment(sign: str) -> None:
    plain: Encounter = met(answers={sign: "told"} if sign else {})
    all_of_them = replace(plain, traits=tuple(trait.code for trait in load_traits().traits))
    assert assess_encounter(all_of_them, load_catalogues()) == assess_encounter(plain, load_catalogues())
