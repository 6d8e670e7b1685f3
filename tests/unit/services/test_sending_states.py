"""Where a note is: every state with the instants it got there, found by state, by name and by batch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outreach_app.records.errors import NotFoundError
from outreach_app.records.note_journeys import JOURNEY_STATES
from outreach_app.services.sending_states import LEFT, ON_THEIR_WAY, WAITING, UnderWay
from outreach_app.sync.receipts import ReasonCode
from tests.support.centre_box import ANSWERED_AT, CentreBox
from tests.support.sending import box_name, fetch, renew_key, send
from tests.support.sessions import Laptop


def state_of(laptop: Laptop, note_id: str) -> str:
    return laptop.session.sending_states.find_note(note_id).state


def counts(laptop: Laptop) -> dict[str, int]:
    return {state: count for state, count in laptop.session.sending_states.count_notes().items() if count}


def answered(laptop: Laptop, box: CentreBox) -> None:
    box.ingest()
    fetch(laptop.session, box)


def test_a_note_goes_from_state_to_state_with_its_dates(laptop: Laptop, box: CentreBox) -> None:
    note = laptop.finish("one")
    seen = [state_of(laptop, note)]
    steps: tuple[Callable[[], object], ...] = (
        laptop.session.sending.seal,
        lambda: laptop.session.sending.mark_sent(box_name(laptop), "stick"),
        lambda: send(laptop.session, box),
        lambda: answered(laptop, box),
    )
    for step in steps:
        step()
        seen.append(state_of(laptop, note))
    assert seen == ["waiting", "sealed", "sent", "stored", "counted"]
    found = laptop.session.sending_states.find_note(note)
    now = laptop.clock.now()
    assert (found.batch, found.road, found.version, found.reason, found.refused) == (1, "network", 1, 0, "")
    assert (found.written_at, found.reviewed_at, found.sealed_at, found.sent_at) == (now, None, now, now)
    assert (found.stored_at, found.ingested_at, found.refused_at) == (ANSWERED_AT, ANSWERED_AT, None)


def test_an_amended_note_waits_again_though_its_first_version_was_counted(laptop: Laptop, box: CentreBox) -> None:
    note = laptop.finish("one")
    send(laptop.session, box)
    box.ingest()
    fetch(laptop.session, box)
    content = laptop.session.encounters.find_encounter(note).current.content
    laptop.session.encounters.amend_encounter(note, content, reason="a word")
    found = laptop.session.sending_states.find_note(note)
    assert (found.state, found.version, found.batch, found.refused) == ("waiting", 2, 0, "")


def test_what_waits_for_review_is_held_and_says_when_it_was_reviewed(laptop: Laptop) -> None:
    laptop.session.policies.set_policy("review_before_sending", True)
    note = laptop.finish("one")
    assert state_of(laptop, note) == "held"
    laptop.clock.advance(60)
    laptop.session.reviews.mark_reviewed(note, 1)
    found = laptop.session.sending_states.find_note(note)
    assert (found.state, found.reviewed_at) == ("waiting", laptop.clock.now())


def test_what_the_centre_put_aside_carries_the_reason(laptop: Laptop, box: CentreBox) -> None:
    good, bad = laptop.finish("good"), laptop.finish("bad")
    send(laptop.session, box)
    box.ingest(put_aside={bad: ReasonCode.UNKNOWN_REFERENCE})
    fetch(laptop.session, box)
    assert counts(laptop) == {"counted": 1, "put_aside": 1}
    assert state_of(laptop, good) == "counted"
    found = laptop.session.sending_states.find_note(bad)
    assert (found.state, found.reason, found.ingested_at) == ("put_aside", 6, ANSWERED_AT)


@pytest.mark.parametrize("kind", ["rejected", "reseal"])
def test_what_was_in_a_refused_batch_waits_again_and_says_so(laptop: Laptop, box: CentreBox, kind: str) -> None:
    note = laptop.finish("one")
    send(laptop.session, box)
    box.refuse(box_name(laptop), kind)  # type: ignore[arg-type]  # both are kinds of receipt
    fetch(laptop.session, box)
    found = laptop.session.sending_states.find_note(note)
    assert (found.state, found.refused, found.refused_at, found.batch) == ("again", kind, ANSWERED_AT, 0)
    renew_key(laptop, box)
    send(laptop.session, box)
    assert state_of(laptop, note) == "stored"
    assert laptop.session.sending_states.find_note(note).refused == ""


def test_what_was_in_a_batch_given_up_waits_again(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Tall").id
    laptop.finish("hers", contact_id=contact)
    other = laptop.finish("other")
    laptop.session.sending.seal()
    laptop.session.erasing.erase_contact(contact, "asked")
    found = laptop.session.sending_states.find_note(other)
    assert (found.state, found.refused, found.refused_at) == ("again", "voided", laptop.clock.now())


def test_notes_are_found_by_state_name_place_and_batch_newest_first(laptop: Laptop, box: CentreBox) -> None:
    place = laptop.session.places.record_place("Gade_7", "street", "hovedstaden").id
    first = laptop.finish("a", contact_id=laptop.session.contacts.record_contact("Tall %").id)
    second = laptop.finish("b", place_id=place)
    send(laptop.session, box)
    third = laptop.finish("c")
    states = laptop.session.sending_states
    assert [row.id for row in states.list_notes()] == [third, second, first]
    assert [row.id for row in states.list_notes(LEFT)] == [second, first]
    assert [row.id for row in states.list_notes(WAITING)] == [third]
    assert [row.id for row in states.list_notes(words="l %")] == [first]
    assert [row.id for row in states.list_notes(words=" gade_7 ")] == [second]
    assert [row.id for row in states.list_notes(words="e%7")] == []
    assert [row.id for row in states.list_notes(words="1")] == [second, first]
    assert [row.id for row in states.list_notes(limit=1, offset=1)] == [second]
    assert set(JOURNEY_STATES) == {*ON_THEIR_WAY, "counted"}
    assert (states.list_notes(words="1")[0].place_code, states.list_notes(words="1")[1].contact_name) == (
        "Gade_7", "Tall %",
    )  # fmt: skip


def test_a_note_that_was_taken_back_is_on_no_way(laptop: Laptop) -> None:
    note = laptop.finish("one")
    laptop.session.encounters.undo_finish(note, "d1" * 16, {}, page="encounter")
    assert counts(laptop) == {}
    with pytest.raises(NotFoundError):
        laptop.session.sending_states.find_note(note)


def test_batches_without_a_last_word_are_under_way(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    assert laptop.session.sending_states.under_way() == UnderWay(0, None)
    send(laptop.session, box)
    under_way = laptop.session.sending_states.under_way()
    assert (under_way.batches, under_way.counted_at) == (1, None)
    box.ingest()
    fetch(laptop.session, box)
    under_way = laptop.session.sending_states.under_way()
    assert (under_way.batches, under_way.counted_at) == (0, ANSWERED_AT)
