"""What she took back stays back: no later version of a note of that day sends it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.domain.errors import ConsentTakenBackError
from outreach_app.wire.batch_records import CodedRecord
from tests.support.casework import DAY, person
from tests.support.centre_box import CentreBox
from tests.support.sending import send
from tests.support.sessions import MET_AT, Laptop, met

REFERRAL, FOLLOW_UP, CODED = ConsentLevel.REFERRAL, ConsentLevel.FOLLOW_UP, ConsentLevel.CODED
POLICE = {"consent": REFERRAL, "recipient": "police"}


def test_an_amendment_after_taking_back_does_not_send_her_identity_again(laptop: Laptop, box: CentreBox) -> None:
    her, session = person(laptop), laptop.session
    session.contacts.record_identity(her.id, Identity("Real name", "for the police"))
    her.agrees("police")
    note = her.met("her story", **POLICE)
    session.withdrawing.withdraw(her.id, "police")
    with pytest.raises(ConsentTakenBackError):
        session.encounters.amend_encounter(note, met("a typo mended", contact_id=her.id, **POLICE), "typo")
    session.encounters.amend_encounter(note, met("a typo mended", contact_id=her.id, consent=CODED), "typo")
    send(session, box)
    assert [type(each) for each in box.records()] == [CodedRecord]


@pytest.mark.parametrize("values", [{"consent": FOLLOW_UP}, POLICE], ids=["follow_up", "police"])
def test_what_cmm_does_not_get_any_more_goes_to_nobody_over_its_centre(alone: Laptop, values: dict[str, object]) -> None:
    her = person(alone)
    her.agrees("cmm")
    alone.session.withdrawing.withdraw(her.id, "cmm", on=DAY)
    with pytest.raises(ConsentTakenBackError):
        her.met("the same evening", **values)
    her.met("the same evening", consent=CODED)
    alone.finish("about somebody without a contact", **values)
    her.met("another evening", met_at=MET_AT + timedelta(days=1), **values)


def test_what_she_agrees_to_anew_may_leave_and_others_get_what_they_got(alone: Laptop) -> None:
    her = person(alone)
    her.agrees("police")
    alone.session.withdrawing.withdraw(her.id, "police", on=date(2026, 3, 4))
    her.met("for the doctor", consent=REFERRAL, recipient="health")
    her.agrees("police", given_on=date(2026, 3, 5))
    her.met("for the police", **POLICE)


def test_a_consent_in_doubt_lets_nothing_leave_that_was_taken_back(alone: Laptop) -> None:
    her = person(alone)
    note = her.met("her story", **POLICE)
    alone.session.withdrawing.withdraw(her.id, "police", on=DAY)
    her.agrees("police", encounter_id=note)
    alone.session.encounters.amend_encounter(
        note, met("her story", contact_id=her.id, consent=CODED, speaking="someone_listening"), "remembered"
    )
    with pytest.raises(ConsentTakenBackError):
        her.met("the same evening", **POLICE)
