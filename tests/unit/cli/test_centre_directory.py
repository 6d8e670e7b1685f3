"""``outreach centre directory``: list, check, set and remove on a file of the centre's own; the file whole or as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outreach_app.cli.main import cli
from outreach_app.leaflets.directory import help_lines
from outreach_app.leaflets.directory.entry_reading import FIELDS
from outreach_app.leaflets.directory.untrusted import entry_fields, read_directory, write_directory
from tests.support.directories import PLACE_ROW, directory_with


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "directory.json"
    path.write_bytes(write_directory(directory_with(PLACE_ROW)))
    return path


def run(*arguments: object, given: object = None) -> Result:
    words = ["centre", "directory", *[str(argument) for argument in arguments]]
    return CliRunner().invoke(cli, words, input=None if given is None else json.dumps(given))


def answer(*arguments: object, given: object = None) -> dict:
    result = run(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list_prints_the_shipped_list_or_a_file(file: Path) -> None:
    assert answer("list", "--json")["entries"][0]["number"] == help_lines().line("hotline").number
    assert answer("list", file, "--json")["entries"][2] == PLACE_ROW
    lines = run("list", file).stdout.splitlines()
    assert lines[2].split("\t") == [
        "lantern", "meeting_place", "The Lantern", "+45 12 34 56 78", "2026-01-15", "confirmed",
    ]  # fmt: skip
    assert run("list").stdout.splitlines()[0].endswith("\tnot confirmed")


def test_check_says_what_is_missing_or_not_confirmed(file: Path) -> None:
    answer("set", file, given={"id": "lantern", "number": ""})
    told = answer("check", file)
    assert (told["version"], told["entries"]) == (4, 3)
    found = {(fault["entry"], fault["problem"]) for fault in told["faults"]}
    assert {("lantern", "not_known"), ("lantern", "unconfirmed"), ("clinic", "none_here")} <= found


def test_check_names_a_wrong_field(file: Path) -> None:
    file.write_text(file.read_text().replace("The Lantern", "The\\u202eLantern"))
    result = run("check", file)
    assert (result.exit_code, "at lantern, the field name" in result.stderr) == (3, True)


def test_set_changes_what_was_given_and_says_what(file: Path, tmp_path: Path) -> None:
    told = answer("set", file, given={"id": "lantern", "languages": ["th", "zh-Hans", "pcm"]})
    assert told == {"entry": "lantern", "changed": ["languages", "as_of", "confirmed"], "version": 4}
    entry = tmp_path / "entry.json"
    entry.write_text(json.dumps({"id": "lantern", "confirmed": True}))
    assert answer("set", file, entry)["changed"] == ["confirmed"]
    kept = read_directory(file.read_bytes()).entry("lantern")
    assert (kept.languages, kept.confirmed, kept.address) == (("th", "zh-Hans", "pcm"), True, PLACE_ROW["address"])


def test_set_begins_a_file_with_the_shipped_list(tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    assert answer("set", file, given={"id": "hopenow"})["changed"] == []
    assert read_directory(file.read_bytes()) == help_lines()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"id": "lantern", "regions": ["atlantis"]}, "the field regions"), ({"id": "emergency", "number": "1"}, "112"),
        ({"id": "lantern", "languages": ["qqq"]}, "the field languages"), ([1], "cannot be used"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_the_file_as_it_was(file: Path, given: object, words: str) -> None:
    before = file.read_bytes()
    result = run("set", file, given=given)
    assert (result.exit_code, words in result.stderr) == (3, True)
    assert file.read_bytes() == before


def test_set_that_changes_nothing_does_not_touch_the_file(file: Path) -> None:
    before = file.stat()
    answer("set", file, given={"id": "lantern"})
    assert file.stat().st_ino == before.st_ino


def test_remove_takes_a_place_but_never_a_line(file: Path) -> None:
    refused = run("remove", file, "hotline")
    assert (refused.exit_code, "stays in the list" in refused.stderr) == (3, True)
    assert answer("remove", file, "lantern")["version"] == 4
    assert not read_directory(file.read_bytes()).has("lantern")
    again = run("remove", file, "lantern")
    assert (again.exit_code, "no entry lantern" in again.stderr) == (3, True)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.json").exit_code == 3


def asked(file: Path, entry: str, *answers: str) -> Result:
    words = ["centre", "directory", "set", str(file), "--ask", entry]
    return CliRunner().invoke(cli, words, input="".join(f"{answer}\n" for answer in answers))


def test_asking_keeps_what_stands_and_empties_on_request(file: Path) -> None:
    answers = dict.fromkeys(FIELDS[1:], "") | {"address": "-", "languages": "th, da", "confirmed": "yes"}
    result = asked(file, "lantern", *answers.values())
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["changed"] == ["address", "languages", "as_of"]
    entry = read_directory(file.read_bytes()).entry("lantern")
    assert entry_fields(entry)["hours"] == PLACE_ROW["hours"]
    assert (entry.address, entry.languages, entry.confirmed) == ("", ("th", "da"), True)


def test_asking_says_at_once_what_is_wrong_and_asks_again(file: Path) -> None:
    answers = [
        "shop", "clinic", "", "New\u202eClinic", "New Clinic", "atlantis", "sjaelland", "", "call me", "12 34", "", "", "",
        "someday", "monday 8-9", "monday", "weekdays 08:30-16:00 20:00-02:00; saturday closed; by appointment", "qqq", "en",
        "", "", "", "By phone", "today", "2026-03-02", "maybe", "no", "never", "6",
    ]  # fmt: skip
    result = asked(file, "new_clinic", *answers)
    assert result.exit_code == 0, result.output
    entry = entry_fields(read_directory(file.read_bytes()).entry("new_clinic"))
    assert entry == {
        "id": "new_clinic", "kind": "clinic", "name": "New Clinic", "regions": ["sjaelland"], "number": "12 34",
        "hours": {"weekdays": [["08:30", "16:00"], ["20:00", "02:00"]], "saturday": [], "by_appointment": True},
        "languages": ["en"], "source": "By phone", "as_of": "2026-03-02", "confirmed": False, "stale_after_months": 6,
    }  # fmt: skip
    assert result.stderr.count("is not right") == 13


def test_asking_for_a_line_shows_how_hours_are_written(file: Path) -> None:
    result = asked(file, "emergency", *[""] * (len(FIELDS) - 1))
    assert result.exit_code == 0, result.output
    assert "[weekdays 00:00-24:00; weekends 00:00-24:00]" in result.stderr
    assert read_directory(file.read_bytes()).line("emergency").stale_after_months is None


def test_asking_that_is_broken_off_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    assert asked(file, "lantern", "clinic").exit_code == 3
    assert file.read_bytes() == before
