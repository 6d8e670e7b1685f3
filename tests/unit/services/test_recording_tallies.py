"""A count that came as JSON: known people are found or made with it, and a refusal changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from outreach_app.domain.errors import MoreUsesThanCountedError, UnknownCodeError
from outreach_app.errors import KnownError
from outreach_app.records.errors import NotFoundError
from outreach_app.wire.errors import UntrustedDataError
from tests.support.sessions import Laptop

DAY = {"setting": "meeting_place", "shift_date": "2026-03-02", "count": 134}


def _record(laptop: Laptop, **fields: Any) -> Any:
    return laptop.session.recording.record_tally(json.dumps({**DAY, **fields}).encode())


def test_134_uses_by_20_coded_people_come_as_one_file(laptop: Laptop) -> None:
    jacket = laptop.session.contacts.record_contact("Red jacket").id
    known = [{"called": f"Person {number}", "uses": 5} for number in range(19)]
    counted = _record(laptop, group="women", known=[*known, {"called": "red JACKET", "uses": 2}, {"id": jacket, "uses": 3}])
    assert (counted.day.uses, counted.day.people, counted.day.uncoded) == (134, 20, 34)
    assert counted.day.by_group == {"women": 134}
    assert laptop.session.contacts.find_contact_by_name("person 7") is not None


def test_without_a_date_it_is_todays_shift(laptop: Laptop) -> None:
    laptop.session.recording.record_tally(b'{"setting": "street"}')
    (row,) = laptop.session.tallies.list_tallies()
    assert (row.tally.shift_date.isoformat(), row.tally.count, row.tally.group) == ("2026-03-02", 1, "not_said")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"known": [{"called": "New one", "uses": 135}]}, MoreUsesThanCountedError), ({"setting": "moon"}, UnknownCodeError),
        ({"known": [{"id": "e" * 32}]}, NotFoundError), ({"known": [{"uses": 1}]}, UntrustedDataError),
        ({"known": [{"called": "a", "id": "e" * 32}]}, UntrustedDataError), ({"known": [{"called": "a", "uses": 0}]}, UntrustedDataError),
        ({"count": 0}, UntrustedDataError), ({"words": "of hers"}, UntrustedDataError),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused_and_makes_nobody(laptop: Laptop, fields: dict[str, Any], error: type[KnownError]) -> None:
    with pytest.raises(error):
        _record(laptop, **fields)
    assert laptop.session.tallies.list_tallies() == ()
    assert laptop.session.contacts.list_contacts() == ()


def test_a_place_made_by_a_note_may_carry_a_suspicion(laptop: Laptop) -> None:
    note = {"setting": "bar", "place": {"code": "B-1", "suspicion": "new women each week"}}
    laptop.session.recording.record_encounter(json.dumps(note).encode())
    (place,) = laptop.session.places.list_places("B-1")
    assert place.suspicion == "new women each week"
