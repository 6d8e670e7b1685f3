"""Leaflet files that come in a pack: shapes, texts, and that they make sheets together with what is shipped."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from outreach_app.errors import KnownError
from outreach_app.leaflets.untrusted_sheets import check_sheets
from tests.support.content_packs import STATES, THAI, edited, whole_files

COMMON = "leaflets/common.json"
TOPICS = "leaflets/topics.json"
HEALTH = "leaflets/topics/health.json"
RIGHTS = "leaflets/topics/rights.json"
WORDS = {name: whole_files()[name] for name in (COMMON, HEALTH, THAI)}
CHECKED = {"state": "checked", "checked_by": "A. Checker", "checked_on": "2026-03-01"}


def last_checked(files: Mapping[str, bytes]) -> str:
    """Return the name of the file at which checking ended."""
    name = ""
    for name in check_sheets(files):  # noqa: B007 - the last one is wanted
        pass
    return name


def refused(files: Mapping[str, bytes]) -> str:
    """Return the name of the file that is not right."""
    name = ""
    with pytest.raises(KnownError):
        for name in check_sheets(files):  # noqa: B007 - the last one is wanted
            pass
    return name


def states(sheet: str = "health", language: str = "th", **values: Any) -> bytes:
    return json.dumps({sheet: {language: values or CHECKED}}).encode()


def test_everything_as_shipped_passes() -> None:
    assert last_checked(whole_files()) == STATES


def test_nothing_of_leaflets_at_all_passes() -> None:
    assert last_checked({"directory/directory.json": b""}) != ""


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (HEALTH, lambda topic: topic.update(colour="red")),
        (HEALTH, lambda topic: topic["intro"][0].update(text=5)),
        (HEALTH, lambda topic: topic["intro"][0].update(text="Call <b>now</b>")),
        (HEALTH, lambda topic: topic["intro"][0].update(text="Call {hotline.number}")),
        (HEALTH, lambda topic: topic.update(title="Call {nobody}")),
        (HEALTH, lambda topic: topic["sections"][0].update(heading="On {first_days}")),
        (HEALTH, lambda topic: topic["sections"][0].update(picture="skull")),
        (HEALTH, lambda topic: topic["pictograms"][0].update(picture="skull")),
        (HEALTH, lambda topic: topic.pop("card")),
        (RIGHTS, lambda topic: topic["groups"].append("nobody")),
        (RIGHTS, lambda topic: topic["group_titles"].pop("eu")),
        (TOPICS, lambda topics: topics["order"].remove("where_to_get_help")),
        (TOPICS, lambda topics: topics["order"].append("health")),
        (TOPICS, lambda topics: topics["names"]["health"].pop("en")),
        (TOPICS, lambda topics: topics["names"].pop("health")),
        ("leaflets/groups.json", lambda groups: groups["eu"]["name"].pop("en")),
        ("leaflets/fact_years.json", lambda years: years.pop("years")),
        ("leaflets/lint.json", lambda lint: lint["most_words"].update(title=0)),
        (COMMON, lambda common: common.update(card_emergency="In danger now")),
        (COMMON, lambda common: common["hotline"].update(code_alternative="A code")),
        (COMMON, lambda common: common["marks"].update(as_of="Old")),
        (COMMON, lambda common: common["places"].pop("phone")),
        (COMMON, lambda common: common.update(page_of="Page {page} of {pages} {more}")),
        (COMMON, lambda common: common.pop("emergency")),
        (STATES, lambda states: states["where_to_get_help"]["th"].update(state="perfect")),
        (STATES, lambda states: states["where_to_get_help"]["th"].update(state="checked")),
    ],
)
def test_a_file_that_is_not_right_is_named(name: str, change: Callable[[Any], object]) -> None:
    assert refused({name: edited(name, change)}) == name


def test_a_topic_that_is_listed_and_not_there_is_named() -> None:
    topics = edited(TOPICS, lambda topics: (topics["order"].append("new"), topics["names"].update(new={"en": "New"})))
    assert refused({TOPICS: topics}) == "leaflets/topics/new.json"


def test_a_shipped_group_taken_away_is_named_by_the_topic_that_has_it() -> None:
    assert refused({"leaflets/groups.json": edited("leaflets/groups.json", lambda groups: groups.pop("eu"))}) == RIGHTS


def test_a_topic_twice_in_json_is_refused() -> None:
    assert refused({TOPICS: b'{"order": ["where_to_get_help"], "order": [], "names": {}}'}) == TOPICS


def test_broken_translations_are_named() -> None:
    assert refused({"locales/th/leaflets.po": b"no catalogue"}) == "locales/th/leaflets.po"


class TestChecked:
    """Whoever checked a sheet checked these words: they travel with the check."""

    @pytest.mark.parametrize("absent", [COMMON, HEALTH, "locales/th/leaflets.po"])
    def test_a_check_without_its_words_is_refused(self, absent: str) -> None:
        assert refused({**{name: WORDS[name] for name in WORDS if name != absent}, STATES: states()}) == STATES

    def test_a_check_with_its_words_stands(self) -> None:
        assert last_checked({**WORDS, STATES: states()}) == STATES
        english = {COMMON: WORDS[COMMON], RIGHTS: whole_files()[RIGHTS]}
        assert last_checked({**english, STATES: states("rights_eu", "en")}) == STATES

    def test_what_nobody_checked_needs_no_words(self) -> None:
        assert last_checked({STATES: states(state="draft")}) == STATES
