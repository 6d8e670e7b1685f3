"""Notes that were sealed as another person's: given up where they are on their way, and sent again as hers."""

from __future__ import annotations

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.wire.batch_records import ErasureRecord, kind_of
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, finish
from tests.support.sending import send
from tests.support.sessions import Laptop, met


def contact(laptop: Laptop, name: str) -> str:
    return laptop.session.contacts.record_contact(name).id


def test_a_note_split_off_goes_again_before_it_can_be_shed(laptop: Laptop, box: CentreBox) -> None:
    jacket = contact(laptop, "Red jacket")
    hers, others = finish(laptop, "one", contact_id=jacket), finish(laptop, "Kirsebaer", contact_id=jacket)
    at_the_centre(laptop, box)
    other = laptop.session.grouping.split_contact(jacket, [others], "Other").contact_id
    laptop.session.erasing.erase_contact(jacket, "asked")
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 0
    send(laptop.session, box)
    told = {record.id: record for record in box.records()}
    assert (told[others].contact, told[others].version, told[others].note) == (other, 2, "Kirsebaer")
    (erased,) = (record for record in box.records() if isinstance(record, ErasureRecord))
    assert (erased.contact, erased.records) == (jacket, [hers])
    versions = laptop.session.encounters.find_encounter(others).versions
    assert [(each.content.note, each.reason) for each in versions] == [
        ("Kirsebaer", ""), ("Kirsebaer", "Put with another contact"),
    ]  # fmt: skip


def test_a_note_sealed_while_two_were_one_goes_again_when_they_stand_apart(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    early = finish(laptop, "before", contact_id=jacket)
    at_the_centre(laptop, box)
    laptop.clock.advance(60)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.encounters.amend_encounter(early, met("more", contact_id=maria, consent=ConsentLevel.FOLLOW_UP), "why")
    draft = finish(laptop, "about Maria", contact_id=maria)
    at_the_centre(laptop, box)
    laptop.session.grouping.undo_regrouping(merged.id)
    outbox = laptop.session.sending.outbox()
    assert (outbox.total, outbox.notices) == (2, 1)
    laptop.session.erasing.erase_contact(maria, "asked")
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 0
    send(laptop.session, box)
    found = [record for record in box.records() if record.id in {early, draft}]
    assert [(each.id, each.version, each.contact) for each in found] == [
        (early, 1, jacket), (early, 2, maria), (draft, 1, maria), (early, 3, jacket),
    ]  # fmt: skip


def test_undoing_sends_nothing_again_that_left_before_the_merge(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    finish(laptop, "one", contact_id=jacket)
    send(laptop.session, box)
    laptop.clock.advance(60)
    laptop.session.grouping.undo_regrouping(laptop.session.grouping.merge_contacts(jacket, maria).id)
    assert laptop.session.sending.outbox().total == 0


def test_what_was_sealed_with_her_name_does_not_leave_for_the_one_split_off(laptop: Laptop, box: CentreBox) -> None:
    jacket = contact(laptop, "Red jacket")
    laptop.session.contacts.record_identity(jacket, Identity("Ana Example", "asked for it"))
    hers, others = (finish(laptop, each, ConsentLevel.REFERRAL, contact_id=jacket) for each in ("one", "two"))
    laptop.session.sending.seal()
    laptop.session.grouping.split_contact(jacket, [others], "Other")
    send(laptop.session, box)
    names_told = {record.id: record.identity_name for record in box.records() if hasattr(record, "identity_name")}
    assert names_told == {hers: "Ana Example", others: ""}


def test_what_was_sealed_with_the_name_of_the_other_does_not_leave_after_undoing(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    laptop.session.contacts.record_identity(jacket, Identity("Ana Example", "asked for it"))
    marias = finish(laptop, "one", ConsentLevel.REFERRAL, contact_id=maria)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.sending.seal()
    laptop.session.grouping.undo_regrouping(merged.id)
    send(laptop.session, box)
    assert [(each.id, each.identity_name) for each in box.records() if hasattr(each, "identity_name")] == [(marias, "")]


def test_words_nobody_has_reviewed_yet_are_not_called_reviewed_for_moving(laptop: Laptop, box: CentreBox) -> None:
    jacket = contact(laptop, "Red jacket")
    sent, fresh = finish(laptop, "one", contact_id=jacket), finish(laptop, "two", contact_id=jacket)
    send(laptop.session, box)
    laptop.session.encounters.amend_encounter(fresh, met("new words", contact_id=jacket), "more")
    laptop.session.grouping.split_contact(jacket, [sent, fresh], "Other")
    states = {each: laptop.session.encounters.find_encounter(each) for each in (sent, fresh)}
    assert {each: (note.state, note.current.version) for each, note in states.items()} == {
        sent: ("reviewed", 2), fresh: ("amended", 2),
    }  # fmt: skip


def test_notes_that_were_sent_are_not_sent_again_for_being_merged(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    note = finish(laptop, "one", contact_id=jacket)
    send(laptop.session, box)
    laptop.session.grouping.merge_contacts(jacket, maria)
    outbox = laptop.session.sending.outbox()
    assert (outbox.total, outbox.notices) == (1, 1)
    assert laptop.db.execute("SELECT subject_before FROM regrouped_notes").fetchall() == [(jacket,)]
    laptop.session.encounters.amend_encounter(note, met("more", contact_id=maria, consent=ConsentLevel.FOLLOW_UP), "why")
    send(laptop.session, box)
    assert [(kind_of(record), record.contact) for record in box.records()] == [
        ("note", jacket), ("note", maria), ("merge", jacket),
    ]  # fmt: skip


def test_a_version_that_may_be_at_the_desk_never_leaves_again_with_something_else_in_it(
    laptop: Laptop, box: CentreBox
) -> None:
    """The batch was handed over and given up for another's sake; the desk may have taken it in, and keeps what it took."""
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    changed, same = finish(laptop, "one", contact_id=jacket), finish(laptop, "two", contact_id=maria)
    gone = finish(laptop, "three", contact_id=contact(laptop, "Blue hat"))
    box.gives_stored = False
    send(laptop.session, box)
    laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.erasing.erase_contact(laptop.session.encounters.find_encounter(gone).current.content.contact_id, "asked")
    laptop.session.sending.seal()
    laptop.session.sending.seal()
    send(laptop.session, box)
    sent = [(each.id, each.version, each.contact) for each in box.records() if each.id in {changed, same}]
    assert sent == [(changed, 1, jacket), (same, 1, maria), (changed, 2, maria), (same, 1, maria)]
    reasons = [each.reason for each in laptop.session.encounters.find_encounter(changed).versions]
    assert reasons == ["", "Sent again as it stands now"]
