"""Places to be seen again: a day that has come, or something suspected; a visit settles the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from outreach_app.domain.errors import DateNotUsableError, TextTooLongError
from outreach_app.domain.place import Place
from outreach_app.records.errors import NotFoundError
from tests.support.sessions import Laptop

TODAY = date(2026, 3, 2)


def _due(laptop: Laptop, today: date = TODAY) -> list[str]:
    return [place.code for place in laptop.session.places.list_revisits(today)]


def test_a_place_with_a_suspicion_is_on_the_revisit_list_without_any_date(laptop: Laptop) -> None:
    verbs = laptop.session.places
    verbs.record_place("quiet", "street")
    verbs.record_place("suspected", "massage_parlour", suspicion="curtains always drawn, new women each week")
    assert _due(laptop) == ["suspected"]
    assert [place.code for place in laptop.session.today.overview().revisit] == ["suspected"]
    assert [place.code for place in verbs.list_places("CURTAINS")] == ["suspected"]


def test_the_longest_due_comes_first_and_what_has_no_day_last(laptop: Laptop) -> None:
    verbs = laptop.session.places
    verbs.record_place("suspected", "bar", suspicion="why")
    for code, day in (("today", TODAY), ("long ago", date(2026, 1, 2)), ("tomorrow", date(2026, 3, 3))):
        verbs.record_place(code, "street", revisit_on=day)
    assert _due(laptop) == ["long ago", "today", "suspected"]
    assert _due(laptop, date(2026, 3, 3)) == ["long ago", "today", "tomorrow", "suspected"]


def test_a_day_set_for_a_suspected_place_is_waited_for(laptop: Laptop) -> None:
    laptop.session.places.record_place("suspected", "bar", suspicion="why", revisit_on=date(2026, 3, 9))
    assert _due(laptop) == []
    assert _due(laptop, date(2026, 3, 9)) == ["suspected"]


def test_a_note_written_there_settles_the_day_but_not_the_suspicion(laptop: Laptop) -> None:
    verbs = laptop.session.places
    due = verbs.record_place("due", "street", revisit_on=TODAY)
    suspected = verbs.record_place("suspected", "bar", suspicion="why", revisit_on=TODAY)
    laptop.finish(place_id=due.id, met_at=datetime(2026, 2, 27, 20, tzinfo=UTC))
    assert _due(laptop) == ["due", "suspected"], "a visit before the day does not count"
    for place in (due, suspected):
        laptop.finish(place_id=place.id)
    assert verbs.find_place(due.id).last_seen == TODAY
    assert _due(laptop) == ["suspected"]
    verbs.amend_place(replace(verbs.find_place(suspected.id), suspicion=""))
    assert _due(laptop) == []


def test_a_visit_without_a_note_is_seen_and_can_be_taken_back(laptop: Laptop) -> None:
    verbs = laptop.session.places
    before = verbs.record_place("due", "street", revisit_on=TODAY)
    laptop.finish(place_id=before.id, met_at=datetime(2026, 2, 20, 20, tzinfo=UTC))
    assert verbs.record_visit(before.id, TODAY).places
    seen = verbs.find_place(before.id)
    assert (seen.visited_on, seen.last_seen, seen.encounters) == (TODAY, TODAY, 1)
    assert _due(laptop) == []
    verbs.amend_place(before)
    assert (verbs.find_place(before.id).last_seen, _due(laptop)) == (date(2026, 2, 20), ["due"])
    with pytest.raises(NotFoundError):
        verbs.record_visit("e" * 32, TODAY)
    with pytest.raises(DateNotUsableError):
        verbs.record_visit(before.id, date(1, 1, 1))


def test_what_could_not_be_kept_is_refused(laptop: Laptop) -> None:
    with pytest.raises(TextTooLongError):
        laptop.session.places.record_place("P", "street", suspicion="x" * 401)
    with pytest.raises(DateNotUsableError):
        laptop.session.places.amend_place(replace(laptop.session.places.record_place("P", "street"), visited_on=date(9999, 1, 1)))


def test_a_place_without_day_or_suspicion_is_never_due() -> None:
    assert not Place("", "P", "street").due_on(TODAY)
