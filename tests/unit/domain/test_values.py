"""The values of a note: consent, age for the rules, linkage codes, tallies and ids."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.clock import shift_date
from outreach_app.domain.consent import RECIPIENTS, ConsentLevel, offered_levels
from outreach_app.domain.contact import LinkageFacts
from outreach_app.domain.context import Age
from outreach_app.domain.encounter import NOT_FREE, Encounter
from outreach_app.domain.ids import RandomIds, is_id
from outreach_app.domain.linkage import linkage_code
from outreach_app.domain.tally import Tally
from outreach_app.wire.code_lists import load_code_lists

NOTE = Encounter(met_at=datetime(2026, 3, 2, 20, 0, tzinfo=UTC), setting="street")
KEY = bytes(range(32))
FACTS = LinkageFacts("An", "Ek", date(1999, 1, 2))


def test_above_coded_only_when_she_could_speak_freely() -> None:
    assert offered_levels(free_to_speak=True) == tuple(ConsentLevel)
    assert offered_levels(free_to_speak=False) == (ConsentLevel.WRITE_NOTHING, ConsentLevel.CODED)
    assert NOTE.consent is ConsentLevel.CODED, "the default"


@pytest.mark.parametrize("code", [code.code for code in load_code_lists()["speaking_situations"].codes])
def test_free_to_speak_is_false_exactly_when_somebody_hears_or_speaks_for_her(code: str) -> None:
    assert replace(NOTE, speaking=code).free_to_speak == (code not in NOT_FREE)


@pytest.mark.parametrize(
    ("age", "band", "wanted"),
    [
        (17, "", "under_18"), (18, "", "adult"), (0, "45_plus", "under_18"), (40, "maybe_under_18", "adult"), (None, "15_17", "under_18"),
        (None, "under_15", "under_18"), (None, "maybe_under_18", "maybe_under_18"), (None, "25_34", "adult"), (None, "", "unknown"),
    ],
)  # fmt: skip
def test_an_exact_age_goes_before_a_band(age: int | None, band: str, wanted: Age) -> None:
    assert replace(NOTE, age=age, age_band=band).age_for_rules == wanted
    assert wanted in get_args(Age)


@given(st.datetimes(timezones=st.timezones()))
def test_a_shift_date_is_the_day_or_the_evening_before(met_at: datetime) -> None:
    found = shift_date(met_at)
    if met_at.hour >= 6 or met_at.date() == date.min:
        assert found == met_at.date()
    else:
        assert found == met_at.date() - timedelta(days=1)


def test_the_first_hours_of_all_time_have_a_date() -> None:
    assert shift_date(datetime(1, 1, 1, 3, tzinfo=timezone(timedelta(hours=14)))) == date(1, 1, 1)
    assert NOTE.shift_date == date(2026, 3, 2)


@pytest.mark.parametrize(
    "same",
    [
        LinkageFacts("AN", " ek ", FACTS.born_on), LinkageFacts("Än", "Ék", FACTS.born_on), LinkageFacts("A\u0301n", "Ek", FACTS.born_on),
        LinkageFacts("\u1d2c\u1d3a", "Ek", FACTS.born_on), LinkageFacts("Ａｎ", "Ekx", FACTS.born_on),
    ],
)  # fmt: skip
def test_two_teams_get_the_same_code_for_the_same_facts(same: LinkageFacts) -> None:
    assert linkage_code(same, KEY) == linkage_code(FACTS, KEY)


@pytest.mark.parametrize(
    "other",
    [replace(FACTS, first_name_start="Am"), replace(FACTS, last_name_start="El"), replace(FACTS, born_on=date(1999, 2, 1)), LinkageFacts("A", "nEk"[:2], FACTS.born_on)],
)  # fmt: skip
def test_other_facts_or_another_key_give_another_code(other: LinkageFacts) -> None:
    assert linkage_code(other, KEY) != linkage_code(FACTS, KEY)
    assert linkage_code(FACTS, KEY[::-1]) != linkage_code(FACTS, KEY)
    assert len(linkage_code(FACTS, KEY)) == 64


@given(st.text(max_size=4), st.text(max_size=4))
def test_spelling_letters_composed_or_not_is_all_one(first: str, last: str) -> None:
    apart = LinkageFacts(unicodedata.normalize("NFD", first), unicodedata.normalize("NFD", last), FACTS.born_on)
    assert linkage_code(apart, KEY) == linkage_code(LinkageFacts(unicodedata.normalize("NFC", first), last, FACTS.born_on), KEY)


TALLIES = st.builds(
    Tally, st.just(date(2026, 3, 2)), st.just("street"), count=st.integers(1, 99),
    leaflets=st.dictionaries(st.sampled_from(["ro", "th", "ar"]), st.integers(1, 9)),
    help_given=st.lists(st.sampled_from(["talk", "other"]), unique=True).map(sorted).map(tuple),
)  # fmt: skip


@given(TALLIES, TALLIES, TALLIES)
def test_tallies_grow_the_same_in_any_order(first: Tally, second: Tally, third: Tally) -> None:
    assert first.grown_by(second) == second.grown_by(first)
    assert first.grown_by(second).grown_by(third) == first.grown_by(second.grown_by(third))
    assert first.grown_by(second).count == first.count + second.count
    assert sum(first.grown_by(second).leaflets.values()) == sum(first.leaflets.values()) + sum(second.leaflets.values())


def test_ids_are_random_and_have_one_form() -> None:
    made = {RandomIds().new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(is_id(one) for one in made)
    assert not any(is_id(wrong) for wrong in ("", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 32 + "\n"))


def test_recipients_are_the_six_of_the_consent_table() -> None:
    assert RECIPIENTS == ("cmm", "dis", "police", "health", "municipality", "partner")
