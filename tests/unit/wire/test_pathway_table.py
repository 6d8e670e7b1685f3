"""The table of the law: the shipped one is whole, and a broken one is refused with the name of the field."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from outreach_app.domain.pathway_rules import PLACES
from outreach_app.paths import shipped_folder
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.pathway_table import load_rule_table, read_rule_table

FOLDER = shipped_folder("resources") / "pathways"
NUMBERS: dict[str, Any] = json.loads((FOLDER / "numbers.json").read_bytes())
STATEMENTS: dict[str, Any] = json.loads((FOLDER / "statements.json").read_bytes())


def number(**values: Any) -> dict[str, Any]:
    return {**NUMBERS["numbers"][1], **values}


def refused(numbers: Any = NUMBERS, statements: Any = STATEMENTS) -> str:
    with pytest.raises(UntrustedDataError) as caught:
        read_rule_table(json.dumps(numbers), json.dumps(statements))
    assert caught.value.sentence()
    return str(caught.value.values["field"])


def test_the_shipped_table_is_whole() -> None:
    table = load_rule_table()
    assert {name for _place, name in PLACES.items()} == {row.rule for row in table.numbers}
    for row in table.statements:
        assert all(row.text(language) for language in ("en", "da"))
        assert row.text("xx") == row.text("en")
    for rule in (*table.numbers, *table.statements):
        assert (rule.source_in("en"), rule.source_in("xx")) == (rule.source, rule.source)
        assert rule.source_in("da")
    same_day = [
        (one.rule, other.rule)
        for place, one in enumerate(table.statements) for other in table.statements[place + 1:]
        if one.rule == other.rule and any(other.holds_on(day) for day in (one.valid_from, one.valid_until) if day)
    ]  # fmt: skip
    assert not same_day


def test_every_legal_number_stands_in_the_table_and_in_no_sentence() -> None:
    for row in STATEMENTS["statements"]:
        if row["rule"].startswith(("period.", "return.", "charges.")):
            assert not any(f" {days} " in row["text"]["en"] for days in (3, 6, 30, 72, 100, 120)), row["rule"]


@pytest.mark.parametrize("untrusted", ["", "[]", "{}", '{"version": 1}'])
def test_what_is_no_table_is_refused(untrusted: str) -> None:
    with pytest.raises(UntrustedDataError):
        read_rule_table(untrusted, json.dumps(STATEMENTS))
    with pytest.raises(UntrustedDataError):
        read_rule_table(json.dumps(NUMBERS), untrusted)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rule": "reflection.days"}, "$.numbers[0].rule"),
        ({"value": 0}, "$.numbers[0].value"),
        ({"value": "30"}, "$.numbers[0].value"),
        ({"unit": "weeks"}, "$.numbers[0].unit"),
        ({"confirmed": 1}, "$.numbers[0].confirmed"),
        ({"as_of": "last year"}, "$.numbers[0].as_of"),
        ({"valid_from": "2013-02-30"}, "$.numbers[0].valid_from"),
        ({"source": {"en": "x", "da": ""}}, "$.numbers[0].source.da"),
        ({"law": "x"}, "$.numbers[0].law"),
    ],
)
def test_a_broken_number_is_refused_by_field(values: dict[str, Any], field: str) -> None:
    assert refused({**NUMBERS, "numbers": [number(**values)]}) == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda rows: rows.pop(1), "$.numbers.reflection.first_days"),  # nothing since 2007
        (lambda rows: rows.pop(0), "$.numbers.reflection.first_days"),  # nothing before
        (lambda rows: rows.append(number(value=31)), "$.numbers.reflection.first_days"),  # two at once
        (lambda rows: rows[1].update(valid_until="2020-01-01"), "$.numbers.reflection.first_days"),
        (lambda rows: rows[-1].update(who="adults"), "$.numbers.police.hold_hours"),  # nothing for a child
    ],
)
def test_a_day_with_no_number_or_with_two_is_refused(change: Any, field: str) -> None:
    rows = deepcopy(NUMBERS["numbers"])
    change(rows)
    assert refused({**NUMBERS, "numbers": rows}) == field


def test_an_end_at_the_end_of_time_is_an_end_like_none() -> None:
    rows = deepcopy(NUMBERS["numbers"])
    rows[1]["valid_until"] = "9999-12-31"
    table = read_rule_table(json.dumps({**NUMBERS, "numbers": rows}), json.dumps(STATEMENTS))
    assert [rule.value for rule in table.number("reflection.first_days", date(9000, 1, 1))] == [30]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"topic": "law"}, "$.statements[0].topic"),
        ({"rule": "Decides"}, "$.statements[0].rule"),
        ({"text": {"en": "x"}}, "$.statements[0].text.da"),
        ({"text": {"en": "{days} days", "da": "{days} dage"}}, "$.statements[0].text.en"),
        ({"text": {"en": "{0} days", "da": "{0} dage"}}, "$.statements[0].text.en"),
        ({"text": {"en": "{cap_days!r}", "da": "{cap_days}"}}, "$.statements[0].text.en"),
        ({"text": {"en": "open {", "da": "x"}}, "$.statements[0].text.en"),
        ({"text": {"en": "{cap_days} days", "da": "dage"}}, "$.statements[0].text.da"),
        ({"when": {"stay": ["tourist"]}}, "$.statements[0].when.stay[0]"),
        ({"when": {"gender": "man"}}, "$.statements[0].when.gender"),
    ],
)
def test_a_broken_sentence_is_refused_by_field(values: dict[str, Any], field: str) -> None:
    assert refused(statements={**STATEMENTS, "statements": [{**STATEMENTS["statements"][0], **values}]}) == field
