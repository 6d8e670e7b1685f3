"""Filters as choices to type ahead and as chips: what typing offers, how filters add up, what a chip says."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.finding import Filters, FoundCode
from outreach_app.program import Program
from ui.models.codes import Words
from ui.models.filter_choices import FilterChoices, keys_of, with_filter, without_filter
from ui.models.signs import Signs

TODAY = date(2026, 3, 2)
TAKEN = "coercion_at_destination.documents_taken"
DOCUMENTS = "Passport or documents are kept from the person now"


@pytest.fixture(scope="module")
def choices(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("choices"))
    return FilterChoices(Words(program.code_lists), Signs(program.catalogues), lambda: TODAY)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mass", "setting:massage_parlour"), ("kept from", f"sign:{TAKEN}"), ("roman", "language:ro"), ("held", "state:held"),
        ("blan", "state:blanked"), ("7 day", "days:7"), ("last 30", "days:30"), ("1.3.2026", "day:2026-03-01"),
        ("2026-02-28", "day:2026-02-28"), ("yesterday 1", "words:yesterday 1"), ("14/11", "day:2025-11-14"),
        ("29.2.2024", "day:2024-02-29"), ("31.12.9999", "day:9999-12-31"), ("30.2.2026", "words:30.2.2026"), ("1/3", "day:2026-03-01"), ("zzzz", "words:zzzz"), ("12", "words:12"),
    ],
)  # fmt: skip
def test_two_or_three_letters_offer_what_is_meant(choices, typed, first):
    assert choices.find(typed)[0].key == first


def test_what_begins_so_comes_before_hits_inside_a_word_and_takes_their_place(choices):
    vesterbro = FoundCode("place", "p1", "Vesterbro 12")
    assert "language:ae" in [each.key for each in choices.find("vest")], "nothing else is called so"
    assert [each.key for each in choices.find("vest", (vesterbro,))] == ["place:p1", "words:vest"]
    assert [each.key for each in choices.find("vest", None)] == ["words:vest"], "places are still looked for"


def test_the_words_themselves_are_offered_last(choices):
    assert choices.find(" mas ")[-1].key == "words:mas"
    assert choices.find(" ")[-1].key != "words:"
    assert [choice.key for choice in choices.find("")[:2]] == ["days:1", "days:7"]


@pytest.mark.parametrize(
    ("keys", "filters"),
    [
        (["words:red", "setting:bar", "language:ro", "state:held"],
         Filters("red", setting="bar", language="ro", state="held")),
        (["setting:bar", "setting:street"], Filters(setting="street")),
        (["sign:a.b", "sign:c.d", "sign:a.b"], Filters(signs=("a.b", "c.d"))),
        (["since:2026-03-01", "until:2026-03-02"], Filters(since=date(2026, 3, 1), until=date(2026, 3, 2))),
        (["days:7", "since:2026-03-01"], Filters(since=date(2026, 3, 1))),
        (["day:2026-03-01", "days:7"], Filters(days=7)),
        (["day:2026-03-01"], Filters(since=date(2026, 3, 1), until=date(2026, 3, 1))),
        (["contact:abc", "place:def"], Filters(contact_id="abc", place_id="def")),
    ],
)  # fmt: skip
def test_filters_add_up_and_come_off_again(keys, filters):
    made = Filters()
    for key in keys:
        made = with_filter(made, key)
    assert made == filters
    for key in keys_of(made):
        made = without_filter(made, key)
    assert made == Filters()


def test_chips_say_what_they_are(choices):
    filters = Filters("red", "c", "p", (TAKEN, "was.once"), "ro", "bar", "held", 7)
    assert [label for _key, label in choices.chips(filters, "Maria \u202eP.", "VES-12")] == [
        "“\u2068red\u2069”", "contact: \u2068Maria \u202eP.\u2069", "place: \u2068VES-12\u2069", "language: Romanian",
        "setting: Bar", "state: held", f"sign: {DOCUMENTS}", "sign: was.once", "the last 7 days",
    ]  # fmt: skip
    days = Filters(since=date(2026, 3, 1), until=date(2026, 3, 2))
    assert [label for _key, label in choices.chips(days, "", "")] == ["from 1 Mar 2026", "until 2 Mar 2026"]
    assert choices.chips(Filters(contact_id="c"), "", "")[0][1] == "contact: not here any more"
    assert choices.chips(Filters(days=1), "", "") == (("days:1", "today"),)
    assert choices.chips(Filters(since=TODAY, until=TODAY), "", "")[0][1] == "on 2 Mar 2026"


def test_a_long_name_is_cut_on_its_chip(choices):
    (choice,) = choices.codes((FoundCode("place", "p", "o" + "\u0301" * 300),))
    assert (choice.key, len(choice.label)) == ("place:p", 42)
