"""Giving up what nobody has confirmed: less may leave of a note, or of a person, than what was sealed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.wire.batch_records import BatchRecord, CodedRecord, ReferralRecord, VoidRecord
from tests.support.casework import person
from tests.support.centre_box import CentreBox
from tests.support.sending import send
from tests.support.sessions import Laptop

SECRET = "She wants a lawyer"


def referred(laptop: Laptop) -> str:
    """Finish a note for the police with her name, and one of somebody else; return the first."""
    her = person(laptop)
    laptop.session.contacts.record_identity(her.id, Identity("Ana", "for the police"))
    laptop.finish("somebody else", consent=ConsentLevel.FOLLOW_UP)
    return her.met(SECRET, consent=ConsentLevel.REFERRAL, recipient="police")


def her_id(laptop: Laptop) -> str:
    (her,) = laptop.session.contacts.list_contacts()
    return her.id


def amend(laptop: Laptop, note_id: str, **values: Any) -> None:
    content = laptop.session.encounters.find_encounter(note_id).current.content
    laptop.session.encounters.amend_encounter(note_id, replace(content, **values), "she changed her mind")


def of_note(box: CentreBox, note: str) -> list[BatchRecord]:
    return [record for record in box.records() if record.id == note]


@pytest.mark.parametrize(("level", "leaves"), [
    (ConsentLevel.WRITE_NOTHING, "tally"), (ConsentLevel.CODED, "coded"), (ConsentLevel.FOLLOW_UP, "note"),
])  # fmt: skip
def test_what_was_sealed_does_not_leave_once_she_agrees_to_less(
    laptop: Laptop, box: CentreBox, level: ConsentLevel, leaves: str
) -> None:
    note = referred(laptop)
    laptop.session.sending.seal()
    amend(laptop, note, consent=level, recipient="")
    (before,) = laptop.session.sending.list_batches()
    assert before.state == "voided"
    assert laptop.session.sending.sealed_bytes(before.sha512) is None
    assert send(laptop.session, box).sent == 1
    assert b"Ana" not in b"".join(box.lines())
    if level is not ConsentLevel.FOLLOW_UP:
        assert SECRET.encode() not in b"".join(box.lines())
    (record,) = of_note(box, note)
    assert (record.version, type(record).__name__) == (2, f"{leaves.capitalize()}Record")
    assert len(box.records()) == 3, "the other note goes again, and the centre hears of the number"
    (void,) = (record for record in box.records() if isinstance(record, VoidRecord))
    assert (void.seq, void.sha512) == (before.seq, before.sha512)


def test_what_was_sealed_for_one_recipient_does_not_leave_once_she_names_another(
    laptop: Laptop, box: CentreBox
) -> None:
    note = referred(laptop)
    laptop.session.sending.seal()
    amend(laptop, note, recipient="health")
    send(laptop.session, box)
    assert [record.recipient for record in of_note(box, note) if isinstance(record, ReferralRecord)] == ["health"]


@pytest.mark.parametrize("values", [{"note": "one word more"}, {"consent": ConsentLevel.REFERRAL, "recipient": "police"}])
def test_a_note_amended_at_her_level_or_above_leaves_its_batch_as_it_is(
    laptop: Laptop, box: CentreBox, values: dict[str, Any]
) -> None:
    note = laptop.finish(SECRET, consent=ConsentLevel.FOLLOW_UP, contact_id=person(laptop).id)
    laptop.session.sending.seal()
    amend(laptop, note, **values)
    send(laptop.session, box)
    assert [record.version for record in of_note(box, note)] == [1, 2]


def test_a_batch_the_mailbox_has_stands_and_is_never_sent_again(laptop: Laptop, box: CentreBox) -> None:
    note = referred(laptop)
    send(laptop.session, box)
    amend(laptop, note, consent=ConsentLevel.CODED, recipient="")
    assert [row.state for row in laptop.session.sending.list_batches()] == ["stored"]
    box.batches.clear()  # the mailbox was put back from a backup: it would be given the words once more
    send(laptop.session, box)
    assert [type(record) for record in of_note(box, note)] == [CodedRecord]


def test_a_name_that_was_taken_away_does_not_leave_in_what_was_sealed_before(laptop: Laptop, box: CentreBox) -> None:
    note = referred(laptop)
    other = laptop.finish("she is counted only", contact_id=(her := her_id(laptop)))
    laptop.session.sending.seal()
    laptop.session.contacts.forget_identity(her)
    send(laptop.session, box)
    assert b"Ana" not in b"".join(box.lines())
    (record,) = of_note(box, note)
    assert isinstance(record, ReferralRecord)
    assert (record.version, record.identity_name, record.note) == (2, "", SECRET)
    assert [record.version for record in of_note(box, other)] == [1], "nothing in it is another"


def test_facts_that_were_taken_away_count_nobody_in_what_was_sealed_before(laptop: Laptop, box: CentreBox) -> None:
    note = referred(laptop)
    laptop.session.contacts.record_linkage(her_id(laptop), LinkageFacts("An", "Po", date(1999, 1, 2)))
    laptop.session.sending.seal()
    laptop.session.contacts.forget_linkage(her_id(laptop))
    send(laptop.session, box)
    (record,) = of_note(box, note)
    assert isinstance(record, ReferralRecord)
    assert (record.version, record.linkage_code) == (2, "")


def test_taking_a_name_away_leaves_batches_that_cannot_hold_it(laptop: Laptop) -> None:
    her = person(laptop)
    laptop.session.contacts.record_identity(her.id, Identity("Ana", "for later"))
    her.met("codes only")
    her.met("words", consent=ConsentLevel.FOLLOW_UP)
    laptop.session.sending.seal()
    laptop.session.contacts.forget_identity(her.id)
    assert [row.state for row in laptop.session.sending.list_batches()] == ["sealed"]
