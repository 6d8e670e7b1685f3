"""A person whose consents, referrals and plan are at hand: what tests of casework begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach_app.domain.consent import POINTS, Consent, Given
from outreach_app.domain.consent_talk import ConsentTalk
from outreach_app.domain.encounter import WorkerView
from outreach_app.domain.referral import Asked, Referral
from tests.support.sessions import Laptop

DAY = date(2026, 3, 2)
AGREES = WorkerView(agrees=True)


def talked_through() -> ConsentTalk:
    """Return a talk in which all seven points were shown and ticked."""
    talk = ConsentTalk(version=1)
    for point in POINTS:
        talk = talk.show(point).tick(point)
    return talk


def given(recipient: str = "cmm", **values: Any) -> Given:
    return Given(
        **{"recipient": recipient, "language": "ro", "manner": "spoken", "speaking": "alone", "given_on": DAY, **values}
    )


def asked(recipient: str = "cmm", **values: Any) -> Asked:
    return Asked(**{"recipient": recipient, "purpose": "cmm_interview", "what": "a talk", "made_on": DAY, **values})


@dataclass
class Person:
    """A contact of a laptop, with short ways to what is done with her."""

    laptop: Laptop
    id: str

    def agrees(self, recipient: str = "cmm", **values: Any) -> Consent:
        return self.laptop.session.consents.record_consent(self.id, talked_through(), given(recipient, **values)).consent

    def referred(self, recipient: str = "cmm", **values: Any) -> Referral:
        return self.laptop.session.referrals.make_referral(self.id, asked(recipient, **values)).referral

    def met(self, note: str = "words", **values: Any) -> str:
        return self.laptop.finish(note, contact_id=self.id, **values)


def person(laptop: Laptop, name: str = "Red jacket") -> Person:
    return Person(laptop, laptop.session.contacts.record_contact(name).id)
