"""Numbers of the law in leaflets: as of a day, for adults and children, and doubted where sources do not agree."""

from __future__ import annotations

from datetime import date

from outreach_app.leaflets.legal import LegalNumber, legal_values


def test_what_holds_today():
    values = legal_values(date(2026, 11, 22))
    assert {place: number.value for place, number in values.items()} == {
        "first_days": 30, "cap_days": 120, "return_months": 6, "child_return_months": 6,
    }  # fmt: skip
    assert all(number.confirmed for number in values.values())
    assert values["cap_days"].as_of == "2023"


def test_children_had_a_number_of_their_own():
    values = legal_values(date(2011, 1, 1))
    assert (values["return_months"].value, values["child_return_months"].value) == (3, 6)


def test_where_sources_do_not_agree_the_lowest_counts_and_is_not_confirmed():
    assert legal_values(date(2013, 5, 1))["cap_days"] == LegalNumber(100, "2011", confirmed=False)
