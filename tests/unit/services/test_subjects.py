"""Names for the random ids of the record of use."""

from __future__ import annotations

from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.police_action import PoliceAction
from outreach_app.domain.tally import Tally
from tests.support.sessions import MET_AT


def test_notes_contacts_and_places_are_named_and_what_is_not_here_is_left_out(laptop):
    session = laptop.session
    contact = session.contacts.record_contact("red jacket")
    place = session.places.record_place("Station", "street", "hovedstaden")
    with_name = laptop.finish("words", contact_id=contact.id)
    without = laptop.finish("words")
    asked = (with_name, without, contact.id, place.id, "f" * 32)
    found = session.subjects.find_subjects(asked)
    assert set(found) == set(asked) - {"f" * 32}
    assert [(found[each].kind, found[each].name) for each in asked[:4]] == [
        ("note", "red jacket"), ("note", ""), ("contact", "red jacket"), ("place", "Station"),
    ]  # fmt: skip
    assert found[with_name].day == MET_AT.date()
    assert found[contact.id].day is None


def test_a_police_action_is_known_by_its_day(laptop):
    kept = laptop.session.police_actions.record_action(PoliceAction(MET_AT.date(), "kobenhavn", met=4, talked_to=2)).id
    found = laptop.session.subjects.find_subjects([kept])[kept]
    assert (found.kind, found.name, found.day) == ("police_action", "", MET_AT.date())


def test_workers_are_named(laptop):
    worker = laptop.session.worker
    assert laptop.session.subjects.worker_names() == {worker.id: worker.name}


def test_a_follow_up_is_known_by_its_note_and_a_count_by_its_day(laptop):
    contact = laptop.session.contacts.record_contact("red jacket")
    laptop.finish("words", contact_id=contact.id, follow_up=FollowUp(MET_AT.date(), "call"))
    tally = Tally(MET_AT.date(), "street", "hovedstaden", "women", 3)
    laptop.session.tallies.record_tally(tally)
    ids = [row[0] for row in laptop.db.execute("SELECT id FROM follow_ups UNION ALL SELECT id FROM tallies")]
    found = laptop.session.subjects.find_subjects(ids)
    assert [(found[each].kind, found[each].name, found[each].day) for each in ids] == [
        ("follow_up", "red jacket", MET_AT.date()), ("tally", "", MET_AT.date()),
    ]  # fmt: skip
