"""Names for the random ids of the record of use."""

from __future__ import annotations

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


def test_workers_are_named(laptop):
    worker = laptop.session.worker
    assert laptop.session.subjects.worker_names() == {worker.id: worker.name}
