"""The shipped code lists are whole, and a broken list is refused by the name of its field."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from outreach_app.domain.code_lists import ListName
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.errors import FileMissingError
from outreach_app.wire.code_lists import load_code_lists, read_code_lists
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.shipped import read_shipped

SETTINGS = [
    "massage_parlour", "street", "escort", "online", "bar", "prison", "asylum_centre", "secure_institution",
    "meeting_place", "mobile_health_unit", "hotline", "hospital", "workplace", "police_action", "shelter", "other",
]  # fmt: skip


def _entry(code: str, *, retired: bool = False) -> dict[str, object]:
    return {"code": code, "label": {"en": f"{code} in English", "da": f"{code} på dansk"}, "retired": retired}


def _file(**changed: object) -> dict[str, object]:
    lists: dict[str, object] = {name: [_entry("one"), _entry("two", retired=True)] for name in get_args(ListName)}
    return {"version": 3, "published": "2026-03-02", "lists": lists | changed}


def test_the_shipped_lists_hold_what_a_note_asks_for() -> None:
    lists = load_code_lists()
    assert [code.code for code in lists["settings"].codes] == SETTINGS
    assert {code.code for code in lists["genders"].codes} == {"woman", "man", "trans", "other", "not_said"}
    assert {code.code for code in lists["stays"].codes} == {"none", "asylum", "legal", "eu", "danish", "unknown"}
    assert set(lists.lists) == set(get_args(ListName))


@pytest.mark.parametrize("name", get_args(ListName))
def test_every_shipped_code_has_its_own_words_in_both_staff_languages(name: ListName) -> None:
    codes = load_code_lists()[name].codes
    for language in ("en", "da"):
        words = [code.labels[language] for code in codes]
        assert len(set(words)) == len(words)
        assert all(text == text.strip() and "victim" not in text.lower() for text in words)


def test_words_come_in_the_asked_language_or_else_in_english() -> None:
    lists = load_code_lists()
    assert lists.label("settings", "street", "da") == "Gade"
    assert lists.label("settings", "street", "en_XA") == "Street"
    assert lists.label("sectors", "", "da") == ""


def test_a_retired_code_keeps_its_words_but_is_not_offered() -> None:
    genders = read_code_lists(json.dumps(_file()))["genders"]
    assert [code.code for code in genders.offered()] == ["one"]
    assert genders.has("two")
    assert genders.label("two", "da") == "two på dansk"


def test_a_code_that_never_was_is_named() -> None:
    lists = load_code_lists()
    assert not lists["settings"].has("moon")
    with pytest.raises(UnknownCodeError, match="moon is not in the list settings"):
        lists.label("settings", "moon", "en")


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (_file(genders=[]), "lists.genders"),
        (_file(genders=[_entry("one"), _entry("one")]), "lists.genders"),
        (_file(genders=[_entry("One")]), "lists"),
        (_file(moods=[_entry("one")]), "lists"),
        (_file(genders=[_entry("one") | {"label": {"en": "One"}}]), "da"),
        (_file() | {"version": 0}, "version"),
        (_file() | {"published": "yesterday"}, "published"),
        (_file() | {"extra": 1}, "extra"),
    ],
)
def test_a_broken_file_is_refused_by_field(broken: dict[str, object], field: str) -> None:
    with pytest.raises(UntrustedDataError) as caught:
        read_code_lists(json.dumps(broken))
    assert field in str(caught.value.values["field"])


def test_a_missing_list_is_named() -> None:
    lists = {name: [_entry("one")] for name in get_args(ListName) if name != "regions"}
    with pytest.raises(UntrustedDataError, match="regions"):
        read_code_lists(json.dumps(_file() | {"lists": lists}))


def test_a_file_that_was_not_shipped_is_named() -> None:
    with pytest.raises(FileMissingError, match=r"code_lists/nothing\.json"):
        read_shipped("code_lists/nothing.json")
