"""She takes it back: what left, when and to whom is said; nothing further leaves; the centre's answer is shown."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import HealthBlock
from outreach_app.domain.errors import NothingToWithdrawError, UnknownCodeError
from outreach_app.records.errors import NotFoundError
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.batch_records import (
    CodedRecord,
    NoteRecord,
    RecordVersion,
    TallyRecord,
    VoidRecord,
    WithdrawalRecord,
)
from tests.support.casework import AGREES, Person, person
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt
from tests.support.sending import fetch, send
from tests.support.sessions import Laptop, PreparedLaptop

REFERRAL = ConsentLevel.REFERRAL
SECRET = "She wants a lawyer"


def sent_to_police(laptop: Laptop, box: CentreBox) -> tuple[Person, str]:
    her = person(laptop)
    laptop.session.contacts.record_identity(her.id, Identity("Ana", "for the police"))
    her.agrees("police")
    note = her.met(SECRET, consent=REFERRAL, recipient="police")
    send(laptop.session, box)
    return her, note


def test_she_withdraws_after_sending_and_is_told_what_left_when_and_to_whom(laptop: Laptop, box: CentreBox):
    her, note = sent_to_police(laptop, box)
    preview = laptop.session.withdrawing.preview(her.id, "police")
    done = laptop.session.withdrawing.withdraw(her.id, "police", words="she is afraid", on=date(2026, 3, 4))
    assert preview == done.withdrawal
    (left,) = done.withdrawal.left
    assert (left.record_id, left.version, left.kind, left.recipient, left.batch) == (note, 1, "referral", "police", 1)
    assert left.left_at == laptop.session.sending.list_batches()[0].sent_at
    (told,) = laptop.session.withdrawing.list_withdrawn(her.id)
    assert told.left == (left,)
    assert (told.consent.withdrawn_on, told.consent.withdrawn_words) == (date(2026, 3, 4), "she is afraid")
    assert told.state == "waiting"
    assert laptop.session.consents.find_in_force(her.id, "police") is None


def test_nothing_further_leaves_and_the_centres_answer_is_shown(laptop: Laptop, box: CentreBox):
    her, note = sent_to_police(laptop, box)
    before = len(box.records())
    laptop.session.withdrawing.withdraw(her.id, "police")
    send(laptop.session, box)
    later = box.records()[before:]
    assert [type(record) for record in later] == [CodedRecord, WithdrawalRecord]
    assert (later[0].id, later[0].version) == (note, 2)
    assert (later[1].contact, later[1].recipient) == (her.id, "police")
    assert later[1].floors == [RecordVersion(id=note, version=2)]
    assert laptop.session.withdrawing.list_withdrawn(her.id)[0].state == "sent"
    box.ingest()
    fetch(laptop.session, box)
    assert laptop.session.withdrawing.list_withdrawn(her.id)[0].state == "confirmed"
    versions = laptop.session.encounters.find_encounter(note).versions
    assert [version.content.note for version in versions] == [SECRET, SECRET]
    assert [version.content.consent for version in versions] == [REFERRAL, ConsentLevel.CODED]
    assert versions[1].reason == "She took her consent back"


def test_what_is_sealed_but_not_confirmed_is_given_up(laptop: Laptop, box: CentreBox):
    her = person(laptop)
    her.agrees("police")
    her.met(SECRET, consent=REFERRAL, recipient="police")
    laptop.session.sending.seal()
    done = laptop.session.withdrawing.withdraw(her.id, "police")
    assert done.withdrawal.left == ()
    assert laptop.session.withdrawing.list_withdrawn(her.id)[0].state == "nothing_left"
    send(laptop.session, box)
    assert [type(record) for record in box.records()] == [CodedRecord, WithdrawalRecord, VoidRecord]


@pytest.mark.parametrize(
    ("level", "record"),
    [(ConsentLevel.FOLLOW_UP, NoteRecord), (ConsentLevel.CODED, CodedRecord), (ConsentLevel.WRITE_NOTHING, TallyRecord)],
)
def test_the_worker_names_what_may_still_leave(laptop: Laptop, box: CentreBox, level: ConsentLevel, record: type):
    her = person(laptop)
    her.met(consent=REFERRAL, recipient="dis")
    laptop.session.withdrawing.withdraw(her.id, "dis", level=level)
    send(laptop.session, box)
    assert [type(each) for each in box.records()] == [record]


def test_taking_back_what_cmm_gets_lowers_every_note_with_words(laptop: Laptop, box: CentreBox):
    her, other = person(laptop), person(laptop, "Blue hat")
    her.agrees("cmm")
    her.met(consent=ConsentLevel.FOLLOW_UP)
    her.met(consent=REFERRAL, recipient="cmm")
    her.met(consent=REFERRAL, recipient="police")  # CMM's centre has this one too, whole
    other.met(consent=ConsentLevel.FOLLOW_UP)
    at_the_centre(laptop, box)
    done = laptop.session.withdrawing.withdraw(her.id, "cmm")
    assert len(done.withdrawal.notes) == 3
    assert [left.kind for left in done.withdrawal.left] == ["note", "referral", "referral"]
    levels = [row.consent for row in laptop.session.encounters.list_encounters(contact_id=her.id)]
    assert levels == [ConsentLevel.CODED] * 3
    with pytest.raises(UnknownCodeError):
        laptop.session.withdrawing.withdraw(her.id, "cmm", level=ConsentLevel.FOLLOW_UP)


def test_what_she_agreed_to_in_a_note_alone_can_be_taken_back_too(laptop: Laptop, box: CentreBox):
    her = person(laptop)
    note = her.met(consent=REFERRAL, recipient="health")
    send(laptop.session, box)
    laptop.session.withdrawing.withdraw(her.id, "health")
    (told,) = laptop.session.withdrawing.list_withdrawn(her.id)
    assert (told.consent.points, told.consent.encounter_id, told.consent.in_force) == ((), note, False)
    assert [left.record_id for left in told.left] == [note]
    assert laptop.session.consents.list_agreed_in_notes(her.id) == ()


def test_open_referrals_that_rested_on_it_are_withdrawn(laptop: Laptop):
    her = person(laptop)
    her.agrees("police")
    her.agrees("health")
    her.met(view=AGREES)
    police, health = her.referred("police"), her.referred("health")
    closed = her.referred("police")
    laptop.session.referrals.add_step(closed.id, "closed", date(2026, 3, 3))
    done = laptop.session.withdrawing.withdraw(her.id, "police", on=date(2026, 3, 4))
    assert [each.id for each in done.withdrawal.referrals] == [police.id]
    states = {each.id: each.state for each in laptop.session.referrals.list_of_contact(her.id)}
    assert states == {police.id: "withdrawn", health.id: "made", closed.id: "closed"}


@pytest.mark.parametrize("explained", [True, False])
def test_what_was_shed_since_can_still_be_taken_back(laptop: Laptop, box: CentreBox, explained: bool):
    her = person(laptop)
    if explained:
        her.agrees("police")
    note = her.met(SECRET, consent=REFERRAL, recipient="police")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 1
    (kept,) = laptop.session.consents.list_consents(her.id)
    assert (kept.recipient, bool(kept.points)) == ("police", explained)
    done = laptop.session.withdrawing.withdraw(her.id, "police")
    assert [(left.record_id, left.kind, left.recipient) for left in done.withdrawal.left] == [
        (note, "referral", "police"),
    ]
    (told,) = laptop.session.withdrawing.list_withdrawn(her.id)
    assert (told.left, told.state) == (done.withdrawal.left, "no_longer_here")


def test_shedding_remembers_nothing_of_a_note_without_a_contact(laptop: Laptop, box: CentreBox):
    laptop.finish(consent=REFERRAL, recipient="police")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 1
    assert laptop.db.execute("SELECT count(*) FROM consents").fetchone() == (0,)


def test_a_note_taken_back_as_a_draft_is_left_alone(laptop: Laptop):
    her = person(laptop)
    note = her.met(consent=REFERRAL, recipient="police", age=16)
    laptop.session.encounters.undo_finish(note, "d" * 32, {}, page="encounter")
    assert laptop.session.consents.last_meeting(her.id) is None
    assert laptop.session.consents.list_agreed_in_notes(her.id) == ()
    assert laptop.session.referrals.find_choice(her.id) is None
    assert not laptop.session.referrals.may_go_without_consent(her.id)
    with pytest.raises(NothingToWithdrawError):
        laptop.session.withdrawing.preview(her.id, "police")


def test_nothing_to_take_back_is_said(laptop: Laptop):
    her = person(laptop)
    her.met()
    for contact, error in ((her.id, NothingToWithdrawError), ("0" * 32, NotFoundError)):
        with pytest.raises(error):
            laptop.session.withdrawing.withdraw(contact, "police")
        with pytest.raises(error):
            laptop.session.withdrawing.preview(contact, "police")


def test_a_record_the_centre_put_aside_is_said(laptop: Laptop, box: CentreBox):
    her, note = sent_to_police(laptop, box)
    laptop.session.withdrawing.withdraw(her.id, "police")
    send(laptop.session, box)
    box.ingest(put_aside={note: ReasonCode.WRONG_SHAPE})
    fetch(laptop.session, box)
    assert laptop.session.withdrawing.list_withdrawn(her.id)[0].state == "put_aside"


def test_the_health_part_stays_as_it_was(prepared_health: PreparedLaptop, tmp_path):
    with prepared_health.copy(tmp_path / "vault") as laptop:
        her = person(laptop)
        block = HealthBlock(check=True, words="rash")
        note = her.met(consent=REFERRAL, recipient="police", health=block)
        laptop.session.withdrawing.withdraw(her.id, "police")
        assert laptop.session.encounters.find_encounter(note).current.content.health == block
