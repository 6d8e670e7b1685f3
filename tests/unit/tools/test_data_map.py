"""The data map leaves no field out, says nothing about fields that are gone, and does not contradict what may leave."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from tools import data_map
from tools.data_fields import Fields, all_fields

WORDS = data_map.read_words()
LEVELS = {"TallyRecord": "tally", "CodedRecord": "coded", "NoteRecord": "follow_up", "ReferralRecord": "referral"}
UNDER_ANOTHER_NAME = {
    "place_id": "place_code", "answers": "indicators", "follow_up": "follow_up_on", "contact_id": "contact",
    "profile": "assessment",
}  # fmt: skip
AS_A_RANDOM_ID = {"contact_id"}


@pytest.fixture(scope="module")
def fields() -> Fields:
    return all_fields()


def test_every_field_has_its_words_and_the_document_is_up_to_date(fields: Fields) -> None:
    assert data_map.gaps(WORDS, fields) == []
    assert data_map.unknown_words(WORDS) == []
    written = data_map.DOCUMENT.read_text(encoding="utf-8")
    assert written == data_map.document(WORDS, fields), "python -m tools.data_map write"


def test_every_column_of_every_table_stands_in_the_document(fields: Fields) -> None:
    written = data_map.DOCUMENT.read_text(encoding="utf-8")
    for tables in fields.values():
        for table, names in tables.items():
            part = written.partition(f"\n### {table}\n")[2].partition("\n#")[0]
            assert part, table
            if table in {"batches", "receipts", "device_lists", "notices", "letters", "pack_files"}:
                continue  # there is one at each end; the test above holds both
            assert [name for name in names if f"| `{name}` | " not in part] == [], table


@pytest.mark.parametrize("section", ["laptop", "engine", "desk", "mailbox"])
def test_a_new_column_or_table_without_words_is_told(fields: Fields, section: str) -> None:
    grown = copy.deepcopy(fields)
    table = next(iter(grown[section]))
    grown[section][table].append("shoe_size")
    grown[section]["shoes"] = ["size"]
    assert data_map.gaps(WORDS, grown) == [
        f"{section}.{name}: a field without words in tools/data_map.toml" for name in sorted((f"{table}.shoe_size", "shoes.size"))
    ]


def test_words_for_a_field_that_is_gone_are_told(fields: Fields) -> None:
    shrunk = copy.deepcopy(fields)
    shrunk["laptop"]["identities"].remove("name")
    assert data_map.gaps(WORDS, shrunk) == ["laptop.identities.name: words in tools/data_map.toml for a field that is not there"]


def test_a_word_that_is_not_explained_is_told() -> None:
    words = copy.deepcopy(WORDS)
    words["laptop"]["places"]["kept"] = "for ever"
    assert data_map.unknown_words(words)[0].endswith("no such word for kept: 'for ever'")


def test_no_legal_basis_is_made_up_and_the_controllers_takes_its_place() -> None:
    basis = {
        data_map.facts_of(WORDS, section, table, field)["legal_basis"]
        for section, table, field in data_map._places(WORDS)
    }
    assert basis == {"–", "to be filled in by the controller"}
    words = copy.deepcopy(WORDS)
    words["laptop"]["identities"]["legal_basis"] = "an article"
    assert data_map.facts_of(words, "laptop", "identities", "name")["legal_basis"] == "an article"


def test_what_the_map_says_of_leaving_is_what_the_records_hold(fields: Fields) -> None:
    """A field of a note leaves at the first consent whose record has a place for it, and not before."""
    for field in fields["inside"]["Encounter"]:
        name = UNDER_ANOTHER_NAME.get(field, field)
        holding = [level for record, level in LEVELS.items() if name in fields["batch"][record]]
        said = data_map.facts_of(WORDS, "inside", "Encounter", field)["leaves"]
        expected = "as a random id" if field in AS_A_RANDOM_ID else holding[0] if holding else "no"
        assert said == expected, field


def test_the_health_part_is_in_no_record(fields: Fields) -> None:
    said = {data_map.facts_of(WORDS, "inside", "HealthBlock", field)["leaves"] for field in fields["inside"]["HealthBlock"]}
    assert said == {"no"}
    names = {name for table in fields["batch"].values() for name in table}
    assert not names & (set(fields["inside"]["HealthBlock"]) - {"words"})


@pytest.mark.parametrize(("change", "code"), [({}, 0), ({"head": "# Another head\n"}, 1)])
def test_the_command_checks(fields: Fields, monkeypatch: pytest.MonkeyPatch, change: Mapping[str, str], code: int) -> None:
    monkeypatch.setattr(data_map, "all_fields", lambda: fields)
    monkeypatch.setattr(data_map, "read_words", lambda: {**WORDS, **change})
    assert CliRunner().invoke(data_map.main, ["check"]).exit_code == code


def test_the_command_tells_what_is_missing(fields: Fields, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_map, "all_fields", lambda: {**fields, "laptop": {"shoes": ["size"]}})
    done = CliRunner().invoke(data_map.main, ["write"])
    assert done.exit_code == 1
    assert "laptop.shoes.size" in done.output
