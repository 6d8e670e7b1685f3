"""An untouched note holds only codes that the lists have, and its situations are the ones the lists offer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from outreach_app.domain.code_lists import ListName
from outreach_app.domain.context import Age
from outreach_app.domain.encounter import FREE, MAYBE_UNDER_18, NOT_FREE, UNDER_18_BANDS, Encounter
from outreach_app.domain.indicator import Profile
from outreach_app.wire.code_lists import load_code_lists

NOTE = Encounter(met_at=datetime(2026, 3, 2, 20, 0, tzinfo=UTC), setting="street")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("settings", NOTE.setting),
        ("regions", NOTE.region),
        ("speaking_situations", NOTE.speaking),
        ("interpreter_kinds", NOTE.interpreter),
        ("genders", NOTE.gender),
        ("exploitation_forms", NOTE.exploitation),
        ("stays", NOTE.stay),
        ("offer_answers", NOTE.help_offer),
        ("offer_answers", NOTE.return_offer),
    ],
)
def test_the_defaults_of_a_note_are_in_the_lists(name: ListName, code: str) -> None:
    assert load_code_lists()[name].has(code)


def test_the_bands_and_situations_that_rules_know_are_in_the_lists() -> None:
    lists = load_code_lists()
    assert all(lists["age_bands"].has(band) for band in (*UNDER_18_BANDS, MAYBE_UNDER_18))
    assert all(lists["speaking_situations"].has(code) for code in (*NOT_FREE, FREE))


def test_the_ages_and_the_list_a_note_names_are_those_of_the_assessment() -> None:
    for band in ("", *(code.code for code in load_code_lists()["age_bands"].codes)):
        assert Encounter(met_at=NOTE.met_at, setting="street", age_band=band).age_for_rules in get_args(Age)
    assert NOTE.profile in get_args(Profile)
