"""The shipped catalogues say exactly what was published, and a broken catalogue is refused by the name of its field."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any, get_args

import pytest

from outreach_app.domain.indicator import PHASES, Dimension, Profile
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import (
    CataloguesInUse,
    indicator_rows,
    load_catalogues,
    read_catalogue,
    read_catalogues,
)
from outreach_app.wire.shipped import read_shipped
from outreach_app.wire.strict import write_json
from tests.support.content import pack_in_use
from tests.support.facts import read_facts

Fact = tuple[str, str, str]


def _published_labour(profile: str) -> list[Fact]:
    lists = read_facts("ilo_delphi")["labour_lists"]
    return [(name, row["indicator"], row[profile]) for name, rows in lists.items() for row in rows if row[profile]]


def _shipped(profile: Profile) -> list[Fact]:
    return [(sign.dimension, sign.fact, sign.strength) for sign in load_catalogues()[profile].indicators]


@pytest.mark.parametrize(("profile", "count"), [("adult_labour", 67), ("child_labour", 65)])
def test_labour_catalogues_are_the_published_lists(profile: Profile, count: int) -> None:
    assert len(_shipped(profile)) == count
    assert _shipped(profile) == _published_labour(profile)
    assert all(sign.confirmed for sign in load_catalogues()[profile].indicators)


def test_the_adult_sexual_catalogue_is_the_provisional_list() -> None:
    facts = read_facts("ilo_delphi_sexual_provisional")
    expected = [(name, r["indicator"], r["strength"]) for name, rows in facts["adult_sexual"].items() for r in rows]
    assert _shipped("adult_sexual") == expected
    confirmed = [(s.dimension, s.fact) for s in load_catalogues()["adult_sexual"].indicators if s.confirmed]
    assert confirmed == [(name, fact) for name, texts in facts["confirmed"].items() for fact in texts]


def test_the_child_sexual_catalogue_is_the_labour_one_with_two_known_strengths() -> None:
    known = {("coercion_at_destination", "forced tasks or clients"), ("exploitation", "hazardous work")}
    labour = [(d, fact, "S" if (d, fact) in known else strength) for d, fact, strength in _shipped("child_labour")]
    assert _shipped("child_sexual") == labour
    signs = load_catalogues()["child_sexual"].indicators
    assert {(sign.dimension, sign.fact) for sign in signs if sign.confirmed} == known


def test_only_the_sexual_catalogues_are_provisional() -> None:
    assert {name for name, catalogue in load_catalogues().items() if catalogue.provisional} == {
        "adult_sexual",
        "child_sexual",
    }


def test_ids_are_unique_across_profiles_and_tell_where_they_belong() -> None:
    rows = indicator_rows(load_catalogues().values(), "en")
    assert len({row.id for row in rows}) == len(rows) == 67 + 65 + 66 + 65
    assert all(row.id.split(".")[1] == row.dimension for row in rows)
    assert all(row.phase == PHASES[row.dimension] for row in rows)


def test_the_same_fact_weighs_by_phase_and_by_profile() -> None:
    strengths = {row.id: row.strength for row in indicator_rows(load_catalogues().values(), "en")}
    assert strengths["al.coercive_recruitment.documents_taken"] == "M"
    assert strengths["al.coercion_at_destination.documents_taken"] == "S"
    assert strengths["al.coercive_recruitment.debt_bondage"] == "M"
    assert strengths["cl.coercive_recruitment.debt_bondage"] == "S"


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_same_fact_has_the_same_slug_and_words_in_every_profile(language: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in indicator_rows(load_catalogues().values(), language):
        slug = row.id.split(".", 1)[1]
        assert seen.setdefault((slug, language), row.label) == row.label


@pytest.mark.parametrize("profile", get_args(Profile))
@pytest.mark.parametrize("language", ["en", "da"])
def test_labels_are_plain_distinct_and_never_call_anyone_a_victim(profile: Profile, language: str) -> None:
    labels = [sign.label(language) for sign in load_catalogues()[profile].indicators]
    assert len(set(labels)) == len(labels)
    for label in labels:
        assert 5 <= len(label) <= 75
        assert label == label.strip()
        assert label[0].isupper()
        assert not label.endswith((".", "!"))
        assert not {"victim", "offer"} & set(label.lower().replace(",", "").split())


def test_rows_are_the_contract_of_the_command_line() -> None:
    row = json.loads(write_json(indicator_rows([load_catalogues()["adult_labour"]], "da")))[0]
    assert row == {
        "id": "al.deceptive_recruitment.job",
        "profile": "adult_labour",
        "dimension": "deceptive_recruitment",
        "strength": "S",
        "phase": "recruitment",
        "label": "Vildledt om jobbet, stedet eller arbejdsgiveren",
        "fact": "nature of the job, location or employer",
        "source": "ILO/EC Delphi 2009, adults for labour exploitation",
        "confirmed": True,
    }


def test_an_interface_language_without_labels_falls_back_to_english() -> None:
    sign = load_catalogues()["adult_labour"].indicators[0]
    assert sign.label("en_XA") == sign.label("en")


def test_every_dimension_is_in_every_catalogue() -> None:
    for catalogue in load_catalogues().values():
        assert {sign.dimension for sign in catalogue.indicators} == set(get_args(Dimension))


def _set(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda file: file["indicators"][1].update({key: value})


@pytest.mark.parametrize(
    ("breaks", "field", "reason"),
    [
        (_set("strength", "X"), "$.indicators[1].strength", "'X'"),
        (_set("dimension", "moon"), "$.indicators[1].dimension", "'moon'"),
        (_set("id", "al.deceptive_recruitment.job"), "$.indicators[1].id", "twice"),
        (_set("id", "cl.deceptive_recruitment.pay"), "$.indicators[1].id", "profile"),
        (_set("id", "al.exploitation.pay"), "$.indicators[1].id", "dimension"),
        (_set("id", "Al.Pay"), "$.indicators[1].id", "form"),
        (_set("phase", "destination"), "$.indicators[1].phase", "dimension"),
        (_set("confirmed", False), "$.indicators[1].confirmed", "provisional"),
        (_set("confirmed", 1), "$.indicators[1].confirmed", "bool"),
        (_set("colour", "red"), "colour", "unknown"),
        (_set("label", {"en": "Pay", "da": ""}), "$.indicators[1].label.da", "length"),
        (lambda file: file.update(indicators=[]), "$.indicators", "length"),
        (lambda file: file.update(profile="adult"), "$.profile", "'adult'"),
        (lambda file: file.pop("version"), "$.version", "missing"),
    ],
)
def test_a_broken_catalogue_is_refused_by_field(
    breaks: Callable[[dict[str, Any]], None], field: str, reason: str
) -> None:
    file = copy.deepcopy(json.loads(read_shipped("indicators/adult_labour.json")))
    breaks(file)
    with pytest.raises(UntrustedDataError) as caught:
        read_catalogue(json.dumps(file))
    assert field in str(caught.value.values["field"])
    assert reason in str(caught.value.values["reason"])


def test_a_catalogue_under_another_profiles_name_is_refused() -> None:
    other = read_shipped("indicators/child_labour.json")
    with pytest.raises(UntrustedDataError, match=r"\$\.profile"):
        read_catalogues(lambda _name: other)


def test_who_holds_the_catalogues_holds_those_in_use() -> None:
    held = CataloguesInUse()
    assert dict(held) == dict(load_catalogues())
    assert len(held) == len(load_catalogues())
    newer = json.loads(read_shipped("indicators/adult_labour.json"))
    newer["version"] += 1
    with pack_in_use({"indicators/adult_labour.json": json.dumps(newer).encode()}):
        assert held["adult_labour"].version == newer["version"]
