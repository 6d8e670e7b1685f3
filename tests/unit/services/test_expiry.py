"""Expiry: nothing until a retention is set, nothing before it was seen coming, nothing while something is open."""

from __future__ import annotations

from datetime import date

from outreach_app.domain.contact import Identity
from outreach_app.records import policy
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, holding
from tests.support.sessions import Laptop, met

MARKER = "Kirsebaerblomst"
EXPIRE = {"coded": 30, "follow_up": 30, "referral": 30, "contact": 30}


def test_nothing_expires_until_somebody_sets_a_retention(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("coded")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 4000)
    assert laptop.session.keeping.preview_expiry() == ()
    assert laptop.session.keeping.expire().count == 0


def test_a_retention_expires_nothing_before_it_was_seen_coming_for_a_fortnight(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish(MARKER)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 100)
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    (row,) = laptop.session.keeping.preview_expiry()
    assert (row.note_id, row.kind, row.expires_on, row.held_because) == (note_id, "coded", date(2026, 6, 25), "")
    assert laptop.session.keeping.overview().expires_soon == 1
    assert laptop.session.keeping.expire().count == 0
    days_after_the_receipt(laptop, 113)
    assert laptop.session.keeping.expire().count == 0
    days_after_the_receipt(laptop, 114)
    assert laptop.session.keeping.overview().may_expire == 1
    assert laptop.session.keeping.expire().count == 1
    assert holding(laptop, MARKER) == []


def test_what_is_open_is_listed_with_its_reason_and_does_not_expire(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    unsent = laptop.finish("unsent")
    days_after_the_receipt(laptop, 60)
    (row,) = laptop.session.keeping.preview_expiry()
    assert (row.note_id, row.held_because) == (unsent, "unsent")
    assert laptop.session.keeping.overview().expires_soon == 0
    assert laptop.session.keeping.expire().count == 0
    at_the_centre(laptop, box)
    laptop.session.keeping.keep_with_reason(unsent, "asked to")
    assert laptop.session.keeping.preview_expiry()[0].held_because == "kept"
    assert laptop.session.keeping.expire().count == 0


def test_a_contact_goes_with_her_last_note_when_it_expires(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, {"coded": 30})
    gone, stays = (laptop.session.contacts.record_contact(name) for name in ("Red jacket", "Blue hat"))
    laptop.finish("old", contact_id=gone.id)
    laptop.finish("old", contact_id=stays.id)
    laptop.finish("new", contact_id=stays.id, met_at=met().met_at.replace(year=2027))
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 60)
    done = laptop.session.keeping.expire()
    assert (done.count, done.contacts) == (2, 1)
    assert [row.short_name for row in laptop.session.contacts.list_contacts()] == ["Blue hat"]


def test_a_contact_a_draft_is_about_stays_until_the_draft_is_done(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.session.contacts.record_identity(contact.id, Identity("Anna Eksempel", "r"))
    laptop.finish("old", contact_id=contact.id)
    at_the_centre(laptop, box)
    laptop.session.drafts.keep_draft("d" * 32, {"content": {"contact_id": contact.id}}, page="encounter")
    days_after_the_receipt(laptop, 60)
    assert laptop.session.keeping.expire().contacts == 0
    assert laptop.session.contacts.find_identity(contact.id) is None
    laptop.session.drafts.discard_draft("d" * 32)
    days_after_the_receipt(laptop, 90)
    assert laptop.session.keeping.expire().contacts == 1


def test_a_bare_contact_expires_by_a_retention_of_her_own(laptop: Laptop) -> None:
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, {"contact": 30})
    contact = laptop.session.contacts.record_contact(MARKER)
    days_after_the_receipt(laptop, 25)
    (row,) = laptop.session.keeping.preview_expiry()
    assert (row.note_id, row.contact_id, row.contact_name, row.kind) == ("", contact.id, MARKER, "contact")
    assert laptop.session.keeping.expire().contacts == 0
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.expire().contacts == 1
    assert (laptop.session.contacts.list_contacts(), holding(laptop, MARKER)) == ((), [])
