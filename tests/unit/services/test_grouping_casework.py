"""What is written to the id of a merged contact stands with the one that is kept, and is read from there."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.encounter import WorkerView
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson, PlanStep
from outreach_app.reports.interview import interview_paper
from tests.support.casework import Person, person
from tests.support.pdf_reading import bare, text_by_pdfium
from tests.support.sessions import Laptop

BO = ContactPerson("Bo Andersen", "Lighthouse", "+45 11 22 33 44")


@pytest.fixture
def merged(alone: Laptop) -> tuple[Person, Person]:
    """Return the contact that was merged, and the one that is kept."""
    gone, kept = person(alone, "Blue hat"), person(alone)
    kept.met(view=WorkerView(agrees=True), age=16)
    alone.session.grouping.merge_contacts(gone.id, kept.id)
    return gone, kept


def test_consents_and_referrals_of_a_merged_id_are_those_of_the_one_kept(alone: Laptop, merged: tuple[Person, Person]) -> None:
    (gone, kept), session = merged, alone.session
    consent = gone.agrees("police")
    referral = gone.referred("police")
    assert (consent.contact_id, referral.contact_id) == (kept.id, kept.id)
    assert referral.contact_name == "Red jacket"
    for each in merged:
        assert session.consents.list_consents(each.id) == (consent,)
        assert session.consents.find_in_force(each.id, "police") == consent
        assert session.consents.last_meeting(each.id) is not None
        assert session.consents.list_agreed_in_notes(each.id) == ()
        assert [one.id for one in session.referrals.list_of_contact(each.id)] == [referral.id]
        assert session.referrals.find_choice(each.id) is not None
        assert session.referrals.may_go_without_consent(each.id)
        assert session.withdrawing.preview(each.id, "police").referrals[0].id == referral.id
    assert session.withdrawing.withdraw(gone.id, "police").consents == (consent.id,)
    for each in merged:
        assert [one.consent.id for one in session.withdrawing.list_withdrawn(each.id)] == [consent.id]


def test_plan_and_pathway_of_a_merged_id_are_those_of_the_one_kept(alone: Laptop, merged: tuple[Person, Person]) -> None:
    (gone, kept), session = merged, alone.session
    session.plans.set_goals(gone.id, "a flat")
    session.plans.add_step(gone.id, PlanStep("a doctor"))
    session.plans.set_contact_person(gone.id, BO)
    session.pathways.keep_facts(gone.id, PathwayFacts(stay="none"))
    session.pathways.record_decision(gone.id, "dis", "period_given", date(2026, 3, 1))
    session.pathways.set_letter_date(gone.id, "ask_extension_by", date(2026, 3, 20))
    session.pathways.set_letter_date(gone.id, "first_period_ends", date(2026, 3, 21))
    session.pathways.drop_letter_date(gone.id, "ask_extension_by")
    session.pathways.snooze_date(gone.id, "first_period_ends", date(2026, 3, 9), "she travels")
    session.pathways.finish_date(gone.id, "first_period_ends")
    for each in merged:
        plan = session.plans.find_plan(each.id)
        assert (plan.goals, [step.what for step in plan.steps]) == ("a flat", ["a doctor"])
        assert session.plans.find_contact_person(each.id) == BO
        assert session.papers.plan_on_paper(each.id).plan == plan
        found = session.pathways.find_pathway(each.id)
        assert (found.contact_id, found.facts.stay, found.contact_person) == (kept.id, "none", "Bo Andersen")
        assert (len(found.decisions), list(found.letters)) == (1, ["first_period_ends"])
    session.pathways.close_pathway(gone.id)
    assert session.pathways.find_pathway(kept.id).state == "closed"


def test_her_words_of_a_merged_id_are_kept_with_the_one_kept(alone: Laptop, merged: tuple[Person, Person]) -> None:
    (gone, kept), session = merged, alone.session
    session.interviews.keep_topics(gone.id, {"home": "a son"})
    assert session.interviews.find_topics(kept.id) == session.interviews.find_topics(gone.id) == {"home": "a son"}


def test_where_both_had_told_something_the_paper_prints_both(alone: Laptop) -> None:
    gone, kept = person(alone, "Blue hat"), person(alone)
    alone.session.interviews.keep_topics(gone.id, {"home": "a mother", "journey": "by bus"})
    alone.session.interviews.keep_topics(kept.id, {"home": "a son"})
    alone.session.grouping.merge_contacts(gone.id, kept.id)
    basis = alone.session.papers.interview_basis(gone.id)
    assert basis.short_name == "Red jacket"
    told = {each.words for each in basis.topics}
    assert told == {"a son\n\na mother", "by bus", ""}
    assert bare("a son a mother") in bare(text_by_pdfium(interview_paper(basis)))


def test_a_referral_goes_back_with_the_consent_it_rests_on(alone: Laptop) -> None:
    gone, kept = person(alone, "Blue hat"), person(alone)
    kept.met(view=WorkerView(agrees=True))
    gone.met()
    gone.agrees("police")
    kept.agrees("health")
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    to_police, to_health = kept.referred("police"), kept.referred("health")
    alone.session.grouping.undo_regrouping(merged.id)
    verbs = alone.session.referrals
    assert [[one.id for one in verbs.list_of_contact(each.id)] for each in (gone, kept)] == [[to_police.id], [to_health.id]]
    alone.session.erasing.erase_contact(gone.id, "asked")
    assert [one.id for one in verbs.list_of_contact(kept.id)] == [to_health.id]


def test_over_a_chain_a_referral_follows_the_consent(alone: Laptop) -> None:
    first, second, kept = person(alone, "Blue hat"), person(alone, "Green scarf"), person(alone)
    kept.met(view=WorkerView(agrees=True))
    first.met()
    first.agrees("police")
    merges = [alone.session.grouping.merge_contacts(first.id, second.id).id]
    merges.append(alone.session.grouping.merge_contacts(second.id, kept.id).id)
    referral = kept.referred("police")
    alone.session.grouping.undo_regrouping(merges[1])
    assert [one.id for one in alone.session.referrals.list_of_contact(second.id)] == [referral.id]
    alone.session.grouping.undo_regrouping(merges[0])
    assert [one.id for one in alone.session.referrals.list_of_contact(first.id)] == [referral.id]
