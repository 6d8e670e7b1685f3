"""Erasing tells of her names wherever they stand in what is about others."""

from __future__ import annotations

from outreach_app.domain.contact import Identity
from outreach_app.domain.erasing import Mention
from outreach_app.domain.police_action import PoliceAction
from outreach_app.records.mentions import WHERE
from tests.support.sessions import Laptop
from tests.support.whole_person import whole_person

MARKER = "Kirsebaerblomst"


def test_her_names_are_told_of_in_every_table_of_another_person(laptop: Laptop) -> None:
    other, note = whole_person(laptop, MARKER)
    laptop.session.keeping.keep_with_reason(note, f"until {MARKER} came")
    contact = laptop.session.contacts.record_contact("Blue hat").id
    laptop.session.contacts.record_identity(contact, Identity(MARKER, "r"))
    preview = laptop.session.erasing.preview_erase(contact)
    assert [row.id for row in preview.mentions] == [note]
    by_itself = {"contacts", "places", "police_actions", "drafts"}
    assert {one.where for one in preview.elsewhere} == set(WHERE) - by_itself
    for one in preview.elsewhere:
        assert one.id == (note if one.opens == "encounter" else other) or one.where == "regroupings"


def test_places_police_actions_drafts_and_short_names_are_looked_into(laptop: Laptop) -> None:
    session = laptop.session
    contact = session.contacts.record_contact("Maria P.").id
    sister = session.contacts.record_contact("sister of maria p").id
    place = session.places.record_place("N4", "street", note="ask for MARIA P").id
    district = laptop.parts.code_lists["police_districts"].offered()[0].code
    day = laptop.clock.local_now().date()
    action = session.police_actions.record_action(PoliceAction(day, district, "unknown", 2, 1, "Maria P. was there")).id
    session.drafts.keep_draft("d" * 32, {"tags": ["x", 1], "more": {"note": "line\nMaria P. said"}}, page="encounter")
    session.drafts.keep_draft("e" * 32, {"contact_id": contact, "note": "Maria P."}, page="encounter")
    session.drafts.keep_draft("f" * 32, {"note": "Maria and P."}, page="encounter")
    assert session.erasing.preview_erase(contact).elsewhere == (
        Mention("contacts", "contact", sister, "sister of maria p"),
        Mention("places", "place", place, "N4"),
        Mention("police_actions", "police_action", action, ""),
        Mention("drafts", "draft", "d" * 32, ""),
    )
