"""A directory from outside: what is right is read, written and read again; what is not is refused by entry and field."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from outreach_app.leaflets.directory.entry_reading import FIELDS, MOST_IN_LIST
from outreach_app.leaflets.directory.errors import DirectoryFieldError, DirectoryNewerError
from outreach_app.leaflets.directory.reading import LARGEST, MOST_ENTRIES, directory_of
from outreach_app.leaflets.directory.untrusted import entry_fields, read_directory, write_directory
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from tests.support.directories import PLACE_ROW, directory_with, rows_of

WHOLE: dict[str, Any] = PLACE_ROW | {
    "other_numbers": ["12 34"], "email": "lantern@example.org", "web": "example.org/lantern", "languages": ["th"],
    "promises": ["free"], "note": "Ring twice",
}  # fmt: skip


def refused(row: object, place: int = 2) -> tuple[str, str]:
    rows = rows_of(PLACE_ROW)
    rows["entries"][place] = row
    with pytest.raises(DirectoryFieldError) as caught:
        read_directory(json.dumps(rows))
    assert caught.value.values["field"] in caught.value.sentence()
    return str(caught.value.values["entry"]), str(caught.value.values["field"])


def test_what_is_written_is_read_again_the_same():
    directory = directory_with(WHOLE)
    assert read_directory(write_directory(directory)) == directory
    assert set(WHOLE) == set(FIELDS)
    assert entry_fields(directory.entry("lantern")) == WHOLE
    assert write_directory(read_directory(write_directory(directory))) == write_directory(directory)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "shop"), ("kind", 3), ("kind", None), ("name", ""), ("name", None), ("name", "x" * 81), ("name", " x"),
        ("regions", "sjaelland"), ("regions", [""]), ("regions", ["Sjælland"]), ("regions", ["a", "a"]),
        ("regions", [f"r{n}" for n in range(MOST_IN_LIST + 1)]), ("address", 3), ("address", "a  b"),
        ("number", "call me"), ("number", "1" * 25), ("number", "+45 12 34\u202e"), ("other_numbers", ["12", 3]),
        ("email", "nobody"), ("email", "a@b.c" * 20), ("web", "http://example.org"), ("web", "javascript:x"),
        ("languages", ["danish"]), ("languages", ["qx"]), ("languages", ["th", "zz-ZZ"]), ("promises", ["secret"]), ("promises", "free"), ("note", "x" * 201),
        ("source", ""), ("as_of", "yesterday"), ("as_of", "2026-13"), ("as_of", "2026-02-30"), ("as_of", ""),
        ("confirmed", "yes"), ("confirmed", 1), ("stale_after_months", 0), ("stale_after_months", 61),
        ("stale_after_months", None), ("stale_after_months", True), ("stale_after_months", "12"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_by_its_name(field, value):
    assert refused(PLACE_ROW | {field: value}) == ("lantern", field)


def test_languages_nobody_prints_in_are_known_where_they_have_a_name():
    codes = ["th", "bin", "ka", "pt-PT"]
    assert list(directory_with(PLACE_ROW | {"languages": codes}).entry("lantern").languages) == codes


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (3, "hours"), ({"someday": []}, "hours"), ({"monday": 3}, "hours.monday"), ({"monday": [3]}, "hours.monday"),
        ({"monday": [["8", "16:00"]]}, "hours.monday"), ({"monday": [["08:00", "25:00"]]}, "hours.monday"),
        ({"monday": [["08:00", "24:30"]]}, "hours.monday"), ({"monday": [[None, "16:00"]]}, "hours.monday"),
        ({"monday": [["16:00", "08:30"]]}, "hours.monday"), ({"monday": [["24:00", "02:00"]]}, "hours.monday"),
        ({"monday": [["10:00", "10:00"]]}, "hours.monday"),
        ({"monday": [["10:00", "12:00"], ["11:00", "13:00"]]}, "hours.monday"),
        ({"monday": [["10:00", "10:30"]] * 5}, "hours.monday"), ({"by_appointment": 1}, "hours.by_appointment"),
        ({"weekdays": [], "friday": []}, "hours.weekdays"), ({"weekends": [], "sunday": []}, "hours.weekends"),
    ],
)  # fmt: skip
def test_wrong_hours_are_refused_by_their_day(hours, field):
    assert refused(PLACE_ROW | {"hours": hours}) == ("lantern", field)


@pytest.mark.parametrize("field", ["id", "kind", "source", "as_of", "confirmed", "stale_after_months"])
def test_a_missing_field_is_refused_by_its_name(field):
    entry, named = refused({name: value for name, value in PLACE_ROW.items() if name != field})
    assert (entry, named) == ("entry 3" if field == "id" else "lantern", field)


def test_what_is_no_entry_or_has_no_good_name_is_refused_by_its_place():
    assert refused(3) == ("entry 3", "$")
    assert refused(PLACE_ROW | {"id": "A\u202eB"}) == ("entry 3", "id")
    assert refused(PLACE_ROW | {"id": ["x"]}) == ("entry 3", "id")
    assert refused(PLACE_ROW | {"sec\u202eret": 1}) == ("lantern", "sec?ret")


@pytest.mark.parametrize(
    "hours", [{}, {"weekdays": [["08:00", "16:00"]]}, {"monday": []}, {"weekdays": [], "weekends": []}]
)
def test_a_line_has_hours_for_weekdays_and_for_weekends(hours):
    assert refused(rows_of()["entries"][0] | {"hours": hours}, place=0) == ("hotline", "hours")
    usual = rows_of()["entries"][0]["hours"]
    assert refused(rows_of()["entries"][0] | {"hours": usual | {"by_appointment": True}}, place=0) == (
        "hotline",
        "hours",
    )


def test_the_emergency_number_is_112_day_and_night():
    emergency = rows_of()["entries"][1]
    assert refused(emergency | {"number": "113"}, place=1) == ("emergency", "number")
    usual = {"weekdays": [["00:00", "24:00"]], "weekends": [["09:00", "15:00"]]}
    assert refused(emergency | {"hours": usual}, place=1) == ("emergency", "hours")


def test_both_lines_are_there_once_and_no_id_comes_twice():
    hotline, emergency = rows_of()["entries"][:2]
    assert refused(PLACE_ROW, place=0) == ("lantern", "id")
    assert refused(PLACE_ROW | {"id": "other"}, place=0) == ("hotline", "kind")
    assert refused(hotline | {"id": "second"}) == ("hotline", "kind")
    assert refused(emergency | {"id": "second"}) == ("emergency", "kind")
    assert refused(hotline | {"id": "second"}, place=0) == ("hotline", "kind")
    assert refused(emergency | {"id": "hotline"}, place=0) == ("hotline", "id")


def test_no_entry_goes_by_the_name_of_another_kind():
    assert refused(PLACE_ROW | {"id": "emergency"}, place=1) == ("emergency", "id")
    assert refused(PLACE_ROW | {"id": "controller"}) == ("controller", "id")
    assert directory_with(PLACE_ROW | {"id": "meeting_place"}).entry("meeting_place").name == "The Lantern"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("schema", 0), ("schema", True), ("schema", "1"), ("version", 0), ("version", "1"), ("version", True),
        ("published", "today"), ("published", 3), ("entries", {}), ("extra", 1),
    ],
)  # fmt: skip
def test_a_wrong_envelope_is_refused_by_its_field(field, value):
    with pytest.raises(DirectoryFieldError) as caught:
        directory_of(rows_of() | {field: value})
    assert (caught.value.values["entry"], caught.value.values["field"]) == ("the list itself", field)


def test_a_missing_part_of_the_envelope_is_named():
    rows = rows_of()
    del rows["published"]
    with pytest.raises(DirectoryFieldError) as caught:
        directory_of(rows)
    assert caught.value.values["field"] == "published"
    with pytest.raises(DirectoryFieldError):
        directory_of([])


def test_a_newer_form_is_said():
    with pytest.raises(DirectoryNewerError) as caught:
        directory_of({"schema": 2, "anything": "else"})
    assert "form 2" in caught.value.sentence()


def test_size_and_number_are_limited_before_anything_is_read():
    rows = rows_of(*(copy.deepcopy(PLACE_ROW) | {"id": f"p{number}"} for number in range(MOST_ENTRIES)))
    with pytest.raises(DirectoryFieldError) as caught:
        directory_of(rows)
    assert caught.value.values["field"] == "entries"
    with pytest.raises(DataTooLargeError):
        read_directory(b" " * (LARGEST + 1))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": 1, "schema": 1}', '{"a":[[[[[[[1]]]]]]]}'])
def test_what_is_no_json_object_is_refused(content):
    with pytest.raises(UntrustedDataError):
        read_directory(content)
