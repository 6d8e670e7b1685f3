"""Places and values in a leaflet: each name, number and time runs its own way, and what is unknown is a line to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.common import common
from outreach_app.leaflets.directory import Directory
from outreach_app.leaflets.languages import LANGUAGES
from outreach_app.leaflets.placeholders import language_names, values_for
from outreach_app.leaflets.places import Place, places_for
from tests.support.directories import PLACE_ROW, directory_with

LABELS = common().places
ASK = "Call \u2066+45\u00a011\u00a022\u00a033\u00a044\u2069 and ask where and when"
BARE = {name: PLACE_ROW[name] for name in ("id", "kind", "name", "source", "as_of", "confirmed", "stale_after_months")}


def place(language: str = "en", **fields: object) -> Place:
    directory = directory_with({**BARE, **fields})
    (found,) = places_for(directory, ("meeting_place",), "", LANGUAGES[language], LABELS)
    return found


def test_a_place_with_all_that_is_known():
    more = {"email": "lantern@example.org", "web": "example.org", "languages": ["th", "da"], "promises": ["free"]}
    assert place(**PLACE_ROW, **more) == Place(
        "\u2068The Lantern\u2069",
        (
            "You pay nothing here",
            "\u2068Example Street 1, Example Town\u2069",
            "Tuesday: \u206610:00\u2069 to \u206614:00\u2069",
            "Tuesday: \u206620:00\u2069 to \u20662:00\u2069",
            "By appointment",
            "Phone: \u2066+45\u00a012\u00a034\u00a056\u00a078\u2069",
            "\u2066lantern@example.org\u2069",
            "\u2066example.org\u2069",
            "Languages: Thai and Danish",
        ),
        confirmed=True,
    )


def test_a_place_nobody_knows_more_of_is_a_line_to_ask():
    assert place().lines == (ASK,)
    assert place(address="Example Street 1").lines[-1] == ASK
    assert ASK not in place(address="Example Street 1", hours=PLACE_ROW["hours"]).lines
    assert ASK not in place(number="12 34").lines


def test_a_place_nobody_confirmed_is_dated():
    found = place(confirmed=False)
    assert (found.name, found.confirmed) == ("\u2068The Lantern\u2069 (\u20662026-01-15\u2069)", False)


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        ({"weekdays": [["00:00", "24:00"]], "weekends": [["00:00", "24:00"]]}, ["Open day and night"]),
        ({"monday": [], "sunday": []}, ["Closed"]),
        ({"weekdays": [["08:30", "16:00"]], "weekends": []}, ["Monday to Friday: \u20668.30\u2069 to \u206616.00\u2069"]),
        ({"weekends": [["09:00", "24:00"]]},
         ["Saturday, Sunday and public holidays: \u20669.00\u2069 to \u206624.00\u2069"]),
        ({"monday": [["08:00", "09:00"]], "tuesday": [["08:00", "09:00"]]},
         ["mandag–tirsdag: \u20668.00\u2069 to \u20669.00\u2069"]),
    ],
)  # fmt: skip
def test_hours_with_the_days_and_the_sign_between_of_the_language(hours, lines):
    assert list(place("da", number="12", hours=hours).lines[:-1]) == lines


def test_only_the_places_of_the_region_and_of_the_country():
    elsewhere = {**BARE, "id": "elsewhere", "regions": ["nordjylland"], "name": "Elsewhere"}
    directory = directory_with({**BARE}, elsewhere)
    here = places_for(directory, ("meeting_place",), "sjaelland", LANGUAGES["en"], LABELS)
    assert [found.name for found in here] == ["\u2068The Lantern\u2069"]


def test_values_of_the_lines():
    values = values_for(directory_with(), LANGUAGES["da"])
    assert values == {
        "hotline": "\u2066+45\u00a011\u00a022\u00a033\u00a044\u2069", "emergency": "\u2066112\u2069",
        "weekdays_open": "\u20668.30\u2069", "weekdays_close": "\u206616.00\u2069",
        "weekends_open": "\u20669.00\u2069", "weekends_close": "\u206615.00\u2069",
        "as_of": "\u20662026-01\u2069", "languages": "dansk",
    }  # fmt: skip


def test_whoever_answers_for_the_data_is_named_with_every_way_to_reach_them():
    office = {
        **BARE, "id": "office", "kind": "controller", "name": "The Office", "number": "12 34",
        "other_numbers": ["56 78"], "email": "office@example.org", "regions": ["sjaelland"],
    }  # fmt: skip
    other = {**office, "id": "other", "name": "The Other Office", "regions": ["nordjylland"]}
    directory = directory_with(office, other)
    whole = "\u2068The Office\u2069, \u206612\u00a034\u2069, \u206656\u00a078\u2069, \u2066office@example.org\u2069"
    assert values_for(directory, LANGUAGES["ar"])["controller"] == whole
    assert values_for(directory, LANGUAGES["ar"], "sjaelland")["controller"] == whole
    assert values_for(directory, LANGUAGES["ar"], "hovedstaden")["controller"] == whole
    assert values_for(directory, LANGUAGES["ar"], "nordjylland")["controller"].startswith("\u2068The Other Office")


def test_languages_nobody_told_are_no_value():
    silent = replace(directory_with().line("hotline"), languages=())
    assert "languages" not in values_for(Directory((silent, directory_with().line("emergency"))), LANGUAGES["da"])


def test_days_are_in_the_language_asked_for_whichever_was_asked_for_before():
    hours = {"friday": [["08:00", "09:00"]]}
    firsts = [place(language, hours=hours).lines[0].partition(":")[0] for language in ("pcm", "da", "vi", "en")]
    assert firsts == ["Fraídè", "fredag", "Thứ Sáu", "Friday"]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("yo", "Èdè Denmaki àti Èdè Gẹ̀ẹ́sì"), ("da", "dansk og engelsk"), ("ar", "الدانمركية والإنجليزية"),
        ("th", "เดนมาร์กและอังกฤษ"), ("zh-Hans", "丹麦语和英语"),
    ],
)  # fmt: skip
def test_names_of_languages_are_joined_as_the_script_joins_words(language, names):
    assert language_names(("da", "en"), LANGUAGES[language]) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_name_languages_and_days(language):
    assert language_names(("da", "zh-Hans", "bin"), LANGUAGES[language])
    assert place(language, number="12", hours={"friday": [["08:00", "09:00"]]}).lines
