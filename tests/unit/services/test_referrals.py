"""Referrals: never without a worker's own choice and her consent for this recipient; states are typed in."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.encounter import WorkerView
from outreach_app.domain.errors import (
    ConsentMissingError,
    HumanChoiceMissingError,
    OnlyForChildrenError,
    PartnerMissingError,
    ReasonWithoutConsentError,
    RecipientMissingError,
    UnknownCodeError,
    ViewNeedsReasonError,
)
from outreach_app.records.errors import NotFoundError
from tests.support.casework import AGREES, DAY, Person, person
from tests.support.sessions import Laptop


@pytest.fixture
def her(alone: Laptop) -> Person:
    return person(alone)


def test_no_referral_without_a_human_choice_on_the_assessment(alone: Laptop, her: Person):
    her.agrees()
    with pytest.raises(HumanChoiceMissingError):
        her.referred()  # no note at all, so nothing anybody could have decided on
    note = her.met(answers={"as.coercion_at_destination.documents_taken": "told"})
    with pytest.raises(HumanChoiceMissingError):
        her.referred()
    assert alone.session.referrals.list_of_contact(her.id) == ()
    choice = alone.session.referrals.find_choice(her.id)
    assert choice is not None
    assert (choice.note_id, choice.shift_date, choice.view) == (note, DAY, None)
    made = her.referred(view=AGREES)
    assert made.assessed_id == note
    current = alone.session.encounters.find_encounter(note).current
    assert (current.version, current.content.view) == (2, AGREES)
    assert current.reason == "A choice on the assessment, for a referral"


def test_a_choice_made_in_the_note_is_enough(alone: Laptop, her: Person):
    her.agrees()
    note = her.met(answers={"as.coercion_at_destination.documents_taken": "told"}, view=WorkerView(agrees=False, reason="more than it says"))
    her.met("without signs, later")
    made = her.referred()
    assert made.assessed_id == note
    assert len(alone.session.encounters.find_encounter(note).versions) == 1


def test_where_nobody_has_looked_the_last_note_is_asked_about(alone: Laptop, her: Person):
    her.met("first")
    last = her.met("later")
    choice = alone.session.referrals.find_choice(her.id)
    assert choice is not None
    assert choice.note_id == last


def test_without_signs_a_choice_in_any_note_is_enough(her: Person):
    her.agrees()
    looked_at = her.met("first", view=AGREES)
    her.met("later")
    assert her.referred().assessed_id == looked_at


def test_setting_the_assessment_aside_needs_a_reason(her: Person):
    her.agrees()
    her.met()
    with pytest.raises(ViewNeedsReasonError):
        her.referred(view=WorkerView(agrees=False, reason="  "))


def test_a_consent_for_another_recipient_or_one_taken_back_is_none(alone: Laptop, her: Person):
    her.met(view=AGREES)
    her.agrees("health")
    with pytest.raises(ConsentMissingError):
        her.referred("police")
    her.agrees("partner", partner="Lighthouse")
    with pytest.raises(ConsentMissingError):
        her.referred("partner", partner="Harbour")
    assert her.referred("partner", partner="lighthouse").partner == "lighthouse"
    alone.session.withdrawing.withdraw(her.id, "health")
    with pytest.raises(ConsentMissingError):
        her.referred("health")


def test_a_child_is_referred_without_her_yes_only_with_a_reason(alone: Laptop, her: Person):
    her.met(age_band="maybe_under_18", view=AGREES)
    assert alone.session.referrals.may_go_without_consent(her.id)
    with pytest.raises(ReasonWithoutConsentError):
        her.referred("municipality", purpose="child_protection")
    made = her.referred(
        "municipality", purpose="child_protection", without_consent_because="maybe 16, and somebody waits for her"
    )
    assert (made.consent_id, made.without_consent_because) == (None, "maybe 16, and somebody waits for her")


def test_an_adult_is_never_referred_without_her_yes(alone: Laptop, her: Person):
    her.met(age=24, view=AGREES)
    assert not alone.session.referrals.may_go_without_consent(her.id)
    with pytest.raises(OnlyForChildrenError):
        her.referred("police", without_consent_because="she should")
    her.agrees("police")
    made = her.referred("police", without_consent_because="not needed")
    assert (made.consent_id is not None, made.without_consent_because) == (True, "")


def test_a_shelter_is_possible_before_any_status(alone: Laptop, her: Person):
    her.met(view=AGREES)
    her.agrees("partner", partner="Shelter 3")
    made = her.referred("partner", partner="Shelter 3", purpose="shelter", what="a bed tonight")
    assert (made.purpose, made.state, made.is_open) == ("shelter", "made", True)
    assert alone.db.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
    assert alone.db.execute("SELECT count(*) FROM pathways").fetchone() == (0,)


def test_states_are_typed_in_with_day_and_words_and_the_last_can_be_taken_back(alone: Laptop, her: Person):
    her.agrees()
    her.met(view=AGREES)
    verbs, made = alone.session.referrals, her.referred()
    verbs.add_step(made.id, "received", date(2026, 3, 3), "they called")
    verbs.add_step(made.id, "declined", date(2026, 3, 5))
    (read,) = verbs.list_of_contact(her.id)
    assert [(step.number, step.state, step.on_date, step.words) for step in read.steps] == [
        (1, "made", DAY, ""), (2, "received", date(2026, 3, 3), "they called"), (3, "declined", date(2026, 3, 5), ""),
    ]  # fmt: skip
    assert {step.worker_name for step in read.steps} == {"AM"}
    assert (read.state, read.is_open, verbs.list_open()) == ("declined", False, ())
    verbs.take_back_step(made.id)
    assert [each.id for each in verbs.list_open()] == [made.id]
    verbs.take_back_step(made.id)
    with pytest.raises(NotFoundError):
        verbs.take_back_step(made.id)  # that it was made stays
    for state in ("made", "unheard_of"):
        with pytest.raises(UnknownCodeError):
            verbs.add_step(made.id, state, DAY)
    with pytest.raises(NotFoundError):
        verbs.add_step("0" * 32, "closed", DAY)


def test_open_referrals_come_the_oldest_first_with_whom_they_are_about(alone: Laptop, her: Person):
    her.agrees()
    her.met(view=AGREES)
    later = her.referred(made_on=date(2026, 3, 9))
    sooner = her.referred(made_on=date(2026, 3, 1))
    listed = alone.session.referrals.list_open()
    assert [(each.id, each.contact_name) for each in listed] == [(sooner.id, "Red jacket"), (later.id, "Red jacket")]
    assert len(alone.session.referrals.list_open(limit=1)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"recipient": "nobody"}, RecipientMissingError),
        ({"recipient": "partner"}, PartnerMissingError),
        ({"purpose": "unheard_of"}, UnknownCodeError),
    ],
)
def test_what_is_wrong_is_named(her: Person, change: dict, error: type[Exception]):
    with pytest.raises(error):
        her.referred(**change)


def test_a_referral_is_of_somebody(alone: Laptop):
    with pytest.raises(NotFoundError):
        Person(alone, "0" * 32).referred()
    assert alone.session.referrals.find_choice("0" * 32) is None
