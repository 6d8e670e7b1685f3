"""Fills the tables about people, their cases and their reviewers of a vault that is kept for tests/migrations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.finding import Filters
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson, PlanStep
from outreach_app.domain.police_action import PoliceAction
from outreach_app.domain.tally import Tally
from outreach_app.services.session import Session
from tests.support.casework import AGREES, asked, given, talked_through
from tests.support.centre_box import CentreBox
from tests.support.sending import send
from tests.support.sessions import met

DAY = date(2026, 3, 3)
SOON = DAY + timedelta(days=7)
SIGN = "as.coercion_at_destination.documents_taken"


def record_people(session: Session, box: CentreBox, now: datetime) -> None:
    """Fill the tables; two contacts are merged last, so that what moves with them is remembered."""
    maria = session.contacts.record_contact("Blue boots").id
    work_on_case(session, maria)
    withdraw(session, box, maria)
    decide(session, maria)
    help_her(session, maria)
    count_and_look(session, maria, now)
    again = session.contacts.record_contact("Blue boot").id
    session.encounters.finish_encounter(met("Seen again", contact_id=again, place_id=place_to_see_again(session)))
    session.plans.add_step(again, PlanStep("a doctor", due_on=SOON))
    session.alike.say_different(again, session.contacts.record_contact("Blue book").id)
    session.grouping.merge_contacts(again, maria, "she said so")


def work_on_case(session: Session, maria: str) -> None:
    """What she agreed to, where she was referred, and facts about others."""
    consent = ConsentLevel.REFERRAL
    noted = session.encounters.finish_encounter(
        met("Wants to talk to CMM", contact_id=maria, consent=consent, recipient="cmm", answers={SIGN: "told"}, view=AGREES)
    )
    assert noted.id is not None
    session.consents.record_consent(maria, talked_through(), given("cmm", encounter_id=noted.id))
    made = session.referrals.make_referral(maria, asked("cmm")).referral
    session.referrals.add_step(made.id, "received", DAY, "by telephone")
    session.third_parties.add_third_party(noted.id, "controller", "a man in a red car", offence=True)
    session.names.add_alias(maria, "online", "bluebird_77")


def withdraw(session: Session, box: CentreBox, maria: str) -> None:
    """Take back what had left for the police already."""
    session.consents.record_consent(maria, talked_through(), given("police"))
    words = "Wants to report him"
    session.encounters.finish_encounter(met(words, contact_id=maria, consent=ConsentLevel.REFERRAL, recipient="police"))
    send(session, box)
    session.withdrawing.withdraw(maria, "police", words="she is afraid", on=DAY)


def decide(session: Session, maria: str) -> None:
    """Her pathway: facts, who stands by her, a decision, a letter, a date put off."""
    session.plans.set_contact_person(maria, ContactPerson("Bo Lind", "CMM", "12 34 56 78"))
    session.pathways.keep_facts(maria, PathwayFacts("none", age=24, requested_days=(30,), return_country="RO"))
    session.pathways.record_decision(maria, "dis", "period_given", DAY, "letter A")
    mistaken = session.pathways.record_decision(maria, "court", "other", DAY)
    session.pathways.take_back_decision(mistaken.id)
    session.pathways.set_letter_date(maria, "first_period_ends", date(2026, 4, 1), "letter A")
    session.pathways.snooze_date(maria, "latest_end", SOON, "her lawyer asks")


def help_her(session: Session, maria: str) -> None:
    """Her plan, the basis for the interview, a stay."""
    session.plans.set_goals(maria, "a job and a room")
    session.plans.add_step(maria, PlanStep("Danish lessons", "education", "AM", SOON))
    session.plans.add_step(maria, PlanStep("a telephone", done_on=DAY))
    session.interviews.keep_topics(maria, {"journey": "by bus, in winter"})
    session.shelter_stays.enter(maria, "K-1", DAY - timedelta(days=9), DAY)
    session.shelter_stays.enter(maria, "K-2", DAY)


def place_to_see_again(session: Session) -> str:
    """A place somebody went to without meeting anybody."""
    place = session.places.record_place(
        "W-3", "workplace", "syddanmark", note="behind the barn", revisit_on=SOON, suspicion="locked from outside"
    )
    session.places.record_visit(place.id, DAY)
    return place.id


def count_and_look(session: Session, maria: str, now: datetime) -> None:
    """What is counted with her, what is looked for, and what a supervisor said."""
    count = Tally(DAY, "meeting_place", "syddanmark", "women", 5, {"ro": 1}, ("talk",))
    session.tallies.record_tally(count, {maria: 2})
    session.police_actions.record_action(PoliceAction(DAY, "fyn", "syddanmark", 4, 3, "three flats"))
    session.check_ins.set_for(now + timedelta(hours=2))
    session.kept_searches.keep_search("Her notes", Filters(words="bus", contact_id=maria, days=7))
    mistaken = session.encounters.finish_encounter(met("Of another woman", contact_id=maria))
    assert mistaken.id is not None
    session.encounters.undo_finish(mistaken.id, "e" * 32, {"note": "Of another woman"}, page="encounter")
    note = session.encounters.finish_encounter(
        met("Somebody listened", contact_id=maria, speaking="someone_listening", follow_up=FollowUp(SOON, "call"))
    )
    assert note.id is not None
    session.reviews.return_note(note.id, 1, "which place was it?")
    session.follow_ups.snooze_follow_up(session.follow_ups.list_due()[0].id, SOON, "she is away")
